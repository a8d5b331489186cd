import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Command } from 'commander'
import { type Problem, ProfileError } from '../profile/problem.ts'
import { EmulatorError } from '../values/errors.ts'
import { complaintOf, UsageError } from './complaint.ts'

const problem: Problem = { code: 'VALUE', file: 'a.yaml', line: 3, column: 7, says: '`x` is 1', hint: 'It must be 2.' }

test('a mistake of the user is a sentence, a hint and exit code 5', () => {
  assert.deepEqual(complaintOf(new UsageError('no such fault', 'Take another.')), {
    text: 'tillproof: no such fault\n  Take another.\n',
    code: 5,
  })
  assert.deepEqual(complaintOf(new EmulatorError('LINK_REFUSED', { endpoint: 'tcp://h:1' })), {
    text: 'tillproof: nothing is listening at tcp://h:1\n  Start the acquirer, or correct `endpoint` in the profile.\n',
    code: 5,
  })
})

test('one problem of a profile is shown with its place, several one a line', () => {
  assert.equal(complaintOf(new ProfileError([problem])).text, 'tillproof: a.yaml:3:7: `x` is 1\n  It must be 2.\n')
  const text = 'tillproof: 2 problems in a.yaml\n  a.yaml:3:7: `x` is 1 — It must be 2.\n  a.yaml:3:7: `x` is 1 — It must be 2.\n'
  assert.deepEqual(complaintOf(new ProfileError([problem, problem])), { text, code: 5 })
})

test('a mistake of ours is exit code 2, and shows its stack only when asked', () => {
  const ours = new Error('row of nowhere')
  const { text, code } = complaintOf(ours)
  assert.equal(code, 2)
  assert.match(text, /^tillproof: row of nowhere\n {2}This is our mistake/)
  assert.doesNotMatch(text, /^\s+at /m)
  assert.match(complaintOf(ours, { stack: true }).text, /complaint\.test\.ts/)
  assert.equal(complaintOf('thrown text').code, 2)
})

test('a misspelt option is exit code 5 with a suggestion; help is no error', () => {
  const thrownBy = (...argv: readonly string[]): unknown => {
    const command = new Command()
      .option('--profile <file>')
      .exitOverride()
      .configureOutput({ outputError: () => undefined, writeOut: () => undefined })
    try {
      return command.parse(argv, { from: 'user' })
    } catch (thrown) {
      return thrown
    }
  }
  assert.deepEqual(complaintOf(thrownBy('--profil', 'x')), {
    text: "tillproof: unknown option '--profil'\n  Did you mean --profile?\n",
    code: 5,
  })
  assert.deepEqual(complaintOf(thrownBy('--help')), { text: '', code: 0 })
})
