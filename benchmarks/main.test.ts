import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { where } from '../emulator/where.ts'

type Ratio = Readonly<{ median: number }>
type Printed = Readonly<{ figures: readonly Readonly<{ what: string; of: Readonly<{ ratio: Ratio }>; goal?: number }>[] }>

test('a quick run gives a ratio for every comparison', () => {
  const main = join(where.root, 'benchmarks', 'main.ts')
  const ran = spawnSync(process.execPath, [main, '--quick', '--json', '--only', 'codec', '--only', 'sales'], { encoding: 'utf8' })
  assert.equal(ran.status, 0, ran.stderr)
  const { figures } = JSON.parse(ran.stdout) as Printed
  assert.deepEqual(
    figures.filter(({ of }) => !(of.ratio.median > 0)),
    [],
  )
  assert.deepEqual(
    figures.filter(({ goal }) => goal !== undefined).map(({ what }) => what),
    ['ASCII message, 168 bytes: unpack and pack', 'UnionPay sale, 118 bytes: unpack and pack', 'Complete sales, 16 terminals'],
  )
})
