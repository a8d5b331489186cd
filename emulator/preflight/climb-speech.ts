import type { Dialect } from '../dialects/dialect.ts'
import type { FrameForm } from '../values/framing.ts'
import type { Message } from '../values/message.ts'
import { type Attempt, answeredOf } from './attempt.ts'
import { Steps } from './climb-link.ts'
import { Conversation } from './conversation.ts'
import { refused } from './diagnose-answer.ts'
import { unanswered } from './diagnose-framing.ts'
import { slow } from './diagnose-time.ts'
import { tryDoors } from './doors.ts'
import type { LadderOptions, Told } from './ladder.ts'
import type { RawLine } from './raw-line.ts'
import { fits, type Reading, readAnswer, type Spoken } from './reading.ts'
import { shownOf } from './shown.ts'
import { PreflightTill, terminalsOf } from './till.ts'
import { tryVariants } from './try-variants.ts'
import { framingVariants, spokenIn, type Variant } from './variant.ts'
import type { Way } from './way.ts'

/** The operations that move no money and change no books, the most harmless first. */
const harmless = ['echo', 'signIn'] as const
type Harmless = (typeof harmless)[number]

/** Framing, header and echo: the first message that is answered. @returns a conversation that can go on */
export async function climbSpeech(options: LadderOptions, way: Way, told: Told): Promise<Conversation | undefined> {
  const steps = new Steps(told)
  const speech = new Speech(options, way)
  const { found, line, late } = await speech.first()
  if (found === undefined || line === undefined) {
    const { rung, diagnosis } = await speech.diagnosis()
    const own = speech.own[0]
    steps.broken(rung, diagnosis, own === undefined ? [] : shownOf(own))
    return undefined
  }
  const { reading, spoken, operation, heard } = found
  if (reading.is !== 'answer') throw new RangeError('an attempt that was found has an answer')
  steps.held('framing', inWords(spoken.dialect.framing.form))
  steps.held('header', headInWords(spoken, reading))
  const overdue = slow(late ?? heard.afterMillis, options.profile.knobs.respTimeout?.seconds)
  if (overdue !== undefined) {
    line.close()
    return steps.broken('echo', overdue, shownOf(found))
  }
  const conversation = new Conversation(
    { way, waits: options.waits, spoken, keeps: options.profile.timing.connection === 'kept' },
    speech.till,
    line,
  )
  if (operation !== 'echo') {
    steps.passedOver('echo', 'the acquirer leaves an echo unanswered; a sign-in is answered')
    return conversation
  }
  const { resultCode } = speech.till.replyOf(reading, spoken)
  const approved = resultCode === undefined || spoken.dialect.codes.approved.includes(resultCode)
  const signsOn = options.profile.supports.has('signon')
  if (!approved && !signsOn) {
    conversation.close()
    return steps.broken('echo', refused('echo', resultCode, speech.till.standing), shownOf(found))
  }
  steps.held('echo', `answered ${resultCode ?? 'without a result code'} in ${late ?? heard.afterMillis} ms`)
  return conversation
}

type First = Readonly<{ found?: Attempt; line?: RawLine; late?: number }>

/** The first words: in the profile's own way and, where that gets no answer, in others. */
class Speech {
  readonly till: PreflightTill
  readonly own: Attempt[] = []
  readonly #options: LadderOptions
  readonly #way: Way
  readonly #spoken: Spoken
  #others: readonly Attempt[] = []
  #variants: readonly Variant[] = []
  #asked: Message = { mti: '', fields: {} }

  constructor(options: LadderOptions, way: Way) {
    this.#options = options
    this.#way = way
    const [first] = terminalsOf(options.profile, options.sets)
    if (first === undefined) throw new RangeError('a profile has at least one terminal')
    this.till = new PreflightTill(options.profile, first)
    this.#spoken = spokenIn(options.profile.speaks)
  }

  /** Says the most harmless message. While the acquirer is silent other ways are tried, and its line is listened to all the time. */
  async first(): Promise<First> {
    const { waits, signal } = this.#options
    const [operation, ...more] = operationsOf(this.#spoken.dialect)
    if (operation === undefined) return {}
    const said = await this.#say(this.#spoken, operation, [], 'echo', waits.answer)
    if (said === undefined) return {}
    this.#asked = said.asked
    this.own.push(said.attempt)
    if (said.attempt.reading.is === 'answer') return { found: said.attempt, line: said.line }
    if (said.attempt.heard.ended !== 'silence') said.line.close()
    let late: Attempt | undefined
    const listening =
      said.attempt.heard.ended === 'silence'
        ? this.#listen(said, waits.alternatives).then(heard => {
            late = heard
            return heard
          })
        : Promise.resolve(undefined)
    for (const other of more) {
      const again = await this.#say(this.#spoken, other, [], 'echo', waits.alternative)
      if (again === undefined) continue
      this.own.push(again.attempt)
      if (again.attempt.reading.is === 'answer') {
        said.line.close()
        return { found: again.attempt, line: again.line }
      }
      again.line.close()
    }
    await this.#tryOthers(operation, () => late !== undefined || signal?.aborted === true)
    if (answeredOf(this.#others) !== undefined) said.line.close()
    await listening
    if (late === undefined) return {}
    return { found: late, line: said.line, late: late.heard.afterMillis }
  }

  /** Why none of them was answered. */
  async diagnosis(): Promise<ReturnType<typeof unanswered>> {
    const said = this.own.find(({ heard }) => heard.bytes.length > 0) ?? this.own[0]
    const reread = (spoken: Spoken, came: Uint8Array): Reading =>
      said === undefined ? { is: 'nothing' } : readAnswer(spoken, this.#asked, said.sent, came)
    const unclear =
      answeredOf(this.#others) === undefined &&
      !this.#variants.some(each => fits(reread(each.spoken, said?.heard.bytes ?? new Uint8Array(0))) !== 'no')
    const door = unclear ? await tryDoors(this.#way, this.#options.waits, way => this.#atDoor(way)) : undefined
    return unanswered(this.own, this.#others, this.#variants, reread, door)
  }

  async #tryOthers(operation: Harmless, over: () => boolean): Promise<void> {
    const { waits } = this.#options
    const all = framingVariants(this.#spoken.dialect)
    const [first] = this.own
    const fitting = (variant: Variant): boolean =>
      first !== undefined && fits(readAnswer(variant.spoken, this.#asked, first.sent, first.heard.bytes)) !== 'no'
    this.#variants = all
    const ordered = [...all.filter(fitting), ...all.filter(each => !fitting(each))]
    this.#others = await tryVariants(ordered, way => this.#tried(way, operation), waits.alternatives, over)
  }

  async #tried({ spoken, changes, rung }: Variant, operation: Harmless): Promise<Attempt | undefined> {
    const said = await this.#say(spoken, operation, changes, rung, this.#options.waits.alternative)
    said?.line.close()
    return said?.attempt
  }

  /** Whether somebody who speaks as the profile says is behind another door. */
  async #atDoor(way: Way): Promise<boolean> {
    const [operation] = operationsOf(this.#spoken.dialect)
    if (operation === undefined) return false
    const said = await this.#say(this.#spoken, operation, [], 'echo', this.#options.waits.alternative, way)
    said?.line.close()
    return said?.attempt.reading.is === 'answer'
  }

  async #say(
    spoken: Spoken,
    operation: Harmless,
    changes: Attempt['changes'],
    rung: Attempt['rung'],
    withinMillis: number,
    way = this.#way,
  ): Promise<{ attempt: Attempt; line: RawLine; asked: Message } | undefined> {
    const { waits } = this.#options
    const opened = await way.open(waits.connect)
    if (opened.is === 'refused') return undefined
    const { message, bytes } = this.till.ready(this.till.manage(operation), spoken)
    opened.line.send(bytes)
    const read = (came: Uint8Array): Reading => readAnswer(spoken, message, bytes, came)
    const heard = await opened.line.hear(came => read(came).is === 'answer', withinMillis, waits.settle)
    const attempt = { changes, rung, operation, spoken, sent: bytes, heard, reading: read(heard.bytes) }
    return { attempt, line: opened.line, asked: message }
  }

  /** Goes on listening on a line that was silent so far. @returns the attempt as it is after its answer, if one comes */
  async #listen(said: { attempt: Attempt; line: RawLine; asked: Message }, millis: number): Promise<Attempt | undefined> {
    const { waits } = this.#options
    const { spoken, sent, heard: before } = said.attempt
    const read = (came: Uint8Array): Reading => readAnswer(spoken, said.asked, sent, came)
    const heard = await said.line.hear(came => read(came).is === 'answer', millis, waits.settle)
    const reading = read(heard.bytes)
    if (reading.is !== 'answer') return undefined
    return { ...said.attempt, reading, heard: { ...heard, afterMillis: before.afterMillis + heard.afterMillis } }
  }
}

function operationsOf({ messages }: Dialect): readonly Harmless[] {
  return harmless.filter(operation => messages.some(row => row.operation === operation))
}

function inWords(form: FrameForm): string {
  if (form.is === 'whole') return 'the line itself keeps messages apart'
  if (form.is === 'STX ETX LRC') return 'between STX and ETX, with an LRC'
  const counts = form.itself ? 'itself too' : form.uncounted > 0 ? 'the message only' : 'the rest'
  return `length in ${form.form}, which counts ${counts}`
}

function headInWords({ dialect }: Spoken, { decoded }: Extract<Reading, { is: 'answer' }>): string {
  const { tpdu, header } = dialect.framing
  const parts: string[] = []
  if (tpdu !== '') parts.push(`TPDU ${tpdu}, answered ${decoded.envelope.tpdu ?? 'without'}`)
  if (header !== '') parts.push(`header ${header}, answered ${decoded.envelope.header ?? 'without'}`)
  return parts.length === 0 ? 'none, as the profile says' : parts.join('; ')
}
