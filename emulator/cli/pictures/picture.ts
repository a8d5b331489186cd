import type { Browser } from 'playwright'

/** One picture, or a few that one visit gives: their files, and how they are taken into a folder. */
export type Picture = Readonly<{
  /** Names of the files, such as `terminal.png`. */
  files: readonly string[]
  /** Takes them all; `folder` is there. */
  take: (browser: Browser, folder: string) => Promise<void>
}>
