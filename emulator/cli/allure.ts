import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { complaintOf, UsageError } from './complaint.ts'
import { exit } from './exit.ts'
import { notify, print } from './output.ts'
import { followed } from './run-folder.ts'

/**
 * `npm run allure [-- RUN]`: the Allure report of a run, `allure-report` in its folder. `report.html` is the report of a run and needs nothing;
 * this one is for those who collect Allure reports. It is made by a Java program: where there is no Java that is said, and is no error, so that a
 * build does not fail for it.
 */
async function allureReport(run: string): Promise<number> {
  const folder = await followed(run)
  const results = join(folder, 'allure-results')
  if (!existsSync(results))
    throw new UsageError(`${run} has no allure-results`, 'Run `npm run certify` first, or name the folder of a run.')
  if (!(await hasJava())) {
    notify(
      'tillproof: no Allure report, because there is no Java here\n  Install a Java runtime. report.html of the same run needs none.',
    )
    return exit.ok
  }
  const report = join(folder, 'allure-report')
  const code = await exitOf(process.execPath, [allure(), 'generate', results, '--output', report, '--clean'])
  if (code !== 0) throw new Error(`allure generate ended with ${code}; what it said stands above`)
  print(`report  ${relative(process.cwd(), join(report, 'index.html'))}`)
  return exit.ok
}

/** The launcher that comes with the development dependency; on every system the same file. */
function allure(): string {
  return join(dirname(createRequire(import.meta.url).resolve('allure-commandline/package.json')), 'bin', 'allure')
}

/** Looks where Allure itself looks: `JAVA_HOME`, then the path. */
async function hasJava(): Promise<boolean> {
  const home = process.env.JAVA_HOME ?? ''
  const java = home === '' ? 'java' : join(home, 'bin', 'java')
  return (await exitOf(java, ['-version'], 'ignore')) === 0
}

/** The exit code of a program; `not found` when there is none of this name. */
async function exitOf(
  file: string,
  argv: readonly string[],
  stdio: 'ignore' | 'inherit' = 'inherit',
): Promise<number | 'not found'> {
  const child = spawn(file, argv, { stdio: ['ignore', stdio, stdio] })
  try {
    const [code] = await once(child, 'close')
    return Number(code)
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return 'not found'
    throw thrown
  }
}

try {
  process.exitCode = await allureReport(process.argv[2] ?? join('reports', 'latest'))
} catch (thrown) {
  const { text, code } = complaintOf(thrown)
  notify(text)
  process.exitCode = code
}
