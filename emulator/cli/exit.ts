/** What the exit code of every command means. `usage` is before the first byte; afterwards the first that holds counts: failed, ours, inconclusive, ok. */
export const exit = {
  /** Everything that was asked for holds. */
  ok: 0,
  /** An applicable MUST row of the acquirer failed without an unexpired deviation. */
  failed: 1,
  /** Our own error, a failed row of the instrument, or no verdict at all. */
  ours: 2,
  /** Inconclusive or untested rows, an interrupted run, or a frame that could not be read to its end. */
  inconclusive: 3,
  /** The profile or the arguments, before the first byte left. */
  usage: 5,
} as const

export type ExitCode = (typeof exit)[keyof typeof exit]
