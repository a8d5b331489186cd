import { readFile } from 'node:fs/promises'
import { parseDocument } from 'yaml'
import type { Profile } from './profile.ts'

/** A file by the name that it has beside the others. */
export type Copy = Readonly<{ name: string; text: string }>

/**
 * A profile with the files of which a judge reads something, so that together they stand on their own in another folder: `profile.yaml`, and
 * `dialect.yaml` and `mapping.yaml` where there are any. What the profile refers to besides (cards, keys, certificates) no judge reads.
 */
export async function copiesOf({ file, dialect, mappingFile }: Profile): Promise<readonly Copy[]> {
  const text = await readFile(file, 'utf8')
  if (dialect.file === undefined && mappingFile === undefined) return [{ name: 'profile.yaml', text }]
  const document = parseDocument(text)
  const others: Copy[] = []
  if (dialect.file !== undefined) {
    const name = 'dialect.yaml'
    document.setIn(typeof document.get('dialect') === 'string' ? ['dialect'] : ['dialect', 'file'], name)
    others.push({ name, text: await readFile(dialect.file, 'utf8') })
  }
  if (mappingFile !== undefined) {
    const name = 'mapping.yaml'
    document.set('mapping', name)
    others.push({ name, text: await readFile(mappingFile, 'utf8') })
  }
  return [{ name: 'profile.yaml', text: document.toString() }, ...others]
}
