import type { Diagnosis } from './diagnosis.ts'

/** Why a connection did not become a WebSocket. `reason`: by name, as transports tell it. */
export function notUpgraded(reason: string, says: string, endpoint: URL): Diagnosis {
  const made = (cause: string, changes: Diagnosis['changes']): Diagnosis => ({
    cause,
    says,
    certainty: 'likely',
    whose: 'profile',
    changes,
  })
  const at = (scheme: string): string => `${scheme}://${endpoint.host}`
  if (reason === 'speaks no WebSocket' || reason === 'no answer')
    return made(reason, [{ setting: 'endpoint', to: at(endpoint.protocol === 'wss:' ? 'tls' : 'tcp') }])
  if (reason === 'speaks TLS') return made(reason, [{ setting: 'endpoint', to: `${at('wss')}${endpoint.pathname}` }])
  if (reason === 'sub-protocol') return made(reason, [{ setting: 'endpoint', note: 'the sub-protocol, behind # at its end' }])
  return made(reason, [{ setting: 'endpoint', note: 'its path, query and sub-protocol' }])
}
