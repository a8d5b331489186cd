import { type MacScheme, macAgrees } from '../crypto/mac.ts'
import type { Reply } from '../values/request.ts'
import type { Attempt } from './attempt.ts'
import { refused } from './diagnose-answer.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { PreflightTill } from './till.ts'

/** Every way of making a MAC. */
export const schemes: readonly MacScheme[] = ['unionpay-ecb', 'x9.9', 'x9.19']

/** Why a MAC is wrong on one side or the other. `scheme`: by which the acquirer makes its own, or took one of ours, if that is known. */
export function macTrouble(reply: Reply, till: PreflightTill, found: MacScheme | undefined): Diagnosis {
  const refusal = refused('sale', reply.resultCode, till.standing)
  const says =
    reply.resultCode === 'A0'
      ? refusal.says
      : `the ${reply.mac === 'absent' ? 'approval carries no MAC' : 'MAC of the approval is wrong'}`
  if (found === undefined)
    return {
      cause: 'mac',
      says,
      certainty: 'likely',
      whose: 'profile',
      changes: [
        { setting: 'dialect.settings.mac', note: 'how the MAC is made' },
        { setting: 'dialect.settings.macKey', note: 'which of the bytes that a sign-in brings are the MAC key' },
      ],
    }
  return {
    cause: 'mac',
    says: `${says}: the acquirer makes it as ${found}`,
    certainty: 'likely',
    whose: 'profile',
    changes: [{ setting: 'dialect.settings.mac', to: found }],
  }
}

/** The scheme by which the MAC of the answer agrees under our keys. */
export function schemeOf({ reading }: Attempt, { keys }: PreflightTill): MacScheme | undefined {
  if (reading.is !== 'answer') return undefined
  const { mac } = reading.message.fields
  const { covered } = reading.decoded
  if (mac === undefined || covered === undefined || keys === undefined) return undefined
  const bytes = reading.frame.subarray(covered.offset, covered.offset + covered.length)
  const digits = keys.mac.reveal().length
  return schemes.find(scheme => (scheme !== 'x9.19' || digits === 32) && macAgrees(scheme, keys.mac, bytes, mac))
}
