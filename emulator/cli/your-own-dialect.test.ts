import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { where } from '../where.ts'
import { type Walked, walked } from './walk-through.test-run.ts'

suite('the walk-through of a host with messages of its own, word for word', { timeout: 180_000 }, () => {
  let walk: Walked

  before(async () => {
    walk = await walked('your-own-dialect.md', { port: 8700, saves: 'lighthouse' })
  })

  after(() => walk?.remove())

  test('every command ends as the page says', () => {
    const { code, out, err } = walk.shell
    assert.equal(code, 0, `the end of what was printed:\n${out.slice(-4000)}\n${err.slice(-4000)}`)
    assert.ok(/^listening on \d+$/m.test(out))
  })

  test('what the page shows is what the commands print', () => {
    const shown = walk.blocks.filter(({ language }) => language === 'text').flatMap(({ body }) => body.trim().split('\n'))
    assert.ok(shown.length >= 5)
    for (const line of shown) assert.ok(walk.shell.out.includes(line.trim()), `not printed: ${line}`)
  })

  test('the stranger is certified with little, and then with everything that it offers', () => {
    assert.deepEqual(
      walk.results.map(({ verdict, exitCode }) => [verdict, exitCode]),
      [
        ['certified', 0],
        ['certified', 0],
      ],
    )
    const [little = 0, everything = 0] = walk.results.map(({ summary }) => summary.acquirer.passed)
    assert.ok(little >= 60 && everything >= 85, `${little} rows passed at first, ${everything} then`)
  })

  test('what does not apply to it has its reason, and nothing stays open', () => {
    const others = walk.results.flatMap(({ requirements }) => requirements.filter(({ verdict }) => verdict !== 'passed'))
    assert.deepEqual(
      others.filter(({ verdict, because }) => verdict !== 'not applicable' || because === undefined).map(({ id }) => id),
      [],
    )
  })

  test('every sample of the capture fits the dialect of the page', () => {
    const fitting = walk.shell.out.match(/^sample \d+ .*, fits$/gm) ?? []
    assert.equal(fitting.length, 8)
  })
})

test('the stranger imports nothing of ours', () => {
  const folder = join(where.fixtures, 'stranger-host')
  const imports = globSync('*.mjs', { cwd: folder }).flatMap(file =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/from '([^']+)'/g)].map(([, from = '']) => from),
  )
  assert.ok(imports.length > 0)
  assert.deepEqual(
    imports.filter(from => !/^(node:\w+|\.\/[\w-]+\.mjs)$/.test(from)),
    [],
  )
})
