import { inflateSync } from 'node:zlib'

/** What can be read in a PDF, as far as Chromium's go: its pages, its title, whether it is tagged, and its text in the order it was drawn. */
export type PdfText = Readonly<{ pages: number; title: string; tagged: boolean; text: string }>

export function readPdf(pdf: Uint8Array): PdfText {
  const file = Buffer.from(pdf).toString('latin1')
  const objects = new Map(
    [...file.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = '', body = '']) => [id, body] as const),
  )
  const page = [...objects.values()].filter(body => /^<<\/Type \/Page\n/.test(body))
  const fonts = new Map(
    [...(page[0] ?? '').matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [name, alphabetOf(objects, id)]),
  )
  const contents = /\/Contents (\d+) 0 R/.exec(page[0] ?? '')?.[1] ?? ''
  return {
    pages: page.length,
    title: utf16(/\/Title <([0-9A-F]+)>/.exec(file)?.[1] ?? ''),
    tagged: /\/MarkInfo <<\/Type \/MarkInfo\n\/Marked true>>/.test(file),
    text: drawn(streamOf(objects.get(contents) ?? ''), fonts),
  }
}

/** Codes of a font, as hex, with the characters that they stand for. */
type Alphabet = ReadonlyMap<string, string>

function alphabetOf(objects: ReadonlyMap<string, string>, font: string): Alphabet {
  const id = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font) ?? '')?.[1] ?? ''
  const map = streamOf(objects.get(id) ?? '')
  const alphabet = new Map<string, string>()
  for (const [, chars = ''] of map.matchAll(/beginbfchar\n([\s\S]*?)endbfchar/g))
    for (const [, code = '', text = ''] of chars.matchAll(/<(\w+)> <(\w+)>/g)) alphabet.set(code, utf16(text))
  for (const [, ranges = ''] of map.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g))
    for (const [, from = '', to = '', text = ''] of ranges.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g))
      for (let code = Number.parseInt(from, 16); code <= Number.parseInt(to, 16); code += 1) {
        const at = Number.parseInt(text, 16) + code - Number.parseInt(from, 16)
        alphabet.set(code.toString(16).toUpperCase().padStart(from.length, '0'), String.fromCodePoint(at))
      }
  return alphabet
}

/** A line for each run of text; where a glyph stands for several characters, Chromium writes them beside it. */
function drawn(content: string, fonts: ReadonlyMap<string, Alphabet>): string {
  let alphabet: Alphabet = new Map()
  let instead = false
  let text = ''
  for (const [, actual, font, codes, ends] of content.matchAll(
    /ActualText <(\w*)>|\/(F\d+) [\d.]+ Tf|<(\w+)> Tj|\b(EMC|ET)\b/g,
  )) {
    if (actual !== undefined) {
      text += utf16(actual)
      instead = true
    } else if (font !== undefined) alphabet = fonts.get(font) ?? alphabet
    else if (ends !== undefined) {
      instead = false
      if (ends === 'ET') text += '\n'
    } else if (!instead && codes !== undefined) text += spelled(codes, alphabet)
  }
  return text
}

function spelled(codes: string, alphabet: Alphabet): string {
  const width = alphabet.keys().next().value?.length ?? 4
  return (codes.match(new RegExp(`.{${width}}`, 'g')) ?? []).map(code => alphabet.get(code) ?? '\uFFFD').join('')
}

function streamOf(object: string): string {
  const data = /stream\n([\s\S]*)\nendstream/.exec(object)?.[1]
  return data === undefined ? '' : inflateSync(Buffer.from(data, 'latin1')).toString('latin1')
}

/** Of `FEFF8BA4`, or without the mark. */
function utf16(hex: string): string {
  return Buffer.from(hex.replace(/^FEFF/, ''), 'hex').swap16().toString('utf16le')
}
