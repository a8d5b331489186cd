/** The golden frames and MACs of `fixtures/vectors/unionpay-pos.json`, each with the public source that its file names. */
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
  readonly steps?: readonly {
    readonly name: string
    readonly hex: string
    readonly decoded: GoldenFrame['decoded']
    readonly mab?: string
  }[]
}

const file = new URL('../../../fixtures/vectors/unionpay-pos.json', import.meta.url)

function vectors(): readonly Vector[] {
  // The file is ours and pinned; a shape that is not this one fails the tests at once.
  const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: readonly Vector[] }
  return vectors
}

/** Every frame of the file, those of conversations included. */
export function goldenFrames(): readonly GoldenFrame[] {
  return vectors().flatMap((vector): GoldenFrame[] => {
    if (vector.kind === 'conversation' && vector.steps !== undefined)
      return vector.steps.map(step =>
        frame(`${vector.id}, ${step.name}`, step.hex, step.decoded, step.mab === undefined ? undefined : vector.mak),
      )
    if (vector.kind === 'frame' && vector.hex !== undefined && vector.decoded !== undefined)
      return [frame(vector.id, vector.hex, vector.decoded, vector.mak)]
    return []
  })
}

function frame(name: string, hex: string, decoded: GoldenFrame['decoded'], mak: string | undefined): GoldenFrame {
  const start = decoded.tpdu === undefined ? 'mti' : 'length'
  return { name, bytes: Buffer.from(hex, 'hex'), start, decoded, ...(mak === undefined ? {} : { mak: Buffer.from(mak, 'hex') }) }
}

/** Every MAC of the file that somebody could recompute. */
export function goldenMacs(): readonly GoldenMac[] {
  return vectors().flatMap(({ id, kind, verified, mak, mab, field64 }) =>
    kind === 'mac-ecb' && verified === true && mak !== undefined && mab !== undefined && field64 !== undefined
      ? [{ name: id, mak: Buffer.from(mak, 'hex'), mab: Buffer.from(mab, 'hex'), field64 }]
      : [],
  )
}
