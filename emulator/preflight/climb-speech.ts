import type { Dialect } from '../dialects/dialect.ts'
import type { FrameForm } from '../values/framing.ts'
import type { Decoded } from '../wire/codec.ts'
import { approves } from './approval.ts'
import type { Attempt } from './attempt.ts'
import { refusal, shownIn } from './blame.ts'
import { Steps } from './climb-link.ts'
import { Conversation } from './conversation.ts'
import { formal } from './diagnose-http.ts'
import { slow } from './diagnose-time.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { LadderOptions, Told } from './ladder.ts'
import type { Spoken } from './reading.ts'
import { shownCall, shownOf } from './shown.ts'
import { operationsOf, Speech } from './speech.ts'
import type { Way } from './way.ts'
/** Framing, header and echo: the first message that is answered. @returns a conversation that can go on */
export async function climbSpeech(options: LadderOptions, way: Way, told: Told): Promise<Conversation | undefined> {
  const steps = new Steps(told)
  const speech = new Speech(options, way)
  const { spoken: own, till } = speech
  const travel = { way, waits: options.waits, spoken: own, keeps: options.profile.timing.connection === 'kept' }
  if (operationsOf(own.dialect).length === 0) {
    aroundIt(steps, way, own)
    steps.passedOver('echo', `${own.dialect.id} has no message that moves no money`)
    return new Conversation(travel, till)
  }
  const { found, line, late } = await speech.first()
  if (found === undefined || line === undefined) {
    const { rung, diagnosis } = await speech.diagnosis()
    const said = speech.own[0]
    const call = way.calls.at(-1)
    if (rung === 'echo') aroundIt(steps, way, own, said)
    return steps.broken(rung, diagnosis, call !== undefined ? shownCall(call) : said === undefined ? [] : shownOf(said))
  }
  aroundIt(steps, way, own, found)
  const overdue = slow(late ?? found.heard.afterMillis, options.profile.knobs.respTimeout?.seconds)
  if (overdue !== undefined) {
    line.close()
    return steps.broken('echo', overdue, shownOf(found))
  }
  const conversation = new Conversation(travel, till, line)
  const refusedFor = await refusalOf(options, conversation, found, speech)
  if (refusedFor !== undefined) {
    conversation.close()
    return steps.broken('echo', refusedFor, shownIn(conversation, found))
  }
  echoed(conversation, found, steps)
  return conversation
}

/** What a host answers that makes something else of a message than was meant. */
const unreadCodes = ['12', '30', '40', 'FORMAT', 'UNSUPPORTED']

/** Why the first answer is a refusal that nothing can go beyond. One of an echo is the affair of the sign-in, where there is one. */
async function refusalOf(
  { profile }: LadderOptions,
  conversation: Conversation,
  { reading, spoken, operation }: Attempt,
  speech: Speech,
): Promise<Diagnosis | undefined> {
  if (reading.is !== 'answer') return undefined
  const { resultCode } = conversation.till.replyOf(reading, spoken)
  const { lastCall, endpoint } = conversation
  if (resultCode === undefined || approves(resultCode)) return undefined
  if (lastCall !== undefined && formal(lastCall, endpoint) !== undefined) return speech.overHttp()
  const unread = unreadCodes.includes(resultCode) ? await speech.otherPad(operation) : undefined
  if (unread !== undefined) return unread
  return operation === 'echo' && !profile.supports.has('signon') ? refusal(conversation, 'echo', resultCode) : undefined
}

function echoed({ till }: Conversation, { reading, spoken, operation, heard }: Attempt, steps: Steps): void {
  if (operation !== 'echo' || reading.is !== 'answer') {
    const has = spoken.dialect.messages.some(row => row.operation === 'echo')
    steps.passedOver('echo', `${has ? 'the acquirer leaves an echo unanswered' : 'there is none'}; a sign-in is answered`)
    return
  }
  const { resultCode = 'without a result code' } = till.replyOf(reading, spoken)
  steps.held('echo', `answered ${resultCode} in ${heard.afterMillis} ms`)
}

/** The rungs of what stands around a message. */
function aroundIt(steps: Steps, way: Way, { dialect }: Spoken, found?: Attempt): void {
  if (way.carries === 'HTTP calls') {
    steps.passedOver('framing', 'messages are HTTP calls')
    steps.passedOver('header', 'messages are HTTP calls')
    return
  }
  steps.held('framing', inWords(dialect.framing.form))
  const reading = found?.reading
  steps.held('header', headInWords(dialect, reading !== undefined && 'decoded' in reading ? reading.decoded : undefined))
}

function inWords(form: FrameForm): string {
  if (form.is === 'whole') return 'the line itself keeps messages apart'
  if (form.is === 'STX ETX LRC') return 'between STX and ETX, with an LRC'
  const counts = form.itself ? 'itself too' : form.uncounted > 0 ? 'the message only' : 'the rest'
  return `length in ${form.form}, which counts ${counts}`
}

function headInWords({ framing: { tpdu, header } }: Dialect, decoded: Decoded | undefined): string {
  const answered = (part: string | undefined): string => (decoded === undefined ? '' : `, answered ${part ?? 'without'}`)
  const parts: string[] = []
  if (tpdu !== '') parts.push(`TPDU ${tpdu}${answered(decoded?.envelope.tpdu)}`)
  if (header !== '') parts.push(`header ${header}${answered(decoded?.envelope.header)}`)
  return parts.length === 0 ? 'none, as the profile says' : parts.join('; ')
}
