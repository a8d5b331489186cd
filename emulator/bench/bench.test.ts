import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadProfile } from '../profile/load.ts'
import { where } from '../where.ts'
import { Bench } from './bench.ts'
import { Laboratory } from './laboratory.ts'
import type { UnderTest } from './under-test.ts'

/** A laboratory that tells which acquirer its scenario had. */
class Watched extends Laboratory {
  opened: UnderTest | undefined

  override async acquirer(seed: string): Promise<UnderTest> {
    this.opened = await super.acquirer(seed)
    return this.opened
  }
}

test('whatever goes wrong when a scenario is concluded, its host is closed', async () => {
  const file = join(where.profiles, 'reference.yaml')
  const parameters = { profile: file, seed: 'bench', driver: 'direct', waiting: 'skip', inMemory: true } as const
  const laboratory = new Watched(parameters, await loadProfile(file), 0)
  const bench = new Bench({
    attach: () => {
      throw new Error('nobody takes attachments')
    },
  })
  const scenario = { uri: 'features/02-sale/sale.feature', line: 9, rule: 'A rule', name: 'A scenario', tags: ['SALE-001'] }
  assert.equal(await bench.open(laboratory, scenario), true)
  const transport = laboratory.opened?.transport
  assert.ok(transport, 'the scenario has an acquirer')
  const link = await transport.open()
  await link.close()
  laboratory.stop({ by: 'dead link', says: 'nobody answers' })

  await assert.rejects(bench.close('PASSED', undefined), /nobody takes attachments/)
  await assert.rejects(transport.open(), /nothing is listening/)
})
