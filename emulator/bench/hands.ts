import type { Card } from '../card/card.ts'
import { swipe } from '../card/magstripe.ts'
import type { FunctionKey, Key } from '../terminal/key.ts'
import type { Slip } from '../terminal/slip.ts'
import type { At } from '../terminal/state.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { ReadCard } from '../values/request.ts'

/** Two pairs of hands, one terminal: pressed by direct calls, or through the page on the same terminal. */
export interface Hands {
  press(key: Key): Promise<void>
  /** Presses digit keys, one after the other. */
  type(digits: string): Promise<void>
  present(card: ReadCard): Promise<void>
  /** Puts the plug back in: the terminal brings what was going on to its end. */
  plugIn(): Promise<void>
  /** What the till asks for, by the name of its state. */
  asks(): At
  shows(): readonly string[]
  slips(): readonly Slip[]
}

/** Hands on the terminal itself. */
export function handsOn(terminal: Terminal): Hands {
  return {
    press: key => terminal.press(key),
    type: digits => terminal.type(digits),
    present: card => terminal.present(card),
    plugIn: () => terminal.powerUp(),
    asks: () => terminal.state().at,
    shows: () => terminal.shows(),
    slips: () => terminal.slips(),
  }
}

/** What an operator does at each prompt. At a prompt that is not in it the operator stops. */
export type Script = Readonly<Partial<Record<At, (hands: Hands) => Promise<void>>>>

/**
 * Presses a function key and answers prompts until the till asks for something that the script does not know: usually because it is done.
 *
 * @throws Error when the till asks for the same things for ever.
 */
export async function operate(hands: Hands, start: FunctionKey, script: Script): Promise<void> {
  await hands.press(start)
  for (let prompts = 0; prompts < 24; prompts += 1) {
    const answer = script[hands.asks()]
    if (answer === undefined) return
    await answer(hands)
  }
  throw new Error(`the till asks for ever: ${hands.asks()}`)
}

/** Types digits and presses Enter. */
export const keys =
  (digits: string) =>
  async (hands: Hands): Promise<void> => {
    await hands.type(digits)
    await hands.press('enter')
  }

export const enter = (hands: Hands): Promise<void> => hands.press('enter')
export const cancel = (hands: Hands): Promise<void> => hands.press('cancel')
export const swipes =
  (card: Card) =>
  (hands: Hands): Promise<void> =>
    hands.present(swipe(card))

/** The prompts for a card, for one that is swiped or whose number is keyed. */
export function cardPrompts(card: Card, how: 'swiped' | 'keyed'): Script {
  if (how === 'swiped') return { 'awaiting card': swipes(card) }
  return { 'awaiting card': keys(card.pan.reveal()), 'keying number': enter, 'keying expiry': keys(card.expiry) }
}
