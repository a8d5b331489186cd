import { controls, implied } from './capabilities.ts'
import { emptyClaims } from './claims.ts'
import { didYouMean } from './near.ts'
import type { Problem } from './problem.ts'
import type { Profile } from './profile.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/** A knob that an applicable row needs, and the ids of such rows. */
export type NeededKnob = Readonly<{ knob: string; because: readonly string[] }>

export type Known = Readonly<{
  /** Knobs that rows need which apply under this profile. */
  neededKnobs?: (profile: Profile) => readonly NeededKnob[]
  /** The ids of all rows, for deviations. */
  requirements?: readonly string[]
}>

/** What is well formed by itself and cannot be true together. */
export function contradictions(file: YamlFile, profile: Profile, known: Known): readonly Problem[] {
  return [
    ...flagContradictions(file, profile),
    ...controlContradictions(file, profile),
    ...setContradictions(file, profile),
    ...repeatedNames(file, profile),
    ...unfitIds(file, profile),
    ...emptyClaims(profile.speaks, profile.supports).map(({ flag, says }) =>
      contradiction(file, flagPath(file, flag), says, 'Leave the flag out, or add to the dialect what is missing.'),
    ),
    ...knobContradictions(file, profile),
    ...codingContradictions(file, profile),
    ...missingKnobs(file, profile, known),
    ...unknownDeviations(file, profile, known.requirements),
  ]
}

function flagContradictions(file: YamlFile, { supports, knobs }: Profile): readonly Problem[] {
  const problems = implied
    .filter(({ flag, needs }) => supports.has(flag) && !supports.has(needs))
    .map(({ flag, needs }) =>
      contradiction(file, flagPath(file, flag), `supports ${flag} without ${needs}`, `Add ${needs}, or leave out ${flag}.`),
    )
  if (supports.has('tcs') && supports.has('hcs')) {
    problems.push(
      contradiction(
        file,
        flagPath(file, 'hcs'),
        'supports both tcs and hcs',
        'Keep tcs if the terminal settles, hcs if the host cuts off.',
      ),
    )
  } else if (knobs.settle !== undefined && !supports.has(knobs.settle)) {
    const says = `\`knobs.settle\` is ${knobs.settle}, but \`supports\` does not list ${knobs.settle}`
    problems.push(contradiction(file, ['knobs', 'settle'], says, `Add ${knobs.settle} to \`supports\`, or correct \`settle\`.`))
  }
  return problems
}

/** The embedded host always has its control port; another acquirer has what the profile names. */
function controlContradictions(file: YamlFile, { supports, endpoint, control, businessDay }: Profile): readonly Problem[] {
  const problems: Problem[] = []
  const reachable = endpoint === undefined || control !== undefined
  if (!reachable) {
    for (const flag of ['view-ledger', ...controls].filter(each => supports.has(each))) {
      const hint = `Give the URL of its control port as \`control:\`, or leave out ${flag}.`
      problems.push(contradiction(file, flagPath(file, flag), `supports ${flag}, but there is no control port`, hint))
    }
    if (businessDay === 'control') {
      problems.push(
        contradiction(
          file,
          ['businessDay'],
          'the business day is closed by the control port, and there is none',
          'Write `businessDay: none`.',
        ),
      )
    }
  }
  if (endpoint === undefined && control !== undefined) {
    const hint = 'Leave `control` out: the embedded host brings its own. Or give the `endpoint` that it belongs to.'
    problems.push(contradiction(file, ['control'], 'there is a control port, but no endpoint', hint))
  }
  if (supports.has('control-day') && businessDay === 'none') {
    problems.push(
      contradiction(file, ['businessDay'], 'supports control-day, but `businessDay` is none', 'Write `businessDay: control`.'),
    )
  }
  return problems
}

/** A worker needs two terminals of one merchant and one of another, and somebody with a card. */
function setContradictions(file: YamlFile, { merchants, cards }: Profile): readonly Problem[] {
  const terminals = merchants.flatMap(merchant => merchant.terminals.map(({ set }) => ({ set, merchant: merchant.id })))
  const sets = [...new Set(terminals.map(({ set }) => set))].sort((one, other) => one - other)
  return sets.flatMap(set => {
    const counts = merchants.map(({ id }) => terminals.filter(each => each.set === set && each.merchant === id).length)
    const problems: Problem[] = []
    if (!counts.some(count => count >= 2) || counts.filter(count => count >= 1).length < 2) {
      const says = `set ${set} has not two terminals of one merchant and one of another`
      problems.push(contradiction(file, ['merchants'], says, 'Add terminals to the set, or move its terminals to another set.'))
    }
    if (cards.length > 0 && !cards.some(card => card.set === set)) {
      problems.push(contradiction(file, ['cards'], `set ${set} has terminals but no card`, `Give a card \`set: ${set}\`.`))
    }
    return problems
  })
}

function repeatedNames(file: YamlFile, { merchants, cards }: Profile): readonly Problem[] {
  const hint = 'Give each its own.'
  const ofMerchants = repeats(merchants.map(({ id }) => id)).map(({ name, at }) =>
    contradiction(file, ['merchants', at, 'id'], `merchant ${name} is listed twice`, hint),
  )
  const ofTerminals = merchants.flatMap((merchant, at) =>
    repeats(merchant.terminals.map(({ id }) => id)).map(({ name, at: nth }) =>
      contradiction(file, ['merchants', at, 'terminals', nth, 'id'], `terminal ${name} is listed twice`, hint),
    ),
  )
  const ofHolders = repeats(cards.map(({ holder, set }) => `${holder} of set ${set}`)).map(({ name, at }) =>
    contradiction(file, ['cards', at, 'holder'], `${name} has two cards`, hint),
  )
  const ofCards = repeats(cards.map(({ pan }) => pan.reveal())).map(({ at }) =>
    contradiction(file, ['cards', at, 'pan'], `${cards[at]?.pan} is listed twice`, hint),
  )
  return [...ofMerchants, ...ofTerminals, ...ofHolders, ...ofCards]
}

/** Whether the fields of the dialect can hold the ids of terminals and merchants; those that are shorter are filled up with spaces. */
function unfitIds(file: YamlFile, { merchants, speaks }: Profile): readonly Problem[] {
  const unfit = (path: Path, whose: string, name: string, id: string): readonly Problem[] => {
    const field = speaks.fields[name]
    if (field === undefined) return []
    const { length, of } = field
    const wanted = { n: /^\d+$/, an: /^[0-9A-Za-z]+$/ }[String(of)]
    const numeric = length.is === 'exactly' && of === 'n' && id.length !== length.count
    const says =
      id.length > length.count || numeric
        ? `${whose} ${id} has ${id.length} characters; ${speaks.id} has ${length.is === 'exactly' ? '' : 'at most '}${length.count}`
        : wanted !== undefined && !wanted.test(id)
          ? `${whose} ${id} has characters that ${speaks.id} has no room for: it takes ${of === 'n' ? 'digits' : 'letters and digits'}`
          : undefined
    return says === undefined
      ? []
      : [contradiction(file, path, says, 'Write it as the acquirer gave it, or correct the dialect.')]
  }
  return merchants.flatMap(({ id, terminals }, at) => [
    ...unfit(['merchants', at, 'id'], 'merchant', 'merchantId', id),
    ...terminals.flatMap(terminal =>
      unfit(['merchants', at, 'terminals', terminals.indexOf(terminal), 'id'], 'terminal', 'terminalId', terminal.id),
    ),
  ])
}

function repeats(names: readonly string[]): readonly Readonly<{ name: string; at: number }>[] {
  return names.flatMap((name, at) => (names.indexOf(name) < at ? [{ name, at }] : []))
}

function knobContradictions(file: YamlFile, { knobs }: Profile): readonly Problem[] {
  const { zone, cutoff, voidWindow } = knobs
  const told =
    cutoff !== undefined ? 'cutoff' : typeof voidWindow === 'object' && 'untilCutoff' in voidWindow ? 'voidWindow' : undefined
  if (told === undefined || zone !== undefined) return []
  return [
    contradiction(
      file,
      ['knobs', told],
      `\`knobs.${told}\` is a time of day without a zone`,
      'Add `zone`, such as Asia/Shanghai.',
    ),
  ]
}

/** What our terminal sends, and what the acquirer is said to take. */
function codingContradictions(file: YamlFile, { knobs, speaks, dialect }: Profile): readonly Problem[] {
  const problems: Problem[] = []
  const typeOf = (operation: 'void' | 'reverse') => speaks.messages.find(row => row.operation === operation)?.request
  if (knobs.voidCoding === 'iso-0400' && typeOf('void') !== typeOf('reverse')) {
    const says = `\`knobs.voidCoding\` is iso-0400, but ${dialect.id} sends a void as ${typeOf('void') ?? 'nothing'}`
    const hint =
      'Set the dialect so that voids are reversals (`void: 1420` of iso8583-1993, or a dialect file), or write iso-0200.'
    problems.push(contradiction(file, ['knobs', 'voidCoding'], says, hint))
  }
  if (knobs.revStan === 'new-with-de90') {
    const says = '`knobs.revStan` is new-with-de90, but our terminal reverses under the trace number of the original'
    problems.push(contradiction(file, ['knobs', 'revStan'], says, 'Write `same`, if the acquirer takes such a reversal.'))
  }
  return problems
}

function missingKnobs(file: YamlFile, profile: Profile, { neededKnobs }: Known): readonly Problem[] {
  if (neededKnobs === undefined) return []
  const present: ReadonlySet<string> = new Set(Object.keys(profile.knobs))
  return neededKnobs(profile)
    .filter(({ knob }) => !present.has(knob))
    .map(({ knob, because }) => {
      const rows = because.length > 3 ? `${because.slice(0, 3).join(', ')} and ${because.length - 3} more` : because.join(', ')
      const says = `\`knobs.${knob}\` is missing, and ${rows} cannot be judged without it`
      return file.problem(['knobs', knob], 'KNOB_MISSING', says, 'Ask the acquirer and add it: nothing is guessed.')
    })
}

function unknownDeviations(
  file: YamlFile,
  { deviations }: Profile,
  requirements: readonly string[] | undefined,
): readonly Problem[] {
  if (requirements === undefined) return []
  return deviations.flatMap(({ requirement }, at) => {
    if (requirements.includes(requirement)) return []
    const near = didYouMean(requirement, requirements)
    const hint = near.startsWith('Did') ? near : '`tillproof requirements` lists all ids.'
    return [file.problem(['deviations', at, 'requirement'], 'VALUE', `there is no requirement ${requirement}`, hint)]
  })
}

/** Where the profile declares a flag. */
function flagPath({ value }: YamlFile, flag: string): Path {
  const { supports } = Object(value)
  const at = Array.isArray(supports) ? supports.indexOf(flag) : -1
  return at < 0 ? ['supports'] : ['supports', at]
}

function contradiction(file: YamlFile, path: Path, says: string, hint: string): Problem {
  return file.problem(path, 'CONTRADICTION', says, hint)
}
