import { approved, carries } from '../checks/approval.ts'
import { moneyAgrees } from '../checks/balance.ts'
import { given } from '../checks/preparation.ts'
import { refusedInFull } from '../checks/refusal.ts'
import { claimed, type Scope } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { hostRow, type Row } from './row.ts'

export const saleRows: readonly Row[] = [
  hostRow({
    id: 'SALE-001',
    severity: 'critical',
    says: 'A good sale is approved, posted once, and given a reference',
    source: 'S0, CYB, GPU',
    money: true,
    answersTo: ['sale approved'],
    check: goodSale,
    brokenBy: [
      'host:fails after it has acted',
      'host:answers over the connection before',
      'host:refuses everything',
      'host:approves a sale without posting',
      'host:debits a sale twice',
      'host:gives no reference',
      'host:rounds amounts',
    ],
  }),
  hostRow({
    id: 'SALE-002',
    severity: 'critical',
    says: 'A sale above the funds of its card is refused, and nothing is posted',
    source: 'S0, ISO',
    money: true,
    answersTo: ['sale refused'],
    check: saleAboveFunds,
    brokenBy: [
      'host:approves everything',
      'host:gives a canned answer by message type',
      'host:says nothing instead of a refusal',
      'host:approves above the funds',
    ],
  }),
  hostRow({
    id: 'SALE-003',
    severity: 'critical',
    says: 'A sale with a wrong PIN is refused, and nothing is posted',
    source: 'S0, CH',
    needs: ['pin'],
    money: true,
    answersTo: ['sale refused'],
    check: saleWithWrongPin,
    brokenBy: ['host:approves everything', 'host:approves a wrong PIN', 'host:refuses a sale but debits'],
  }),
  hostRow({
    id: 'SALE-004',
    severity: 'major',
    says: 'A sale with a card that nobody issued is refused, and nothing is posted',
    source: 'ISO, DK',
    money: true,
    answersTo: ['sale refused'],
    check: saleOfUnknownCard,
    brokenBy: ['host:approves everything', 'host:says nothing instead of a refusal', 'host:approves an unknown card'],
  }),
]

function goodSale(scope: Scope): Verdict {
  const sale = claimed(scope, 'sale')
  return given(scope, approved(scope, sale), carries(sale, 'reference', 'reference'), moneyAgrees(scope))
}

function saleAboveFunds(scope: Scope): Verdict {
  return given(scope, refusedInFull(scope, claimed(scope, 'sale'), 'no funds'), moneyAgrees(scope))
}

function saleWithWrongPin(scope: Scope): Verdict {
  return given(scope, refusedInFull(scope, claimed(scope, 'sale'), 'wrong PIN'), moneyAgrees(scope))
}

function saleOfUnknownCard(scope: Scope): Verdict {
  return given(scope, refusedInFull(scope, claimed(scope, 'sale'), 'card unknown'), moneyAgrees(scope))
}
