import type { FastifyReply, FastifyRequest } from 'fastify'

/** What every answer of the portal carries: nothing but its own style and script is loaded or run, nobody may frame it, and nothing is kept. */
const headers: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Not `no-referrer`: a browser then says `Origin: null` of our own forms.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

export function harden(reply: FastifyReply): void {
  void reply.headers(headers)
}

/** The addresses by which a browser on this machine knows the portal. A request by another name comes from a page that rebound its own. */
const authorities = (port: number): readonly string[] => [`127.0.0.1:${port}`, `localhost:${port}`]

/** Whether a request is for this portal by its own name. */
export const isForUs = ({ headers: { host } }: FastifyRequest, port: number): boolean =>
  host !== undefined && authorities(port).includes(host)

/** Whether a form was sent from a page of this very portal. A browser names the origin of every form; whoever names none is refused. */
export const isFromUs = ({ headers: { host, origin } }: FastifyRequest, port: number): boolean =>
  host !== undefined && authorities(port).includes(host) && origin === `http://${host}`

/**
 * Whether another site had the browser ask for this. It then leaves our cookies at home, and whoever is signed in looks like a guest.
 *
 * @source Fetch metadata request headers, `Sec-Fetch-Site`
 */
export const isFromElsewhere = ({ headers: asked }: FastifyRequest): boolean => asked['sec-fetch-site'] === 'cross-site'

/**
 * Answers somebody who comes from another site, without a new session in the place of the one that he may have. Where he followed a link the page asks for
 * itself once more, from here, and brings his cookies; anything else is refused.
 */
export function comeAgain({ headers: asked }: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (asked['sec-fetch-dest'] !== 'document') return reply.code(403).type('text/plain').send('Another site asked for this.\n')
  return reply
    .type('text/html; charset=utf-8')
    .send('<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0"><title>…</title></html>\n')
}

/** Answers a request whose address cannot be read. */
export function unread(reply: FastifyReply): void {
  harden(reply)
  void reply.code(400).type('text/plain').send('This address could not be read.\n')
}

/** A cookie of a request. */
export function cookieOf({ headers: { cookie = '' } }: FastifyRequest, name: string): string | undefined {
  for (const part of cookie.split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name) return value
  }
  return undefined
}

/** Sets a cookie that no script can read and no other site makes a browser send. @param value letters, digits, `-` and `_` */
export function setCookie(reply: FastifyReply, name: string, value: string, more = ''): void {
  const earlier = reply.getHeader('set-cookie')
  const before = earlier === undefined ? [] : [earlier].flat().map(String)
  void reply.removeHeader('set-cookie')
  void reply.header('set-cookie', [...before, `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${more}`])
}
