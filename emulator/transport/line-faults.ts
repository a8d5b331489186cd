import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { EmulatorError } from '../values/errors.ts'
import { type FrameForm, lengthLimits } from '../values/framing.ts'
import { type Behaviour, FaultyLink, lost, type Shot } from './faulty-link.ts'
import { cutterFor } from './frame-cutter.ts'
import type { Link, LinkEvent, Transport } from './transport.ts'

/** A fault of the line between terminal and acquirer: what it is for people, and what it does. */
type LineFault = Readonly<{ says: string; refuses?: true }> & Behaviour

const silence: LinkEvent = { saw: 'silence' }
const twoBytes: FrameForm = { is: 'length', form: 'binary 2', itself: false, uncounted: 0, longest: 0xffff }

/**
 * Every line fault, by id. Nothing here sleeps: a silence of our own making is delivered at once, and a reply that is taken away has
 * arrived before, so that the acquirer has acted.
 */
export const lineFaults = {
  'refuses the connection': { says: 'the connection never opens; nothing is sent', refuses: true },
  'cuts before sending': {
    says: 'the connection opens and closes before the first byte of the request',
    request: async (line, request, shot) => {
      shot.log('our own line closed before the first byte of the request', { frame: request })
      await line.cut()
      throw lost('our own line was cut before the first byte')
    },
  },
  'cuts before the request is whole': {
    says: 'a part of the request arrives, then the line closes',
    request: async (line, request, shot) => {
      const bytes = 1 + shot.draw(request.length - 1)
      shot.log(`our own line closed after ${bytes} of ${request.length} bytes of the request`, { frame: request })
      await line.passPiece(request.subarray(0, bytes), false)
      await line.cut()
      throw lost(`our own line was cut after ${bytes} of ${request.length} bytes`)
    },
  },
  'cuts after sending': {
    says: 'the request arrives and is answered, and the line closes before the reply',
    wait: async (line, wait, shot) => {
      const event = await line.wait(wait)
      if (event.saw === 'frame') shot.log('our own line closed before the reply', { frame: event.frame, swallowed: true })
      else if (event.saw === 'silence') shot.log('our own line closed after the request; no reply had come')
      else return event
      return line.cut()
    },
  },
  'cuts before the reply is whole': {
    says: 'a part of the reply arrives, then the line closes',
    reply: (line, reply, shot) => {
      const bytes = 1 + shot.draw(reply.length - 1)
      shot.log(`our own line closed after ${bytes} of ${reply.length} bytes of the reply`, { frame: reply, swallowed: true })
      return line.cut(reply.slice(0, bytes))
    },
  },
  'loses the request': {
    says: 'the request never reaches the acquirer',
    request: async (_, request, shot) => shot.log('our own line lost the request', { frame: request }),
    wait: line => line.atOnce(),
  },
  'loses the reply': {
    says: 'the acquirer acts and answers, and the reply never reaches the terminal',
    reply: async (_, reply, shot) => {
      shot.log('our own line lost the reply', { frame: reply, swallowed: true })
      return silence
    },
  },
  'delays the reply': {
    says: 'the reply arrives after the terminal has given up: late',
    reply: async (line, reply, shot) => {
      shot.log('our own line held the reply back until the wait was over', { frame: reply })
      line.later(reply)
      return silence
    },
  },
  'delivers the request twice': {
    says: 'the acquirer gets the same request twice',
    request: async (line, request, shot) => {
      shot.log('our own line delivered the request twice', { frame: request })
      await line.pass(request)
      await line.pass(request)
    },
  },
  'delivers the reply twice': {
    says: 'the terminal gets the same reply twice',
    reply: async (line, reply, shot) => {
      shot.log('our own line delivered the reply twice', { frame: reply })
      line.later(reply.slice())
      return { saw: 'frame', frame: reply }
    },
  },
  'splits at every byte': {
    says: 'request and reply arrive byte by byte',
    request: async (line, request, shot) => {
      shot.log('our own line sent the request byte by byte', { frame: request })
      for (let at = 0; at < request.length; at += 1) {
        await line.passPiece(request.subarray(at, at + 1), at + 1 === request.length)
        await nextTurn()
      }
    },
    reply: async (line, reply, shot) => {
      shot.log('our own line delivered the reply byte by byte', { frame: reply })
      return line.recut([reply], 1)
    },
  },
  'joins two': {
    says: 'a request waits in the line and arrives in one piece with the next one',
    request: async (line, request, shot) => {
      shot.log('our own line held the request back until the next one', { frame: request })
      line.holdRequest(request, shot)
    },
    wait: line => line.atOnce(),
  },
  'joins two replies': {
    says: 'a reply waits in the line and arrives in one piece with the next one: late',
    reply: async (line, reply, shot) => {
      shot.log('our own line held the reply back until the next one', { frame: reply })
      line.holdReply(reply, shot)
      return silence
    },
  },
  'corrupts a byte': {
    says: 'one byte of the reply, after its length, arrives changed',
    reply: async (_, reply, shot) => {
      const corrupt = corrupted(reply, shot, 'reply')
      return { saw: 'frame', frame: corrupt }
    },
  },
  'corrupts a byte of the request': {
    says: 'one byte of the request, after its length, arrives changed',
    request: (line, request, shot) => line.pass(corrupted(request, shot, 'request')),
  },
} as const satisfies Readonly<Record<string, LineFault>>

export type LineFaultId = keyof typeof lineFaults

/**
 * What our line has done. `frame`: as its sender wrote it. `swallowed`: it was the acquirer's and the terminal never sees it, though the
 * acquirer has acted.
 */
export type Injected = Readonly<{ fault: LineFaultId; says: string; frame?: Uint8Array; swallowed: boolean }>

export type FaultyLineOptions = Readonly<{
  log: (injected: Injected) => void
  /** Everything that a fault draws comes from it. */
  seed: string
  /** How the frames lie on the line: behind a binary length of 2 bytes unless given. */
  form?: FrameForm
}>

/** `times`: how many exchanges it spoils, 1 unless given. `when`: which requests; all unless given. A refused connection has no request to ask. */
export type Arming = Readonly<{ times?: number | 'always'; when?: (request: Uint8Array) => boolean }>

export interface FaultyLine extends Transport {
  /** Faults that are armed spoil one exchange each, the one armed first goes first; an exchange has at most one. */
  arm(fault: LineFaultId, arming?: Arming): void
  /** Takes every fault back, or this one. */
  disarm(fault?: LineFaultId): void
  /** What is armed and not used up; a scenario that ends with something here did not do what it says. */
  readonly armed: readonly LineFaultId[]
}

type Armed = { readonly fault: LineFaultId; readonly when: (request: Uint8Array) => boolean; left: number }

/** A transport whose line is good until a fault is armed. */
export function faultyLine(transport: Transport, options: FaultyLineOptions): FaultyLine {
  const draw = drawing(options.seed)
  const form = options.form ?? twoBytes
  const cutter = cutterFor(form)
  let armed: Armed[] = []

  const use = (one: Armed): void => {
    one.left -= 1
    if (one.left <= 0) armed = armed.filter(other => other !== one)
  }
  const load = (request: Uint8Array): Shot | undefined => {
    const one = armed.find(({ fault, when }) => !('refuses' in lineFaults[fault]) && when(request))
    return one === undefined ? undefined : shot(one)
  }
  const shot = (one: Armed): Shot => {
    const does: LineFault = lineFaults[one.fault]
    let used = false
    return {
      does,
      draw,
      form,
      log: (says, facts = {}) => {
        if (!used) use(one)
        used = true
        options.log({ fault: one.fault, says, swallowed: false, ...facts })
      },
    }
  }

  return {
    async open(signal?: AbortSignal): Promise<Link> {
      const refusing = armed.find(({ fault }) => 'refuses' in lineFaults[fault])
      if (refusing === undefined) return new FaultyLink(await transport.open(signal), load, cutter)
      shot(refusing).log('our own line refused the connection')
      throw new EmulatorError('LINK_REFUSED', { endpoint: 'the acquirer (our own line refused)' })
    },
    arm(fault, { times = 1, when = () => true } = {}) {
      armed.push({ fault, when, left: times === 'always' ? Number.POSITIVE_INFINITY : times })
    },
    disarm(fault) {
      armed = fault === undefined ? [] : armed.filter(one => one.fault !== fault)
    },
    get armed() {
      return armed.map(({ fault }) => fault)
    },
  }
}

function corrupted(frame: Uint8Array, shot: Shot, name: 'request' | 'reply'): Uint8Array {
  const [from, end] = inside(shot.form, frame)
  const at = from + shot.draw(end - from)
  const flips = 1 + shot.draw(255)
  shot.log(`our own line changed byte ${at} of the ${name}`, { frame })
  return frame.map((byte, index) => (index === at ? byte ^ flips : byte))
}

/** Where the bytes of a frame that do not keep it apart from others begin and end. */
function inside(form: FrameForm, frame: Uint8Array): readonly [from: number, end: number] {
  if (form.is === 'whole') return [0, frame.length]
  return form.is === 'length' ? [lengthLimits(form.form).bytes, frame.length] : [1, frame.length - 2]
}

/** Numbers from a seed: the n-th drawn is the first 4 bytes of SHA-256(`<seed>:<n>`), reduced. */
function drawing(seed: string): (below: number) => number {
  let drawn = 0
  return below => createHash('sha256').update(`${seed}:${drawn++}`).digest().readUInt32BE(0) % below
}
