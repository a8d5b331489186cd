import { basename } from 'node:path'
import { dialectText } from './field-text.ts'
import { importSpecification } from './moov.ts'
import { importPackager } from './packager.ts'
import { ToolError } from './tool-error.ts'

/** The field part of a dialect file, and what could not be carried over. */
export type ImportedDialect = Readonly<{ text: string; left: readonly string[]; fields: number; kind: string }>

/**
 * Brings the fields of another tool's file over: a GenericPackager of jPOS (XML), or a specification of moov-io/iso8583 (JSON).
 *
 * @throws ToolError when it is neither, or cannot be read
 */
export function importDialect(file: string, text: string): ImportedDialect {
  const start = text.replace(/^\uFEFF/, '').trimStart()
  if (!start.startsWith('<') && !start.startsWith('{'))
    throw new ToolError(
      file,
      1,
      'it is neither XML nor JSON',
      'Give a GenericPackager file of jPOS, or the JSON of a moov-io specification.',
    )
  const imported = start.startsWith('<') ? importPackager(file, start) : importSpecification(file, start)
  const from = basename(file)
  const id =
    from
      .replace(/\.[^.]*$/, '')
      .toLowerCase()
      .replace(/[^a-z0-9.-]+/g, '-')
      .replace(/^[^a-z0-9]+/, '') || 'imported'
  return { text: dialectText(imported, from, id), left: imported.left, fields: imported.fields.length, kind: imported.kind }
}
