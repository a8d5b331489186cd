import { fromHex, toHex } from '../values/hex.ts'
import { host, type Misconfiguration, settingsOf, type Written } from './misconfiguration.test-run.ts'
import { strange } from './strange-acquirers.test-run.ts'

const session = (is: string, profile: (written: Written) => void, names: string): Misconfiguration => ({
  is,
  acquirer: () => host(),
  profile,
  names,
})

/** The first terminal of a merchant, to be changed. */
function terminal({ merchants }: Written, merchant = 0, nth = 0): { id: string; masterKey: unknown } {
  const found = merchants[merchant]?.terminals[nth]
  if (found === undefined) throw new RangeError('there is no such terminal')
  return found
}

/** The same frame with another network management code behind the batch in field 60. */
const networkCode =
  (from: string, to: string) =>
  (frame: Uint8Array): Uint8Array =>
    fromHex(toHex(frame).replace(`001100000001${from}0`, `001100000001${to}0`))

export const sessionMisconfigurations: readonly Misconfiguration[] = [
  session(
    'a terminal that the acquirer does not know',
    written => {
      terminal(written).id = 'T9999999'
    },
    'merchants[0].terminals[0].id',
  ),
  session(
    'the second terminal is one that the acquirer does not know',
    written => {
      terminal(written, 0, 1).id = 'T9999998'
    },
    'merchants[0].terminals[1].id',
  ),
  session(
    'a merchant that the acquirer does not know',
    written => {
      for (const merchant of written.merchants.slice(0, 1)) merchant.id = 'M99999999999999'
    },
    'merchants[0].id',
  ),
  session(
    'two merchants whose terminals were exchanged',
    written => {
      terminal(written).id = 'T0000003'
      terminal(written, 1).id = 'T0000001'
    },
    'merchants[0].terminals[0].id',
  ),
  session(
    'the master key of another terminal',
    written => {
      terminal(written).masterKey = terminal(written, 1).masterKey
    },
    'merchants[0].terminals[0].masterKey',
  ),
  {
    is: 'a master key that the acquirer does not have',
    acquirer: () =>
      host({
        stocked: book => {
          terminal(book).masterKey = terminal(book, 0, 1).masterKey
        },
      }),
    profile: () => undefined,
    names: 'merchants[0].terminals[0].masterKey',
  },
  {
    is: 'another way of making a MAC',
    acquirer: () => host({ settings: { mac: 'x9.9' } }),
    profile: () => undefined,
    names: 'dialect.settings.mac',
    to: 'x9.9',
  },
  {
    is: 'the PIN block is without the card number',
    acquirer: () => host({ settings: { pinBlock: 'without PAN' } }),
    profile: () => undefined,
    names: 'dialect.settings.pinBlock',
    to: 'without PAN',
  },
  {
    is: 'the sign-in asks for other keys than the acquirer gives',
    acquirer: () => strange({ request: networkCode('004', '003'), answer: networkCode('003', '004') }),
    profile: written => {
      settingsOf(written).signInKeys = '004'
    },
    names: 'dialect.settings.signInKeys',
    to: '003',
  },
  session(
    'a wrong PIN',
    written => {
      for (const card of written.cards.slice(0, 1)) card.pin = '999999'
    },
    'cards[0].pin',
  ),
  session(
    'a card that nobody issued',
    written => {
      written.cards = written.cards.slice(2)
    },
    'cards[0]',
  ),
  session(
    'a card without funds',
    written => {
      written.cards = written.cards.slice(1)
    },
    'cards[0]',
  ),
  {
    is: 'a check value that is not that of its key',
    acquirer: () => host(),
    profile: written => {
      terminal(written).masterKey = { file: 'keys.yaml', name: 'T0000001' }
    },
    files: {
      'keys.yaml': 'keys:\n  - name: T0000001\n    value: "13131313131313132525252525252525"\n    checkValue: "214F4ABB"\n',
    },
    names: 'keys[0].checkValue',
  },
  {
    is: 'a terminal that does not sign in, where the acquirer wants it to',
    acquirer: () => host(),
    profile: written => {
      written.supports = written.supports.filter(flag => flag !== 'signon')
    },
    names: 'supports',
  },
  {
    ...session(
      'a void without a PIN, where the acquirer wants that of its sale',
      written => {
        written.supports = written.supports.filter(flag => flag !== 'void-pin')
      },
      'supports',
    ),
    cause: 'void without PIN',
  },
  {
    is: 'the MAC key has sixteen bytes',
    acquirer: () => host({ settings: { macKey: '16' } }),
    profile: () => undefined,
    names: 'dialect.settings.macKey',
    notNamed: 'the layout itself tells which it is, so that the setting is not needed: every rung bears',
  },
]
