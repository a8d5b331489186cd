import assert from 'node:assert/strict'
import { test } from 'node:test'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { Result } from '../verdict/result.ts'
import { junitXml } from './junit.ts'
import { sampleResult } from './sample.ts'

type Case = Readonly<Record<string, unknown>>
type Suite = Readonly<{ '@name': string; '@tests': string; testcase: readonly Case[]; properties: { property: readonly Case[] } }>

function suitesOf(result: Result): readonly Suite[] {
  const xml = junitXml(result)
  assert.equal(XMLValidator.validate(xml), true)
  const many = new Set(['testsuite', 'testcase', 'property'])
  return new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', isArray: name => many.has(name) }).parse(xml)
    .testsuites.testsuite
}

const suites = suitesOf(sampleResult)
const caseOf = (id: string): Case =>
  suites.flatMap(suite => suite.testcase).find(row => String(row['@name']).startsWith(id)) ?? assert.fail(id)

test('there is a suite for each chapter and part, and a case for each requirement', () => {
  assert.deepEqual(
    suites.map(suite => [suite['@name'], suite['@tests']]),
    [
      ['acquirer.VOID', '3'],
      ['acquirer.REV', '2'],
      ['acquirer.PRE', '1'],
      ['acquirer.CONC', '1'],
      ['instrument.TERM', '1'],
    ],
  )
})

test('each verdict has its place in JUnit', () => {
  const child = (id: string) => Object.keys(caseOf(id)).filter(name => !name.startsWith('@'))
  const words = {
    'VOID-001': [],
    'VOID-020': ['system-out'],
    'VOID-013': ['failure'],
    'REV-001': ['error'],
    'PRE-001': ['skipped'],
    'CONC-001': ['skipped'],
  }
  for (const [id, expected] of Object.entries(words)) assert.deepEqual(child(id), expected, id)
  assert.match(JSON.stringify(caseOf('REV-001').error), /"@type":"inconclusive"/)
  assert.deepEqual(caseOf('CONC-001').skipped, { '@message': 'untested: the run was interrupted' })
})

test('a failure tells expected, received, evidence and the command', () => {
  const text = JSON.stringify(caseOf('VOID-013').failure)
  for (const part of [
    'expected: a refusal',
    'received: approval 00',
    '03-void/wrong-merchant-void:9#9',
    '--only VOID-013 --seed 42',
  ])
    assert.ok(text.includes(part), part)
})

test('the seed is a property of every suite', () => {
  for (const suite of suites)
    assert.ok(suite.properties.property.some(({ '@name': name, '@value': value }) => name === 'seed' && value === '42'))
})

test('quotes, markup, emoji, Chinese and control characters survive as far as XML can hold them', () => {
  const [, failed] = sampleResult.requirements
  assert.ok(failed)
  const finding = `"<]]> & ' 消费 💳 \u0000`
  const [suite] = suitesOf({ ...sampleResult, requirements: [{ ...failed, finding }] })
  const failure = suite?.testcase[0]?.failure
  assert.ok(typeof failure === 'object' && failure !== null && '@message' in failure)
  assert.equal(failure['@message'], `"<]]> & ' 消费 💳 �`.trim())
})
