import type { Compared } from './doors-comparison.ts'

/** Rows that do not apply at some doors, for one reason: `iso8583-1993, tls`, `the profile does not claim mac`, `SEC-002 SEC-003/terminal`. */
export type Reason = Readonly<{ doors: string; because: string; rows: readonly string[] }>

/** Rows with the same reason at the same doors, together, in the order of the suite. */
export function reasonsOf({ doors, notApplicable }: Compared): readonly Reason[] {
  const names = doors.map(({ door }) => door)
  const reasons = new Map<string, { doors: string; because: string; rows: string[] }>()
  for (const { id, part, at } of notApplicable)
    for (const [because, where] of Map.groupBy(at, one => one.because)) {
      const said = namesOf(
        where.map(({ door }) => door),
        names,
      )
      const reason = reasons.get(`${said}: ${because}`) ?? { doors: said, because, rows: [] }
      reasons.set(`${said}: ${because}`, reason)
      reason.rows.push(part === 'instrument' ? `${id}/terminal` : id)
    }
  return [...reasons.values()]
}

/** `all but json-http` where that is shorter to say. */
function namesOf(some: readonly string[], all: readonly string[]): string {
  const others = all.filter(name => !some.includes(name))
  return all.length > 3 && others.length < some.length / 2 ? `all but ${others.join(', ')}` : some.join(', ')
}
