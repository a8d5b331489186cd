const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50

/** An entry of a ZIP archive: its name, where its data begins, and its line in the directory. */
type ZipEntry = Readonly<{ name: string; at: number; line: Buffer }>

/**
 * The archive with those of its entries only that are wanted, as they are. Nothing is unpacked.
 *
 * @param archive  a ZIP archive of less than 4 GiB and 65535 entries
 * @throws RangeError when it is none
 * @source PKWARE APPNOTE 6.3.10, sections 4.3.7 to 4.3.16
 */
export function onlyEntries(archive: Buffer, wanted: (name: string) => boolean): Buffer {
  const end = archive.lastIndexOf(Buffer.from('504b0506', 'hex'))
  if (end < 0 || archive.readUInt32LE(end) !== endOfDirectory) throw new RangeError('this is no ZIP archive')
  const directory = archive.readUInt32LE(end + 16)
  const entries = entriesOf(archive, directory, archive.readUInt16LE(end + 10)).toSorted((one, other) => one.at - other.at)
  const parts: Buffer[] = []
  const lines: Buffer[] = []
  let size = 0
  for (const [no, { name, at, line }] of entries.entries()) {
    if (!wanted(name)) continue
    // What belongs to an entry ends where the next one begins.
    const data = archive.subarray(at, entries[no + 1]?.at ?? directory)
    const moved = Buffer.from(line)
    moved.writeUInt32LE(size, 42)
    parts.push(data)
    lines.push(moved)
    size += data.length
  }
  const written = Buffer.concat(lines)
  const last = Buffer.alloc(22)
  last.writeUInt32LE(endOfDirectory, 0)
  last.writeUInt16LE(lines.length, 8)
  last.writeUInt16LE(lines.length, 10)
  last.writeUInt32LE(written.length, 12)
  last.writeUInt32LE(size, 16)
  return Buffer.concat([...parts, written, last])
}

function entriesOf(archive: Buffer, directory: number, count: number): readonly ZipEntry[] {
  const entries: ZipEntry[] = []
  for (let at = directory; entries.length < count; ) {
    if (archive.readUInt32LE(at) !== directoryEntry) throw new RangeError(`the directory of this ZIP archive ends at byte ${at}`)
    const [name, extra, comment] = [archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32)]
    const next = at + 46 + name + extra + comment
    entries.push({
      name: archive.toString('utf8', at + 46, at + 46 + name),
      at: archive.readUInt32LE(at + 42),
      line: archive.subarray(at, next),
    })
    at = next
  }
  return entries
}
