import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { TlsTerms } from '../values/door.ts'
import { Secret } from '../values/secret.ts'
import type { Problem } from './problem.ts'
import type { WrittenProfile } from './schema.ts'
import type { YamlFile } from './yaml-file.ts'

export type WrittenTls = NonNullable<WrittenProfile['tls']>
type Gathered = Readonly<{ found: TlsTerms; problems: readonly Problem[] }>
type Environment = Readonly<Record<string, string | undefined>>

/** What a line with TLS demands, but for the files: all that a judge needs. */
export function tlsTerms(written: WrittenTls | undefined): TlsTerms {
  const { minVersion = 'TLSv1.2', checkName = true, serverName } = written ?? {}
  return { minVersion, checksName: checkName, ...(serverName === undefined ? {} : { serverName }) }
}

/** Reads the certificates and the key that a profile names, and sees that they are what they should be and belong together. */
export async function tlsOf(source: YamlFile, written: WrittenTls | undefined, environment: Environment): Promise<Gathered> {
  const { ca, certificate, key } = written ?? {}
  const problems: Problem[] = []
  const wrong = (name: string, says: string, hint: string): undefined => {
    problems.push(source.problem(['tls', name], 'TLS', says, hint))
  }
  const pem = async (name: 'ca' | 'certificate', file: string | undefined): Promise<string | undefined> => {
    if (file === undefined) return undefined
    const text = await textOf(source, file)
    if (text === undefined) return wrong(name, `\`tls.${name}\`: there is no file ${file}`, 'It is relative to the profile.')
    return certificateIn(text) === undefined
      ? wrong(name, `\`tls.${name}\`: ${file} holds no certificate`, 'A PEM file is needed: -----BEGIN CERTIFICATE----- …')
      : text
  }
  const trusted = await pem('ca', ca)
  const own = await pem('certificate', certificate)
  if ((certificate === undefined) !== (key === undefined)) {
    const [there, missing] = key === undefined ? ['certificate', 'key'] : ['key', 'certificate']
    wrong(
      there,
      `there is a \`tls.${there}\`, but no \`tls.${missing}\``,
      `Add \`${missing}\`: one is of no use without the other.`,
    )
  }
  const clear = key === undefined ? undefined : await keyText(source, key, environment)
  if (clear === 'missing')
    wrong('key', `\`tls.key\`: there is no ${key}`, 'Give a PEM file, relative to the profile, or set the variable.')
  const secret = clear === undefined || clear === 'missing' ? undefined : clear
  const parsed = secret === undefined ? undefined : privateKeyIn(secret)
  if (secret !== undefined && parsed === undefined)
    wrong(
      'key',
      '`tls.key` is no private key that can be read',
      'A PEM key without a passphrase is needed: openssl pkey -in … -out …',
    )
  if (parsed && own !== undefined && certificateIn(own)?.checkPrivateKey(parsed) === false)
    wrong('key', '`tls.key` is not the key of `tls.certificate`', 'Give the key with which the certificate was asked for.')
  const found: TlsTerms = {
    ...tlsTerms(written),
    ...(trusted === undefined ? {} : { ca: trusted }),
    ...(own === undefined ? {} : { certificate: own }),
    ...(secret === undefined ? {} : { key: new Secret(secret) }),
  }
  return { found, problems }
}

async function textOf(source: YamlFile, file: string): Promise<string | undefined> {
  try {
    return await readFile(resolve(dirname(source.file), file), 'latin1')
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown) return undefined
    throw thrown
  }
}

async function keyText(source: YamlFile, reference: string, environment: Environment): Promise<string | 'missing'> {
  const text = reference.startsWith('env:') ? environment[reference.slice('env:'.length)] : await textOf(source, reference)
  return text ?? 'missing'
}

/** The first certificate of a PEM text. */
function certificateIn(pem: string): X509Certificate | undefined {
  return orUndefined(() => new X509Certificate(pem))
}

function privateKeyIn(pem: string): KeyObject | undefined {
  return orUndefined(() => createPrivateKey(pem))
}

/** OpenSSL throws at whatever it cannot read. */
function orUndefined<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch (thrown) {
    if (thrown instanceof Error) return undefined
    throw thrown
  }
}
