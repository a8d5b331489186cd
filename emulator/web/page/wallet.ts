import type { WalletCard } from '../../bench/counter-view.ts'
import { onLanguage, says } from './chosen-language.ts'
import { el } from './dom.ts'
import { draggable } from './drag.ts'

/** What is done with a card of the wallet, by its place in it. */
export type WithCard = Readonly<{
  picked: (no: number, byKeyboard: boolean) => void
  dropped: (no: number, on: Element) => void
  wantsPin: (no: number) => void
}>

export type Wallet = Readonly<{
  inHand: (no: number | undefined) => void
  tellPin: (no: number, pin: string) => void
  focus: (no: number) => void
}>

/** The cards of the profile, masked; the PIN of a documented test card shows while somebody points at it. */
export function wallet(place: HTMLElement, cards: readonly WalletCard[], withCard: WithCard): Wallet {
  const buttons = cards.map((card, no) => cardButton(card, no, withCard))
  place.replaceChildren(el('ul', { class: 'cards' }, ...buttons.map(button => el('li', {}, button))))
  return {
    inHand: held => {
      for (const [no, button] of buttons.entries()) button.setAttribute('aria-pressed', String(no === held))
    },
    tellPin: (no, pin) => {
      const button = buttons[no]
      const spot = button?.querySelector('.pin')
      if (spot && button?.matches(':hover, :focus')) spot.textContent = `${says().pin} ${pin}`
    },
    focus: no => buttons[no]?.focus(),
  }
}

function cardButton(card: WalletCard, no: number, withCard: WithCard): HTMLButtonElement {
  const terms = el('span', { class: 'terms' })
  const pin = el('span', { class: 'pin' })
  const button = el(
    'button',
    { type: 'button', class: `card tone-${no % 7}`, 'aria-pressed': 'false', 'data-card': no },
    el('span', { class: 'stripe-mark', 'aria-hidden': true }),
    el('span', { class: 'number' }, card.masked),
    el('span', { class: 'holder' }, card.holder),
    terms,
    pin,
  )
  const label = (): void => {
    terms.textContent = card.issued ? `${says().expires} ${card.expiry}` : says().notIssued
  }
  label()
  onLanguage(label)
  if (card.pinHint) for (const type of ['pointerenter', 'focus']) button.addEventListener(type, () => withCard.wantsPin(no))
  for (const type of ['pointerleave', 'blur'])
    button.addEventListener(type, () => {
      if (!button.matches(':hover, :focus')) pin.textContent = ''
    })
  // `detail` counts clicks of a pointer: none when the key did it.
  draggable(button, { tapped: event => withCard.picked(no, event.detail === 0), dropped: on => withCard.dropped(no, on) })
  return button
}
