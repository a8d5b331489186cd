import { maskPan, passesLuhn } from '../values/pan.ts'
import { Secret } from '../values/secret.ts'
import type { Business } from './business.ts'
import type { Party } from './mapping.ts'

/** Hides what must not be written down in whatever passes through it. */
export type Masking = (text: string) => string

const secretFields = ['track2', 'track3', 'pinBlock', 'keys'] as const
/** A member of a JSON body whose name says that it is a secret, whoever wrote it. */
const secretMembers =
  /("(?:keys|track[_-]?[123]?(?:data)?|pin(?:[_-]?block)?|cvv2?|cvc|(?:access|refresh)[_-]?token|client[_-]?secret|password)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi
const secretHeaders = /authorization|cookie|api-?key|token|secret|password|signature/i
/** What a journal keeps of a body, in characters. */
const longestBody = 8_000

/**
 * Everything secret about one exchange: the credentials of the party, what was made from them, and what the card tells. A card number keeps its ends;
 * so does any other run of digits that could be one, unless it is a number that everybody may see.
 */
export function maskingOf(party: Party, { fields }: Business, made: readonly string[]): Masking {
  const hidden = new Map<string, string>()
  const hide = (secret: string | undefined, as = '•••'): void => {
    if (secret === undefined || secret.length < 4) return
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) hidden.set(form, as)
  }
  for (const value of Object.values(party.values)) if (value instanceof Secret) hide(value.reveal())
  for (const value of made) hide(value)
  for (const name of secretFields) hide(fields[name])
  if (fields.pan !== undefined) hide(fields.pan, maskPan(fields.pan))
  const shown = new Set([fields.merchantId, fields.terminalId, fields.reference])
  const inOrder = [...hidden].sort(([one], [other]) => other.length - one.length)
  return text => {
    let clean = text
    for (const [secret, as] of inOrder) clean = clean.replaceAll(secret, as)
    clean = clean.replace(secretMembers, '$1"•••"')
    return clean.replace(/(?<![\d.])\d{13,19}(?![\d.])/g, run => (passesLuhn(run) && !shown.has(run) ? maskPan(run) : run))
  }
}

/** Headers as they may be shown; `always` are the names, in small letters, that authentication has set. */
export function shownHeaders(
  headers: Readonly<Record<string, string>>,
  always: ReadonlySet<string>,
  masking: Masking,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !restless.has(name.toLowerCase()))
      .map(([name, value]) => [name, always.has(name.toLowerCase()) || secretHeaders.test(name) ? '•••' : masking(value)]),
  )
}

/** What differs from run to run and says nothing about the acquirer. */
const restless = new Set(['date', 'connection', 'keep-alive', 'host'])

export function shownBody(text: string, masking: Masking): string {
  const clean = masking(text)
  return clean.length > longestBody ? `${clean.slice(0, longestBody)}… (${clean.length} characters)` : clean
}
