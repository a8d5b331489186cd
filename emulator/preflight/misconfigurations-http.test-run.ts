import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { httpDoor } from '../host/http-door.ts'
import { where } from '../where.ts'
import { host, type Misconfiguration, type Written } from './misconfiguration.test-run.ts'

const mapping = readFileSync(join(where.fixtures, 'mappings', 'reference-host.yaml'), 'utf8')

const behindHttp = (): ReturnType<typeof host> => host({ door: httpDoor, dialectId: 'json', clock: 'real' })

/** A profile that suits our own host behind HTTP. */
const overHttp =
  (path = '', scheme = 'http') =>
  (written: Written): void => {
    written.endpoint = written.endpoint.replace(/^\w+:\/\/([^/]*).*$/, `${scheme}://$1${path}`)
    written.dialect = 'http'
    written.mapping = 'mapping.yaml'
    written.supports = written.supports.filter(flag => !['mac', 'batch-upload'].includes(flag))
  }

/** The mapping with one thing in it wrong. */
function mapped(is: string, from: string | RegExp, to: string, names: string, notNamed?: string): Misconfiguration {
  const spoilt = mapping.replace(from, to)
  if (spoilt === mapping) throw new RangeError(`the mapping has no ${from} that could be wrong`)
  return {
    is,
    acquirer: behindHttp,
    profile: overHttp(),
    files: { 'mapping.yaml': spoilt },
    names,
    ...(notNamed === undefined ? {} : { notNamed }),
  }
}

export const httpMisconfigurations: readonly Misconfiguration[] = [
  {
    is: 'a path in the endpoint that is not there',
    acquirer: behindHttp,
    profile: overHttp('/api'),
    files: { 'mapping.yaml': mapping },
    names: 'endpoint',
    cause: 'path',
    to: endpoint => endpoint.origin,
  },
  {
    is: 'https spoken to a port without TLS',
    acquirer: behindHttp,
    profile: overHttp('', 'https'),
    files: { 'mapping.yaml': mapping },
    names: 'endpoint',
    cause: 'no TLS there',
    to: endpoint => `http://${endpoint.host}`,
  },
  {
    is: 'ISO 8583 spoken to an HTTP interface',
    acquirer: behindHttp,
    profile: written => {
      written.endpoint = written.endpoint.replace('http:', 'tcp:')
    },
    names: 'endpoint',
    cause: 'other protocol',
  },
  mapped('a wrong path in the mapping', '/v1/echo', '/v1/ping', 'mapping.operations.echo.request.path'),
  mapped(
    'a wrong credential',
    /13131313131313132525252525252525/,
    '13131313131313132525252525252526',
    'mapping.parties.T0000001',
  ),
  mapped(
    'the key of another terminal',
    /16161616161616162929292929292929/,
    '19191919191919192A2A2A2A2A2A2A2A',
    'mapping.parties.T0000002',
  ),
  mapped(
    'a signature over other parts',
    'time, method, path, body',
    'time, path, method, body',
    'mapping.auth',
    'the acquirer answers a wrong signature as it answers a wrong key, and says no more: the credential is named first, then `mapping.auth`',
  ),
]
