import { readFile } from 'node:fs/promises'
import { parseDocument } from 'yaml'
import type { Profile } from './profile.ts'

/** A file by the name that it has beside the others. */
export type Copy = Readonly<{ name: string; text: string }>

/**
 * A profile with the files of which a judge reads something, so that together they stand on their own in another folder: `profile.yaml`, and
 * `dialect.yaml` and `mapping.yaml` where there are any. What the profile refers to besides (cards, keys, certificates) no judge reads.
 */
export async function copiesOf({ file, dialect }: Profile): Promise<readonly Copy[]> {
  const text = await readFile(file, 'utf8')
  const others = dialect.file === undefined ? [] : [{ key: 'dialect', name: 'dialect.yaml', file: dialect.file }]
  if (others.length === 0) return [{ name: 'profile.yaml', text }]
  const document = parseDocument(text)
  for (const { key, name } of others) {
    if (typeof document.get(key) === 'string') document.set(key, name)
    else document.setIn([key, 'file'], name)
  }
  const copies = others.map(async other => ({ name: other.name, text: await readFile(other.file, 'utf8') }))
  return [{ name: 'profile.yaml', text: document.toString() }, ...(await Promise.all(copies))]
}
