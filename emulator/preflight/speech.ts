import type { Dialect } from '../dialects/dialect.ts'
import { isEmulatorError } from '../values/errors.ts'
import type { Message } from '../values/message.ts'
import type { Operation } from '../values/operation.ts'
import { approves } from './approval.ts'
import { type Attempt, answeredOf } from './attempt.ts'
import { confirmed, type Found, unanswered } from './diagnose-framing.ts'
import { misfired, uncalled } from './diagnose-http.ts'
import type { Diagnosis } from './diagnosis.ts'
import { tryDoors } from './doors.ts'
import type { LadderOptions } from './ladder.ts'
import type { RawLine } from './raw-line.ts'
import { fits, type Reading, readAnswer, type Spoken } from './reading.ts'
import { PreflightTill, terminalsOf } from './till.ts'
import { tryVariants } from './try-variants.ts'
import { dialectVariants, framingVariants, padVariants, spokenIn, type Variant } from './variant.ts'
import type { Way } from './way.ts'

/** The operations that move no money and change no books, the most harmless first. */
const harmless = ['echo', 'signIn'] as const
type Harmless = (typeof harmless)[number]

/** The first message that was answered, and the line on which; `late`: after how long, when other ways were tried meanwhile. */
type First = Readonly<{ found?: Attempt; line?: RawLine; late?: number }>

/** So many other ways of framing are tried before other dialects are. */
const commonest = 12

/** The first words: in the profile's own way and, where that gets no answer, in others. */
export class Speech {
  readonly till: PreflightTill
  readonly own: Attempt[] = []
  readonly #options: LadderOptions
  readonly #way: Way
  readonly spoken: Spoken
  #others: readonly Attempt[] = []
  #variants: readonly Variant[] = []
  #asked: Message = { mti: '', fields: {} }

  constructor(options: LadderOptions, way: Way) {
    this.#options = options
    this.#way = way
    const [first] = terminalsOf(options.profile, options.sets)
    if (first === undefined) throw new RangeError('a profile has at least one terminal')
    this.till = new PreflightTill(options.profile, first)
    this.spoken = spokenIn(options.profile.speaks)
  }

  /** Says the most harmless message. While the acquirer is silent other ways are tried, and its line is listened to all the time. */
  async first(): Promise<First> {
    const { waits, signal } = this.#options
    const [operation, ...more] = operationsOf(this.spoken.dialect)
    if (operation === undefined) return {}
    const said = await this.#say(this.spoken, operation, [], 'echo', waits.answer)
    if (said === undefined) return {}
    this.#asked = said.asked
    this.own.push(said.attempt)
    if (said.attempt.reading.is === 'answer') return { found: said.attempt, line: said.line }
    if (this.#way.failure !== undefined) return {}
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
      const again = await this.#say(this.spoken, other, [], 'echo', waits.alternative)
      if (again === undefined) continue
      this.own.push(again.attempt)
      if (again.attempt.reading.is === 'answer') {
        said.line.close()
        return { found: again.attempt, line: again.line }
      }
      again.line.close()
    }
    await this.#tryOthers(operation, () => late !== undefined || signal?.aborted === true)
    if (answeredOf(this.#others) !== undefined || signal?.aborted === true) said.line.close()
    await listening
    if (late === undefined) {
      said.line.close()
      return {}
    }
    return { found: late, line: said.line, late: late.heard.afterMillis }
  }

  /** Why none of them was answered. */
  async diagnosis(): Promise<Found> {
    if (this.#way.carries === 'HTTP calls') return { rung: 'echo', diagnosis: await this.overHttp() }
    const said = this.own.find(({ heard }) => heard.bytes.length > 0) ?? this.own[0]
    const reread = (spoken: Spoken, came: Uint8Array): Reading =>
      said === undefined ? { is: 'nothing' } : readAnswer(spoken, this.#asked, said.sent, came)
    const unclear =
      answeredOf(this.#others) === undefined &&
      !this.#variants.some(each => fits(reread(each.spoken, said?.heard.bytes ?? new Uint8Array(0))) !== 'no')
    const door = unclear ? await tryDoors(this.#way, this.#options.waits, way => this.#atDoor(way)) : undefined
    return unanswered(this.own, this.#others, this.#variants, reread, door)
  }

  /** Whether the acquirer takes a message that it refused when an odd digit of it stands on the other side. */
  async otherPad(operation: Operation): Promise<Diagnosis | undefined> {
    const asked = harmless.find(each => each === operation)
    if (asked === undefined || this.#way.carries === 'HTTP calls') return undefined
    for (const variant of padVariants(this.spoken.dialect, this.#asked)) {
      const attempt = await this.#tried(variant, asked)
      if (attempt?.reading.is !== 'answer') continue
      if (approves(this.till.replyOf(attempt.reading, attempt.spoken).resultCode)) return confirmed(variant.changes)
    }
    return undefined
  }

  /** Behind HTTP there is nothing to frame; what may be wrong is where a call goes, and who makes it. */
  async overHttp(): Promise<Diagnosis> {
    const { endpoint, calls, failure } = this.#way
    if (failure !== undefined) return misfired(failure)
    const diagnosis = uncalled(calls.at(-1), endpoint)
    if (endpoint.pathname === '/' || diagnosis.cause !== 'path') return diagnosis
    const bare = this.#way.through(endpoint.protocol.slice(0, -1), '/')
    const answers = await this.#atDoor(bare)
    await bare.close()
    if (!answers) return diagnosis
    const says = `${diagnosis.says}; without the path of the endpoint it is answered`
    return { ...diagnosis, says, certainty: 'sure', changes: [{ setting: 'endpoint', to: endpoint.origin }] }
  }

  async #tryOthers(operation: Harmless, over: () => boolean): Promise<void> {
    const { waits, profile } = this.#options
    const others = dialectVariants(profile.dialect, this.spoken.dialect)
    const framings = framingVariants(this.spoken.dialect)
    const pads = padVariants(this.spoken.dialect, this.#asked)
    const all = [...framings.slice(0, commonest), ...pads, ...others, ...framings.slice(commonest)]
    const [first] = this.own
    const fitting = (variant: Variant): boolean =>
      first !== undefined && fits(readAnswer(variant.spoken, this.#asked, first.sent, first.heard.bytes)) !== 'no'
    this.#variants = all
    const ordered = [...all.filter(fitting), ...all.filter(each => !fitting(each))]
    this.#others = await tryVariants(ordered, way => this.#tried(way, operation), waits.alternatives, over)
  }

  async #tried({ spoken, changes, rung }: Variant, operation: Harmless): Promise<Attempt | undefined> {
    try {
      const said = await this.#say(spoken, operation, changes, rung, this.#options.waits.alternative)
      said?.line.close()
      return said?.attempt
    } catch (thrown) {
      // Not every message can be written in every way: between STX and ETX only text fits.
      if (!isEmulatorError(thrown, 'FIELD_VALUE')) throw thrown
      return undefined
    }
  }

  /** Whether somebody who speaks as the profile says is behind another door. */
  async #atDoor(way: Way): Promise<boolean> {
    const [operation] = operationsOf(this.spoken.dialect)
    if (operation === undefined) return false
    const said = await this.#say(this.spoken, operation, [], 'echo', this.#options.waits.alternative, way)
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
    const { message, bytes } = this.till.ready(this.till.manage(operation), spoken)
    const opened = await way.open(waits.connect, this.till.who)
    if (opened.is === 'refused') return undefined
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

/** What of it a dialect has messages for. */
export function operationsOf({ messages }: Dialect): readonly Harmless[] {
  return harmless.filter(operation => messages.some(row => row.operation === operation))
}
