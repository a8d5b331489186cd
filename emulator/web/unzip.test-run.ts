import { inflateRawSync } from 'node:zlib'

/** The entries of a ZIP archive by name, unpacked. */
export function unzipped(archive: Buffer): ReadonlyMap<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('504b0506', 'hex'))
  const found = new Map<string, Buffer>()
  for (let at = archive.readUInt32LE(end + 16), no = 0; no < archive.readUInt16LE(end + 10); no += 1) {
    const [size, name] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28)]
    const local = archive.readUInt32LE(at + 42)
    const begins = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const packed = archive.subarray(begins, begins + size)
    const isPacked = archive.readUInt16LE(at + 10) === 8
    found.set(archive.toString('utf8', at + 46, at + 46 + name), isPacked ? inflateRawSync(packed) : Buffer.from(packed))
    at += 46 + name + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return found
}
