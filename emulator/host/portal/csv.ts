/** A table that a spreadsheet can open and none will run: a cell that would begin a formula is told to be text by an apostrophe. */
export function csv(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`
  return `\uFEFF${[heads, ...rows].map(line).join('')}`
}

/**
 * @example cell('=1+1') // "'=1+1"
 * @source  OWASP, CSV injection; RFC 4180
 */
function cell(text: string): string {
  const harmless = /^[\s]*[=+\-@\t\r\n|%]/.test(text) ? `'${text}` : text
  return `"${harmless.replaceAll('"', '""')}"`
}
