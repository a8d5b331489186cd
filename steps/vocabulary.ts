import { defineParameterType } from '@cucumber/cucumber'
import type { TillRole } from '../emulator/bench/tills.ts'
import { type Amount, yuan } from '../emulator/values/amount.ts'

/** The words of the features, by the names that sentences give them. */
export const words = {
  holder: /Alice|Bob|Carol|Dora/,
  till: /the shop|the second till|the neighbour/,
  amount: /\d+\.\d\d yuan/,
  thing: /sale|void|refund|settlement/,
} as const

// And the values that they stand for.
defineParameterType({ name: 'holder', regexp: words.holder, transformer: (name: string): string => name })

defineParameterType({
  name: 'till',
  regexp: words.till,
  transformer: (role: string): TillRole => role as TillRole,
})

defineParameterType({
  name: 'amount',
  regexp: words.amount,
  transformer: (text: string): Amount => yuan(BigInt(text.replace(' yuan', '').replace('.', ''))),
})

/** What "that" can be. */
export type Thing = 'sale' | 'void' | 'refund' | 'settlement'
defineParameterType({
  name: 'thing',
  regexp: words.thing,
  transformer: (thing: string): Thing => thing as Thing,
})
