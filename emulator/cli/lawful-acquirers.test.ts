import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { parse, stringify } from 'yaml'
import { settings as settingTable } from '../dialects/unionpay-settings.ts'
import type { Result } from '../verdict/result.ts'
import { where } from '../where.ts'
import { certification } from './certification.ts'
import { checkedProfile } from './profile.ts'
import { Scenarios } from './scenarios.ts'

/**
 * A good acquirer raises no alarm, in whichever of the lawful ways it does its work. The reference host takes each profile's knobs, flags and
 * settings as its own, so whatever is not a pass is our mistake.
 */
type Acquirer = Readonly<{
  is: string
  knobs?: Readonly<Record<string, unknown>>
  settings?: Readonly<Record<string, string | number | boolean>>
  /** Flags of the reference profile that it does not have, and others that it has. */
  without?: readonly string[]
  with?: readonly string[]
  /** Other keys of the profile. */
  profile?: Readonly<Record<string, unknown>>
  /** How many rows of the acquirer pass at least: what does not apply must not be all. */
  passes: number
}>

const controls = ['control-day', 'control-clock', 'control-card', 'control-fault']
const noControls = { businessDay: 'none' }

const acquirers: readonly Acquirer[] = [
  {
    is: 'gives first answers again, counts net, and seals no refusal',
    knobs: {
      totals: 'net',
      dupMode: 'replay',
      replayMemory: { commands: 100 },
      revUnknown: 'ack',
      voidScope: 'same-merchant',
      voidWindow: 'same-batch',
      refundBeforeSettle: 'refuse',
      supervisor: [],
      revRetries: 2,
    },
    settings: {
      length: 'binary 4',
      mac: 'x9.9',
      macKey: '16',
      macOnDeclines: 'never',
      approvalCode: 'sometimes',
      resultCodeInSettlement: '00',
      reversalOfVoid61: 'as-request',
      acquirerIdInSignIn: 'absent',
      field60Length: 11,
      reversalFinal: '00',
    },
    passes: 90,
  },
  {
    is: 'is silent on repeats, and voids what is refunded too early',
    knobs: {
      dupMode: 'silent',
      dupKey: 'reference',
      replayMemory: { days: 60 },
      refundBeforeSettle: 'convert-to-void',
      voidWindow: { days: 2 },
      supervisor: ['refund'],
      revRetries: 1,
    },
    settings: {
      length: 'little endian 2',
      mac: 'x9.19',
      macKey: '16',
      macOnDeclines: 'always',
      macCheckOfDeclines: 'only 00',
      pinBlock: 'without PAN',
      pinCapture: '06',
      field60Length: 8,
      trackPad: 'F',
      trackEncryption: true,
      readCapability: '0',
    },
    profile: { timing: { connection: 'kept' } },
    passes: 90,
  },
  {
    is: 'marks repeats, takes any batch number, and voids for a day',
    knobs: {
      dupMode: 'flag',
      replayMemory: { minutes: 5 },
      totals: 'net',
      voidWindow: { hours: 24 },
      refundCeil: { percent: 115 },
      refundWindow: { days: 360 },
      revUnknown: 'ack',
      cutoff: '23:00',
    },
    settings: {
      length: 'ascii 4',
      lengthCounts: 'itself too',
      field60Length: 17,
      signInKeys: '001',
      batchMismatch: 'accept',
      voidPin: false,
      readCapability: '2',
      endNoticeBalanced: '202',
      endNoticeUnbalanced: '207',
      header: '602200000000',
    },
    passes: 95,
  },
  {
    is: 'voids until its cut-off, parts too, and suspects equal sales',
    knobs: {
      voidWindow: { untilCutoff: '20:00' },
      voidAmount: 'partial',
      dupKey: 'suspected',
      dupWindow: { minutes: 5 },
      dupMode: 'replay',
      replayMemory: { hours: 24 },
      refundBeforeSettle: 'refuse',
      refundWindow: { months: 12 },
      voidScope: 'same-merchant',
      revRetries: 5,
    },
    settings: {
      length: 'bcd 2',
      lengthCounts: 'the message only',
      field60Length: 14,
      signInKeys: '004',
      voidCard: false,
      endNoticeBalanced: '207',
      endNoticeUnbalanced: '207',
      tpdu: '6000030000',
      amexCode: 'AEX',
      readCapability: '6',
    },
    with: ['partial-void', 'dup-check'],
    passes: 90,
  },
  {
    is: 'refunds nothing, and knows neither PIN nor balance',
    settings: { length: 'little endian 4', lengthCounts: 'all but the TPDU' },
    without: ['refund', 'partial-refund', 'balance', 'view-balance', 'pin', 'void-pin', 'manual-pan', 'operator', 'print'],
    knobs: { voidWindow: { days: 1 }, refundBeforeSettle: undefined, refundCeil: undefined },
    passes: 75,
  },
  {
    is: 'has no MAC, no upload, and refunds whole sales only',
    settings: { headerReply: 'swapped' },
    without: ['mac', 'signon', 'void-pin', 'partial-refund', 'batch-upload', 'magstripe'],
    passes: 85,
  },
  { is: 'cuts off by itself', without: ['tcs', 'batch-upload'], with: ['hcs'], knobs: { settle: 'hcs' }, passes: 80 },
  { is: 'shows balances only', without: ['view-ledger', 'view-totals', ...controls], profile: noControls, passes: 80 },
  {
    is: 'shows only whether totals agree',
    without: ['view-ledger', 'view-balance', ...controls],
    profile: noControls,
    passes: 20,
  },
  {
    is: 'shows nothing',
    without: ['view-ledger', 'view-balance', 'view-totals', ...controls],
    profile: noControls,
    passes: 20,
  },
]

/** The values of a knob that concern what is built. Of a length of time one value of each unit stands for all. */
const choices: Readonly<Record<string, readonly unknown[]>> = {
  totals: ['net', 'gross'],
  dupMode: ['replay', 'decline', 'flag', 'silent'],
  dupKey: ['exact', 'reference', 'suspected'],
  replayMemory: ['batch', { minutes: 5 }, { hours: 24 }, { days: 60 }, { commands: 100 }],
  revUnknown: ['ack', 'not-found'],
  revRetries: [1, 2, 3, 5],
  voidWindow: ['same-batch', 'same-business-day', { untilCutoff: '20:00' }, { hours: 24 }, { days: 1 }, { days: 2 }],
  voidScope: ['same-terminal', 'same-merchant'],
  voidAmount: ['full-only', 'partial'],
  refundBeforeSettle: ['refuse', 'convert-to-void', 'refund'],
  refundCeil: [{ percent: 100 }, { percent: 115 }],
  refundWindow: [{ days: 360 }, { months: 12 }],
  supervisor: [[], ['refund'], ['void', 'preauthVoid', 'refund']],
  settle: ['tcs', 'hcs'],
}

/** Frames between control characters hold text only, and frames without a length need a line that keeps them apart: they have tests of their own. */
const elsewhere: readonly unknown[] = ['STX ETX LRC', 'none']

/** A lawful way that no acquirer here goes would prove nothing. */
test('each value of each knob and setting is some acquirer’s way', async () => {
  const { knobs } = await reference()
  const declared = (name: string): unknown[] => acquirers.map(one => ({ ...knobs, ...one.knobs })[name])
  const missing = Object.entries(choices).flatMap(([name, values]) =>
    values.filter(value => !declared(name).some(one => same(one, value))).map(value => `${name}: ${JSON.stringify(value)}`),
  )
  const unset = Object.entries(settingTable).flatMap(([name, { default: usual, oneOf }]) => {
    const taken = acquirers.map(one => one.settings?.[name] ?? usual)
    const wanted: readonly unknown[] = oneOf instanceof RegExp ? [taken.find(one => one !== usual) ?? oneOf.source] : oneOf
    return wanted
      .filter(value => !taken.some(one => one === value) && !elsewhere.includes(value))
      .map(value => `${name}: ${JSON.stringify(value)}`)
  })
  assert.deepEqual([...missing, ...unset], [])
})

suite('an acquirer that does right is certified', { timeout: 300_000 }, () => {
  const scenarios = new Scenarios()
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tillproof-lawful-'))
  })

  after(() => rm(folder, { recursive: true }))

  for (const acquirer of acquirers)
    test(`one that ${acquirer.is}`, async () => {
      const result = await certified(acquirer)
      const others = result.requirements.filter(({ verdict }) => verdict !== 'passed')
      const alarms = others.filter(({ verdict, because }) => verdict !== 'not applicable' || because === undefined)
      assert.deepEqual(
        alarms.map(({ id, part, verdict, finding, because }) => `${id}/${part} ${verdict}: ${finding ?? because}`),
        [],
      )
      const { passed } = result.summary.acquirer
      assert.ok(passed >= acquirer.passes, `${passed} rows of the acquirer passed; ${acquirer.passes} wanted`)
      assert.deepEqual([result.verdict, result.exitCode], ['certified', 0])
    })

  async function certified(acquirer: Acquirer): Promise<Result> {
    const file = join(folder, `${acquirers.indexOf(acquirer)}.yaml`)
    await writeFile(file, stringify(await profileOf(acquirer)))
    const options = {
      profile: await checkedProfile(file),
      seed: 'lawful',
      parallel: 1,
      driver: 'direct',
      waiting: 'skip',
    } as const
    const { result } = await certification({ ...options, projections: false }, scenarios)
    return result
  }
})

type ProfileFile = Readonly<{
  merchants: readonly Readonly<{ terminals: readonly Readonly<{ masterKey: Readonly<{ file: string }> }>[] }>[]
  cards: Readonly<{ file: string }>
  supports: readonly string[]
  knobs: Readonly<Record<string, unknown>>
}>

/** The reference profile as it stands in its file, with the files that it names found from anywhere. */
async function reference(): Promise<ProfileFile> {
  const profile: ProfileFile = parse(await readFile(where.referenceProfile, 'utf8'))
  const found = (file: string): string => resolve(dirname(where.referenceProfile), file)
  return {
    ...profile,
    merchants: profile.merchants.map(merchant => ({
      ...merchant,
      terminals: merchant.terminals.map(({ masterKey, ...terminal }) => ({
        ...terminal,
        masterKey: { ...masterKey, file: found(masterKey.file) },
      })),
    })),
    cards: { file: found(profile.cards.file) },
  }
}

async function profileOf(acquirer: Acquirer): Promise<unknown> {
  const profile = await reference()
  return {
    ...profile,
    dialect: { id: 'unionpay-pos', settings: acquirer.settings ?? {} },
    supports: [...profile.supports.filter(flag => !acquirer.without?.includes(flag)), ...(acquirer.with ?? [])],
    knobs: { ...profile.knobs, ...acquirer.knobs },
    ...acquirer.profile,
  }
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
