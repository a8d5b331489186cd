import type { WrittenMapping, WrittenRule } from './form.ts'
import { entriesOf } from './written-operations.ts'

/** Every entry that is marked as unverified, by its place in words. */
export function unverifiedIn(written: WrittenMapping): readonly string[] {
  const found: string[] = []
  const look = (what: string, entry: Readonly<{ confidence?: string | undefined }> | undefined): void => {
    if (entry?.confidence === 'unverified') found.push(what)
  }
  const rules = (what: string, list: readonly WrittenRule[]): void => {
    for (const rule of list) look(`${what}, rule ${rule.id}`, rule)
  }
  for (const [name, operation] of entriesOf(written.operations)) {
    if (operation === undefined) continue
    look(name, operation)
    if (operation.idempotency?.carrier !== 'none') look(`${name}, idempotency`, operation.idempotency)
    if (Array.isArray(operation.classify)) rules(name, operation.classify)
    if (operation.followUp?.classify !== undefined) rules(`${name}, follow-up`, operation.followUp.classify)
    for (const call of operation.calls ?? []) rules(`${name}, call ${call.id}`, call.classify)
  }
  return found
}
