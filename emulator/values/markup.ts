/** HTML that is safe to stand in a page as it is. Only `html` makes it. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in a template: text is escaped, markup is not, `undefined` is nothing, a list is its members. */
export type Content = string | number | Markup | undefined | readonly Content[]

/**
 * A piece of a page. Every value is escaped, for text and for attributes in double quotes alike.
 *
 * @example html`<b title="${'"x"'}">${'<'}</b>`.text // <b title="&quot;x&quot;">&lt;</b>
 */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(parts.map((part, at) => part + rendered(values[at])).join(''))
}

function rendered(value: Content): string {
  if (value === undefined) return ''
  if (value instanceof Markup) return value.text
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  return value.map(rendered).join('')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text: string): string {
  return text.toWellFormed().replace(/[&<>"']/g, character => entities[character] ?? character)
}
