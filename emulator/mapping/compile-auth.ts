import type { Path } from './compile.ts'
import type { Expression } from './expression.ts'
import type { WrittenAuth } from './form.ts'
import type { Auth, Part, Template, Templates } from './mapping.ts'

/** What reads expressions and templates, and takes note of what is wrong with them. */
export type Reading = Readonly<{
  expression(text: string, path: Path): Expression
  template(text: string, path: Path): Template
  templates(written: Readonly<Record<string, string>>, path: Path): Templates
  problem(path: Path, says: string, hint: string): void
}>

/** An authentication plug-in with its parameters read. */
export function compileAuth(written: WrittenAuth, path: Path, read: Reading): Auth {
  const at = (name: string): Path => [...path, name]
  switch (written.use) {
    case 'none':
    case 'mtls':
      return { use: written.use }
    case 'bearer':
      return { use: 'bearer', token: read.expression(written.token, at('token')) }
    case 'basic':
      return {
        use: 'basic',
        user: read.expression(written.user, at('user')),
        password: read.expression(written.password, at('password')),
      }
    case 'header-key':
      return { use: 'header-key', header: written.header, key: read.expression(written.key, at('key')) }
    case 'hmac': {
      const { hash, encode, join, header, format, time } = written
      return {
        use: 'hmac',
        hash,
        encode,
        join,
        header,
        key: read.expression(written.key, at('key')),
        parts: partsOf(written.parts, at('parts'), read),
        ...(format === undefined ? {} : { format: read.template(format, at('format')) }),
        ...(time === undefined ? {} : { time }),
      }
    }
    case 'rsa-header': {
      const { scheme, join, ends, header } = written
      return {
        use: 'rsa-header',
        scheme,
        join,
        ends,
        header,
        key: read.expression(written.key, at('key')),
        names: read.templates(written.names, at('names')),
        parts: partsOf(written.parts, at('parts'), read),
      }
    }
    case 'body-key-digest':
      return {
        use: 'body-key-digest',
        hash: written.hash,
        header: written.header,
        key: read.expression(written.key, at('key')),
        format: read.template(written.format, at('format')),
      }
    case 'token-fetch':
      return {
        use: 'token-fetch',
        encoder: written.encoder,
        path: read.template(written.path, at('path')),
        headers: read.templates(written.headers, at('headers')),
        body: read.expression(written.body, at('body')),
        token: read.expression(written.token, at('token')),
        ...(written.expires === undefined ? {} : { expires: read.expression(written.expires, at('expires')) }),
      }
  }
}

const wholes = ['body', 'method', 'path', 'time', 'nonce'] as const

function partsOf(written: readonly string[], path: Path, read: Reading): readonly Part[] {
  return written.map((text, no): Part => {
    const whole = wholes.find(name => name === text)
    if (whole !== undefined) return { is: whole }
    const [, kind, name = ''] = /^(header|party)\.(.+)$/.exec(text) ?? []
    if (kind === 'header' || kind === 'party') return { is: kind, name }
    const quoted = /^"(.*)"$/.exec(text)?.[1]
    if (quoted !== undefined) return { is: 'text', text: quoted }
    const hint = 'A part is body, method, path, time, nonce, header.NAME, party.NAME, or text in quotation marks.'
    read.problem([...path, no], `${JSON.stringify(text)} is no part of a request`, hint)
    return { is: 'text', text: '' }
  })
}
