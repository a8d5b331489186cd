import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCredentials, withoutCredentials } from './address.ts'

test('a user name is a credential, and so is a password without one', () => {
  for (const [address, has] of [
    ['tcp://pos.example:8583', false],
    ['https://pos.example/a@b', false],
    ['tcp://till@pos.example:8583', true],
    ['https://:secret@pos.example', true],
  ] as const)
    assert.equal(hasCredentials(new URL(address)), has, address)
})

test('what is printed of an address has no user name and no password, however it is written', () => {
  for (const [written, printed] of [
    ['tcp://till:secret@pos.example:8583', 'tcp://…@pos.example:8583'],
    ['tcp:/till:secret@pos.example', 'tcp:/…@pos.example'],
    ['till:secret@pos.example', 'till:…@pos.example'],
    ['https://till:sec ret@pos.example', 'https://…@pos.example'],
    ['https://till:s@cr"t@pos.example', 'https://…@pos.example'],
    ['https://till:sec/ret@pos.example/path', 'https://…@pos.example/path'],
    ['tcp://pos.example:8583', 'tcp://pos.example:8583'],
  ] as const)
    assert.equal(withoutCredentials(written), printed)
})
