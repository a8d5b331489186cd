import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, relative, sep } from 'node:path'
import { where } from '../where.ts'

/** What a process said and how it ended. */
export type Spoken = Readonly<{ code: number; out: string; err: string }>

/** The packed package, installed in a folder that was empty before, as a user does it. */
export type Installation = Readonly<{
  folder: string
  /** The folder of the installed package. */
  package: string
  /** Runs the installed `tillproof`, with the folder as its working directory. */
  tillproof: (...argv: readonly string[]) => Promise<Spoken>
  /** Runs Node on a piece of a module, in the folder. */
  module: (text: string) => Promise<Spoken>
  remove: () => Promise<void>
}>

/** Of no use to the package, or far too large to copy. */
const leftBehind = new Set(['node_modules', '.git', 'dist', 'reports'])

/**
 * Packs a copy of this checkout, so that nothing appears in it, and installs the tarball.
 *
 * @throws Error with what npm or the compiler said.
 */
export async function install(): Promise<Installation> {
  const work = await mkdtemp(join(tmpdir(), 'tillproof-pack-'))
  const remove = (): Promise<void> => rm(work, { recursive: true })
  try {
    const [checkout, folder] = [join(work, 'checkout'), join(work, 'user')]
    await cp(where.root, checkout, {
      recursive: true,
      filter: path => !leftBehind.has(relative(where.root, path).split(sep)[0] ?? ''),
    })
    await symlink(join(where.root, 'node_modules'), join(checkout, 'node_modules'), 'dir')
    await mkdir(folder)
    const packed = await npm(checkout, 'pack', '--silent', '--pack-destination', work)
    const tarball = join(work, packed.trim().split('\n').at(-1) ?? '')
    await npm(folder, 'install', tarball, '--prefer-offline', '--no-audit', '--no-fund')
    return {
      folder,
      package: join(folder, 'node_modules', 'tillproof'),
      tillproof: (...argv) => run(folder, join(folder, 'node_modules', '.bin', 'tillproof'), argv),
      module: text => run(folder, process.execPath, ['--input-type=module', '--eval', text]),
      remove,
    }
  } catch (thrown) {
    await remove()
    throw thrown
  }
}

/** @returns what npm printed on stdout. */
async function npm(cwd: string, ...argv: readonly string[]): Promise<string> {
  const { code, out, err } = await run(cwd, 'npm', argv)
  if (code !== 0) throw new Error(`npm ${argv[0]} ended with ${code}\n${out}\n${err}`)
  return out
}

/** Whatever is started uses the Node that runs this test, although the machine's own may be older. */
export function run(cwd: string, file: string, argv: readonly string[]): Promise<Spoken> {
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter)
  const { promise, resolve, reject } = Promise.withResolvers<Spoken>()
  execFile(file, argv, { cwd, env: { ...process.env, PATH }, maxBuffer: 2 ** 26 }, (error, out, err) => {
    const code = error === null ? 0 : error.code
    if (typeof code === 'number') resolve({ code, out, err })
    else reject(error)
  })
  return promise
}
