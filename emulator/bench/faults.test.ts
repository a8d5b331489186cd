import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { before, test } from 'node:test'
import { loadProfile } from '../profile/load.ts'
import type { Profile } from '../profile/profile.ts'
import { applicability } from '../verdict/applicability.ts'
import { rows } from '../verdict/requirements/index.ts'
import { type CoveredRow, isCovered } from '../verdict/requirements/row.ts'
import { where } from '../where.ts'
import { knownFaults, mustFail } from './faults.ts'

// The certifier is certified: what faults and rows say of each other, and what the reviewed matrix says of both.

/** For each fault the rows whose own checks noticed, as somebody reviewed them. */
const reviewed: Readonly<Record<string, readonly string[]>> = JSON.parse(readFileSync(where.faultsMatrix, 'utf8'))
const covered = rows.filter(isCovered)
const named = ({ id, binds }: CoveredRow): string => `${id}/${binds === 'host' ? 'acquirer' : 'instrument'}`
let profile: Profile

before(async () => {
  profile = await loadProfile(where.referenceProfile)
})

const applies = (row: CoveredRow): boolean => applicability(row, profile).applies

test('a fault names the rows that must notice it, and each of them names the fault; no row names another', () => {
  for (const row of covered) {
    const claiming = knownFaults.filter(fault => mustFail(fault).includes(named(row))).map(({ id }) => id)
    assert.deepEqual(row.brokenBy.toSorted(), claiming.toSorted(), named(row))
  }
})

test('a fault names covered rows of its own side only', () => {
  const known = new Set(covered.map(named))
  assert.deepEqual(
    knownFaults.flatMap(fault => mustFail(fault).filter(row => !known.has(row))),
    [],
  )
})

test('the reviewed matrix holds every fault, and none that there is not', () => {
  assert.deepEqual(Object.keys(reviewed).toSorted(), knownFaults.map(({ id }) => id).toSorted())
})

test('in the reviewed matrix every fault breaks the rows that it must, as far as they apply to the reference profile', () => {
  const asked = new Set(covered.filter(applies).map(named))
  for (const fault of knownFaults) {
    const missing = mustFail(fault).filter(row => asked.has(row) && !reviewed[fault.id]?.includes(row))
    assert.deepEqual(missing, [], fault.id)
  }
})

test('what a good acquirer and a good till must bear raises no alarm', () => {
  const borne = knownFaults.filter(({ breaks }) => breaks.length === 0)
  assert.ok(borne.length > 0)
  assert.deepEqual(
    borne.flatMap(({ id }) => reviewed[id] ?? []),
    [],
  )
})

test('every row that can pass on the good host has been seen to fail on a fault that it names', () => {
  const unproven = covered.filter(applies).filter(row => !row.brokenBy.some(fault => reviewed[fault]?.includes(named(row))))
  assert.deepEqual(unproven.map(named), [])
})
