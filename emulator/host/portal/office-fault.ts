import type { LedgerTransaction } from '../../values/ledger-view.ts'
import type { Ask } from '../ask.ts'
import type { Decision } from '../decision.ts'
import type { Rulebook } from '../rulebook.ts'
import type { AuditRecord } from './case.ts'
import type { Right, Role } from './staff.ts'

/** What a back office gets wrong by itself, apart from the rules about money that it shares with the wire. */
export type OfficeFault = Readonly<{
  /** Nobody else has to agree. */
  approval?: 'none'
  /** Rights that a role has beside its own. */
  mayAlso?: (role: Role, right: Right) => boolean
  decidesOwn?: true
  /** Of which merchant a transaction is is not looked at. */
  seesAll?: true
  /** Card numbers stand on the pages as they are. */
  showsCards?: true
  /** A request needs no reason. */
  reasonless?: true
  /** In which state a void is offered that should not be. */
  offersVoidOf?: LedgerTransaction['state']
  /** What holds when something is asked for, and when it is decided about. */
  rules?: (rules: Rulebook, when: 'asked' | 'decided') => Rulebook
  ask?: (ask: Ask) => Ask
  decision?: (decision: Decision, ask: Ask) => Decision
  /** A rejection does what was asked for all the same. */
  doesWhatItRejects?: true
  /** `undefined`: it is not written down. */
  record?: (record: AuditRecord) => AuditRecord | undefined
}>
