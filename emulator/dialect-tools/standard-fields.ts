import type { Dialect, Field } from '../dialects/dialect.ts'
import { formatOf } from '../profile/dialect-format.ts'

/**
 * Every data element of ISO 8583:1987 by number, as the standard has it: alphabet, and length or most length. (`b 8` counts bytes.) Fields of
 * private and national use are texts here; an acquirer may have anything there.
 *
 * @source ISO 8583:1987, table of data elements
 */
const formats = `2 n..19|3 n 6|4 n 12|5 n 12|6 n 12|7 n 10|8 n 8|9 n 8|10 n 8|11 n 6|12 n 6|13 n 4|14 n 4|15 n 4|16 n 4|17 n 4|18 n 4|19 n 3
20 n 3|21 n 3|22 n 3|23 n 3|24 n 3|25 n 2|26 n 2|27 n 1|28 x+n 8|29 x+n 8|30 x+n 8|31 x+n 8|32 n..11|33 n..11|34 ans..28|35 z..37|36 z...104
37 an 12|38 an 6|39 an 2|40 an 3|41 ans 8|42 ans 15|43 ans 40|44 ans..25|45 ans..76|46 ans...999|47 ans...999|48 ans...999|49 an 3|50 an 3|51 an 3
52 b 8|53 n 16|54 an...120|55 b...255|56 ans...999|57 ans...999|58 ans...999|59 ans...999|60 ans...999|61 ans...999|62 ans...999|63 ans...999|64 b 8
66 n 1|67 n 2|68 n 3|69 n 3|70 n 3|71 n 4|72 n 4|73 n 6|74 n 10|75 n 10|76 n 10|77 n 10|78 n 10|79 n 10|80 n 10|81 n 10|82 n 12|83 n 12|84 n 12
85 n 12|86 n 16|87 n 16|88 n 16|89 n 16|90 n 42|91 an 1|92 an 2|93 an 5|94 an 7|95 an 42|96 b 8|97 x+n 16|98 ans 25|99 n..11|100 n..11|101 ans..17
102 ans..28|103 ans..28|104 ans...100|105 ans...999|106 ans...999|107 ans...999|108 ans...999|109 ans...999|110 ans...999|111 ans...999
112 ans...999|113 ans...999|114 ans...999|115 ans...999|116 ans...999|117 ans...999|118 ans...999|119 ans...999|120 ans...999|121 ans...999
122 ans...999|123 ans...999|124 ans...999|125 ans...999|126 ans...999|127 ans...999|128 b 8`

const standard: ReadonlyMap<number, Field> = new Map(
  formats.split(/[|\n]/).map(row => {
    const [number = '', ...format] = row.split(' ')
    const read = formatOf(format.join(' '), undefined)
    if ('because' in read) throw new RangeError(`field ${number}: ${read.because}`)
    return [Number(number), { de: Number(number), ...read, is: 'as in ISO 8583:1987', ...secretOf(Number(number)) }]
  }),
)

function secretOf(de: number): Pick<Field, 'secret'> {
  const secret = ({ 2: 'pan', 34: 'pan', 35: 'track', 36: 'track', 45: 'track', 52: 'pinBlock', 55: 'chip' } as const)[de]
  return secret === undefined ? {} : { secret }
}

/** The name under which a field of the standard stands in for one that a dialect has not. */
export const standInName = (de: number): string => `field${de}`

/** A dialect with every field of the standard that it has none of its own for, so that a sample can be read beyond what the dialect knows. */
export function withStandardFields(dialect: Dialect): Dialect {
  const numbers = new Set(Object.values(dialect.fields).map(({ de }) => de))
  if (dialect.fields.mac?.standsLast) numbers.add(64).add(128)
  const missing = [...standard].filter(([de]) => !numbers.has(de)).map(([de, field]) => [standInName(de), field] as const)
  return { ...dialect, fields: { ...dialect.fields, ...Object.fromEntries(missing) } }
}

/** Whether a field stands in for one that the dialect has not. */
export const isStandIn = (name: string, { de }: Field): boolean => de !== undefined && name === standInName(de)
