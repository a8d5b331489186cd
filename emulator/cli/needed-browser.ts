import { UsageError } from './complaint.ts'

/**
 * Sees to it that there is a browser before a run that cannot do without begins.
 *
 * @param visited  what it is for: `the back office of the profile`
 * @throws UsageError with the one command that gets it
 */
export async function browserFor(visited: string): Promise<void> {
  // Only here: a run that needs no browser loads none.
  const { openPress } = await import('../browser/press.ts')
  const press = await openPress()
  if ('missing' in press)
    throw new UsageError(`${visited} is visited in a browser, and there is none that could be started`, press.missing)
  await press.close()
}
