import type { Pan } from '../values/pan.ts'
import type { Secret } from '../values/secret.ts'

/**
 * A person with a card.
 *
 * `expiry` is YYMM. `serviceCode` has three digits; 120 says stripe, domestic and abroad, PIN not demanded by the stripe itself.
 */
export type Card = Readonly<{ holder: string; pan: Pan; expiry: string; serviceCode: string; pin?: Secret }>
