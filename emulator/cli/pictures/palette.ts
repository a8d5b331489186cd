/** How often a colour, 24 bits, stands in a picture. */
type Counted = Readonly<{ colour: number; count: number }>

const shifts: readonly number[] = [16, 8, 0]
const channel = (colour: number, shift: number): number => (colour >> shift) & 0xff

/**
 * At most 256 colours that stand for all of these, by median cut: the colours are split in two where they differ most and are most frequent, again
 * and again. A picture with fewer keeps every one.
 *
 * @returns the palette, and for each dot the place of its colour there
 */
export function paletteOf(colours: Uint32Array): Readonly<{ palette: readonly number[]; places: Uint8Array }> {
  const counts = new Map<number, number>()
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const boxes = split([...counts].map(([colour, count]) => ({ colour, count })))
  const placeOf = new Map(boxes.flatMap((box, at) => box.map(({ colour }) => [colour, at] as const)))
  return { palette: boxes.map(mean), places: Uint8Array.from(colours, colour => placeOf.get(colour) ?? 0) }
}

function split(all: readonly Counted[]): readonly (readonly Counted[])[] {
  const boxes: (readonly Counted[])[] = [all]
  while (boxes.length < 256) {
    const widest = boxes
      .map((box, at) => ({ at, box, weight: weightOf(box) }))
      .reduce((one, other) => (other.weight > one.weight ? other : one))
    if (widest.weight === 0) return boxes
    boxes.splice(widest.at, 1, ...halves(widest.box))
  }
  return boxes
}

/** How much is lost by taking one colour for all of these; none, if they are one. */
const weightOf = (box: readonly Counted[]): number => widestChannel(box).range ** 2 * Math.sqrt(total(box))

const total = (box: readonly Counted[]): number => box.reduce((sum, { count }) => sum + count, 0)

function widestChannel(box: readonly Counted[]): Readonly<{ shift: number; range: number }> {
  return shifts
    .map(shift => {
      let [least, most] = [255, 0]
      for (const { colour } of box) {
        least = Math.min(least, channel(colour, shift))
        most = Math.max(most, channel(colour, shift))
      }
      return { shift, range: Math.max(0, most - least) }
    })
    .reduce((one, other) => (other.range > one.range ? other : one), { shift: 0, range: 0 })
}

function halves(box: readonly Counted[]): readonly [readonly Counted[], readonly Counted[]] {
  const { shift } = widestChannel(box)
  const sorted = box.toSorted((one, other) => channel(one.colour, shift) - channel(other.colour, shift))
  const half = total(sorted) / 2
  let seen = 0
  const middle = sorted.findIndex(({ count }) => {
    seen += count
    return seen >= half
  })
  const cut = Math.min(Math.max(1, middle), sorted.length - 1)
  return [sorted.slice(0, cut), sorted.slice(cut)]
}

function mean(box: readonly Counted[]): number {
  const all = total(box)
  return shifts.reduce((colour, shift) => {
    const sum = box.reduce((part, each) => part + channel(each.colour, shift) * each.count, 0)
    return colour + (Math.round(sum / all) << shift)
  }, 0)
}
