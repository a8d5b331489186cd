import type { Message } from '../values/message.ts'
import type { Dialect, SecretKind } from './dialect.ts'

export type SecretPath = Readonly<{ path: string; name: string; kind: SecretKind }>

/**
 * Where a message holds secrets: whole fields by number, and parts inside composites (the card numbers of an upload, `48.3.pan`).
 * A composite with a secret part is itself not listed: whoever shows it whole hides the part within.
 */
export function secretPaths(dialect: Dialect, message: Message): readonly SecretPath[] {
  const found: SecretPath[] = []
  for (const [name, field] of Object.entries(dialect.fields)) {
    if (message.fields[name] === undefined) continue
    if (field.secret) found.push({ path: String(field.de), name, kind: field.secret })
    for (const layout of dialect.layouts[name] ?? []) {
      for (const part of layout.parts)
        if (part.secret && message.fields[part.name] !== undefined)
          found.push({ path: part.path, name: part.name, kind: part.secret })
      const { item } = layout
      if (!item || (layout.types && !layout.types.includes(message.mti))) continue
      for (const part of item.parts)
        for (let no = 1; part.secret && message.fields[`${item.name}.${no}.${part.name}`] !== undefined; no += 1)
          found.push({ path: `${item.path}.${no}.${part.path}`, name: `${item.name}.${no}.${part.name}`, kind: part.secret })
    }
  }
  return found
}
