import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { onInterrupt } from './interrupt.ts'

class Signals extends EventEmitter {
  readonly exits: number[] = []
  exit(code: number): void {
    this.exits.push(code)
  }
}

test('the first signal asks to stop, the second ends at once', () => {
  const source = new Signals()
  const stopped: string[] = []
  onInterrupt(signal => stopped.push(signal), source)
  source.emit('SIGINT')
  assert.deepEqual([stopped, source.exits], [['SIGINT'], []])
  source.emit('SIGTERM')
  assert.deepEqual([stopped, source.exits], [['SIGINT'], [3]])
})

test('who stops listening is not asked any more', () => {
  const source = new Signals()
  onInterrupt(() => assert.fail('asked'), source)()
  source.emit('SIGINT')
  assert.equal(source.listenerCount('SIGINT'), 0)
})
