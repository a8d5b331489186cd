/** An instant as messages write it, two digits each but for `year`. */
export type Clock = Readonly<{ year: string; month: string; day: string; hour: string; minute: string; second: string }>

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const two = '2-digit'
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: two, day: two, hour: two, minute: two, second: two },
  })
  formats.set(zone, format)
  return format
}

/**
 * What the clocks of a zone show at an instant.
 *
 * @param at  ISO 8601: `2026-06-01T02:15:00.000Z`
 */
export function clockAt(at: string, zone: string): Clock {
  const shown = new Map(
    formatOf(zone)
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, value]),
  )
  const of = (part: Intl.DateTimeFormatPartTypes): string => shown.get(part) ?? '00'
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute'), second: of('second') }
}

/** MMDD. */
export const dateOf = ({ month, day }: Clock): string => month + day
/** hhmmss. */
export const timeOf = ({ hour, minute, second }: Clock): string => hour + minute + second
/** YY. */
export const yearOf = ({ year }: Clock): string => year.slice(-2)
