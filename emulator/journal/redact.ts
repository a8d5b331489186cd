import { toHex } from '../values/hex.ts'
import type { Message, Span } from '../values/message.ts'
import { maskPan, replaceCards } from '../values/pan.ts'

/** What kind of secret a field holds, as its dialect's table says. */
export type SecretKind = 'pan' | 'track' | 'pinBlock' | 'keys' | 'chip'

/** One secret in a message: the path of its bytes, the dialect name of its value, its kind. */
export type Hidden = Readonly<{ path: string; name: string; kind: SecretKind }>

/** Characters of the shortest secret that is looked for in free text; a card number has twelve digits at least. */
const shortestKnown = 12

/**
 * Equality tokens of one scenario: a secret is written as its kind and the ordinal of its first appearance, `pinblock#1`, a card number with
 * its mask, `pan:621214…0012#2`. Equal token, equal value; nothing can be computed back from it.
 *
 * @source Requirement catalogue; card and cryptography facts, 17 "Equality tokens"
 */
export class Tokens {
  readonly #ordinals = new Map<string, Map<string, number>>()
  readonly #clear = new Map<string, string>()

  token(kind: SecretKind, value: string): string {
    const known = this.#ordinals.get(kind) ?? new Map<string, number>()
    this.#ordinals.set(kind, known)
    const ordinal = known.get(value) ?? known.size + 1
    known.set(value, ordinal)
    const token = kind === 'pan' ? `pan:${maskPan(value)}#${ordinal}` : `${kind.toLowerCase()}#${ordinal}`
    if (value.length >= shortestKnown) this.#clear.set(value, token)
    return token
  }

  /** A text with every secret hidden that this scenario has seen. */
  scrubKnown(text: string): string {
    if (text.length < shortestKnown) return text
    let clean = text
    for (const [secret, token] of this.#clear) if (clean.includes(secret)) clean = clean.replaceAll(secret, token)
    return clean
  }

  /**
   * Free text with every secret hidden that this scenario has seen, and with every Luhn-valid run of 13 to 19 digits masked besides, also where it
   * stands in groups as on a card.
   * `shown` are public numbers that may look like a card's: merchant numbers.
   */
  scrub(text: string, shown: ReadonlySet<string>): string {
    if (text.length < shortestKnown) return text
    return replaceCards(this.scrubKnown(text), digits => (shown.has(digits) ? undefined : this.token('pan', digits)))
  }
}

/** A message and its bytes as they may be written down. */
export type Redacted = Readonly<{ fields: Readonly<Record<string, string>>; hex: string }>

/**
 * The only way from a message to something printable. Fails closed: a byte is shown only if it belongs to a span that holds no secret;
 * whatever could not be decoded is hidden whole.
 *
 * `hidden` lists the secrets by the dialect's own table, parts of composite fields included.
 */
export function redact(
  message: Message,
  frame: Uint8Array,
  spans: readonly Span[],
  hidden: readonly Hidden[],
  tokens: Tokens,
  shown: ReadonlySet<string>,
): Redacted {
  const secrets = new Map<string, SecretValue>()
  for (const { name, kind } of hidden) {
    const value = message.fields[name] ?? ''
    secrets.set(name, { value, token: tokens.token(kind, kind === 'pan' ? unpadded(value) : value) })
  }
  const fields: Record<string, string> = {}
  for (const name in message.fields)
    fields[name] = secrets.get(name)?.token ?? hideParts(message.fields[name] ?? '', secrets, tokens, shown)
  return { fields, hex: visibleHex(frame, spans, new Set(hidden.map(secret => secret.path))) }
}

type SecretValue = Readonly<{ value: string; token: string }>

/** A secret in a composite has at least so many characters; a text that is shorter holds none. */
const shortestPart = 8

/** A card number in an upload has twenty digits, zeros on the left; the same number is the same token. */
const unpadded = (digits: string): string => (digits.length === 20 ? digits.replace(/^0+/, '') : digits)

/** A composite that carries a secret in one of its parts stands whole beside them: the secret goes out of it too. */
function hideParts(value: string, secrets: ReadonlyMap<string, SecretValue>, tokens: Tokens, shown: ReadonlySet<string>): string {
  if (value.length < shortestPart) return value
  let clean = value
  for (const secret of secrets.values())
    if (secret.value.length >= shortestPart && clean.includes(secret.value)) clean = clean.replaceAll(secret.value, secret.token)
  return /^[0-9A-F]+$/.test(value) && clean === value ? tokens.scrubKnown(clean) : tokens.scrub(clean, shown)
}

/** Upper-case hex, a pair of dots for every byte that is hidden or was not understood. */
function visibleHex(frame: Uint8Array, spans: readonly Span[], hiddenPaths: ReadonlySet<string>): string {
  const shown = new Uint8Array(frame.length)
  const covered: Span[] = []
  for (const span of spans)
    if (isHidden(span.path, hiddenPaths)) covered.push(span)
    else shown.fill(1, span.offset, span.offset + span.length)
  for (const { offset, length } of covered) shown.fill(0, offset, offset + length)
  const all = toHex(frame)
  let hex = ''
  for (let at = 0; at < frame.length; ) {
    const start = at
    while (at < frame.length && shown[at] === shown[start]) at += 1
    hex += shown[start] === 1 ? all.slice(start * 2, at * 2) : '··'.repeat(at - start)
  }
  return hex
}

/** A path is hidden with its parts. A whole whose part is hidden is shown but for that part, which is painted over afterwards. */
function isHidden(path: string, hiddenPaths: ReadonlySet<string>): boolean {
  if (hiddenPaths.has(path)) return true
  const dot = path.lastIndexOf('.')
  return dot > 0 && isHidden(path.slice(0, dot), hiddenPaths)
}
