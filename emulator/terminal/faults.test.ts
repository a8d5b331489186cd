import assert from 'node:assert/strict'
import { test } from 'node:test'
import { swipe } from '../card/magstripe.ts'
import { yuan } from '../values/amount.ts'
import { faultyBy, terminalFaults } from './faults.ts'
import type { Settings } from './settings.ts'
import { li, Till, wang } from './till.ts'

/** What somebody outside can see of a till: requests and keys, display, slips, outcomes, and what it holds afterwards. */
function seen({ facts, acquirer, store }: Till): string {
  const keys = acquirer.keysUsed.map(one => one?.mac.reveal())
  return JSON.stringify(
    [facts, acquirer.requests, keys, store.batch, store.trace, store.due, store.records, store.signedIn],
    (name, value: unknown) => (typeof value === 'bigint' ? value.toString() : name === 'keys' ? undefined : value),
  )
}

type Story = Readonly<{ set?: Partial<Settings>; unsigned?: true; tell: (till: Till) => Promise<void> }>

const twice = (code: string) => [() => ({ resultCode: code }), () => ({ resultCode: code }), () => ({ resultCode: code })]

/** Together they come past every switch. */
const stories: Readonly<Record<string, Story>> = {
  'a sale, looked up and printed again': {
    tell: async till => {
      await till.sale()
      await till.keys('look up', '2', 'enter', 'reprint', 'enter', 'totals')
    },
  },
  'a sale without a sign-in': { unsigned: true, tell: till => till.sale() },
  'the same sale again': {
    tell: async till => {
      await till.sale()
      await till.sale()
    },
  },
  'an unanswered sale, another, and settlement': {
    tell: async till => {
      till.acquirer.weather = ['lost answer']
      await till.sale()
      await till.sale('100', li)
      await till.settle()
    },
  },
  'an unanswered sale and settlement': {
    tell: async till => {
      till.acquirer.weather = ['lost answer']
      await till.sale()
      await till.settle()
    },
  },
  'a reversal that nobody answers': {
    tell: async till => {
      till.acquirer.weather = ['lost answer', 'lost request', 'lost request', 'lost request']
      await till.sale()
      await till.keys('reverse')
      await till.settle()
    },
  },
  'a reversal answered 05': {
    tell: async till => {
      till.acquirer.weather = ['lost answer']
      await till.sale()
      till.acquirer.script = twice('05')
      await till.keys('reverse')
    },
  },
  'a reversal answered 25': {
    tell: async till => {
      till.acquirer.weather = ['lost request']
      await till.sale()
      await till.keys('reverse')
    },
  },
  'a sale that could not connect': {
    tell: async till => {
      till.acquirer.weather = ['not connected']
      await till.sale()
      await till.keys('reverse')
    },
  },
  'an approval that comes during the reversal': {
    tell: async till => {
      till.acquirer.weather = ['lost request']
      await till.sale()
      const trace = till.acquirer.requests.at(-1)?.trace ?? ''
      till.acquirer.early = [(_, reply) => ({ ...reply, operation: 'sale', trace, resultCode: '00' })]
      await till.keys('reverse')
    },
  },
  'a foreign reply': {
    tell: async till => {
      till.acquirer.early = [(_, reply) => ({ ...reply, trace: '999999' })]
      await till.sale()
    },
  },
  'a reply in progress': {
    tell: async till => {
      till.acquirer.early = [(_, reply) => ({ ...reply, resultCode: '09' })]
      await till.sale()
    },
  },
  'an approval with a bad MAC': {
    tell: async till => {
      till.acquirer.script = [() => ({ mac: 'bad' })]
      await till.sale()
    },
  },
  'a decline': {
    tell: async till => {
      till.acquirer.script = [() => ({ resultCode: '51' })]
      await till.sale()
    },
  },
  'a second sign-in': {
    tell: async till => {
      till.acquirer.batch = '000007'
      await till.signIn()
      await till.sale()
    },
  },
  'Enter twice': {
    tell: async till => {
      await till.keys('sale', '8800', 'enter', 'enter')
      await till.terminal.present(swipe(wang))
      await Promise.all([till.terminal.press('enter'), till.terminal.press('enter')])
    },
  },
  'cancel during the wait': {
    tell: async till => {
      await till.keys('sale', '8800', 'enter', 'enter')
      await till.terminal.present(swipe(wang))
      await Promise.all([till.terminal.press('enter'), till.terminal.press('cancel')])
    },
  },
  'cancel before sending': {
    tell: async till => {
      await till.keys('sale', '8800', 'enter', 'cancel')
    },
  },
  'a void': {
    tell: async till => {
      await till.sale()
      await till.void('2')
    },
  },
  'a void that is declined': {
    tell: async till => {
      await till.sale()
      till.acquirer.script = [() => ({ resultCode: '22' })]
      await till.void('2')
    },
  },
  'a void of nothing, of a void, of a refund, and a second void': {
    tell: async till => {
      await till.void('77')
      await till.sale()
      await till.void('77')
      await till.void('2')
      await till.void('2')
      await till.void('3')
      await till.keys('cancel', 'cancel')
      await till.refund('000000000002')
      await till.void(till.store.records.at(-1)?.trace ?? '')
    },
  },
  'a void with another card': {
    tell: async till => {
      await till.sale()
      await till.void('2', li)
    },
  },
  'a wrong supervisor': {
    tell: async till => {
      await till.sale()
      await till.keys('void', '111111', 'enter', '111111', 'enter', '111111', 'enter')
    },
  },
  'a refund without an answer, again, and settlement': {
    tell: async till => {
      await till.sale()
      till.acquirer.weather = ['lost answer']
      await till.refund('000000000002')
      await till.settle()
      await till.keys('cancel')
    },
  },
  'an unknown refund is repeated': {
    tell: async till => {
      await till.sale()
      till.acquirer.weather = ['lost request']
      await till.refund('000000000002')
      await till.refund('000000000002')
    },
  },
  'a refund without a reference': {
    tell: async till => {
      await till.keys('refund', '123456', 'enter')
      await till.terminal.present(swipe(wang))
      await till.keys('enter', '0726', 'enter')
    },
  },
  'an unbalanced settlement with a void': {
    tell: async till => {
      await till.sale()
      await till.void('2')
      await till.sale('100', li)
      till.acquirer.script = [() => ({ reconciliation: { domestic: 'unbalanced', foreign: 'balanced' } })]
      await till.settle()
    },
  },
  'a settlement without an answer, a sale, and the settlement again': {
    tell: async till => {
      await till.sale()
      till.acquirer.weather = ['lost answer']
      await till.settle()
      await till.sale('100', li)
      await till.keys('cancel', 'cancel', 'settle')
    },
  },
  'an upload that breaks off': {
    set: { uploadItemsPerMessage: 1, uploadSends: 1 },
    tell: async till => {
      await till.sale()
      await till.sale('100', li)
      till.acquirer.script = [() => ({ reconciliation: { domestic: 'unbalanced', foreign: 'balanced' } })]
      till.acquirer.weather = ['fine', 'fine', 'lost answer']
      await till.settle()
      await till.terminal.powerUp()
      await till.keys('settle')
    },
  },
  'a refund above the maximum': { tell: till => till.refund('000000000002', '1000001') },
  'a refund and settlement': {
    tell: async till => {
      await till.sale()
      await till.refund('000000000002', '100')
      await till.settle()
    },
  },
  'nothing to settle': { tell: till => till.settle() },
  'a full log': {
    set: { logCapacity: 1 },
    tell: async till => {
      await till.sale()
      await till.sale('100', li)
    },
  },
  'a restart with a sale in the log and a reversal due': {
    tell: async till => {
      await till.sale()
      till.acquirer.weather = ['lost answer']
      await till.sale('100', li)
      await till.terminal.powerUp()
    },
  },
  '94 to a repeat of its own': {
    tell: async till => {
      till.acquirer.weather = ['lost answer']
      const { trace } = await till.terminal.order({ operation: 'sale', amount: yuan(100n), card: swipe(wang) })
      await till.terminal.order({ operation: 'sale', repeatOf: trace })
    },
  },
  'net totals with a void': {
    set: { totals: 'net' },
    tell: async till => {
      await till.sale()
      await till.void('2')
      await till.settle()
    },
  },
}

async function told({ set, unsigned, tell }: Story, fault?: string): Promise<string> {
  const till = new Till({ ...(set ? { set } : {}), ...(fault === undefined ? {} : { fault }) })
  if (!unsigned) await till.signIn()
  await tell(till)
  return seen(till)
}

const sound = new Map<string, string>()
for (const [name, story] of Object.entries(stories)) sound.set(name, await told(story))

test('a story told twice is the same story', async () => {
  for (const [name, story] of Object.entries(stories)) assert.equal(await told(story), sound.get(name), name)
})

for (const { id } of terminalFaults)
  test(`a terminal that ${id} can be seen to do so`, async () => {
    for (const [name, story] of Object.entries(stories)) if ((await told(story, id)) !== sound.get(name)) return
    assert.fail('no story is told differently')
  })

test('every fault names the rows that it breaks, and no two share a name', () => {
  assert.equal(new Set(terminalFaults.map(({ id }) => id)).size, terminalFaults.length)
  for (const { id, breaks } of terminalFaults) assert.ok(breaks.length > 0, id)
})

test('an unknown fault is refused', () => {
  assert.throws(() => faultyBy('sings'), RangeError)
})
