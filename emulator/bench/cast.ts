import type { Card } from '../card/card.ts'
import type { Profile, ProfileCard } from '../profile/profile.ts'
import { Amount, yuan } from '../values/amount.ts'
import { Secret } from '../values/secret.ts'

/** The people of a scenario, each with a card of this worker's own set: nobody else moves its balance meanwhile. */
export class Cast {
  readonly #cards: readonly ProfileCard[]

  constructor(profile: Profile, set: number) {
    this.#cards = profile.cards.filter(card => card.set === set)
  }

  /** @throws Error when the profile has no card for this person. */
  card(holder: string): Card {
    return this.#find(card => card.holder === holder && card.funds !== undefined, `a card for ${holder}`)
  }

  /** @throws Error when the person's card has no PIN. */
  pin(holder: string): Secret {
    const { pin } = this.card(holder)
    if (pin === undefined) throw new Error(`the card of ${holder} has no PIN in the profile`)
    return pin
  }

  /** Another PIN of the same length. */
  wrongPin(holder: string): Secret {
    return otherPin(this.pin(holder))
  }

  /** A card that nobody issued. */
  stranger(): Card {
    return this.#find(card => card.funds === undefined, 'a card that nobody issued')
  }

  /** One minor unit more than the card may spend. */
  tooMuch(holder: string): Amount {
    const { funds } = this.#find(card => card.holder === holder && card.funds !== undefined, `a card for ${holder}`)
    return (funds ?? yuan(0n)).plus(new Amount(1n, (funds ?? yuan(0n)).currency))
  }

  #find(wanted: (card: ProfileCard) => boolean, what: string): ProfileCard {
    const found = this.#cards.find(wanted)
    if (found === undefined) throw new Error(`the profile lists no ${what} in this set`)
    return found
  }
}

/** Each digit one higher. */
export function otherPin(pin: Secret | undefined): Secret {
  const digits = pin?.reveal() ?? '000000'
  return new Secret([...digits].map(digit => String((Number(digit) + 1) % 10)).join(''))
}
