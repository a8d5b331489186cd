import { type Connections, openEcho } from './echo.ts'
import { type Floor, openFloor, type Stores } from './floor.ts'
import { type Comparison, compare, type Effort, type Load } from './measurement.ts'
import type { Figure } from './table.ts'

/** So many tills, their connections and stores; `goal` where one is set. */
type Setting = Readonly<{ tills: number; connections: Connections; stores: Stores; goal?: number }>

const settings: readonly Setting[] = [
  { tills: 1, connections: 'kept', stores: 'memory' },
  { tills: 16, connections: 'kept', stores: 'memory', goal: 0.2 },
  { tills: 64, connections: 'kept', stores: 'memory' },
  { tills: 16, connections: 'kept', stores: 'file' },
  { tills: 16, connections: 'per operation', stores: 'memory' },
]

/** Complete sales, from key press to slip, beside a bare echo of frames of the same sizes over connections used in the same way. */
export async function salesFigures(effort: Effort): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const setting of settings) figures.push({ what: inWords(setting), of: await measure(setting, effort), ...goalOf(setting) })
  return figures
}

const goalOf = ({ goal }: Setting) => (goal === undefined ? {} : { goal })

function inWords({ tills, connections, stores }: Setting): string {
  const mode = connections === 'kept' ? (stores === 'file' ? ', file stores' : '') : ', a connection per operation'
  return `Complete sales, ${tills} ${tills === 1 ? 'terminal' : 'terminals'}${mode}`
}

async function measure({ tills, connections, stores }: Setting, effort: Effort): Promise<Comparison> {
  const echo = await openEcho(tills, connections)
  try {
    return await compare(
      sellingAt(() => openFloor(tills, connections, stores)),
      echo.load,
      effort,
    )
  } finally {
    await echo.close()
  }
}

/** Every till sells again and again until the time is over. Each round has a floor of its own, so that no batch grows beyond a day's. */
function sellingAt(open: () => Promise<Floor>): Load {
  return async millis => {
    const floor = await open()
    const began = performance.now()
    let sales = 0
    await Promise.all(
      floor.tills.map(async till => {
        while (performance.now() - began < millis) {
          await till.sell()
          sales += 1
        }
      }),
    )
    const perSecond = (sales / (performance.now() - began)) * 1000
    await floor.close()
    return perSecond
  }
}
