import { access, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { dialectIds } from '../dialects/index.ts'
import { implied } from '../profile/capabilities.ts'
import { emptyClaims } from '../profile/claims.ts'
import { loadProfile } from '../profile/load.ts'
import type { Profile } from '../profile/profile.ts'
import { UsageError } from './complaint.ts'
import { type Answers, profileText } from './init-profile.ts'
import { type Answered, asker, completed, type Given } from './init-questions.ts'
import { print } from './output.ts'

type Options = Given & Readonly<{ force?: true }>

/** `tillproof init`: a commented profile, from a few questions or from flags. */
export function initCommand(): Command {
  return new Command('init')
    .description('write a commented profile, from a few questions or from flags')
    .argument('[file]', 'where to write it', 'profile.yaml')
    .option('--name <text>', 'what the acquirer is called')
    .option('--endpoint <url>', 'where it listens, such as tcp://pos.example:8583')
    .option('--dialect <id or file>', `how its messages look: ${dialectIds.join(', ')}, or a file`)
    .option('--set <name=value...>', 'a setting of the dialect, such as length="ascii 4"', settings, {})
    .option('--mapping <file>', 'how messages become HTTP calls, for the dialect http')
    .option('--merchant <id>', 'the merchant of the shop')
    .option('--terminal <id...>', 'its terminals: two')
    .option('--neighbour <id>', 'another merchant')
    .option('--neighbour-terminal <id...>', 'its terminal')
    .option('--key <reference>', 'the master keys: env:NAME, where {terminal} stands for the id, or a file of keys')
    .option('--supports <flags>', 'what the acquirer offers, separated by commas', flags)
    .option('--force', 'write over a file that is there')
    .addHelpText(
      'after',
      `
What is not given is asked for, on a terminal. The file is written only if it loads.

Examples:
  $ tillproof init
  $ tillproof init acme.yaml --name 'Acme test system' --endpoint tls://pos.acme.example:8583 --dialect iso8583-1987 \\
      --merchant M00000000000001 --terminal T0000001 T0000002 --neighbour M00000000000002 --neighbour-terminal T0000003 \\
      --key 'env:TILL_{terminal}'

Exit codes: 0 written · 3 interrupted: nothing was written · 5 arguments`,
    )
    .action(async (file: string, options: Options) => {
      const at = resolve(file)
      if (options.force === undefined && (await exists(at)))
        throw new UsageError(`there is a file ${file} already`, 'Choose another name, or write over it with --force.')
      const answers = await completed(options, asker(process.stdin, process.stdout))
      await written(at, answers)
      print(`${file} is written.\n${next(file, answers)}`)
    })
}

/** What a profile claims when nobody says: what every counter sees, and what our own host wants to see. */
const usualFlags = ['core', 'signon', 'mac', 'magstripe', 'pin', 'void-pin', 'balance', 'view-balance']

/**
 * Writes the profile, if it is one that loads. Where nobody said what the acquirer offers, it claims what is usual, as far as its dialect has a
 * message or a field for it.
 *
 * @throws ProfileError; nothing is left behind then
 */
export async function written(file: string, answered: Answered): Promise<void> {
  const draft = join(dirname(file), `.${process.pid}.draft.yaml`)
  const loaded = async (answers: Answers): Promise<Profile> => {
    await writeFile(draft, profileText(answers))
    return loadProfile(draft, { environment: { ...process.env, ...stand(answers) } })
  }
  try {
    const supports = answered.supports ?? usualOf(await loaded({ ...answered, supports: ['core'] }))
    await loaded({ ...answered, supports })
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
}

function usualOf({ speaks }: Profile): readonly string[] {
  const empty = new Set(emptyClaims(speaks, new Set(usualFlags)).map(({ flag }) => flag))
  const flags = usualFlags.filter(flag => flag === 'core' || !empty.has(flag))
  const senseless = implied.filter(({ needs }) => !flags.includes(needs)).map(({ flag }) => flag)
  return flags.filter(flag => !senseless.includes(flag))
}

/** Keys that are not set yet do not keep a profile from being written. */
function stand({ key, terminals, neighbourTerminals }: Answered): Readonly<Record<string, string>> {
  const names = key.startsWith('env:') ? variables(key, [...terminals, ...neighbourTerminals]) : []
  return Object.fromEntries(names.map(name => [name, '0123456789ABCDEF'.repeat(2)]))
}

const variables = (key: string, terminals: readonly string[]): readonly string[] => [
  ...new Set(terminals.map(id => key.slice('env:'.length).replaceAll('{terminal}', id.replace(/\W/g, '_')))),
]

function next(file: string, { key, terminals, neighbourTerminals }: Answered): string {
  const names = key.startsWith('env:') ? variables(key, [...terminals, ...neighbourTerminals]) : []
  const missing = names.filter(name => process.env[name] === undefined)
  const keys = missing.length === 0 ? '' : `  set ${missing.join(', ')} to the master keys, 32 hex digits each\n`
  return `Next:\n${keys}  put the acquirer's own test cards into \`cards\`, and ask for each knob\n  tillproof preflight --profile ${file}\n`
}

function settings(text: string, earlier: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [name = '', ...value] = text.split('=')
  if (name === '' || value.length === 0)
    throw new InvalidArgumentError('A setting is written name=value, such as length="ascii 4".')
  return { ...earlier, [name]: value.join('=') }
}

const flags = (text: string): readonly string[] => text.split(',').map(flag => flag.trim())

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
