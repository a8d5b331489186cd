import { Command, Option } from 'commander'
import { type Checked, checkSample, type Finding } from '../dialect-tools/check.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { Start } from '../wire/codec.ts'
import { toJson } from '../wire/frame-json.ts'
import { layoutOf } from '../wire/layout.ts'
import { dialectFrom } from './dialect-input.ts'
import { exit } from './exit.ts'
import { print, printJson } from './output.ts'
import { type Sample, samplesFrom } from './samples.ts'

type Options = Readonly<{ set: readonly string[]; from: Start; text?: true; json?: true; reveal: boolean }>

/** `tillproof dialect check`: a dialect file by itself, and what of samples does not fit it. */
export function dialectCheckCommand(): Command {
  return new Command('check')
    .description('check a dialect file, lay samples out under it, and say what does not fit')
    .argument('<dialect>', 'a dialect file, .yaml, or the id of a built-in dialect')
    .argument('[sample...]', 'frames: hex digits, or files with bytes, hex, or a frame in hex on each line')
    .option(
      '--set <name=value>',
      'a setting of the dialect, as in a profile',
      (one: string, before: readonly string[]) => [...before, one],
      [],
    )
    .addOption(new Option('--from <start>', 'where samples begin').choices(['length', 'tpdu', 'header', 'mti']).default('length'))
    .option('--text', 'samples are text, a byte for each character, and not hex digits that stand for bytes')
    .option('--json', 'as one JSON document')
    .option('--reveal', 'show card numbers, tracks and other secrets in clear', false)
    .addHelpText(
      'after',
      `
Examples:
  $ tillproof dialect check acme.dialect.yaml                          the file by itself
  $ tillproof dialect check acme.dialect.yaml 0060600003…              and a frame under it
  $ tillproof dialect check acme.dialect.yaml captured.hex             a frame on each line
  $ tillproof dialect check acme.dialect.yaml --from mti --text 0200…

Exit codes: 0 everything fits · 1 a sample does not fit · 5 the dialect file is wrong, or a sample has no bytes`,
    )
    .action(async (name: string, given: readonly string[], { set, from, text, json, reveal }: Options) => {
      const dialect = await dialectFrom({ dialect: name, set })
      const samples = await samplesFrom(given, process.stdin, text === true)
      const checked = samples.map(sample => ({ sample, checked: checkSample(dialect, sample.frame, from) }))
      if (json) printJson({ dialect: factsOf(dialect), samples: checked.map(each => sampleJson(dialect, each, reveal)) })
      else print([headline(dialect), ...checked.map((each, at) => sampleText(dialect, each, at + 1, reveal))].join('\n\n'))
      if (checked.some(each => each.checked.findings.length > 0)) process.exitCode = exit.failed
    })
}

type One = Readonly<{ sample: Sample; checked: Checked }>

function factsOf({ id, fields, messages, settings }: Dialect) {
  return { id, fields: Object.keys(fields).length, messages: messages.length, settings }
}

function headline(dialect: Dialect): string {
  const { id, fields, messages } = factsOf(dialect)
  const what = messages === 0 ? 'and no messages yet: samples are checked by field only' : `and ${messages} messages`
  return `${id}: ${fields} fields ${what}; nothing in it contradicts itself`
}

function sampleText(dialect: Dialect, { sample, checked }: One, no: number, reveal: boolean): string {
  const { decoded, transaction, findings, causes } = checked
  const fits = findings.length === 0 ? 'fits' : `${findings.length} ${findings.length === 1 ? 'thing does' : 'things do'} not fit`
  const what = transaction === 'unknown' ? '' : `${transaction}, `
  return [
    `sample ${no} (${sample.name}): ${what}${sample.frame.length} bytes, ${fits}`,
    layoutOf(dialect, sample.frame, { ...decoded, remarks: [] }, { reveal }),
    ...findings.map(findingText),
    ...causes.map(cause => `likely: ${cause}`),
  ].join('\n')
}

function findingText({ path, atByte, says, expected }: Finding): string {
  const where =
    path === 'message'
      ? 'message'
      : `${/^\d/.test(path) ? 'field ' : ''}${path}${atByte === undefined ? '' : ` at byte ${atByte}`}`
  return `${where}: ${says}${expected === undefined ? '' : `\n  the dialect has ${expected}`}`
}

function sampleJson(dialect: Dialect, { sample, checked }: One, reveal: boolean) {
  const { decoded, transaction, findings, causes } = checked
  return {
    name: sample.name,
    fits: findings.length === 0,
    transaction,
    findings,
    causes,
    frame: toJson(dialect, decoded, { reveal }),
  }
}
