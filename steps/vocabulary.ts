import { defineParameterType } from '@cucumber/cucumber'
import type { TillRole } from '../emulator/bench/tills.ts'
import { type Amount, yuan } from '../emulator/values/amount.ts'

/** The words of the features, and the values they stand for. */
defineParameterType({ name: 'holder', regexp: /Alice|Bob|Carol|Dora/, transformer: (name: string): string => name })

defineParameterType({
  name: 'till',
  regexp: /the shop|the second till|the neighbour/,
  transformer: (role: string): TillRole => role as TillRole,
})

defineParameterType({
  name: 'amount',
  regexp: /\d+\.\d\d yuan/,
  transformer: (text: string): Amount => yuan(BigInt(text.replace(' yuan', '').replace('.', ''))),
})

/** What "that" can be. */
export type Thing = 'sale' | 'void' | 'refund' | 'settlement'
defineParameterType({
  name: 'thing',
  regexp: /sale|void|refund|settlement/,
  transformer: (thing: string): Thing => thing as Thing,
})
