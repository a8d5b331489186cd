import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse, stringify } from 'yaml'
import { startHost } from '../host/host.ts'
import type { RequirementResult, Result } from '../verdict/result.ts'
import { certification } from './certification.ts'
import { checkedProfile } from './profile.ts'
import { Scenarios } from './scenarios.ts'

/**
 * The reference host in ISO 8583:1987 and 1993: as their profiles have it, and in the other ways that their settings allow. It takes settings, flags
 * and knobs as its own, so whatever is not a pass is our mistake.
 */
type Acquirer = Readonly<{
  is: string
  /** The profile that it starts from, in `fixtures/profiles`. */
  like: 'iso8583-1987-ascii' | 'iso8583-1987-bcd' | 'iso8583-1993'
  settings?: Readonly<Record<string, string | number | boolean>>
  without?: readonly string[]
  knobs?: Readonly<Record<string, unknown>>
  /** Of the acquirer's rows, how many pass at least. */
  passes: number
}>

const acquirers: readonly Acquirer[] = [
  { is: 'speaks 1987 in ASCII', like: 'iso8583-1987-ascii', passes: 97 },
  { is: 'speaks 1987 in BCD', like: 'iso8583-1987-bcd', passes: 97 },
  { is: 'speaks 1993', like: 'iso8583-1993', passes: 97 },
  {
    is: 'speaks 1987 in EBCDIC, and takes refunds as requests and reversals as advices',
    like: 'iso8583-1987-ascii',
    settings: { encoding: 'ebcdic', refund: 'request', reversal: 'advice', acquirerId: '12345678901', batchMismatch: '77' },
    passes: 97,
  },
  {
    is: 'counts net, gives first answers again, and has short keys',
    like: 'iso8583-1987-bcd',
    settings: {
      ...{ trackPad: 'F', mac: 'x9.9', macKey: '8 with filler', keyLayout: '001', macOnDeclines: 'never' },
      ...{
        pinBlock: 'without PAN',
        approvalCode: 'sometimes',
        batchMismatch: 'accept',
        length: 'ascii 4',
        lengthCounts: 'itself too',
      },
    },
    knobs: {
      ...{ totals: 'net', dupMode: 'replay', revUnknown: 'ack', voidScope: 'same-merchant', voidWindow: 'same-batch' },
      ...{ refundBeforeSettle: 'refuse', supervisor: [], revRetries: 2 },
    },
    passes: 90,
  },
  {
    is: 'knows neither keys nor PIN nor sign-on',
    like: 'iso8583-1987-ascii',
    settings: { mac: 'none', length: 'STX ETX LRC' },
    without: ['mac', 'signon', 'pin', 'void-pin'],
    passes: 85,
  },
  {
    is: 'speaks 1993 in BCD behind a TPDU, with network requests 1804, and takes a void as a kind of reversal',
    like: 'iso8583-1993',
    settings: { encoding: 'bcd', network: '1804', void: '1420', tpdu: '6000030000', macOnDeclines: 'always' },
    knobs: { voidCoding: 'iso-0400', dupMode: 'flag', refundBeforeSettle: 'convert-to-void' },
    passes: 90,
  },
]

/** What these dialects have no message for, what only UnionPay is asked, and answers that are given again, which the profiles do not declare. */
const unasked = ['DUP-002', 'MSG-009', ...['3', '4', '5', '6', '7', '8'].map(no => `SETL-00${no}`), 'SETL-012']

const isOut = ({ id, verdict, because }: RequirementResult): boolean =>
  verdict === 'not applicable' && !id.startsWith('HTTP-') && because !== 'the profile has no back office'

suite('an acquirer that speaks ISO 8583 and does right is certified', { timeout: 300_000 }, () => {
  const scenarios = new Scenarios()
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tillproof-iso-'))
  })

  after(() => rm(folder, { recursive: true }))

  for (const acquirer of acquirers)
    test(`one that ${acquirer.is}`, async () => {
      const result = await certified(acquirer)
      const alarms = result.requirements.filter(
        ({ verdict, because }) => verdict !== 'passed' && (verdict !== 'not applicable' || because === undefined),
      )
      assert.deepEqual(
        alarms.map(({ id, part, verdict, finding, because }) => `${id}/${part} ${verdict}: ${finding ?? because}`),
        [],
      )
      if (acquirer.settings === undefined && acquirer.without === undefined)
        assert.deepEqual([...new Set(result.requirements.filter(isOut).map(({ id }) => id))].toSorted(), unasked)
      const { passed } = result.summary.acquirer
      assert.ok(passed >= acquirer.passes, `${passed} rows of the acquirer passed; ${acquirer.passes} wanted`)
      assert.deepEqual([result.verdict, result.exitCode], ['certified', 0])
    })

  test('one reached over TCP is certified twice in a row: a settlement leaves nothing open for the next run', async () => {
    const file = fileOf('iso8583-1987-bcd')
    const { merchants, cards, speaks, knobs } = await checkedProfile(file)
    const book = { merchants, cards: cards.flatMap(card => (card.funds === undefined ? [] : [{ ...card, funds: card.funds }])) }
    const host = await startHost({ book, dialect: speaks, knobs, controlPort: 0, seed: 'standalone', clock: 'real' })
    const [endpoint, control] = [`tcp://127.0.0.1:${host.port}`, `http://127.0.0.1:${host.controlPort}`]
    const profile = await checkedProfile(file, { endpoint: new URL(endpoint), control: new URL(control) })
    const options = { profile, endpoint, control, seed: 'iso', parallel: 1, driver: 'direct', waiting: 'skip' } as const
    for (const run of ['first', 'second']) {
      const { result } = await certification({ ...options, projections: false }, scenarios)
      assert.deepEqual([run, result.verdict, result.exitCode], [run, 'certified', 0])
    }
    await host.close()
  })

  async function certified(acquirer: Acquirer): Promise<Result> {
    const file = join(folder, `${acquirers.indexOf(acquirer)}.yaml`)
    await writeFile(file, await profileOf(acquirer))
    const options = {
      profile: await checkedProfile(file),
      seed: 'iso',
      parallel: 1,
      driver: 'direct',
      waiting: 'skip',
    } as const
    const { result } = await certification({ ...options, projections: false }, scenarios)
    return result
  }
})

const fileOf = (name: string): string => fileURLToPath(new URL(`../../fixtures/profiles/${name}.yaml`, import.meta.url))

type Written = Readonly<{
  dialect: string | Readonly<{ id: string; settings: Readonly<Record<string, unknown>> }>
  supports: readonly string[]
  knobs: Readonly<Record<string, unknown>>
}>

/** The profile's text with these settings, flags and knobs; the files that it names found from anywhere. */
async function profileOf({ like, settings, without = [], knobs }: Acquirer): Promise<string> {
  const text = await readFile(fileOf(like), 'utf8')
  const folder = resolve(fileOf(like), '..')
  const profile: Written = parse(text.replaceAll('../', `${resolve(folder, '..')}/`))
  const { id, settings: usual = {} } = typeof profile.dialect === 'string' ? { id: profile.dialect } : profile.dialect
  return stringify({
    ...profile,
    dialect: { id, settings: { ...usual, ...settings } },
    supports: profile.supports.filter(flag => !without.includes(flag)),
    knobs: { ...profile.knobs, ...knobs },
  })
}
