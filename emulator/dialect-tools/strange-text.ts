import type { Dialect } from '../dialects/dialect.ts'
import type { Message } from '../values/message.ts'

/** Names of texts of which more than half is beyond ASCII where every byte is a character: most likely they are written in EBCDIC, or packed. */
export function strangeTexts({ fields, encoding }: Dialect, message: Message): readonly string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = message.fields[name]
    const isText = field.of === 'an' || field.of === 'ans'
    if (value === undefined || !isText || (field.encoding?.text ?? encoding.text) !== 'latin1') return []
    const wide = [...value].filter(character => character.charCodeAt(0) >= 0x80).length
    return wide * 2 > value.length ? [name] : []
  })
}
