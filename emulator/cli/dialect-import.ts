import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { importDialect } from '../dialect-tools/import.ts'
import { UsageError } from './complaint.ts'
import { notify, print } from './output.ts'

type Options = Readonly<{ out?: string; force?: true }>

/** `tillproof dialect import`: the field part of a dialect file out of another tool's file. */
export function dialectImportCommand(): Command {
  return new Command('import')
    .description('the fields of a jPOS GenericPackager (XML) or of a moov-io/iso8583 specification (JSON) as a dialect file')
    .argument('<file>', 'the file of the other tool')
    .option('--out <file>', 'where to write the dialect file (default: standard output)')
    .option('--force', 'write over a file that is there')
    .addHelpText(
      'after',
      `
Examples:
  $ tillproof dialect import iso87ascii.xml > acme.dialect.yaml
  $ tillproof dialect import spec87ascii.json --out acme.dialect.yaml

What cannot be carried over is listed on standard error, and in comments on top of the file. Messages are no part of either format:
write them yourself, as docs/dialect-file.md shows.

Exit codes: 0 written · 5 the file cannot be read, or is of neither kind`,
    )
    .action(async (file: string, { out, force }: Options) => {
      const text = await readFile(file, 'utf8').catch((cause: unknown) => {
        throw new UsageError(`${file} cannot be read`, 'Correct the path.', { cause })
      })
      const { text: dialect, left, fields, kind } = importDialect(file, text)
      if (out === undefined) print(dialect)
      else {
        if (existsSync(out) && !force)
          throw new UsageError(`${out} is there already`, 'Choose another name, or add --force to write over it.')
        await writeFile(out, dialect)
      }
      notify(
        `${fields} fields of a ${kind}${out === undefined ? '' : ` in ${out}`}${left.length === 0 ? '' : '; not carried over, or not as it was:'}`,
      )
      for (const each of left) notify(`  ${each}`)
    })
}
