import { randomBytes } from 'node:crypto'
import { Command } from 'commander'
import { openCounter } from '../bench/counter.ts'
import { serveTerminal } from '../web/server.ts'
import { UsageError } from './complaint.ts'
import { interrupted } from './interrupt.ts'
import { notify, print } from './output.ts'
import { checkedProfile, portOption, urlOption } from './profile.ts'

type Options = Readonly<{ profile?: string; endpoint?: URL; control?: URL; port: number; seed?: string }>

/** `tillproof terminal`: one till on a page of this machine, until it is interrupted. */
export function terminalCommand(): Command {
  return new Command('terminal')
    .description('take the terminal into your hands: a page with keypad, cards, paper, and every byte that it sends')
    .option('--profile <file>', 'the acquirer (default: the reference profile, with our own host)')
    .option('--endpoint <url>', 'where the acquirer listens, instead of what the profile says', urlOption)
    .option('--control <url>', 'the control port of the acquirer, where it offers one', urlOption)
    .option('--port <n>', 'the port of the page on 127.0.0.1; 0: any free one', portOption, 0)
    .option('--seed <text>', 'what our own host draws its keys and numbers from')
    .addHelpText(
      'after',
      `
Prints an address that opens the page once, in one browser, on this machine only. Ctrl-C ends it. Without an endpoint the acquirer is
our own host, with empty books; with one, everything that you do there is real to that acquirer.

Examples:
  $ tillproof terminal
  $ tillproof terminal --profile my-acquirer.yaml --port 8600
  $ tillproof terminal --endpoint tcp://127.0.0.1:8583 --control http://127.0.0.1:8584`,
    )
    .action(async ({ profile: file, port, seed = randomBytes(8).toString('hex'), ...addresses }: Options) => {
      const profile = await checkedProfile(file, addresses)
      const counter = await openCounter(profile, seed)
      const page = await serveTerminal(counter, port).catch(async (thrown: unknown) => {
        await counter.close()
        throw explained(thrown, port)
      })
      notify(`tillproof terminal: ${profile.name}, ${counter.facts.acquirer}. Open this, once, in a browser on this machine:`)
      print(page.url)
      await interrupted()
      await page.close()
      await counter.close()
    })
}

function explained(thrown: unknown, port: number): unknown {
  const taken = thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE'
  return taken
    ? new UsageError(`port ${port} is in use already`, 'Choose another, or 0 for any free one.', { cause: thrown })
    : thrown
}
