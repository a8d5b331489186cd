import type { Dialect } from '../dialects/dialect.ts'
import type { Codec } from './codec.ts'
import { codecFor as iso8583 } from './iso8583.ts'
import { json } from './json.ts'

/** The codec of a dialect. It keeps what it worked out: make it once for a dialect. */
export const codecFor = (dialect: Dialect): Codec => (dialect.syntax === 'json' ? json(dialect) : iso8583(dialect))
