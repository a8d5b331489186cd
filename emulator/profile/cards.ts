import { dirname, resolve } from 'node:path'
import { Amount } from '../values/amount.ts'
import { CNY } from '../values/currency.ts'
import { maskPan, Pan } from '../values/pan.ts'
import { Secret } from '../values/secret.ts'
import type { Problem } from './problem.ts'
import type { ProfileCard } from './profile.ts'
import { cardsForm, type WrittenCards } from './schema.ts'
import { fit } from './shape.ts'
import { type Path, YamlFile } from './yaml-file.ts'

type Gathered = Readonly<{ found: readonly ProfileCard[]; problems: readonly Problem[] }>

/** The people with cards of a profile: listed in it, or in a file that it names (`people: [ … ]`). */
export async function cardsOf(
  profile: YamlFile,
  written: WrittenCards | Readonly<{ file: string }>,
  options: Readonly<{ allowRealCards: boolean; testNumbers: string }>,
): Promise<Gathered> {
  const { file, path, list, problems } = await listed(profile, written)
  if (list === undefined) return { found: [], problems }
  return {
    found: list.map(toCard),
    problems: options.allowRealCards ? [] : await undocumented(file, path, list, options.testNumbers),
  }
}

type Listed = Readonly<{ file: YamlFile; path: Path; list?: WrittenCards; problems: readonly Problem[] }>

async function listed(profile: YamlFile, written: WrittenCards | Readonly<{ file: string }>): Promise<Listed> {
  if (!('file' in written)) return { file: profile, path: ['cards'], list: written, problems: [] }
  const file = await YamlFile.read(resolve(dirname(profile.file), written.file))
  const path = ['people']
  const { value, problems } = fit(file, cardsForm, path)
  return value === undefined ? { file, path, problems } : { file, path, list: value, problems }
}

/** A number is matched whole, never by its range: a live card begins like a test card. */
async function undocumented(file: YamlFile, path: Path, list: WrittenCards, testNumbers: string): Promise<readonly Problem[]> {
  const documented = (await YamlFile.read(testNumbers)).cardNumbers()
  return list.flatMap(({ pan }, at) => {
    if (documented.has(pan)) return []
    const says = `${maskPan(pan)} is not a documented test number`
    const hint = 'Take a number of fixtures/cards/test-ranges.yaml, or write `allowRealCards: true` if you may use this one.'
    return [file.problem([...path, at, 'pan'], 'CARD', says, hint)]
  })
}

function toCard({ holder, pan, expiry, serviceCode, pin, funds, set }: WrittenCards[number]): ProfileCard {
  return {
    holder,
    pan: new Pan(pan),
    expiry,
    serviceCode,
    set,
    ...(pin === undefined ? {} : { pin: new Secret(pin) }),
    ...(funds === undefined ? {} : { funds: new Amount(toMinor(funds), CNY) }),
  }
}

/** Fen, from `5000` or `5000.00`. */
function toMinor(decimal: string): bigint {
  const [whole = '', fraction = '00'] = decimal.split('.')
  return BigInt(whole + fraction)
}
