import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Press } from '../browser/press.ts'
import { certificateOf } from '../certificate/certificate.ts'
import { printed } from '../certificate/print.ts'
import type { Language } from '../certificate/words.ts'
import { UsageError } from './complaint.ts'
import { readResult } from './kept-result.ts'

/** What has to be drawn on a certificate: in which language, and about whom. */
type Wanted = Readonly<{ language: Language; name: string }>

/**
 * Looks whether a certificate could be printed here, for runs that are to end with one.
 *
 * @throws UsageError saying what is missing, and the one command that gets it
 */
export async function seeThatItPrints(wanted: Wanted): Promise<void> {
  await withPress(wanted, async () => undefined)
}

/**
 * Prints the certificate of a run as a PDF of one page.
 *
 * @param out  `certificate.pdf` in the folder of the run unless given; its folder is made if need be.
 * @returns    where it lies
 * @throws     UsageError
 */
export async function printCertificate(run: string, language: Language, out?: string): Promise<string> {
  const { folder, result, digests } = await readResult(run)
  const file = out === undefined ? join(folder, 'certificate.pdf') : resolve(out)
  const certificate = certificateOf(result, digests)
  const pdf = await withPress({ language, name: result.run.profile.name }, press => printed(certificate, language, press))
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, pdf)
  } catch (cause) {
    const says = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`${file} cannot be written: ${says}`, 'Name another file with --out.', { cause })
  }
  return file
}

/** A browser takes a moment to load: only whoever prints waits for it. */
async function withPress<T>({ language, name }: Wanted, does: (press: Press) => Promise<T>): Promise<T> {
  const { openPress } = await import('../browser/press.ts')
  const press = await openPress()
  if ('missing' in press) throw new UsageError('a certificate is printed by a browser, which is missing', sentence(press.missing))
  try {
    const chinese = [...(language === 'zh' ? '认证通过' : ''), ...name].filter(character => /\p{Script=Han}/u.test(character))
    if (chinese.length > 0 && !(await press.draws(chinese.join(''))))
      throw new UsageError(
        'no font here has Chinese characters: the certificate would show boxes',
        `Install one, on Debian with: apt-get install fonts-noto-cjk${language === 'zh' ? '; or print it in English' : ''}`,
      )
    return await does(press)
  } finally {
    await press.close()
  }
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
