import { YamlFile } from '../profile/yaml-file.ts'
import { where } from '../where.ts'

/** Whole numbers of documented test cards: about these nothing is secret but by habit. */
export async function documentedNumbers(): Promise<ReadonlySet<string>> {
  return (await YamlFile.read(where.testNumbers)).cardNumbers()
}
