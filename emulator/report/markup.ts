import { Markup } from '../values/markup.ts'

export { html, Markup } from '../values/markup.ts'

/**
 * Data for a `<script type="application/json">`: no `<` stands in it, so that no text can end the element, nor start a comment.
 *
 * @example json({ name: '</script>' }).text // {"name":"\u003C/script>"}
 */
export function json(data: unknown): Markup {
  return new Markup(JSON.stringify(data).replaceAll('<', '\\u003C'))
}

/** A link's target for a place in the page; ids of entries contain `#`. */
export function href(id: string): string {
  return `#${encodeURI(id).replaceAll('#', '%23')}`
}
