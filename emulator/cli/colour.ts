/** Paints a text with an ANSI code (`32`), or leaves it as it is. */
export type Paint = (text: string, ansi: string) => string

/**
 * Whether a stream takes colours: a terminal does, unless `--no-color` or NO_COLOR (https://no-color.org: any text but an empty one) says no;
 * FORCE_COLOR says yes to a pipe.
 *
 * @param flag  What commander makes of `--no-color`: `false` when it was given.
 */
export function colourful(
  stream: Readonly<{ isTTY?: boolean }>,
  environment: Readonly<Record<string, string | undefined>>,
  flag = true,
): boolean {
  if (!flag || said(environment.NO_COLOR)) return false
  return stream.isTTY === true || said(environment.FORCE_COLOR)
}

export function painter(colour: boolean): Paint {
  return colour ? (text, ansi) => `\u001B[${ansi}m${text}\u001B[0m` : text => text
}

const said = (value: string | undefined): boolean => value !== undefined && value !== ''
