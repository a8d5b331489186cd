import type { Dialect } from '../dialects/dialect.ts'
import { framingOf } from '../dialects/framing-settings.ts'
import { dialectById, dialectIds } from '../dialects/index.ts'
import type { SettingValue } from '../dialects/settings.ts'
import type { Message } from '../values/message.ts'
import { codecFor } from '../wire/codec-of.ts'
import type { Change } from './diagnosis.ts'
import type { Spoken } from './reading.ts'
import type { RungName } from './rung.ts'

/** Another way of saying the same message: which settings differ from the profile's, and the rung that breaks where they are wrong. */
export type Variant = Readonly<{ changes: readonly Change[]; rung: RungName; spoken: Spoken }>

/** How a profile says it. */
export function spokenIn(dialect: Dialect): Spoken {
  return { dialect, codec: codecFor(dialect) }
}

type Turn = Readonly<Record<string, SettingValue>>

const lengths = ['binary 2', 'ascii 4', 'bcd 2', 'binary 4', 'little endian 2', 'little endian 4'] as const

/** A TPDU and a header that acquirers commonly ask for. @source UnionPay POS fact sheet, 1.2 and 1.3 */
const commonTpdu = '6000060000'
const commonHeader = '603100311001'

/**
 * The ways in which a framing is usually mistaken, the commonest first: one setting at a time, then two, then three. None of them equals the
 * profile's own. A dialect whose messages the line keeps apart has none.
 */
export function framingVariants(dialect: Dialect): readonly Variant[] {
  if (dialect.settings.length === undefined) return []
  const counts = countTurns(dialect)
  const forms = formTurns(dialect)
  const heads = headTurns(dialect)
  const framing = (...turns: readonly Turn[]): Variant => variantOf(dialect, Object.assign({}, ...turns), 'framing')
  const single = [
    ...[...counts.slice(0, 1), ...forms.slice(0, 2)].map(turn => framing(turn)),
    ...heads.map(turn => variantOf(dialect, turn, 'header')),
    ...[...counts.slice(1), ...forms.slice(2)].map(turn => framing(turn)),
  ]
  const two = forms.flatMap(form => counts.map(count => framing(form, count)))
  const withHeads = [...forms, ...counts].flatMap(turn => heads.map(head => framing(turn, head)))
  const three = forms.flatMap(form => counts.flatMap(count => heads.map(head => framing(form, count, head))))
  return [...single, ...two, ...withHeads, ...three]
}

function variantOf(dialect: Dialect, turn: Turn, rung: RungName): Variant {
  const settings = { ...dialect.settings, ...turn }
  const changes = Object.entries(turn).map(([name, to]): Change => ({ setting: `dialect.settings.${name}`, to }))
  return { changes, rung, spoken: spokenIn({ ...dialect, settings, framing: framingOf(settings) }) }
}

/** How digits and texts may be written instead, where the dialect leaves that open. */
const encodings = ['ascii', 'bcd', 'ebcdic']

/** Built-in dialects of ISO 8583, with what their settings may be. */
const dialects: readonly (readonly [id: string, settings: readonly Turn[]])[] = [
  ['unionpay-pos', [{}]],
  ['iso8583-1987', encodings.map(encoding => ({ encoding }))],
  ['iso8583-1993', encodings.map(encoding => ({ encoding }))],
]

/** The same message in other characters, and in the built-in dialects that the profile does not name: framed as the profile says, and as is usual there. */
export function dialectVariants({ id, settings }: Readonly<{ id: string; settings: Turn }>, own: Dialect): readonly Variant[] {
  if (own.syntax === 'json') return []
  const written = encodings
    .filter(encoding => own.settings.encoding !== undefined && own.settings.encoding !== encoding && dialectIds.includes(id))
    .map((encoding): Variant => {
      const changes = [{ setting: 'dialect.settings.encoding', to: encoding }]
      return { changes, rung: 'echo', spoken: spokenIn(dialectById(id, { ...settings, encoding })) }
    })
  const others = dialects
    .filter(([other]) => other !== id)
    .flatMap(([other, turns]) => turns.map(turn => ({ other, turn })))
    .flatMap(({ other, turn }): readonly Variant[] => {
      const usual = dialectById(other, turn)
      const changes = [
        { setting: 'dialect', to: other },
        ...Object.entries(turn).map(([name, to]): Change => ({ setting: `dialect.settings.${name}`, to })),
      ]
      return [usual, { ...usual, framing: own.framing }].map(dialect => ({ changes, rung: 'echo', spoken: spokenIn(dialect) }))
    })
  return [...written, ...others]
}

/**
 * The other pad side for fields of this message in which packed digits are odd in number: for each, and for all of them. A dialect file says it.
 */
export function padVariants(own: Dialect, { fields }: Message): readonly Variant[] {
  const odd = Object.entries(own.fields).filter(
    ([name, { of, encoding }]) =>
      (of === 'n' || of === 'z') && (encoding?.digits ?? own.encoding.digits) === 'bcd' && (fields[name]?.length ?? 0) % 2 === 1,
  )
  const turned = (some: typeof odd): Variant => ({
    changes: some.map(([name, { justify }]) => ({
      setting: `dialect.fields.${name}.pad`,
      to: justify === 'left' ? 'left' : 'right',
      note: `in a dialect file, such as one that extends ${own.id}`,
    })),
    rung: 'echo',
    spoken: spokenIn({
      ...own,
      fields: {
        ...own.fields,
        ...Object.fromEntries(
          some.map(([name, field]) => [
            name,
            { ...field, justify: field.justify === 'left' ? ('right' as const) : ('left' as const) },
          ]),
        ),
      },
    }),
  })
  return [...odd.map(one => turned([one])), ...(odd.length > 1 ? [turned(odd)] : [])]
}

/** Other forms of the length. */
function formTurns({ settings }: Dialect): readonly Turn[] {
  const others = [...lengths, 'STX ETX LRC'].filter(length => length !== settings.length)
  return others.map(length => ({ length }))
}

/** Other things that the length may count; one that counts less than everything needs something before the message. */
function countTurns({ settings, framing }: Dialect): readonly Turn[] {
  if (framing.form.is !== 'length') return []
  const behind = framing.tpdu !== '' || framing.header !== ''
  const both = framing.tpdu !== '' && framing.header !== ''
  const all = ['itself too', 'the rest', ...(behind ? ['the message only'] : []), ...(both ? ['all but the TPDU'] : [])]
  return all.filter(counts => counts !== settings.lengthCounts).map(lengthCounts => ({ lengthCounts }))
}

/** Without what stands before the message, or with what usually does, or with the two addresses of the TPDU in each other's place. */
function headTurns({ framing: { tpdu, header } }: Dialect): readonly Turn[] {
  const otherTpdu = { tpdu: tpdu === '' ? commonTpdu : 'none' }
  const otherHeader = { header: header === '' ? commonHeader : 'none' }
  const turned = tpdu === '' ? [] : [{ tpdu: tpdu.slice(0, 2) + tpdu.slice(6, 10) + tpdu.slice(2, 6) }]
  return [otherTpdu, otherHeader, { ...otherTpdu, ...otherHeader }, ...turned]
}
