import type { FastifyRequest } from 'fastify'
import { withoutCardNumbers } from './card-numbers.ts'

/** Characters of an address that are written down. */
const kept = 100

/** The address of a request as it may be written down: somebody may have put a card number into it. */
export const addressOf = ({ url }: Pick<FastifyRequest, 'url'>): string => withoutCardNumbers(url).slice(0, kept)

/** What stands behind the question mark of a request. */
export const queryOf = ({ url }: Pick<FastifyRequest, 'url'>): URLSearchParams => new URLSearchParams(split(url).query)

/**
 * The same page in another language: always a page of this portal, whatever the address was.
 *
 * @param url  path and query, as they came
 */
export function inLanguage(url: string, language: string): string {
  const { path, query } = split(url)
  const asked = new URLSearchParams(query)
  asked.set('lang', language)
  // A browser takes `//` and `/\\` for the name of another host.
  return `/${path.replace(/^[/\\]+/, '')}?${asked}`
}

function split(url: string): Readonly<{ path: string; query: string }> {
  const at = url.indexOf('?')
  return at < 0 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at + 1) }
}
