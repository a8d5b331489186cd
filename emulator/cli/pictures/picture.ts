import type { Browser } from 'playwright'

/** One picture, or a few that one visit gives: their files, and how they are taken into a folder. */
export type Picture = Readonly<{
  /** Names of the files, such as `terminal.png`, below the folder of all pictures. */
  files: readonly string[]
  /** Takes them all; `folder` and those below it are there. */
  take: (browser: Browser, folder: string) => Promise<void>
}>
