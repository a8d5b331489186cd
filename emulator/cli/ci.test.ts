import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, symlink } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import type { Result } from '../verdict/result.ts'
import { where } from '../where.ts'
import { type Installation, install } from './installation.test-run.ts'

// The examples of docs/ci.md, as their readers run them: the commands that stand in them, in order, with the package installed.

const example = (name: string): Promise<string> => readFile(join(where.docs, 'examples', name), 'utf8')
const whole = { timeout: 180_000 }

let installed: Installation
before(async () => {
  installed = await install()
})
after(() => installed?.remove())

type Spoken = Readonly<{ code: unknown; said: string }>

/** Runs one command in a folder of the installation, as a shell does. */
async function typed(command: string, cwd: string, environment: Readonly<Record<string, string>> = {}): Promise<Spoken> {
  const PATH = [dirname(process.execPath), join(installed.package, '..', '.bin'), process.env.PATH].join(delimiter)
  const shell = spawn('bash', ['-e', '-c', command], {
    cwd,
    env: { ...process.env, ...environment, PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = Promise.all([text(shell.stdout), text(shell.stderr)])
  const [code] = await once(shell, 'close')
  return { code, said: (await said).join('\n') }
}

/** A folder as a machine finds it after its `npm ci`. */
async function machine(name: string): Promise<string> {
  const folder = join(installed.folder, name)
  await mkdir(folder)
  await symlink(join(installed.folder, 'node_modules'), join(folder, 'node_modules'), 'dir')
  return folder
}

async function certificateIn(folder: string): Promise<Result> {
  return JSON.parse(await readFile(join(folder, 'result.json'), 'utf8'))
}

describe('the GitHub workflow', () => {
  const job = z.looseObject({
    needs: z.string().optional(),
    strategy: z.looseObject({ matrix: z.object({ shard: z.array(z.int()) }) }).optional(),
    steps: z.array(z.looseObject({ run: z.string().optional(), uses: z.string().optional() })),
  })
  const workflow = z.looseObject({ jobs: z.record(z.string(), job) })

  test('certifies in shards and merges them: every command of it, in the order of its jobs', whole, async () => {
    const { jobs } = workflow.parse(parse(await example('github-workflow.yml')))
    assert.deepEqual(
      Object.entries(jobs).map(([name, { needs }]) => [name, needs]),
      [
        ['shard', undefined],
        ['certificate', 'shard'],
      ],
    )
    // Artifacts carry `runs` from machine to machine; here the machines have one folder.
    const folder = await machine('github')
    for (const { strategy, steps } of Object.values(jobs)) {
      const [first, ...commands] = steps.flatMap(({ run }) => run ?? [])
      assert.equal(first, 'npm ci')
      const shards = strategy?.matrix.shard ?? [1]
      for (const shard of shards)
        for (const command of commands) {
          const { code, said } = await typed(expanded(command, shard, shards.length), folder)
          assert.equal(code, 0, `${command}\n${said}`)
        }
    }
    const { verdict, requirements } = await certificateIn(join(folder, 'certificate'))
    assert.equal(verdict, 'certified')
    assert.ok(requirements.length > 100)
  })

  /** What GitHub puts in place of its expressions. One that it does not know is a mistake of the workflow. */
  function expanded(command: string, shard: number, of: number): string {
    const values: Readonly<Record<string, string>> = {
      'matrix.shard': `${shard}`,
      'strategy.job-total': `${of}`,
      'github.run_id': '4711',
    }
    return command.replace(/\$\{\{ *(\S+) *\}\}/g, (_, name: string) => values[name] ?? assert.fail(`nothing sets ${name}`))
  }
})

describe('the Kubernetes jobs', () => {
  const kubernetesJob = z.looseObject({
    kind: z.literal('Job'),
    spec: z.looseObject({
      completionMode: z.literal('Indexed').optional(),
      completions: z.int().default(1),
      parallelism: z.int().default(1),
      template: z.looseObject({
        spec: z.looseObject({
          containers: z.tuple([
            z.looseObject({
              command: z.array(z.string()),
              volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
            }),
          ]),
        }),
      }),
    }),
  })

  test(
    'certify in pods by the index of the job, and merge: every command of them, pods of one job side by side',
    whole,
    async () => {
      const documents = parseAllDocuments(await example('kubernetes-job.yaml')).map(document =>
        kubernetesJob.parse(document.toJS()),
      )
      assert.deepEqual(
        documents.map(({ spec }) => [spec.completionMode, spec.completions, spec.parallelism]),
        [
          ['Indexed', 3, 3],
          [undefined, 1, 1],
        ],
      )
      // The volume of all pods is the folder `reports`.
      const folder = await machine('kubernetes')
      for (const { spec } of documents) {
        const { command } = spec.template.spec.containers[0]
        const line = command.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
        const pods = Array.from({ length: spec.completions }, (_, index) =>
          typed(line, folder, { JOB_COMPLETION_INDEX: `${index}` }),
        )
        for (const { code, said } of await Promise.all(pods)) assert.equal(code, 0, `${line}\n${said}`)
      }
      assert.equal((await certificateIn(join(folder, 'reports', 'certificate'))).verdict, 'certified')
    },
  )
})
