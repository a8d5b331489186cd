import type { MacScheme } from '../crypto/mac.ts'
import type { ProfileCard } from '../profile/profile.ts'
import { referenceSettings } from '../terminal/settings.ts'
import { Amount } from '../values/amount.ts'
import type { Reply, Request } from '../values/request.ts'
import { approves } from './approval.ts'
import type { Attempt } from './attempt.ts'
import { refusal, shownIn, unheard } from './blame.ts'
import { Steps } from './climb-link.ts'
import type { Conversation } from './conversation.ts'
import { pinMissing } from './diagnose-answer.ts'
import { macTrouble, schemeOf, schemes } from './diagnose-mac.ts'
import { slow } from './diagnose-time.ts'
import type { LadderOptions, Told } from './ladder.ts'
import { spokenIn } from './variant.ts'

/** What the control sale is about: one unit of the card's currency. */
const minor = 100n

/** How often a reversal is sent before somebody has to be called. */
const reversals = 3

/** A message about money and what came of it. */
type Said = Readonly<{ attempt: Attempt | undefined; reply: Reply | undefined; approved: boolean }>

/**
 * A sale and its undoing. Whatever happens to the sale, it is undone: by a void where it was approved, by a reversal where nobody knows.
 *
 * @returns what is left open, in words, if it could not be undone
 */
export async function climbMoney(options: LadderOptions, conversation: Conversation, told: Told): Promise<string | undefined> {
  const steps = new Steps(told)
  const { till } = conversation
  const { card } = till
  if (!options.sale || card === undefined) {
    const why = options.sale ? 'the profile has no card with funds in this set' : 'not asked for'
    steps.passedOver('control sale', why)
    steps.passedOver('undone', 'there is nothing to undo')
    return undefined
  }
  const currency = card.funds?.currency
  if (currency === undefined) return undefined
  const amount = new Amount(minor, currency)
  const sale = till.sale(amount, card)
  const sold = await say(options, conversation, sale)
  if (sold.attempt === undefined) {
    steps.broken('control sale', unheard(conversation, undefined).diagnosis)
    return undefined
  }
  const shown = shownIn(conversation, sold.attempt)
  // Looked at now: the reversal that may follow is a call of its own.
  const unsold = unheard(conversation, sold.attempt)
  if (sold.reply === undefined || (sold.approved && sold.reply.mac !== 'good' && sold.reply.mac !== 'not due')) {
    const undone = await reverse(options, conversation, sale, 'sale')
    const diagnosis = sold.reply === undefined ? unsold.diagnosis : macTrouble(sold.reply, till, schemeOf(sold.attempt, till))
    const says = `${diagnosis.says}; ${undone ? 'it was reversed' : 'its reversal was not answered either'}`
    steps.broken('control sale', { ...diagnosis, says }, shown)
    return undone ? undefined : leftOpen(sale, amount)
  }
  if (!sold.approved) {
    const diagnosis =
      sold.reply.resultCode === 'A0'
        ? macTrouble(sold.reply, till, schemeOf(sold.attempt, till) ?? (await schemeTaken(options, conversation, card)))
        : refusal(conversation, 'sale', sold.reply.resultCode)
    steps.broken('control sale', diagnosis, shown)
    return undefined
  }
  const late = slow(sold.attempt.heard.afterMillis, options.profile.knobs.respTimeout?.seconds)
  const reference = sold.reply.reference === undefined ? '' : `, reference ${sold.reply.reference}`
  steps.held('control sale', `${amount} approved${reference}`, [
    ...(late === undefined ? [] : [late]),
    ...closing(conversation, options),
  ])
  return undo(options, conversation, { sale, answer: sold.reply, amount, card }, steps)
}

/** The way of making a MAC in which the acquirer takes a balance inquiry, which moves no money. */
async function schemeTaken(
  { profile, waits }: LadderOptions,
  conversation: Conversation,
  card: ProfileCard,
): Promise<MacScheme | undefined> {
  const { till, spoken } = conversation
  const { dialect } = spoken
  if (!profile.supports.has('balance') || !dialect.messages.some(({ operation }) => operation === 'inquire')) return undefined
  for (const mac of schemes.filter(
    scheme => scheme !== dialect.settings.mac && (scheme !== 'unionpay-ecb' || dialect.mark === 'cup'),
  )) {
    if (mac === 'x9.19' && till.keys?.mac.reveal().length !== 32) continue
    const settings = { ...dialect.settings, mac }
    const attempt = await conversation.say(till.inquiry(card), waits.answer, spokenIn({ ...dialect, settings }))
    if (attempt?.reading.is === 'answer' && till.replyOf(attempt.reading, attempt.spoken).resultCode !== 'A0') return mac
  }
  return undefined
}

type Open = Readonly<{ sale: Request; answer: Reply; amount: Amount; card: ProfileCard }>

/** A void and, where that is not approved, a reversal. */
async function undo(
  options: LadderOptions,
  conversation: Conversation,
  { sale, answer, amount, card }: Open,
  steps: Steps,
): Promise<string | undefined> {
  const request = conversation.till.void(sale, answer, card)
  const voided = await say(options, conversation, request)
  if (voided.approved) {
    steps.held('undone', `the sale of ${amount} is voided: nothing is left open`)
    return undefined
  }
  const unvoided = unheard(conversation, voided.attempt)
  const shown = voided.attempt === undefined ? [] : shownIn(conversation, voided.attempt)
  const unclear = voided.reply === undefined && voided.attempt !== undefined
  const cleared = unclear ? await reverse(options, conversation, request, 'void') : true
  const reversed = await reverse(options, conversation, sale, 'sale')
  const diagnosis =
    voided.reply === undefined
      ? unvoided.diagnosis
      : ((sale.pin !== undefined && request.pin === undefined
          ? pinMissing(voided.reply.resultCode, conversation.till.standing)
          : undefined) ?? refusal(conversation, 'void', voided.reply.resultCode))
  const says = `${diagnosis.says}; the sale ${reversed && cleared ? 'was reversed instead: nothing is left open' : 'IS STILL OPEN'}`
  steps.broken('undone', { ...diagnosis, says }, shown)
  return reversed && cleared ? undefined : leftOpen(sale, amount)
}

async function reverse(
  options: LadderOptions,
  conversation: Conversation,
  of: Request,
  reversible: 'sale' | 'void',
): Promise<boolean> {
  for (let sent = 0; sent < reversals; sent += 1) {
    const { reply } = await say(options, conversation, conversation.till.reversal(of, reversible, sent > 0))
    const code = reply?.resultCode
    if (code !== undefined && referenceSettings.reversalFinal.includes(code)) return true
  }
  return false
}

async function say({ profile, waits }: LadderOptions, conversation: Conversation, request: Request): Promise<Said> {
  const { till, spoken } = conversation
  const within = Math.min(waits.money, (profile.knobs.respTimeout?.seconds ?? 60) * 1000)
  const attempt = await conversation.say(request, within)
  const reply = attempt?.reading.is === 'answer' ? till.replyOf(attempt.reading, spoken) : undefined
  const code = reply?.resultCode
  return { attempt, reply, approved: approves(code) }
}

/** What a kept connection that is not kept is worth saying. */
function closing({ closings }: Conversation, { profile }: LadderOptions) {
  if (closings === 0 || profile.timing.connection !== 'kept') return []
  return [
    {
      cause: 'closes after each',
      says: 'the acquirer closes the line after an answer; the profile keeps it',
      certainty: 'likely',
      whose: 'profile',
      changes: [{ setting: 'timing.connection', to: 'per operation' }],
    } as const,
  ]
}

function leftOpen({ trace, batch, terminalId }: Request, amount: Amount): string {
  return `A sale of ${amount} under trace ${trace} in batch ${batch} of terminal ${terminalId} may be open at the acquirer: undo it by hand.`
}
