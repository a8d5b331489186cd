/** One instant as the host's business sees it. */
export type Moment = Readonly<{
  /** Milliseconds since 1970. */
  millis: number
  /** hhmmss and MMDD in the host's zone: fields 12 and 13 of its answers. */
  localTime: string
  localDate: string
  /** YY. */
  localYear: string
  /** YYYY-MM-DD: the day that transactions of this instant belong to. */
  businessDate: string
}>

/** MMDD of a business date. */
export const monthAndDay = (businessDate: string): string => businessDate.slice(5, 7) + businessDate.slice(8, 10)

/** YYMM of a business date: what a card's expiry is compared with. */
export const yearAndMonth = (businessDate: string): string => businessDate.slice(2, 4) + businessDate.slice(5, 7)

/** Whole days from one business date to a later one. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

/** The business date after this one. */
export const dayAfter = (businessDate: string): string =>
  new Date(Date.parse(`${businessDate}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

const quarter = 900_000
const offsets = new Map<string, number>()

/** Milliseconds that a zone is ahead of UTC at an instant. Zones change on quarters of an hour, so a quarter is asked for once. */
function offsetAt(millis: number, zone: string): number {
  const start = millis - (millis % quarter)
  const key = `${zone} ${start}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' })
  const of = Object.fromEntries(parts.formatToParts(start).map(part => [part.type, Number(part.value)]))
  const wall = Date.UTC(of.year ?? 0, (of.month ?? 1) - 1, of.day, of.hour, of.minute, of.second)
  const offset = wall - start
  if (offsets.size > 1000) offsets.clear()
  offsets.set(key, offset)
  return offset
}

/** The day that an instant belongs to when a day ends at `cutoff` (`'23:00'`), midnight where there is none. */
export function dayOf(millis: number, zone: string, cutoff?: string): string {
  const wall = millis + offsetAt(millis, zone)
  if (cutoff === undefined) return new Date(wall).toISOString().slice(0, 10)
  const [hours = 24, minutes = 0] = cutoff.split(':').map(Number)
  return new Date(wall + 86_400_000 - (hours * 60 + minutes) * 60_000).toISOString().slice(0, 10)
}

/** An instant in the host's zone. A day that was closed by hand is over even where the clock has not reached its end. */
export function momentAt(millis: number, zone: string, cutoff?: string, closedUpTo?: string): Moment {
  const wall = new Date(millis + offsetAt(millis, zone)).toISOString()
  const day = dayOf(millis, zone, cutoff)
  return {
    millis,
    localTime: wall.slice(11, 13) + wall.slice(14, 16) + wall.slice(17, 19),
    localDate: monthAndDay(wall),
    localYear: wall.slice(2, 4),
    businessDate: closedUpTo !== undefined && closedUpTo >= day ? dayAfter(closedUpTo) : day,
  }
}

/** `2026-06-01T10:15:00+08:00`: the instant in its zone, for people. */
export function isoIn(millis: number, zone: string): string {
  const offset = offsetAt(millis, zone)
  const minutes = Math.abs(offset) / 60_000
  const two = (value: number) => String(Math.trunc(value)).padStart(2, '0')
  const wall = new Date(millis + offset).toISOString().slice(0, 19)
  return `${wall}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}
