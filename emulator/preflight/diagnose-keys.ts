import { unwrapWorkingKeys } from '../crypto/keys.ts'
import { keyLayoutOf } from '../dialects/key-layout.ts'
import type { Profile } from '../profile/profile.ts'
import type { Message } from '../values/message.ts'
import type { Standing } from './diagnose-answer.ts'
import type { Diagnosis } from './diagnosis.ts'

/** Bytes of a key download by network management code. @source UnionPay POS fact sheet, 6.2 */
const layoutOfBytes: Readonly<Record<number, string>> = { 24: '001', 40: '003', 60: '004' }

/** Why the keys of a sign-in do not open. */
export function keysUnopened(
  why: 'check value wrong' | 'layout unknown',
  { fields }: Message,
  at: Standing,
  profile: Profile,
): Diagnosis {
  const download = fields.private62 ?? fields.keys ?? ''
  const asked = keyLayoutOf(profile.speaks, fields.networkCode)
  if (why === 'layout unknown') {
    const bytes = download.length / 2
    const fitting = layoutOfBytes[bytes]
    return {
      cause: 'key layout',
      says: `the sign-in brings ${bytes} bytes of keys, which is not what ${asked} asks for${fitting === undefined ? '' : ` but what ${fitting} does`}`,
      certainty: fitting === undefined ? 'possible' : 'likely',
      whose: 'profile',
      changes: [
        {
          setting: `dialect.settings.${profile.speaks.settings.keyLayout === undefined ? 'signInKeys' : 'keyLayout'}`,
          ...(fitting === undefined ? {} : { to: fitting }),
        },
      ],
    }
  }
  const owner = profile.merchants
    .flatMap(({ terminals }, merchant) =>
      terminals.map(({ id, masterKey }, terminal) => ({ id, masterKey, path: `merchants[${merchant}].terminals[${terminal}]` })),
    )
    .find(({ path, masterKey }) => path !== at.terminal && typeof unwrapWorkingKeys(masterKey, download, asked) !== 'string')
  const setting = `${at.terminal}.masterKey`
  return {
    cause: 'master key',
    says:
      owner === undefined
        ? `the keys for terminal ${at.terminalId} do not give their check values under its master key: the acquirer has another one`
        : `the keys for terminal ${at.terminalId} open under the master key that the profile gives to ${owner.id}`,
    certainty: owner === undefined ? 'likely' : 'sure',
    whose: 'profile',
    changes: [
      { setting, ...(owner === undefined ? {} : { note: `the one of ${owner.id}` }) },
      ...(owner === undefined ? [] : [{ setting: `${owner.path}.masterKey` }]),
    ],
  }
}
