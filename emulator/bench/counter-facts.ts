import type { Profile, ProfileCard } from '../profile/profile.ts'
import { functionKeys } from '../terminal/key.ts'
import type { Identity } from '../terminal/settings.ts'
import { type Edge, walk } from '../terminal/walk.ts'
import { lineFaults } from '../transport/line-faults.ts'
import type { CounterFacts, WalletCard } from './counter-view.ts'
import type { Staff } from './staff.ts'

/** The power at the worst moment, among the faults of the line. */
export const powerFault = 'power fails before the answer is read'

type Surroundings = Readonly<{
  profile: Profile
  cards: readonly ProfileCard[]
  staff: Pick<Staff, 'operator' | 'password' | 'supervisorPassword'>
  /** Numbers of test cards, about whose PINs nothing is secret. */
  documented: ReadonlySet<string>
}>

/** The walk through the table is the same for every till. */
let arrows: readonly Edge[] | undefined

/** What never changes while a till stands somewhere. */
export function factsOf(
  { profile, cards, staff, documented }: Surroundings,
  { terminalId, merchantId, merchantName }: Identity,
): CounterFacts {
  arrows ??= walk()
  const wallet = cards.map(
    ({ holder, pan, expiry, funds, pin }): WalletCard => ({
      holder,
      masked: pan.masked,
      expiry: `${expiry.slice(2)}/${expiry.slice(0, 2)}`,
      issued: funds !== undefined,
      pinHint: pin !== undefined && documented.has(pan.reveal()),
    }),
  )
  return {
    profile: profile.name,
    acquirer: profile.endpoint?.href ?? 'the embedded reference host',
    terminal: { terminalId, merchantId, merchantName },
    cards: wallet,
    functions: functionKeys,
    faults: [
      ...Object.entries(lineFaults).map(([id, { says }]) => ({ id, says })),
      { id: powerFault, says: 'the acquirer acts and answers, and the power fails before the terminal has read it' },
    ],
    staff: {
      operator: staff.operator,
      password: staff.password.reveal(),
      supervisorPassword: staff.supervisorPassword.reveal(),
    },
    states: [...new Set(arrows.flatMap(({ from, to }) => [from, to]))],
    arrows,
  }
}
