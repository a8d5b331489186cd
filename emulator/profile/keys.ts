import { createCipheriv } from 'node:crypto'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { Secret } from '../values/secret.ts'
import { didYouMean } from './near.ts'
import type { Problem } from './problem.ts'
import { fit } from './shape.ts'
import { type Path, YamlFile } from './yaml-file.ts'

/** `env:NAME`, or a name in a file of keys. Anything else is a key written out. */
export type KeyReference = string | Readonly<{ file: string; name: string }>

const hexKey = /^([0-9A-F]{32}|[0-9A-F]{48})$/

const keysForm = z.strictObject({
  keys: z.array(
    z.strictObject({
      name: z.string(),
      value: z.string().regex(hexKey, { error: 'must be 32 or 48 upper-case hex digits' }),
      checkValue: z.string().regex(/^[0-9A-F]{6,16}$/, { error: 'must be 6 to 16 upper-case hex digits' }),
    }),
  ),
})

type Found = Readonly<{ key: Secret }> | Readonly<{ problems: readonly Problem[] }>

/** Finds keys by reference. One reads each file once; its problems are those of the profile that refers to it. */
export class KeyRing {
  readonly #environment: Readonly<Record<string, string | undefined>>
  readonly #files = new Map<string, Promise<YamlFile>>()
  /** Under this folder a key may stand in the profile itself. */
  readonly #fixtures: string

  constructor(options: Readonly<{ environment: Readonly<Record<string, string | undefined>>; fixtures: string }>) {
    this.#environment = options.environment
    this.#fixtures = options.fixtures
  }

  async find(profile: YamlFile, path: Path, reference: KeyReference): Promise<Found> {
    if (typeof reference !== 'string') return this.#inFile(profile, path, reference)
    if (reference.startsWith('env:')) return this.#inEnvironment(profile, path, reference.slice('env:'.length))
    const text = reference.replace(/\s/g, '').toUpperCase()
    if (hexKey.test(text) && resolve(profile.file).startsWith(`${this.#fixtures}/`)) return { key: new Secret(text) }
    return wrong(profile, path, 'a key stands in the profile itself', 'Refer to it: env:NAME, or { file: …, name: … }.')
  }

  async #inFile(profile: YamlFile, path: Path, { file, name }: Exclude<KeyReference, string>): Promise<Found> {
    const location = resolve(dirname(profile.file), file)
    const keys = await this.#read(location)
    const { value, problems } = fit(keys, keysForm)
    if (value === undefined) return { problems }
    const at = value.keys.findIndex(key => key.name === name)
    const key = value.keys[at]
    if (key === undefined) {
      const known = value.keys.map(each => each.name)
      return wrong(profile, [...path, 'name'], `${file} has no key named "${name}"`, didYouMean(name, known))
    }
    const computed = checkValue(key.value)
    if (!computed.startsWith(key.checkValue)) {
      const says = `key "${name}" gives the check value ${computed.slice(0, key.checkValue.length)}, not ${key.checkValue}`
      return wrong(
        keys,
        ['keys', at, 'checkValue'],
        says,
        'One digit of the key or of its check value is wrong: compare both with their source.',
      )
    }
    return { key: new Secret(key.value) }
  }

  #inEnvironment(profile: YamlFile, path: Path, name: string): Found {
    const text = this.#environment[name]?.replace(/\s/g, '').toUpperCase()
    if (text === undefined)
      return wrong(profile, path, `the environment has no ${name}`, `Set ${name} to the terminal master key, 32 hex digits.`)
    if (!hexKey.test(text)) {
      return wrong(profile, path, `${name} holds ${text.length} characters that are not a key`, 'A key is 32 or 48 hex digits.')
    }
    return { key: new Secret(text) }
  }

  #read(location: string): Promise<YamlFile> {
    const known = this.#files.get(location)
    if (known !== undefined) return known
    const read = YamlFile.read(location)
    this.#files.set(location, read)
    return read
  }
}

/** Eight zero bytes under a double- or triple-length DES key, as hex: what a key is known by without being shown. */
function checkValue(hex: string): string {
  const key = Buffer.from(hex.length === 32 ? hex + hex.slice(0, 16) : hex, 'hex')
  const cipher = createCipheriv('des-ede3-ecb', key, null)
  cipher.setAutoPadding(false)
  return cipher.update(Buffer.alloc(8)).toString('hex').toUpperCase()
}

function wrong(file: YamlFile, path: Path, says: string, hint: string): Found {
  return { problems: [file.problem(path, 'MASTER_KEY', says, hint)] }
}
