import type { EmulatorError } from '../values/errors.ts'
import type { HttpCall } from '../values/http-call.ts'
import type { Change, Diagnosis } from './diagnosis.ts'

/** What a call that came to nothing, or to a refusal for formal reasons, says about endpoint, mapping and credentials. */
export function uncalled(call: HttpCall | undefined, endpoint: URL): Diagnosis {
  if (call === undefined)
    return {
      cause: 'no call',
      says: 'the mapping made no call',
      certainty: 'possible',
      whose: 'profile',
      changes: [{ setting: 'mapping' }],
    }
  const { answer } = call
  if (answer === undefined)
    return {
      cause: 'no answer',
      says: `${asked(call)} is not answered: ${call.says}`,
      certainty: 'possible',
      whose: 'acquirer',
      changes: [{ setting: 'endpoint', note: 'the port, and http:// or https://' }],
    }
  return { ...(formal(call, endpoint) ?? unclear(call)), says: `${asked(call)} is answered ${answer.status}: ${call.says}` }
}

/** What an expression that failed while it ran says: it names itself, its file and its line. */
export function misfired({ message }: EmulatorError<'MAPPING_FAILED'>): Diagnosis {
  return { cause: 'mapping failed', says: message, certainty: 'likely', whose: 'profile', changes: [{ setting: 'mapping' }] }
}

/** Whether an answer was refused before anybody looked at what it asks: where it went, who asked, in which form. */
export function formal({ call, party, answer }: HttpCall, endpoint: URL): Diagnosis | undefined {
  if (answer === undefined) return undefined
  const { status, headers } = answer
  const path: Change = { setting: `mapping.operations.${call.split('.')[0]}.request.path` }
  const base: Change = { setting: 'endpoint', note: 'the path in it, which stands before every path of the mapping' }
  const based = endpoint.pathname !== '/'
  const made = (cause: string, changes: readonly Change[]): Diagnosis => ({
    cause,
    says: '',
    certainty: 'likely',
    whose: 'profile',
    changes,
  })
  if (status >= 300 && status < 400)
    return made('redirect', [{ setting: 'endpoint', ...(headers.location === undefined ? {} : { to: headers.location }) }])
  if (status === 404 || status === 410) return made('path', based ? [base, path] : [path, base])
  if (status === 405) return made('method', [{ setting: `mapping.operations.${call.split('.')[0]}.request.method` }, path])
  if (status === 401 || status === 403)
    return made('credential', [
      { setting: `mapping.parties.${party}`, note: 'the credential of these terminals' },
      { setting: 'mapping.auth', note: 'how a call is signed' },
    ])
  if (status === 415 || status === 406) return made('content type', [{ setting: 'mapping.encoder', note: 'json or form' }])
  return undefined
}

function unclear({ call, answer, unmapped }: HttpCall): Diagnosis {
  const status = answer?.status ?? 0
  const classify: Change = { setting: `mapping.operations.${call.split('.')[0]}.classify` }
  if (status >= 500) return { cause: 'acquirer failed', says: '', certainty: 'likely', whose: 'acquirer', changes: [] }
  if (unmapped === true)
    return {
      cause: 'unmapped',
      says: '',
      certainty: 'likely',
      whose: 'profile',
      changes: [{ ...classify, note: 'no rule knows this answer' }],
    }
  return { cause: 'unclear', says: '', certainty: 'possible', whose: 'profile', changes: [classify] }
}

const asked = ({ method, path }: HttpCall): string => `${method} ${path}`
