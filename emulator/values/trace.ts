/**
 * The trace number after this one: six digits that wrap from 999999 to 000001. Zero is no trace number.
 *
 * @example nextTrace('999999') // '000001'
 */
export function nextTrace(trace: string): string {
  const next = Number(trace) + 1
  return String(next > 999_999 ? 1 : next).padStart(6, '0')
}

/** The batch number after this one, which wraps in the same way. */
export function nextBatch(batch: string): string {
  return nextTrace(batch)
}
