import { createHash, createHmac, createSign } from 'node:crypto'
import { EmulatorError } from '../values/errors.ts'
import type { Expression, Names } from './expression.ts'
import type { Auth, Part, Template, TimeForm } from './mapping.ts'
import type { Prepared } from './prepared.ts'

/** What a signature is made over, beside the call itself. */
export type Signing = Readonly<{
  names: Names
  /** The credential set, in clear. */
  party: Readonly<Record<string, string>>
  /** Milliseconds since 1970, skewed where a test wants it so. */
  now: number
  /** Text that no other call has. */
  nonce: string
  /** The token of `token-fetch`. */
  token?: string
  /** The signature is made rightly, and then spoilt. */
  breaks: boolean
}>

/** Headers to add, and the texts among them that are secret in themselves. */
export type Signed = Readonly<{ headers: Readonly<Record<string, string>>; secrets: readonly string[] }>

const unsigned: Signed = { headers: {}, secrets: [] }

/**
 * What an authentication plug-in adds to a call. The bytes that are signed are the bytes that are sent.
 *
 * @throws EmulatorError `MAPPING_FAILED`: an expression fails, or gives no text where a key is due
 * @source HTTP acquirers fact sheet, 5
 */
export async function signed(auth: Auth, prepared: Prepared, signing: Signing): Promise<Signed> {
  const { names } = signing
  const spoilt = (text: string): string => (signing.breaks ? broken(text) : text)
  switch (auth.use) {
    case 'none':
    case 'mtls':
      return unsigned
    case 'bearer': {
      const token = spoilt(await textOf(auth.token, names))
      return { headers: { Authorization: `Bearer ${token}` }, secrets: [token] }
    }
    case 'token-fetch': {
      const token = spoilt(signing.token ?? '')
      return { headers: { Authorization: `Bearer ${token}` }, secrets: [token] }
    }
    case 'basic': {
      const [user, password] = [await textOf(auth.user, names), spoilt(await textOf(auth.password, names))]
      const both = Buffer.from(`${user}:${password}`).toString('base64')
      return { headers: { Authorization: `Basic ${both}` }, secrets: [password, both] }
    }
    case 'header-key': {
      const key = spoilt(await textOf(auth.key, names))
      return { headers: { [auth.header]: key }, secrets: [key] }
    }
    case 'hmac': {
      const time = auth.time === undefined ? {} : { [auth.time.header]: timeText(auth.time.form, signing.now) }
      const all: Prepared = { ...prepared, headers: { ...prepared.headers, ...time } }
      const covered = auth.parts.map(part => partOf(part, all, signing, auth.time?.form)).join(auth.join)
      const made = createHmac(auth.hash, await textOf(auth.key, names))
        .update(covered)
        .digest(auth.encode)
      const signature = spoilt(made)
      return {
        headers: { ...time, [auth.header]: await formatted(auth.format, signature, { ...names, signature }) },
        secrets: [signature],
      }
    }
    case 'rsa-header': {
      const covered = auth.parts.map(part => partOf(part, prepared, signing, 'seconds')).join(auth.join) + auth.ends
      const signature = spoilt(
        createSign('RSA-SHA256')
          .update(covered)
          .sign(await textOf(auth.key, names), 'base64'),
      )
      const seen = { ...names, nonce: signing.nonce, time: timeText('seconds', signing.now), signature }
      const said: string[] = []
      for (const [name, template] of Object.entries(auth.names)) said.push(`${name}="${await templateText(template, seen)}"`)
      return { headers: { [auth.header]: `${auth.scheme} ${said.join(',')}` }, secrets: [signature] }
    }
    case 'body-key-digest': {
      const made = createHash(auth.hash)
        .update((prepared.body ?? '') + (await textOf(auth.key, names)), 'utf8')
        .digest('hex')
      const digest = spoilt(made)
      return { headers: { [auth.header]: await formatted(auth.format, digest, { ...names, digest }) }, secrets: [digest] }
    }
  }
}

/** A template as text; one that finds nothing is empty. */
export async function templateText(template: Template, names: Names): Promise<string> {
  if (template.is === 'text') return template.text
  const value = await template.expression.evaluate(names)
  return value === undefined || value === null ? '' : String(value)
}

const formatted = (format: Template | undefined, signature: string, names: Names): Promise<string> =>
  format === undefined ? Promise.resolve(signature) : templateText(format, names)

async function textOf(expression: Expression, names: Names): Promise<string> {
  const value = await expression.evaluate(names)
  if (typeof value === 'string' && value !== '') return value
  const because = 'a credential is due here, and the expression gives none'
  throw new EmulatorError('MAPPING_FAILED', { place: expression.place, expression: expression.text, because })
}

function partOf(part: Part, { method, path, headers, body }: Prepared, signing: Signing, form: TimeForm = 'seconds'): string {
  switch (part.is) {
    case 'text':
      return part.text
    case 'body':
      return body ?? ''
    case 'method':
      return method
    case 'path':
      return path
    case 'time':
      return timeText(form, signing.now)
    case 'nonce':
      return signing.nonce
    case 'header':
      return Object.entries(headers).find(([name]) => name.toLowerCase() === part.name.toLowerCase())?.[1] ?? ''
    case 'party':
      return signing.party[part.name] ?? ''
  }
}

function timeText(form: TimeForm, now: number): string {
  if (form === 'iso') return new Date(now).toISOString()
  return String(form === 'seconds' ? Math.floor(now / 1000) : now)
}

/** The same length and alphabet, and wrong. */
function broken(text: string): string {
  const last = text.search(/[0-9A-Za-z](?=[^0-9A-Za-z]*$)/)
  if (last < 0) return `${text}0`
  return `${text.slice(0, last)}${text[last] === '0' ? '1' : '0'}${text.slice(last + 1)}`
}
