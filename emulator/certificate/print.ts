import type { Certificate } from './certificate.ts'
import { certificateHtml } from './html.ts'
import { type Room, roomsFor } from './room.ts'
import type { Language } from './words.ts'

/** What can lay out and print a page: a browser. */
export type Press = Readonly<{
  /** Whether what stands in `.sheet` fits on it. */
  fits: (page: string) => Promise<boolean>
  /** @returns a PDF */
  print: (page: string) => Promise<Uint8Array>
}>

/** The certificate as a PDF of one page. */
export async function printed(certificate: Certificate, language: Language, press: Press): Promise<Uint8Array> {
  return press.print(await laidOut(certificate, language, press.fits))
}

/** Its page, with as much on it as has a place there. */
export async function laidOut(certificate: Certificate, language: Language, fits: Press['fits']): Promise<string> {
  const rooms = roomsFor(certificate)
  const page = (room: Room): string => certificateHtml(certificate, language, room)
  // Each way needs no more room than the one before, so the first that fits is found by halves; the last is taken if none does.
  let [from, to] = [0, rooms.length - 1]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    const room = rooms[middle]
    if (room !== undefined && (await fits(page(room)))) to = middle
    else from = middle + 1
  }
  const chosen = rooms[from]
  if (chosen === undefined) throw new RangeError('a certificate has at least one layout')
  return page(chosen)
}
