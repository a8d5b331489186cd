import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Where the program runs from: a checkout, where Node runs the `.ts` sources, or the published package, where `dist/` holds the
 * same tree as `.js`. Features, fixtures and documents stand beside `package.json` in both. Nothing else computes these paths.
 */
export type Where = Readonly<{
  /** The folder of our `package.json`. */
  root: string
  /** Of the modules that are being run: `.ts` in a checkout, `.js` in the package. */
  extension: '.ts' | '.js'
  version: string
  features: string
  /** The folder of the step definitions, with files of `extension`. */
  steps: string
  fixtures: string
  profiles: string
  referenceProfile: string
  /** How the pages of our own back office are used and read. */
  referencePages: string
  /** Whole numbers of documented test cards, with the source of each. */
  testNumbers: string
  /** The kill matrix as last reviewed. */
  faultsMatrix: string
  docs: string
}>

export const where: Where = locate(fileURLToPath(import.meta.url))

function locate(self: string): Where {
  const root = packageFolder(dirname(self))
  const extension = self.endsWith('.ts') ? '.ts' : '.js'
  const code = extension === '.ts' ? root : join(root, 'dist')
  const fixtures = join(root, 'fixtures')
  return {
    root,
    extension,
    version: manifestOf(root).version,
    features: join(root, 'features'),
    steps: join(code, 'steps'),
    fixtures,
    profiles: join(fixtures, 'profiles'),
    referenceProfile: join(fixtures, 'profiles', 'reference.yaml'),
    referencePages: join(fixtures, 'back-offices', 'reference.yaml'),
    testNumbers: join(fixtures, 'cards', 'test-ranges.yaml'),
    faultsMatrix: join(fixtures, 'faults-matrix.json'),
    docs: join(root, 'docs'),
  }
}

function packageFolder(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && manifestOf(folder).name === 'tillproof') return folder
    if (dirname(folder) === folder) throw new Error(`no package.json of tillproof above ${from}: the installation is incomplete`)
  }
}

function manifestOf(folder: string): Readonly<{ name: string; version: string }> {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const { name, version } = Object(manifest)
  return { name: String(name), version: String(version) }
}
