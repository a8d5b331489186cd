import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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
/** The profiles under which the matrix is run, by the name of their file. */
const profiles = new Map<string, Profile>()

before(async () => {
  for (const { under } of knownFaults)
    if (!profiles.has(under)) profiles.set(under, await loadProfile(join(where.profiles, `${under}.yaml`)))
})

const appliesUnder = (under: string, row: CoveredRow): boolean => {
  const profile = profiles.get(under)
  return profile !== undefined && applicability(row, profile).applies
}
const applies = (row: CoveredRow): boolean => [...profiles.keys()].some(under => appliesUnder(under, row))

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

test('in the reviewed matrix every fault breaks the rows that it must, as far as they apply to its profile', () => {
  for (const fault of knownFaults) {
    const asked = new Set(covered.filter(row => appliesUnder(fault.under, row)).map(named))
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
