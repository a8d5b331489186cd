import type { Answer, Reply } from '../values/request.ts'
import type { Faulty } from './faults.ts'
import type { Settings } from './settings.ts'

/**
 * What an answer means to the terminal.
 *
 * `unusable`: an answer that is neither a clean approval nor a decline: no result code, or an approval of a part. `bad MAC`: counts as no answer.
 */
export type Meaning =
  | Readonly<{ is: 'not connected'; says: string }>
  | Readonly<{ is: 'silence' }>
  | Readonly<{ is: 'approved'; reply: Reply; code: string }>
  | Readonly<{ is: 'declined'; reply: Reply; code: string }>
  | Readonly<{ is: 'bad MAC'; reply: Reply }>
  | Readonly<{ is: 'unusable'; reply: Reply }>

/**
 * An approval must carry a good MAC. A decline may come without one, and A0 comes from an acquirer that could not make a usable one; any other
 * wrong MAC is as good as no answer.
 *
 * @source UnionPay POS fact sheet, 4.3 and 7; requirement SEC-003
 */
export function meaningOf(answer: Answer, { approves }: Settings, faulty: Faulty): Meaning {
  if (answer.is !== 'reply') return answer
  const { reply } = answer
  const { resultCode: code, mac } = reply
  if (code === undefined || code === '10') return { is: 'unusable', reply }
  const approved = approves.includes(code) || (code === '09' && faulty('takes in progress as approved'))
  if (approved)
    return mac === 'good' || mac === 'not due' || faulty('approves on a bad MAC')
      ? { is: 'approved', reply, code }
      : { is: 'bad MAC', reply }
  return mac === 'bad' && code !== 'A0' ? { is: 'bad MAC', reply } : { is: 'declined', reply, code }
}
