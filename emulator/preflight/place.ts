import type { Profile } from '../profile/profile.ts'
import { YamlFile } from '../profile/yaml-file.ts'

/** Where a setting stands: the file, and the line, counted from 1, of itself or of the nearest thing around it. */
export type Place = Readonly<{ file: string; line: number }>

const inMapping = 'mapping.'

/** Finds settings by their path, such as `merchants[0].terminals[1].id`, in the file of a profile; those of its mapping in the mapping’s own. */
export async function placesIn({
  file,
  mappingFile,
}: Pick<Profile, 'file' | 'mappingFile'>): Promise<(setting: string) => Place> {
  const profile = await YamlFile.read(file)
  const mapping = mappingFile === undefined ? undefined : await YamlFile.read(mappingFile)
  const at = (source: YamlFile, setting: string): Place => {
    const { line } = source.problem(pathOf(setting), 'VALUE', '', '')
    return { file: source.file, line }
  }
  return setting =>
    mapping !== undefined && setting.startsWith(inMapping) ? at(mapping, setting.slice(inMapping.length)) : at(profile, setting)
}

/** `merchants[0].id` as steps: `merchants`, 0, `id`. */
function pathOf(setting: string): readonly (string | number)[] {
  return [...setting.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([step, no]) => (no === undefined ? step : Number(no)))
}
