import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { exit } from './exit.ts'
import { program } from './program.ts'
import { featureFiles, projectRoot } from './where.ts'

const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8')

test('the README has every command', async () => {
  const { commands } = await program()
  const missing = commands.map(command => command.name()).filter(name => !new RegExp(`^\\| .*\`${name}\\b`, 'm').test(readme))
  assert.deepEqual(missing, [])
})

test('the README has every exit code and no other', () => {
  const listed = [...readme.matchAll(/^\| (\d) +\|/gm)].map(([, code]) => Number(code))
  assert.deepEqual(listed, Object.values(exit))
})

test('the scenario in the README is one of ours, word for word', () => {
  const quoted = /```gherkin\n([\s\S]*?)```/.exec(readme)?.[1] ?? 'none'
  assert.ok(featureFiles().some(file => readFileSync(file, 'utf8').includes(quoted)))
})

test('every file that the README names is there', () => {
  const named = [...readme.matchAll(/[`(]((?:features|steps|emulator|fixtures|benchmarks|docs)\/[\w./-]+)[`)]/g)].map(
    ([, path = '']) => path,
  )
  assert.ok(named.length > 10)
  assert.deepEqual(
    named.filter(path => !existsSync(join(projectRoot, path))),
    [],
  )
})
