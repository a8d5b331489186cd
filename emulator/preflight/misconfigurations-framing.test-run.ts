import { host, type Misconfiguration, settingsOf } from './misconfiguration.test-run.ts'

const setting = (name: string): string => `dialect.settings.${name}`

/** A host of ours that frames otherwise than the profile says, which has the usual framing of the dialect. */
function framed(is: string, name: string, to: string, more: Record<string, string> = {}): Misconfiguration {
  return { is, acquirer: () => host({ settings: { [name]: to, ...more } }), profile: () => undefined, names: setting(name), to }
}

/** The reverse: the host is as usual, and the profile says something else. */
function misframed(is: string, name: string, wrong: string, right: string): Misconfiguration {
  return {
    is,
    acquirer: () => host(),
    profile: written => {
      settingsOf(written)[name] = wrong
    },
    names: setting(name),
    to: right,
  }
}

export const framingMisconfigurations: readonly Misconfiguration[] = [
  framed('the length is four characters', 'length', 'ascii 4'),
  framed('the length is four packed digits', 'length', 'bcd 2'),
  framed('the length has four bytes', 'length', 'binary 4'),
  framed('the length has its low byte first', 'length', 'little endian 2'),
  framed('the length counts itself', 'lengthCounts', 'itself too'),
  framed('the length counts the message only', 'lengthCounts', 'the message only'),
  framed('there is no TPDU', 'tpdu', 'none'),
  framed('there is no header', 'header', 'none'),
  misframed('the profile has four characters where two bytes are due', 'length', 'ascii 4', 'binary 2'),
  misframed('the profile counts the length itself', 'lengthCounts', 'itself too', 'the rest'),
  misframed('the profile has no TPDU', 'tpdu', 'none', '6000060000'),
  misframed('the profile has no header', 'header', 'none', '603100311001'),
  framed('four characters that count themselves', 'length', 'ascii 4', { lengthCounts: 'itself too' }),
]
