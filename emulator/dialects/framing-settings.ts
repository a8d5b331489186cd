import { type FrameForm, type LengthForm, lengthLimits } from '../values/framing.ts'
import type { Framing } from './dialect.ts'
import type { SettingTable, SettingValue } from './settings.ts'

/** What frames begin with, by the names that a profile uses. */
const lengths = ['binary 2', 'binary 4', 'little endian 2', 'little endian 4', 'ascii 4', 'bcd 2', 'STX ETX LRC', 'none'] as const

type Lengths = (typeof lengths)[number]

/** What a length counts of the bytes that follow it. */
const counted = ['the rest', 'itself too', 'the message only', 'all but the TPDU'] as const

/** Bytes after a length, or between STX and ETX, beyond which a stream is taken to have lost its step. */
const longestBelieved = 0xffff

/**
 * The settings of everything that stands around a message. Every dialect of ISO 8583 takes them; only the defaults are its own.
 *
 * @param defaults  `tpdu` and `header` in hex, or `none`
 */
export function framingSettings(defaults: Readonly<{ length: Lengths; tpdu: string; header: string }>) {
  return {
    length: {
      is: 'how frames are kept apart: the form of their length, or control characters',
      default: defaults.length,
      oneOf: lengths,
    },
    lengthCounts: { is: 'what the length counts', default: 'the rest', oneOf: counted },
    tpdu: { is: 'the TPDU of a request, 10 hex digits, or none', default: defaults.tpdu, oneOf: /^([0-9A-Fa-f]{10}|none)$/ },
    header: { is: 'the header of a request, hex, or none', default: defaults.header, oneOf: /^(([0-9A-Fa-f]{2})+|none)$/ },
    headerReply: {
      is: 'the header of a reply: as it came, or its halves exchanged',
      default: 'same',
      oneOf: ['same', 'swapped'],
    },
  } as const satisfies SettingTable
}

/** What stands around a message under these settings, which `settle` has checked. */
export function framingOf(set: Readonly<Record<string, SettingValue>>): Framing {
  const tpdu = hex(set.tpdu)
  const header = hex(set.header)
  return {
    form: formOf(set, tpdu.length / 2, header.length / 2),
    tpdu,
    header,
    headerReply: set.headerReply === 'swapped' ? 'swapped' : 'same',
  }
}

function hex(value: SettingValue | undefined): string {
  return value === undefined || value === 'none' ? '' : String(value).toUpperCase()
}

function formOf({ length, lengthCounts }: Readonly<Record<string, SettingValue>>, tpdu: number, header: number): FrameForm {
  if (length === 'none') return { is: 'whole' }
  if (length === 'STX ETX LRC') return { is: 'STX ETX LRC', longest: longestBelieved }
  const form = lengths.find((one): one is LengthForm => one === length && one !== 'STX ETX LRC' && one !== 'none') ?? 'binary 2'
  const uncounted = lengthCounts === 'the message only' ? tpdu + header : lengthCounts === 'all but the TPDU' ? tpdu : 0
  return {
    is: 'length',
    form,
    itself: lengthCounts === 'itself too',
    uncounted,
    longest: Math.min(longestBelieved, lengthLimits(form).most),
  }
}
