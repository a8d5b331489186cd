import type { Dialect } from './dialect.ts'

/**
 * How the keys of a sign-in lie in their field: `001`, `003` or `004`, as UnionPay's network management codes name the layouts. Where the code
 * asks for them, the code; else what the dialect's settings say.
 */
export function keyLayoutOf({ settings }: Dialect, networkCode: string | undefined): string {
  return String(settings.keyLayout ?? networkCode ?? settings.signInKeys ?? '003')
}
