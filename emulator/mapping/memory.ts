import { createHash } from 'node:crypto'
import type { Business } from './business.ts'
import type { OutcomeClass } from './outcome.ts'
import type { Prepared } from './prepared.ts'

/** What is known of one intent: how often it was sent, what was sent, and what its answers named. */
export type Intent = {
  readonly id: string
  readonly operation: string
  /** As it was first asked. */
  readonly asked: Business
  attempts: number
  /** Calls as they were first made, by call and content: a retry sends the same bytes. */
  readonly made: Map<string, Prepared>
  /** What answers named, by the names of `capture`. */
  refs: Readonly<Record<string, string>>
  outcome?: OutcomeClass | 'UNKNOWN'
  /** Voided or reversed. */
  undone?: true
  captured?: true
}

/**
 * What a terminal cannot remember for an interface: the ids that it gave, by intent and by the reference that the terminal was told. Shared by
 * the tills of one acquirer, for one may name what another did.
 */
export class Memory {
  readonly #intents = new Map<string, Intent>()
  readonly #byReference = new Map<string, Intent>()

  /** The intent of this name, new if nobody has spoken of it. */
  opened(id: string, asked: Business): Intent {
    const known = this.#intents.get(id)
    if (known !== undefined) return known
    const intent: Intent = { id, operation: asked.operation, asked, attempts: 0, made: new Map(), refs: {} }
    this.#intents.set(id, intent)
    return intent
  }

  get(id: string | undefined): Intent | undefined {
    return id === undefined ? undefined : this.#intents.get(id)
  }

  /** The intent that the acquirer, or a stand-in of ours, named so. */
  named(reference: string | undefined): Intent | undefined {
    return reference === undefined ? undefined : this.#byReference.get(reference)
  }

  /** What the terminal calls an intent: the acquirer's own reference, or a number of ours where that is none. Twelve characters. */
  referenceOf(intent: Intent): string {
    const own = intent.refs.reference
    const reference =
      own !== undefined && /^[0-9A-Za-z]{12}$/.test(own)
        ? own
        : BigInt(`0x${createHash('sha256').update(intent.id).digest('hex')}`)
            .toString()
            .slice(-12)
    this.#byReference.set(reference, intent)
    return reference
  }

  /** Intents of a till in a batch, in the order in which they were made. */
  ofBatch(terminalId: string | undefined, batch: string | undefined): readonly Intent[] {
    return [...this.#intents.values()].filter(
      ({ asked: { fields } }) => fields.terminalId?.trim() === terminalId?.trim() && fields.batch === batch,
    )
  }
}
