import assert from 'node:assert/strict'
import { test } from 'node:test'
import { yuan } from '../values/amount.ts'
import { isEmulatorError } from '../values/errors.ts'
import { httpControl } from './control-client.ts'
import { alice, embedded, Till } from './test-till.ts'

test('over HTTP the control port shows the same books as in process', async t => {
  const host = await embedded({ controlPort: 0 })
  t.after(() => host.close())
  const control = httpControl(`http://127.0.0.1:${host.controlPort}`)
  const till = await Till.at(host)
  await till.sale(alice, yuan(88_00n))
  const view = await control.ledger()
  assert.deepEqual(view, JSON.parse(JSON.stringify(await host.control.ledger())))
  assert.equal(view.accounts.find(account => account.name === `card:${alice.masked}`)?.balance, '91200')
  assert.equal(JSON.stringify(view).includes(alice.reveal()), false)
})

test('it closes days, moves the clock, stops cards, blocks terminals and switches faults', async t => {
  const host = await embedded({ controlPort: 0 })
  t.after(() => host.close())
  const control = httpControl(`http://127.0.0.1:${host.controlPort}`)
  const till = await Till.at(host)
  assert.equal((await control.ledger()).businessDate, '0601')
  await control.closeDay()
  assert.equal((await control.ledger()).businessDate, '0602')
  const { clock } = await control.ledger()
  await control.advanceClock({ seconds: 3_600 })
  assert.equal(Date.parse((await control.ledger()).clock) - Date.parse(clock), 3_600_000)
  await control.setCard(alice.masked, 'stopped')
  assert.equal((await till.sale(alice, yuan(1n))).code, '62')
  await control.setCard(alice.masked, 'active')
  await control.setTerminal('T0000001', 'blocked')
  assert.equal((await till.sale(alice, yuan(1n))).code, '97')
  await control.setTerminal('T0000001', 'active')
  await control.setFaults(['refuses everything'])
  assert.equal((await till.sale(alice, yuan(1n))).code, '12')
  await control.setFaults([])
  await control.fail('issuer away')
  assert.equal((await till.sale(alice, yuan(1n))).code, '91')
  await control.fail('issuer back')
  assert.equal((await till.sale(alice, yuan(1n))).code, '00')
})

test('what it cannot take is an error that says what was expected', async t => {
  const host = await embedded({ controlPort: 0 })
  t.after(() => host.close())
  const base = `http://127.0.0.1:${host.controlPort}`
  const control = httpControl(base)
  const says = (part: RegExp) => (thrown: unknown) => isEmulatorError(thrown, 'CONTROL_REFUSED') && part.test(thrown.message)
  await assert.rejects(control.setCard('999999…9999', 'stopped'), says(/no card 999999…9999/))
  await assert.rejects(control.setTerminal('X', 'blocked'), says(/no terminal X/))
  await assert.rejects(control.setFaults(['no such']), says(/no fault "no such"/))
  await assert.rejects(control.advanceClock({ seconds: -1 }), says(/seconds/))
  for (const body of ['{', '{"seconds":"1"}', '{"seconds":1,"more":2}', '[]'])
    assert.equal(
      (await fetch(`${base}/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status,
      400,
    )
  await assert.rejects(httpControl('http://127.0.0.1:1').ledger(), says(/127.0.0.1:1/))
})
