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
  const says = `${asked(call)} is answered ${answer.status}: ${call.says}`
  const formally = formal(call, endpoint)
  if (formally !== undefined || !isForeign(call)) return { ...(formally ?? unclear(call)), says }
  return {
    cause: 'other interface',
    says: `${says}; what answers there is not this interface`,
    certainty: 'likely',
    whose: 'profile',
    changes: [{ setting: 'endpoint', note: 'the host, the port, and the path in it' }, pathOf(call)],
  }
}

/** What an expression that failed while it ran says: it names itself, its file and its line. */
export function misfired({ message }: EmulatorError): Diagnosis {
  return { cause: 'mapping failed', says: message, certainty: 'likely', whose: 'profile', changes: [{ setting: 'mapping' }] }
}

/** Whether an answer was refused before anybody looked at what it asks: where it went, who asked, in which form. */
export function formal(asked: HttpCall, endpoint: URL): Diagnosis | undefined {
  const { call, party, answer } = asked
  if (answer === undefined) return undefined
  const { status, headers } = answer
  const path = pathOf(asked)
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

/** Whether what came back is no JSON, which every answer of such an interface is: a web server that has another purpose, or a proxy. */
const isForeign = ({ rule, answer }: HttpCall): boolean =>
  answer !== undefined && (rule === 'unreadable' || /^\s*text\/html\b/i.test(answer.headers['content-type'] ?? ''))

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

const pathOf = ({ call }: HttpCall): Change => ({ setting: `mapping.operations.${call.split('.')[0]}.request.path` })

const asked = ({ method, path }: HttpCall): string => `${method} ${path}`
