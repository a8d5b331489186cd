import { swipe } from '../card/magstripe.ts'
import { pinBlock0, pinBlockWithoutPan } from '../crypto/pin-block.ts'
import { numbersFrom } from '../host/numbers.ts'
import type { Entry } from '../journal/entry.ts'
import type { Profile, ProfileCard } from '../profile/profile.ts'
import { fromHex } from '../values/hex.ts'
import { Secret } from '../values/secret.ts'
import type { Sought } from './leaks.test-run.ts'

/** Everything secret that a profile brings into a run: card numbers, tracks, PINs, terminal master keys, and the credentials of its mapping. */
export function secretsOf({ cards, merchants, mapping }: Profile): readonly Sought[] {
  const terminals = merchants.flatMap(merchant => merchant.terminals)
  const credentials = (mapping?.parties ?? []).flatMap(({ name, values }) =>
    Object.entries(values).flatMap(([key, value]) =>
      value instanceof Secret ? [{ what: `${key} of party ${name}`, text: value.reveal() }] : [],
    ),
  )
  const keys = terminals.flatMap(({ id, masterKey }) => ofKey(`master key of ${id}`, masterKey))
  return [...cards.flatMap(secretsOfCard), ...keys, ...credentials]
}

function secretsOfCard(card: ProfileCard): readonly Sought[] {
  const of = `of ${card.holder}, ${card.pan.masked}`
  const number = card.pan.reveal()
  const track = swipe(card).track2.reveal()
  return [
    { what: `card number ${of}`, digits: number },
    { what: `track ${of}`, digits: track },
    { what: `track without its number ${of}`, digits: track.slice(number.length) },
    ...(card.pin === undefined ? [] : ofPin(of, card, card.pin)),
  ]
}

/** Six digits are found by chance in any long file: a PIN is looked for in its clear blocks, and beside its name. */
function ofPin(of: string, { pan }: ProfileCard, pin: Secret): readonly Sought[] {
  const named = ['pin ', 'pin=', 'pin:', 'pin: ', 'pin":"', 'pin": "', 'PIN ', 'PIN: ', "pin: '", 'pin: "']
  return [
    { what: `PIN block ${of}`, bytes: pinBlock0(pin, pan) },
    { what: `PIN block without number ${of}`, bytes: pinBlockWithoutPan(pin) },
    ...named.map(name => ({ what: `PIN ${of}`, text: name + pin.reveal() })),
  ]
}

/** The whole key, and each of its halves as hex: as bytes, a half of a patterned test key is eight asterisks. */
function ofKey(what: string, key: Secret): readonly Sought[] {
  const hex = key.reveal()
  const halves = [...new Set([hex.slice(0, 16), hex.slice(16)])].filter(half => half !== '' && half !== hex)
  const spellings = halves.flatMap(half => [...new Set([half, half.toLowerCase()])])
  return [{ what, bytes: fromHex(hex) }, ...spellings.map(text => ({ what: `half of the ${what}`, text }))]
}

/** The working keys that the reference host gave out: they follow from the seed of each scenario. */
export function workingKeys(journal: readonly Entry[]): readonly Sought[] {
  const scenarios = journal.flatMap(entry => (entry.is === 'scenario began' ? [entry] : []))
  return scenarios.flatMap(({ uri, line, seed }) => {
    const numbers = numbersFrom(seed, true)
    return Array.from({ length: signInsPerScenario }, (_, nth) => {
      const { pin, mac } = numbers.keys(nth + 1, { pinBytes: 16, macBytes: 16, trackBytes: 0 })
      const of = `of sign-in ${nth + 1} in ${uri}:${line}`
      return [...ofKey(`PIN key ${of}`, pin), ...ofKey(`MAC key ${of}`, mac)]
    }).flat()
  })
}

/** More than any scenario makes. */
const signInsPerScenario = 8

/** What was keyed in one go, between two keys that are no digit, at each till: a PIN keyed in clear stands here. */
export function keyed(journal: readonly Entry[]): ReadonlySet<string> {
  const tills = new Map<string, string>()
  for (const entry of journal) {
    if (entry.is !== 'key') continue
    const till = `${entry.id.slice(0, entry.id.indexOf('#'))} ${entry.terminal}`
    tills.set(till, (tills.get(till) ?? '') + (entry.key.length === 1 ? entry.key : ` ${entry.key} `))
  }
  return new Set([...tills.values()].flatMap(strokes => strokes.split(' ')))
}
