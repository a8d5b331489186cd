/** The golden frames and MACs of `fixtures/vectors`, each with the public source that its file names. */
import { readFileSync } from 'node:fs'
import type { Start } from './reader.ts'

/** One frame that somebody else wrote, and what it says. */
export interface GoldenFrame {
  readonly name: string
  readonly bytes: Uint8Array
  /** A sample may lack the envelope. */
  readonly start: Start
  readonly decoded: {
    readonly length?: number
    readonly tpdu?: string
    readonly header?: string
    readonly mti: string
    readonly bitmap: string
    readonly fields: Readonly<Record<string, string>>
  }
  /** The MAC key, where the source gives it and field 64 was recomputed with it. */
  readonly mak?: Uint8Array
}

/** A MAC with its key and the bytes under it. */
export interface GoldenMac {
  readonly name: string
  readonly mak: Uint8Array
  readonly mab: Uint8Array
  readonly field64: string
}

interface Vector {
  readonly id: string
  readonly kind: string
  readonly verified?: boolean
  readonly hex?: string
  readonly decoded?: GoldenFrame['decoded']
  readonly mak?: string
  readonly mab?: string
  readonly field64?: string
}

function vectorsOf(file: string): readonly Vector[] {
  // These files are ours and pinned; a shape that is not this one fails the tests at once.
  const { vectors } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { vectors: readonly Vector[] }
  return vectors
}

const folder = new URL('../../../fixtures/vectors/', import.meta.url)

/** Every frame, those of the conversation included. */
export function goldenFrames(): readonly GoldenFrame[] {
  return vectorsOf('unionpay-frames.json').flatMap(({ id: name, kind, hex, decoded, mak }) => {
    if (kind !== 'frame' || hex === undefined || decoded === undefined) return []
    const start: Start = decoded.tpdu === undefined ? 'mti' : 'length'
    const key = mak === undefined ? {} : { mak: Buffer.from(mak, 'hex') }
    return [{ name, bytes: Buffer.from(hex, 'hex'), start, decoded, ...key }]
  })
}

/** Every MAC that somebody could recompute. */
export function goldenMacs(): readonly GoldenMac[] {
  return vectorsOf('unionpay-crypto.json').flatMap(({ id, kind, verified, mak, mab, field64 }) =>
    kind === 'mac-ecb' && verified === true && mak !== undefined && mab !== undefined && field64 !== undefined
      ? [{ name: id, mak: Buffer.from(mak, 'hex'), mab: Buffer.from(mab, 'hex'), field64 }]
      : [],
  )
}
