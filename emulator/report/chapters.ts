/** A chapter of the requirement set: the letters before the number of an id, and what they stand for. */
export type Chapter = Readonly<{ id: string; title: string }>

const chapters = [
  { id: 'MSG', title: 'Messages' },
  { id: 'SIGN', title: 'Sign-in and echo test' },
  { id: 'SALE', title: 'Sales' },
  { id: 'INQ', title: 'Balance inquiry' },
  { id: 'VOID', title: 'Voids' },
  { id: 'DUP', title: 'Duplicates and repeats' },
  { id: 'REV', title: 'Reversals and late answers' },
  { id: 'REF', title: 'Refunds' },
  { id: 'PRE', title: 'Pre-authorisation' },
  { id: 'ADJ', title: 'Tips and adjustments' },
  { id: 'SETL', title: 'Settlement' },
  { id: 'CONC', title: 'Competing operations' },
  { id: 'LEDG', title: 'Money' },
  { id: 'TERM', title: 'Operator flow' },
  { id: 'OFF', title: 'Offline sales' },
  { id: 'EMV', title: 'Chip and contactless' },
  { id: 'RCPT', title: 'Slips' },
  { id: 'SEC', title: 'Access, keys, data' },
  { id: 'NET', title: 'Link and time-outs' },
  { id: 'HTTP', title: 'HTTP interface' },
  { id: 'DESK', title: 'Back office' },
] as const satisfies readonly Chapter[]

/** The letters of every chapter that we have a title for. */
export type ChapterId = (typeof chapters)[number]['id']

/** The chapter of a requirement id: `VOID` of `VOID-013`. A chapter we have no title for is titled by its letters. */
export function chapterOf(id: string): Chapter {
  const letters = /^[A-Z]+/.exec(id)?.[0] ?? id
  return chapters.find(chapter => chapter.id === letters) ?? { id: letters, title: letters }
}

/** Things with an id, by chapter, in the order of the requirement set; chapters we do not know come last. */
export function byChapter<T extends Readonly<{ id: string }>>(
  rows: readonly T[],
): readonly Readonly<{ chapter: Chapter; rows: readonly T[] }>[] {
  const groups = Map.groupBy(rows, row => chapterOf(row.id).id)
  const place = (id: string): number => {
    const at = chapters.findIndex(chapter => chapter.id === id)
    return at < 0 ? chapters.length : at
  }
  return [...groups]
    .sort(([one], [other]) => place(one) - place(other))
    .map(([id, members]) => ({ chapter: chapterOf(id), rows: members.toSorted((a, b) => a.id.localeCompare(b.id)) }))
}
