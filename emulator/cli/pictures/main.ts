import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { findChromium, startChromium } from '../../browser/chromium.ts'
import { where } from '../../where.ts'
import { notify, print } from '../output.ts'
import { certificatePictures } from './certificate.ts'
import type { Picture } from './picture.ts'
import { smallPng } from './png.ts'
import { everyPortalPage, portalPictures } from './portal.ts'
import { everyReportPage, reportPictures } from './report.ts'
import { everyTerminalPage, terminalPictures } from './terminal.ts'
import { tillPictures } from './till.ts'

// Every picture that is committed, made anew: `npm run pictures [-- NAME…]`, by parts of their names. With `--all FOLDER` the pages in every
// language and width too, for whoever judges their looks: nothing of that is committed.

const committed: readonly Picture[] = [terminalPictures, tillPictures, portalPictures, certificatePictures, ...reportPictures]
const forJudging: readonly Picture[] = [everyTerminalPage, everyPortalPage, everyReportPage]

async function pictures(argv: readonly string[]): Promise<number> {
  const all = argv[0] === '--all'
  const [folder, names] = all ? [resolve(argv[1] ?? 'pictures'), argv.slice(2)] : [where.docs, argv]
  const offered = all ? [...committed, ...forJudging] : committed
  const asked = offered.filter(({ files }) => names.length === 0 || files.some(file => names.some(name => file.includes(name))))
  if (asked.length === 0) {
    notify(`there is no picture called ${names.join(' or ')}; there are ${offered.flatMap(({ files }) => files).join(', ')}`)
    return 5
  }
  const found = findChromium()
  if ('missing' in found) {
    notify(found.missing)
    return 5
  }
  const browser = await startChromium()
  try {
    for (const { files, take } of asked) {
      for (const file of files) await mkdir(dirname(join(folder, file)), { recursive: true })
      await take(browser, folder)
      for (const file of files.map(name => join(folder, name))) {
        await writeFile(file, smallPng(await readFile(file)))
        print(`${relative('.', file)}  ${await kilobytes(file)}`)
      }
    }
  } finally {
    await browser.close()
  }
  return 0
}

async function kilobytes(file: string): Promise<string> {
  return `${Math.ceil((await stat(file)).size / 1000)} kB`
}

process.exitCode = await pictures(process.argv.slice(2))
