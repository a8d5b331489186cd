import { swipe } from '../card/magstripe.ts'
import { Pan } from '../values/pan.ts'
import { Secret } from '../values/secret.ts'
import { ModelAcquirer } from './model-acquirer.ts'
import type { TerminalObservation } from './observation.ts'
import { referenceSettings, type Settings } from './settings.ts'
import { Store } from './store.ts'
import { Terminal, type TerminalOptions } from './terminal.ts'

export const wang = {
  holder: 'Wang',
  pan: new Pan('6212142000000000012'),
  expiry: '3312',
  serviceCode: '120',
  pin: new Secret('123456'),
}
export const li = {
  holder: 'Li',
  pan: new Pan('6225000000000014'),
  expiry: '3312',
  serviceCode: '120',
  pin: new Secret('654321'),
}

/** A terminal on a model acquirer, and what a cashier does with it, for the tests of this folder. */
export class Till {
  readonly acquirer: ModelAcquirer
  readonly store: Store
  readonly facts: TerminalObservation[] = []
  readonly terminal: Terminal
  now = new Date('2026-07-26T10:11:12Z')

  constructor(options: Partial<TerminalOptions> & Readonly<{ set?: Partial<Settings> }> = {}) {
    const { set, ...rest } = options
    this.acquirer = new ModelAcquirer()
    this.store = options.store ?? new Store()
    this.terminal = new Terminal({
      identity: { role: 'the shop', terminalId: '10000001', merchantId: '898000000000001', merchantName: '测试商户' },
      settings: { ...referenceSettings, ...set },
      store: this.store,
      acquirer: this.acquirer,
      clock: () => this.now,
      wording: code => (code === '00' ? '交易成功' : '交易失败'),
      observe: fact => this.facts.push(fact),
      ...rest,
    })
  }

  async signIn(): Promise<this> {
    await this.keys('sign in', '01', 'enter', '0000', 'enter')
    return this
  }

  /** Function keys by name, digits as digits. */
  async keys(...keys: readonly string[]): Promise<void> {
    for (const key of keys)
      await (/^\d+$/.test(key) ? this.terminal.type(key) : this.terminal.press(key as Parameters<Terminal['press']>[0]))
  }

  async sale(fen = '8800', card = wang): Promise<void> {
    await this.keys('sale', fen, 'enter', 'enter')
    await this.terminal.present(swipe(card))
    if (this.terminal.state().at === 'questioning repeat') await this.keys('enter')
    await this.keys('123456', 'enter')
  }

  async void(trace: string, card = wang): Promise<void> {
    await this.keys('void', '123456', 'enter', trace, 'enter', 'enter')
    await this.terminal.present(swipe(card))
    await this.keys('123456', 'enter')
  }

  async refund(reference: string, fen = '8800', card = wang): Promise<void> {
    await this.keys('refund', '123456', 'enter')
    await this.terminal.present(swipe(card))
    await this.keys(reference, 'enter', '0726', 'enter', fen, 'enter', 'enter')
  }

  settle(): Promise<void> {
    return this.keys('settle', 'enter')
  }

  /** `operation outcome`, oldest first. */
  outcomes(): readonly string[] {
    return this.facts.flatMap(fact => (fact.is === 'outcome' ? [`${fact.name} ${fact.outcome}`] : []))
  }

  /** What was sent, by operation, oldest first. */
  sent(): readonly string[] {
    return this.acquirer.requests.map(({ operation, trace, upload }) =>
      `${operation}${upload ? ` ${upload.is}` : ''} ${trace ?? ''}`.trim(),
    )
  }
}
