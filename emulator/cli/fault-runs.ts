import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { where } from '../where.ts'

/** Which rows failed on their own check in a trial, and which did not apply: `VOID-024/acquirer`. */
export type FaultRan = Trial &
  Readonly<{
    failed: readonly string[]
    notApplicable: readonly string[]
    error?: string
  }>

/** One run of the suite, or of its scenarios with these tags: under a profile, by the name of its file, with a fault; without one: the good host. */
export type Trial = Readonly<{ fault?: string; under: string; tags?: string }>

/** What one thread is told. */
export type Order = Readonly<{ runs: readonly Trial[]; seed: string }>

/**
 * Runs the suite once for each fault, and once for the good host under each profile that they need, on as many threads as the machine
 * has. Each thread loads the steps once and then goes from trial to trial.
 *
 * @param heard  called as each fault is done
 */
export async function runFaults(
  faults: readonly (Trial & Readonly<{ fault: string }>)[],
  seed: string,
  heard: (ran: FaultRan) => void,
): Promise<FaultRan[]> {
  const good = [...new Set(faults.map(({ under }) => under))].map(under => goodTrial(under, faults))
  const all = [...good, ...faults]
  const threads = Math.min(availableParallelism(), all.length)
  const shares = Array.from({ length: threads }, (_, thread) => all.filter((_, at) => at % threads === thread))
  const ran = await Promise.all(shares.map(runs => runThread({ runs, seed }, heard)))
  return ran.flat()
}

/** The good host does what any of the faulty ones under its profile does. */
function goodTrial(under: string, faults: readonly Trial[]): Trial {
  const tags = faults.flatMap(fault => (fault.under === under ? [fault.tags] : []))
  if (tags.includes(undefined)) return { under }
  return { under, tags: [...new Set(tags.flatMap(one => one?.split(' or ') ?? []))].join(' or ') }
}

function runThread(order: Order, heard: (ran: FaultRan) => void): Promise<FaultRan[]> {
  const done: FaultRan[] = []
  const worker = new Worker(new URL(`fault-thread${where.extension}`, import.meta.url), { workerData: order })
  return new Promise((resolve, reject) => {
    worker.on('message', (ran: FaultRan) => {
      done.push(ran)
      heard(ran)
    })
    worker.on('error', reject)
    worker.on('exit', code => (code === 0 ? resolve(done) : reject(new Error(`a thread of the fault matrix ended with ${code}`))))
  })
}
