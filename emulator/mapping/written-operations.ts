import type { MappedOperation, WrittenMapping, WrittenOperation } from './form.ts'

/** Operations by name, with their own type of name. */
export function entriesOf(
  operations: WrittenMapping['operations'],
): readonly (readonly [MappedOperation, WrittenOperation | undefined])[] {
  // The form lets no other name through.
  return Object.entries(operations) as [MappedOperation, WrittenOperation | undefined][]
}
