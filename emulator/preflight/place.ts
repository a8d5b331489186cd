import { YamlFile } from '../profile/yaml-file.ts'

/** Where a setting stands in a profile: the line, counted from 1, of itself or of the nearest thing around it. */
export type Place = Readonly<{ file: string; line: number }>

/** Finds settings by their path, such as `merchants[0].terminals[1].id`, in the file of a profile. */
export async function placesIn(file: string): Promise<(setting: string) => Place> {
  const source = await YamlFile.read(file)
  return setting => {
    const { line } = source.problem(pathOf(setting), 'VALUE', '', '')
    return { file, line }
  }
}

/** `merchants[0].id` as steps: `merchants`, 0, `id`. */
function pathOf(setting: string): readonly (string | number)[] {
  return [...setting.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([step, no]) => (no === undefined ? step : Number(no)))
}
