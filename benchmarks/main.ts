import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { codecFigures } from './codec.ts'
import { pageRun } from './page.ts'
import { salesFigures } from './sales.ts'
import { suiteRun } from './suite.ts'
import { pageText, suiteText, tableOf } from './table.ts'

const usage = `npm run bench -- [--only codec|sales|suite|page]… [--quick] [--json]

  --only   a part of it; may be given more than once
  --quick  few and short rounds: shows that it works, measures little
  --json   the figures as JSON
`

/** A quick run's rounds. */
const brief = { rounds: 1, roundMillis: 20, warmUpMillis: 0 } as const

const parts = ['codec', 'sales', 'suite', 'page'] as const

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [...parts] },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) process.stdout.write(usage)
else await run(new Set(values.only), values.quick)

async function run(only: ReadonlySet<string>, quick: boolean): Promise<void> {
  const figures = [
    ...(only.has('codec') ? await codecFigures(quick ? brief : { rounds: 75, roundMillis: 20, warmUpMillis: 500 }) : []),
    ...(only.has('sales') ? await salesFigures(quick ? brief : { rounds: 7, roundMillis: 500, warmUpMillis: 3000 }) : []),
  ]
  const suite = only.has('suite') ? await suiteRun(quick ? ['--only', 'SALE-001'] : []) : undefined
  const page = only.has('page') ? await pageRun(quick ? 1 : 7) : undefined
  const machine = { node: process.version, processors: cpus().length, model: cpus()[0]?.model ?? 'unknown' }
  if (values.json)
    process.stdout.write(`${JSON.stringify({ machine, figures, ...(suite && { suite }), ...(page && { page }) }, null, 2)}\n`)
  else {
    process.stdout.write(`Node ${machine.node}, ${machine.processors} processors, ${machine.model}\n\n`)
    if (figures.length > 0) process.stdout.write(`${tableOf(figures)}\n\n`)
    if (suite) process.stdout.write(`${suiteText(suite)}\n`)
    if (only.has('page')) process.stdout.write(`${pageText(page)}\n`)
  }
}
