import { Pan } from '../values/pan.ts'
import type { ReadCard } from '../values/request.ts'
import { Track2 } from '../values/track2.ts'
import type { Card } from './card.ts'

/** Issuer digits at the end of the track: a key index, a PIN verification value and a card check value, all plain zeros. */
const issuerDigits = '0'.repeat(10)

/**
 * What a reader gets when the card is swiped.
 *
 * @source ISO/IEC 7813: number, separator, expiry YYMM, service code, issuer digits; 37 characters at most
 * @example swipe(card).track2.reveal() // 6212142000000000012D33121200000000000
 */
export function swipe(card: Card): Extract<ReadCard, { entry: 'swiped' }> {
  const track2 = new Track2(`${card.pan.reveal()}D${card.expiry}${card.serviceCode}${issuerDigits}`.slice(0, 37))
  return { entry: 'swiped', pan: card.pan, track2, expiry: card.expiry }
}

/** What the terminal has when number and expiry were keyed by hand. */
export function key(card: Card): ReadCard {
  return { entry: 'keyed', pan: card.pan, expiry: card.expiry }
}

/**
 * A card whose stripe is damaged in one digit of the number: the track says another number than the one embossed.
 *
 * @param at  Position of the changed digit, counted from 0.
 */
export function swipeMisread(card: Card, at: number): ReadCard {
  const digits = card.pan.reveal()
  const other = String((Number(digits[at] ?? '0') + 1) % 10)
  return swipe({ ...card, pan: new Pan(digits.slice(0, at) + other + digits.slice(at + 1)) })
}
