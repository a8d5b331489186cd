import { fieldsOf } from '../report/dialect-fields.ts'
import { writeReports } from '../report/files.ts'
import { progress } from '../report/progress.ts'
import { moneyIn } from '../verdict/money.ts'
import type { Result } from '../verdict/result.ts'
import { type CertificationOptions, certification } from './certification.ts'
import { colourful } from './colour.ts'
import { onInterrupt } from './interrupt.ts'
import { notify } from './output.ts'
import { keepRun } from './run-folder.ts'
import type { Scenarios } from './scenarios.ts'
import { stopping } from './stopping.ts'

/** A run whose seed and folder are decided. */
export type CertificateOptions = Omit<CertificationOptions, 'projections'> &
  Readonly<{
    seed: string
    directory: string
    /** The command that began it, for a person to type once more. */
    begun: string
    /** Whether nothing but JSON may be printed. */
    json?: true
    color?: boolean
  }>

/** What a run came to, where its report for people lies, and whether a person stopped it. */
export type Certificate = Readonly<{ result: Result; html: string; interrupted: boolean }>

/** Runs, keeps what the run can be judged by again, and writes the reports; meanwhile progress is told, and Ctrl-C stops it cleanly. */
export async function certificate(options: CertificateOptions, scenarios: Scenarios): Promise<Certificate> {
  const { profile, directory, begun, driver, waiting, tags, fault } = options
  const told = progress({
    tty: process.stderr.isTTY === true && options.json === undefined,
    colour: colourful(process.stderr, process.env, options.color),
    width: process.stderr.columns ?? 100,
  })
  const workers = stopping()
  const stopListening = onInterrupt(workers.stop)
  const { result, journal } = await certification({ ...options, projections: true }, scenarios, ended => {
    const text = told.on({ scenario: ended.name, done: ended.done, of: ended.of, verdicts: ended.verdicts })
    if (text !== '') process.stderr.write(text)
  })
  stopListening()
  workers.close()
  process.stderr.write(told.finish())
  if (result.stopped !== undefined) notify(`tillproof: stopped early: ${result.stopped}`)
  const { id, startedAt, finishedAt, endpoint } = result.run
  await keepRun(directory, journal, profile, {
    id,
    startedAt,
    finishedAt,
    endpoint,
    begun,
    terms: { driver, waiting, ...(tags === undefined ? {} : { tags }), ...(fault === undefined ? {} : { fault }) },
    ...(result.stopped === undefined ? {} : { stopped: result.stopped }),
  })
  const { html } = await writeReports(directory, result, journal, fieldsOf(profile.speaks), begun, entries =>
    moneyIn(entries, profile),
  )
  return { result, html, interrupted: workers.stopped() }
}
