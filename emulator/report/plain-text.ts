import { stripVTControlCharacters } from 'node:util'

/** Columns that a text takes in a terminal window: Chinese and other wide characters take two, escapes and joiners none. */
export function columns(text: string): number {
  let count = 0
  for (const character of stripVTControlCharacters(text)) {
    if (/\p{Mark}|\u200D|\uFE0F/u.test(character)) continue
    count +=
      /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFF60]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1
  }
  return count
}

/** A text and spaces, `width` columns in all; a longer text stays whole. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)))
}

/**
 * Breaks a text at spaces into lines of at most `width` columns; a word that is longer keeps a line of its own, so that commands and ids can be copied.
 * Control characters become `�`: a text from a message must not drive the window it is printed in.
 */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of printable(text).split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && columns(last) + 1 + columns(word) <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** Line breaks and tabs become spaces, other control characters `�`. */
export function printable(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replace(/\p{Cc}/gu, '�')
}
