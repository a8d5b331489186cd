import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { stringify } from 'yaml'
import { type Acquirer, host, rightProfile, settingsOf } from '../preflight/misconfiguration.test-run.ts'
import { tillproof, tillproofHere } from './main.test-run.ts'

suite('tillproof preflight', () => {
  let folder: string
  let acquirer: Acquirer
  let right: string
  let wrong: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tillproof-preflight-'))
    acquirer = await host()
    right = join(folder, 'right.yaml')
    await writeFile(right, stringify(rightProfile(acquirer.endpoint)))
    const written = rightProfile(acquirer.endpoint)
    settingsOf(written).length = 'ascii 4'
    wrong = join(folder, 'wrong.yaml')
    await writeFile(wrong, stringify(written))
  })
  after(async () => {
    await acquirer.close()
    await rm(folder, { recursive: true })
  })

  test('climbs our own host through every door for which there is a profile', async () => {
    for (const door of ['reference', 'json-http', 'json-websocket', 'iso8583-1987-bcd', 'iso8583-1993', 'tls', 'websocket']) {
      const { code, out, err } = await tillproofHere(['preflight', '--profile', join('fixtures', 'profiles', `${door}.yaml`)])
      assert.equal(code, 0, out + err)
      assert.match(out, /✓ undone .* nothing is left open\n\nReady to certify\.\n$/, door)
    }
  })

  test('a right profile: a line for each rung, and exit 0', async () => {
    const { code, out } = await tillproof(['preflight', '--profile', right])
    assert.equal(code, 0, out)
    assert.equal(out.match(/^ {2}[✓–] /gm)?.length, 11, out)
    assert.ok(!out.includes('\u001B'), 'no colours in a pipe')
  })

  test('a wrong setting: what was sent and seen, the setting, its file and line, and exit 1', async () => {
    const { code, out } = await tillproof(['preflight', '--profile', wrong])
    assert.equal(code, 1, out)
    assert.match(out, /✗ framing {11}the acquirer answers as soon as the length is binary 2/)
    assert.match(out, /^ {4}sent {2}echo, 56 bytes\n +0 {2}30 30 35 32/m)
    assert.match(out, new RegExp(`change {2}dialect\\.settings\\.length: binary 2 {3}${wrong}:6`))
    assert.match(out, /It stops at “framing”/)
  })

  test('--json is one document, with the place of every change', async () => {
    const { code, out } = await tillproof(['preflight', '--profile', wrong, '--json'])
    assert.equal(code, 1)
    const { ready, broken, rungs } = JSON.parse(out)
    assert.deepEqual([ready, broken], [false, 'framing'])
    assert.deepEqual(rungs.at(-1).diagnosis.changes, [
      { setting: 'dialect.settings.length', to: 'binary 2', file: wrong, line: 6 },
    ])
  })

  test('a profile that does not load is exit 5, before the first byte', async () => {
    const { code, err } = await tillproof(['preflight', '--profile', join(folder, 'none.yaml')])
    assert.equal(code, 5)
    assert.match(err, /there is no such file/)
  })

  test('--control names the control port, as in certify', async () => {
    const claiming = rightProfile(acquirer.endpoint)
    claiming.supports.push('view-ledger')
    const file = join(folder, 'controlled.yaml')
    await writeFile(file, stringify(claiming))
    const without = await tillproof(['preflight', '--profile', file, '--no-sale'])
    assert.equal(without.code, 5)
    assert.match(without.err, /supports view-ledger, but there is no control port/)
    const { code, out, err } = await tillproof([
      'preflight',
      '--profile',
      file,
      '--no-sale',
      '--control',
      'http://127.0.0.1:8584',
    ])
    assert.equal(code, 0, out + err)
  })

  test('an endpoint without a port is refused, in the profile and on the command line', async () => {
    const file = join(folder, 'portless.yaml')
    for (const scheme of ['tcp', 'tls']) {
      await writeFile(file, stringify(rightProfile(new URL(`${scheme}://127.0.0.1`))))
      const inFile = await tillproof(['preflight', '--profile', file])
      assert.equal(inFile.code, 5)
      assert.match(inFile.err, /`endpoint` is "t\w+:\/\/127\.0\.0\.1"\n {2}It must have a port, such as :8583/)
      const said = await tillproof(['preflight', '--profile', right, '--endpoint', `${scheme}://127.0.0.1`])
      assert.equal(said.code, 5)
      assert.match(
        said.err,
        /the address t\w+:\/\/127\.0\.0\.1 has no port\n {2}Write it behind the name, such as t\w+:\S+:8583;/,
      )
    }
  })

  test('--help has its examples and exit codes', async () => {
    const { code, out } = await tillproof(['preflight', '--help'])
    assert.equal(code, 0)
    assert.match(out, /\$ tillproof preflight --profile my-acquirer\.yaml\n/)
    assert.match(out, /Exit codes: 0 every rung bears · 1 a rung is broken/)
  })

  test('certify looks first, says what to change, and does not begin', async () => {
    const folderOfRun = join(folder, 'run')
    const { code, out, err } = await tillproof(['certify', '--profile', wrong, '--out', folderOfRun, '--only', 'SALE-001'])
    assert.equal(code, 5, out + err)
    assert.match(err, /change {2}dialect\.settings\.length: binary 2/)
    assert.match(err, /preflight stops at “framing”, so nothing was certified\n.*--no-preflight\./)
    await assert.rejects(rm(folderOfRun), 'no folder of a run')
  })
})
