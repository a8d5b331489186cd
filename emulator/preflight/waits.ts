/** How long preflight waits, in milliseconds of the clock on the wall. */
export type Waits = Readonly<{
  /** For a name, a connection and a handshake, each. */
  connect: number
  /** For bytes that come before we have sent any. */
  greeting: number
  /** For the first byte of an answer. A line that stays silent is left open and listened to while other ways are tried. */
  answer: number
  /** For more bytes after some that are no answer yet. */
  settle: number
  /** For the first byte of an answer to a message that was said in another way than the profile's. */
  alternative: number
  /** For all other ways together. */
  alternatives: number
  /** For an answer to a message about money, which is given all the time that the profile gives it, up to this. */
  money: number
}>

/** What a person in front of a screen will wait for: a broken rung is named within 15 seconds. */
export const patient: Waits = {
  connect: 5000,
  greeting: 300,
  answer: 3000,
  settle: 300,
  alternative: 700,
  alternatives: 7000,
  money: 60_000,
}
