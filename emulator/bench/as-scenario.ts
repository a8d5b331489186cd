import type { HandMade } from './hand-made.ts'

/** What was done as a feature that `certify --only-file` runs, or why our vocabulary cannot tell it. */
export type Told = Readonly<{ feature: string }> | Readonly<{ because: string }>

/** People whom features can name. Whoever else holds a card is a stranger, if nobody issued it. */
export type People = Readonly<{ known: readonly string[]; strangers: readonly string[] }>

/** Thrown within this file only: something that our vocabulary has no words for. */
class NoWords extends Error {}

type Ending = Readonly<{ ids: readonly string[]; rule: string; claims: readonly string[] }>

/**
 * Tells what was done at one till in the words of the features: everything but the last thing prepares, the last one is what the scenario is about,
 * and its outcome is claimed. What sent nothing, such as a sale that was cancelled, is left out.
 */
export function asScenario(done: readonly HandMade[], people: People): Told {
  const deeds = done.filter(
    (deed, no) => deed.sent && !(deed.name === 'signIn' && no === firstSignIn(done) && done.length > no + 1),
  )
  try {
    return { feature: feature(deeds, people) }
  } catch (thrown) {
    if (thrown instanceof NoWords) return { because: thrown.message }
    throw thrown
  }
}

/** A till that nobody has attended to signs in by itself: the first sign-in need not be told. */
const firstSignIn = (done: readonly HandMade[]): number => done.findIndex(({ name }) => name === 'signIn')

function feature(deeds: readonly HandMade[], people: People): string {
  const last = deeds.at(-1)
  if (last === undefined || (deeds.length === 1 && last.name === 'signOff'))
    throw new NoWords('Nothing was sent that a scenario could be about.')
  const { ids, rule, claims } = endingOf(last, deeds)
  const given = deeds
    .slice(0, -1)
    .flatMap((deed, no) => [...troublesOf(deed), sentence(deed, deeds.slice(0, no), people, 'past')])
  const troubles = troublesOf(last)
  const lines = [
    ...keyworded('Given', [...given, ...troubles]),
    ...keyworded('When', [sentence(last, deeds.slice(0, -1), people, 'present')]),
    ...keyworded('Then', claims),
  ]
  return [
    'Feature: Done by hand',
    '  A sequence of the terminal on a page, as it was done there.',
    '',
    `  ${ids.map(id => `@${id}`).join(' ')}`,
    `  Rule: ${rule}`,
    '    Example: As it was done',
    ...lines.map(line => `      ${line}`),
    '',
  ].join('\n')
}

const keyworded = (keyword: string, sentences: readonly string[]): readonly string[] =>
  sentences.map((text, no) => `${no === 0 ? keyword : 'And'} ${text}`)

function sentence(deed: HandMade, before: readonly HandMade[], people: People, tense: 'past' | 'present'): string {
  const past = tense === 'past'
  switch (deed.name) {
    case 'signIn':
      return past ? 'the shop signed in' : 'the shop signs in'
    case 'sale': {
      const who = payer(deed, people)
      const pays = past ? 'paid' : 'pays'
      if (who === 'a stranger' && past) throw new NoWords('A scenario has no words for a stranger’s sale before something else.')
      const how = deed.how === 'keyed' ? ' by keyed card' : deed.resultCode === '55' ? ' with a wrong PIN' : ''
      return `${who} ${pays} ${deed.amount ?? '0.00'} yuan at the shop${how}`
    }
    case 'void':
      return `the shop ${past ? 'voided' : 'voids'} ${saleMeant(deed, before)}`
    case 'refund':
      return `the shop ${past ? 'refunded' : 'refunds'} ${deed.amount ?? '0.00'} yuan of ${saleMeant(deed, before)}`
    case 'settle':
      return past ? 'the shop settled' : 'the shop settles'
    case 'inquire':
      return `${payer(deed, people)} ${past ? 'asked' : 'asks'} for her balance at the shop`
    case 'echo':
      return 'the shop sends an echo test'
    case 'reverse':
      if (deed.afterPower) return 'the shop comes back and sends what it still owes'
      return past ? 'the shop sent what it still owed' : 'the shop sends what it still owes'
    default:
      throw new NoWords(`A scenario has no words for the operation ${deed.name}.`)
  }
}

function payer({ holder, name }: HandMade, { known, strangers }: People): string {
  if (holder !== undefined && known.includes(holder)) return holder
  if (holder !== undefined && strangers.includes(holder)) return 'a stranger'
  throw new NoWords(`A scenario does not know whose card the ${name} was on: features name ${known.join(', ')}.`)
}

/** "that sale" is the last one; "Bob's sale" is Bob's last one. An earlier one has no name. */
function saleMeant({ original, name }: HandMade, before: readonly HandMade[]): string {
  const sales = before.filter(deed => deed.name === 'sale')
  const meant = sales.findLast(
    ({ trace, reference }) =>
      (name === 'void' && original?.trace !== undefined && trace === original.trace) ||
      (original?.reference !== undefined && reference === original.reference),
  )
  if (meant === undefined) throw new NoWords(`The sale that the ${name} names is not among what was done here.`)
  if (meant === sales.at(-1)) return 'that sale'
  if (meant === sales.findLast(({ holder }) => holder === meant.holder)) return `${meant.holder}'s sale`
  throw new NoWords(`A scenario can only speak of somebody’s last sale; this ${name} is about an earlier one.`)
}

const things: Readonly<Record<string, string>> = { sale: 'sale', void: 'void', refund: 'refund', settle: 'settlement' }

/** What befell a deed, as something arranged before it. */
function troublesOf(deed: HandMade): readonly string[] {
  const power = deed.powerFailed ? ['the power of the shop will fail while it waits for an answer'] : []
  return [...lineTroubles(deed), ...power]
}

function lineTroubles({ faults }: HandMade): readonly string[] {
  const reversals = faults.filter(({ fault, about }) => fault === 'loses the reply' && about === 'reverse').length
  const others = faults.filter(({ fault, about }) => !(fault === 'loses the reply' && about === 'reverse'))
  return [
    ...others.map(({ fault, about }) => troubleSentence(fault, about)),
    ...(reversals > 0 ? [`the replies to the shop's next ${reversals} reversals will be lost`] : []),
  ]
}

function troubleSentence(fault: string, about: string): string {
  const thing = things[about]
  if (fault === 'loses the reply' && thing !== undefined) return `the reply to the shop's next ${thing} will be lost`
  if (fault === 'delays the reply' && thing !== undefined) return `the reply to the shop's next ${thing} will be late`
  if (fault === 'loses the request' && about === 'sale') return "the shop's next request will be lost"
  if (fault === 'cuts after sending' && about === 'sale') return 'the line of the shop will break after the next request'
  const words: Readonly<Record<string, string>> = {
    'splits at every byte': "the shop's next request and its answer will arrive in pieces",
    'cuts before the reply is whole': 'the line of the shop will break in the middle of the next answer',
    'delivers the request twice': "the shop's next request will arrive twice",
  }
  const found = words[fault]
  if (found === undefined) throw new NoWords(`A scenario has no words for what the line did: ${fault}, at a ${about}.`)
  return found
}

/** The row that the outcome of the last thing answers to, and the claims about it. */
function endingOf(last: HandMade, deeds: readonly HandMade[]): Ending {
  const { name, outcome, resultCode } = last
  const approved = outcome === 'approved' || outcome === 'done'
  if (name === 'sale' && approved && last.reversedFirst)
    return { ids: ['REV-004'], rule: 'A pending reversal goes before the next sale', claims: ['the reversal went first'] }
  if (name === 'sale' && outcome === 'declined') return refusedSale(resultCode)
  if (name === 'reverse' && outcome === 'reversed') return reversedEnding(last, deeds)
  const found = approved ? endings[name] : undefined
  if (found === undefined)
    throw new NoWords(
      `No requirement is about a ${name} that ended ${outcome ?? 'in nothing'}. Go on: send what is still owed, or end with something that was approved.`,
    )
  return found
}

const endings: Readonly<Record<string, Ending>> = {
  sale: {
    ids: ['SALE-001'],
    rule: 'A good sale is approved, posted once, and gets a reference',
    claims: ['the acquirer approves the sale'],
  },
  void: {
    ids: ['VOID-001', 'VOID-002'],
    rule: 'A live sale can be voided, and nothing is left of it',
    claims: ['the acquirer approves the void'],
  },
  refund: { ids: ['REF-001'], rule: 'A settled sale can be refunded', claims: ['the acquirer approves the refund'] },
  settle: {
    ids: ['SETL-001'],
    rule: 'Equal totals balance, close the batch and settle what was live',
    claims: ['the acquirer answered that the totals agree'],
  },
  echo: {
    ids: ['SIGN-002'],
    rule: 'An echo test is answered and changes nothing',
    claims: ['the acquirer answers the echo test'],
  },
  inquire: {
    ids: ['INQ-001'],
    rule: 'A sale moves the balance, and its void moves it back',
    claims: ['the balances follow what was approved'],
  },
  signIn: {
    ids: ['SIGN-001'],
    rule: 'A sign-in gives keys that work, and the number of the open batch',
    claims: ['the shop can sell under the new keys', 'the acquirer has signed the till in'],
  },
}

function refusedSale(resultCode: string | undefined): Ending {
  const claims = ['the shop can sell', 'the acquirer refuses the sale']
  if (resultCode === '55') return { ids: ['SALE-003'], rule: 'A sale with a wrong PIN is refused', claims }
  if (resultCode === '51') return { ids: ['SALE-002'], rule: 'A sale above the funds of its card is refused', claims }
  if (resultCode === '14') return { ids: ['SALE-004'], rule: 'A sale with a card that nobody issued is refused', claims }
  throw new NoWords(`No requirement is about a sale that is refused with ${resultCode ?? 'no code'}.`)
}

function reversedEnding(last: HandMade, deeds: readonly HandMade[]): Ending {
  const undone = deeds.findLast(deed => deed !== last && deed.outcome !== 'approved' && deed.outcome !== 'declined')
  if (last.afterPower)
    return {
      ids: ['REV-003'],
      rule: 'What is needed for a reversal is stored before the request leaves',
      claims: ['the till reversed the sale'],
    }
  if (undone?.name === 'void')
    return {
      ids: ['REV-017'],
      rule: 'A void without an answer is reversed, and its sale lives again',
      claims: ['that sale can still be voided', 'the acquirer answered the reversal'],
    }
  if (undone?.faults.some(({ fault }) => fault === 'loses the request'))
    return {
      ids: ['REV-010'],
      rule: 'A reversal of what the acquirer never saw creates nothing',
      claims: ['the acquirer answered the reversal'],
    }
  return {
    ids: ['REV-001', 'REV-008'],
    rule: 'A sale without an answer is reversed, and the acquirer undoes it',
    claims: ['the till reversed the sale', 'the acquirer answered the reversal'],
  }
}
