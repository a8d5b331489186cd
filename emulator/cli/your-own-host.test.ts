import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type Walked, walked } from './walk-through.test-run.ts'

suite('the walk-through of one’s own host, word for word', { timeout: 180_000 }, () => {
  let blocks: Walked['blocks']
  let shell: Walked['shell']
  let results: Walked['results']
  let remove: Walked['remove'] = async () => undefined

  before(async () => {
    ;({ blocks, shell, results, remove } = await walked('your-own-host.md', { port: 8600, saves: 'my-host' }))
  })

  after(() => remove())

  test('every command ends as the page says', () => {
    assert.equal(shell.code, 0, `the end of what was printed:\n${shell.out.slice(-4000)}\n${shell.err.slice(-4000)}`)
    assert.ok(/^listening on \d+$/m.test(shell.out))
  })

  test('the small host is certified: nothing failed, nothing open, and what no view shows has its reason', () => {
    const [certified] = results
    assert.deepEqual([certified?.verdict, certified?.exitCode], ['certified', 0])
    const others = certified?.requirements.filter(({ verdict }) => verdict !== 'passed') ?? []
    assert.deepEqual(
      others.filter(({ verdict, because }) => verdict !== 'not applicable' || because === undefined),
      [],
    )
    assert.ok((certified?.summary.acquirer.passed ?? 0) > others.length)
  })

  test('the hopeful profile fails in the row that the page shows, in its words', () => {
    assert.deepEqual(
      results[1]?.requirements.map(({ id, verdict }) => [id, verdict]),
      [['VOID-008', 'failed']],
    )
    const shown = blocks.find(({ language, body }) => language === 'text' && body.includes('VOID-008'))?.body ?? ''
    assert.ok(shown.includes('expected'))
    for (const line of shown.trim().split('\n')) assert.ok(shell.out.includes(line), `not printed: ${line}`)
  })

  test('judging the kept run again says the same', () => {
    assert.equal(shell.out.split('✗ VOID-008').length, 3)
    assert.equal(shell.out.split('--profile my-host/hopeful.yaml --only VOID-008').length, 3)
  })

  test('the frame on the page is read to its end', () => {
    assert.ok(/\b4 +amount +000000012345$/m.test(shell.out))
    assert.ok(/\b64 +mac +3232303243354639$/m.test(shell.out))
  })
})
