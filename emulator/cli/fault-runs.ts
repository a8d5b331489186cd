import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { where } from '../where.ts'

/**
 * Which rows failed on their own check when this fault was on, and which did not apply: `VOID-024/acquirer`. No fault: the good host.
 */
export type FaultRan = Readonly<{
  fault: string | undefined
  failed: readonly string[]
  notApplicable: readonly string[]
  error?: string
}>

/** What one thread is told. */
export type Order = Readonly<{ faults: readonly (string | undefined)[]; seed: string; only?: readonly string[] }>

/**
 * Runs the whole suite once for each fault, and once for the good host, on as many threads as the machine has. Each thread loads the steps
 * once and then goes from fault to fault.
 *
 * @param heard  called as each fault is done
 */
export async function runFaults(
  faults: readonly string[],
  seed: string,
  only: readonly string[] | undefined,
  heard: (ran: FaultRan) => void,
): Promise<FaultRan[]> {
  const all: (string | undefined)[] = [undefined, ...faults]
  const threads = Math.min(availableParallelism(), all.length)
  const shares = Array.from({ length: threads }, (_, thread) => all.filter((_, at) => at % threads === thread))
  const ran = await Promise.all(
    shares.map(share => runThread({ faults: share, seed, ...(only === undefined ? {} : { only }) }, heard)),
  )
  return ran.flat()
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
