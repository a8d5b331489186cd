import type { Message } from '../values/message.ts'
import { maskPan } from '../values/pan.ts'
import type { Dialect, SecretKind } from './dialect.ts'
import { type Placed, placed, placedSecrets } from './paths.ts'

export type SecretPath = Readonly<{ path: string; name: string; kind: SecretKind }>

/**
 * Where a message holds secrets: whole fields by number, and parts inside composites (the card numbers of an upload, `48.3.pan`).
 * A composite with a secret part is itself not listed: whoever shows it whole hides the part within.
 */
export function secretPaths(dialect: Dialect, message: Message): readonly SecretPath[] {
  const found: SecretPath[] = []
  for (const { path, name, secret } of placedSecrets(dialect, message)) if (secret) found.push({ path, name, kind: secret })
  return found
}

/** The values of a message as they may be shown: a card number by its ends, any other secret not at all, within composites too. */
export function masked(dialect: Dialect, message: Message): readonly Placed[] {
  const all = placed(dialect, message)
  const hidden = all.filter(one => one.secret !== undefined && one.within !== undefined)
  return all.map(one => {
    if (one.secret) return { ...one, value: mask(one.value, one.secret) }
    const inside = hidden.filter(({ within }) => within?.path === one.path)
    const value = inside.reduce((shown, { within, value: secret }) => blot(shown, within?.from ?? 0, secret.length), one.value)
    return { ...one, value }
  })
}

function mask(value: string, kind: SecretKind): string {
  return kind === 'pan' ? maskPan(value.replace(/^0+/, '')) : '•••'
}

function blot(text: string, from: number, length: number): string {
  return text.slice(0, from) + '•'.repeat(length) + text.slice(from + length)
}
