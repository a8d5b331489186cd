/** Results, for people and programs. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** What is happening, and what went wrong. */
export function notify(text: string): void {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** One JSON document, indented. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

/** A reader that stops early (`| head`) has what it wanted. */
export function stopQuietlyWithReader(): void {
  process.stdout.off('error', broken).on('error', broken)
}

function broken(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit()
  throw error
}
