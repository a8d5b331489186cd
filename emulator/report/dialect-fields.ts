/** The fields of a dialect: path (`4`, `60.2`; the name itself where a dialect has no numbers), name, and what they mean. In a list, `#` stands for the number of the item: `48.#.trace`. */
export type DialectFields = readonly Readonly<{ path: string; name: string; is: string }>[]

type Part = Readonly<{ path: string; name: string; is: string }>
type Layout = Readonly<{ parts: readonly Part[]; item?: Readonly<{ name: string; path: string; parts: readonly Part[] }> }>

/** What the report needs of a dialect; every `Dialect` is one. */
export type FieldTables = Readonly<{
  fields: Readonly<Record<string, Readonly<{ de?: number; is: string }>>>
  layouts: Readonly<Record<string, readonly Layout[]>>
}>

/** All fields that a message of the dialect may name: whole ones, parts, and parts of list items. */
export function fieldsOf({ fields, layouts }: FieldTables): DialectFields {
  const whole = Object.entries(fields).map(([name, { de, is }]) => ({ path: de === undefined ? name : String(de), name, is }))
  const parts = Object.values(layouts)
    .flat()
    .flatMap(({ parts, item }) => [
      ...parts.map(({ path, name, is }) => ({ path, name, is })),
      ...(item?.parts ?? []).map(({ path, name, is }) => ({
        path: `${item?.path}.#.${path}`,
        name: `${item?.name}.#.${name}`,
        is,
      })),
    ])
  return [...whole, ...parts]
}
