/** The host's clock. `advance` moves it on for tests of windows; `tick` is called once per request. */
export interface Clock {
  millis(): number
  tick(): void
  advance(seconds: number): void
}

/** Where a virtual clock starts: a Monday morning in Shanghai. */
const start = Date.parse('2026-06-01T10:15:00+08:00')

/** A clock that moves by one second per request, so that two runs of the same requests see the same times. */
export function virtualClock(from = start): Clock {
  let now = from
  return {
    millis: () => now,
    tick: () => {
      now += 1000
    },
    advance: seconds => {
      now += seconds * 1000
    },
  }
}

/** The clock on the wall, and what was added to it. */
export function realClock(): Clock {
  let ahead = 0
  return {
    millis: () => Date.now() + ahead,
    tick: () => undefined,
    advance: seconds => {
      ahead += seconds * 1000
    },
  }
}
