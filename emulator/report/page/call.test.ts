import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Entry } from '../../journal/entry.ts'
import { ladderOf, type Rung } from '../ladder.ts'
import { bodyText, drawCall } from './call.ts'
import { StandIn, standInDocument } from './stand-in.ts'

const page = standInDocument('{}')

const entry: Entry = {
  ...{ id: 'a:1#1', atMicros: 0, is: 'call', terminal: 'the shop', operation: 1, exchange: 1 },
  ...{ call: 'sale', intent: 'M1-T1-000001', attempt: 1, party: 'T1', method: 'POST', path: '/v1/sale' },
  headers: { Accept: 'application/json', Authorization: '•••' },
  body: '{"amount":"100","track2":"•••"}',
  answer: { status: 201, headers: { 'content-type': 'application/json' }, body: '{"resultCode":"00"}' },
  ...{ rule: 'approved', outcome: 'APPROVED', final: true, says: 'status 201: APPROVED by rule approved' },
}

function rungOf(call: Entry): Extract<Rung, { rung: 'call' }> {
  const [rung] = ladderOf([call]).rungs
  return rung?.rung === 'call' ? rung : assert.fail('no call')
}

function drawn(rung: Extract<Rung, { rung: 'call' }>, open: boolean): readonly StandIn[] {
  return drawCall(page, rung, open).map(element => (element instanceof StandIn ? element : assert.fail()))
}

test('an HTTP call opens by its line, and shows both sides: first line, headers, body', () => {
  const [button, detail] = drawn(rungOf(entry), false)
  assert.ok(button && detail)
  assert.equal(button.textContent, 'sale: POST /v1/salestatus 201: APPROVED by rule approved')
  assert.deepEqual([detail.hidden, detail.childElementCount, button.getAttribute('aria-expanded')], [true, 0, 'false'])
  button.happens('click')
  assert.deepEqual([detail.hidden, button.getAttribute('aria-expanded')], [false, 'true'])
  assert.deepEqual(
    detail.ofClass('side').map(side => side.children.map(child => (child instanceof StandIn ? child.textContent : child))),
    [
      ['asked', 'POST /v1/sale', 'Acceptapplication/jsonAuthorization•••', '{\n  "amount": "100",\n  "track2": "•••"\n}'],
      ['answered', 'HTTP 201', 'content-typeapplication/json', '{\n  "resultCode": "00"\n}'],
    ],
  )
})

test('a call without an answer says so, and one that a failure rests on stands open', () => {
  const { answer: _, ...silent } = rungOf(entry)
  const [, detail] = drawn(silent, true)
  assert.equal(detail?.hidden, false)
  assert.match(detail?.ofClass('problem')[0]?.textContent ?? '', /^Nothing came/)
})

test('a body that is no JSON stays as it stands', () => {
  assert.equal(bodyText('amount=100&currency=156'), 'amount=100&currency=156')
})
