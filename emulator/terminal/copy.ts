import type { Request } from '../values/request.ts'

/**
 * Whether a request is one that was sent before, once more: the same operation under the same number, about the same. Another content under that
 * number is a clash and no copy.
 */
export function isCopy(first: Request, request: Request): boolean {
  return (
    request.trace !== undefined &&
    first.operation === request.operation &&
    first.trace === request.trace &&
    first.batch === request.batch &&
    first.terminalId === request.terminalId &&
    first.merchantId === request.merchantId &&
    same(first.amount, request.amount) &&
    same(first.card?.pan, request.card?.pan) &&
    first.original?.trace === request.original?.trace &&
    first.original?.reference === request.original?.reference
  )
}

type Comparable<T> = Readonly<{ equals: (other: T) => boolean }>

const same = <T extends Comparable<T>>(one: T | undefined, other: T | undefined): boolean =>
  one === undefined || other === undefined ? one === other : one.equals(other)
