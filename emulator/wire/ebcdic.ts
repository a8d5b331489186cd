/**
 * EBCDIC, code page 037 (US, Canada): for each byte, from 00 in rows of sixteen, the character of ISO 8859-1. Every byte has one, and every
 * character of ISO 8859-1 a byte.
 *
 * @source Unicode Consortium, mapping table CP037.TXT
 */
const rows = [
  '000102039C09867F978D8E0B0C0D0E0F',
  '101112139D8508871819928F1C1D1E1F',
  '80818283840A171B88898A8B8C050607',
  '909116939495960498999A9B14159E1A',
  '20A0E2E4E0E1E3E5E7F1A22E3C282B7C',
  '26E9EAEBE8EDEEEFECDF21242A293BAC',
  '2D2FC2C4C0C1C3C5C7D1A62C255F3E3F',
  'F8C9CACBC8CDCECFCC603A2340273D22',
  'D8616263646566676869ABBBF0FDFEB1',
  'B06A6B6C6D6E6F707172AABAE6B8C6A4',
  'B57E737475767778797AA1BFD0DDDEAE',
  '5EA3A5B7A9A7B6BCBDBE5B5DAFA8B4D7',
  '7B414243444546474849ADF4F6F2F3F5',
  '7D4A4B4C4D4E4F505152B9FBFCF9FAFF',
  '5CF7535455565758595AB2D4D6D2D3D5',
  '30313233343536373839B3DBDCD9DA9F',
] as const

const latin1OfEbcdic: Uint8Array = Uint8Array.from(Buffer.from(rows.join(''), 'hex'))

const ebcdicOfLatin1: Uint8Array = new Uint8Array(256)
for (const [byte, code] of latin1OfEbcdic.entries()) ebcdicOfLatin1[code] = byte

/** The code in ISO 8859-1, which is that of ASCII as far as ASCII goes, of a byte of EBCDIC. */
export function latin1Of(byte: number): number {
  return latin1OfEbcdic[byte] ?? 0
}

/** These bytes as text, one character for each. */
export function ebcdicText(frame: Uint8Array, at: number, bytes: number): string {
  let text = ''
  for (let from = at; from < at + bytes; from += 1) text += String.fromCharCode(latin1OfEbcdic[frame[from] ?? 0] ?? 0)
  return text
}

/** Turns bytes that stand there in ISO 8859-1 into EBCDIC. */
export function toEbcdic(into: Uint8Array, at: number, end: number): void {
  for (let to = at; to < end; to += 1) into[to] = ebcdicOfLatin1[into[to] ?? 0] ?? 0
}
