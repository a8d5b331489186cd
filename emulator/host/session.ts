import { keyLayoutOf } from '../dialects/key-layout.ts'
import type { WorkingKeys } from '../values/request.ts'
import type { Secret } from '../values/secret.ts'
import { accepting, type Decision, refusing } from './decision.ts'
import type { Numbers } from './numbers.ts'
import type { Situation } from './rules.ts'

/** How this host hands out keys: `wrap` writes them under a terminal's master key, as the answer to a sign-in holds them. */
export type Keying = Readonly<{ macBytes: 8 | 16; wrap: (masterKey: Secret, keys: WorkingKeys, networkCode: string) => string }>

/**
 * A sign-in: new working keys, which end the old ones at once, and the batch that the terminal is in. It opens no batch.
 *
 * @source UnionPay POS fact sheet, 4.5 and 6.2
 */
export function decideSignIn({ ask, books, dialect }: Situation, numbers: Numbers, { wrap, macBytes }: Keying): Decision {
  const known = books.terminal(ask.terminalId ?? '')
  if (!known) return refusing('97', 'the terminal is not known')
  const terminalId = known.terminal.id
  const networkCode = keyLayoutOf(dialect, ask.fields.networkCode)
  const single = networkCode === '001'
  const keys = numbers.keys(books.signIns + 1, {
    pinBytes: single ? 8 : 16,
    macBytes: single ? 8 : macBytes,
    trackBytes: networkCode === '004' ? 16 : 0,
  })
  return accepting('the terminal is signed in', [{ is: 'signed in', terminalId, keys }], {
    batch: books.batches.current(terminalId).number,
    keys: wrap(known.terminal.masterKey, keys, networkCode),
  })
}

export function decideSignOff({ ask }: Situation): Decision {
  return accepting('the terminal is signed off', [{ is: 'signed off', terminalId: ask.terminalId ?? '' }])
}
