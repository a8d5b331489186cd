import http from 'node:http'

type Intent = { id: string; amount: number; status: string; received: number; error?: object; account: string }
type Answer = Readonly<{ status: number; body: object }>

/** What an acquirer of this family gets wrong. */
export type IntentsFault =
  | 'cancels what was captured'
  | 'cancels for another account'
  | 'ignores keys'
  | 'says canceled and keeps it'

const noFunds = '4000000000009995'
const issued = new Set(['4242424242424242', '5555555555554444', noFunds])

/**
 * An acquirer after the published shapes of payment intents, with nothing of ours in it: accounts by key, intents, a simulated reader, idempotency
 * keys that are bound to their content.
 */
export async function intentsAcquirer(faults: readonly IntentsFault[] = []) {
  const intents = new Map<string, Intent>()
  const keys = new Map<string, Readonly<{ content: string; answer: Answer }>>()
  const readers = new Map<string, string>()

  const shown = ({ id, amount, status, received, error }: Intent): object => ({
    id,
    object: 'payment_intent',
    amount,
    amount_capturable: status === 'requires_capture' ? amount : 0,
    amount_received: received,
    status,
    created: 1_780_280_100,
    ...(error === undefined ? {} : { last_payment_error: error }),
    ...(status === 'requires_capture' || status === 'succeeded' ? { latest_charge: { authorization_code: '123456' } } : {}),
  })
  const refused = (status: number, facts: object): Answer => ({
    status,
    body: { error: { type: 'invalid_request_error', ...facts } },
  })

  function decided(account: string, method: string, path: string, form: URLSearchParams): Answer {
    if (method === 'POST' && path === '/v1/payment_intents') {
      const amount = Number(form.get('amount'))
      if (!Number.isInteger(amount) || amount < 1 || amount > 99_999_999) return refused(400, { param: 'amount' })
      const made: Intent = { id: `pi_${intents.size + 1}`, amount, status: 'requires_payment_method', received: 0, account }
      intents.set(made.id, made)
      return { status: 200, body: shown(made) }
    }
    const [, reader] = /^\/v1\/(?:test_helpers\/)?terminal\/readers\/([^/]+)\//.exec(path) ?? []
    if (reader !== undefined) return atReader(account, reader, path, form)
    const [, id = '', action] = /^\/v1\/payment_intents\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? []
    const intent = intents.get(id)
    const foreign = intent?.account !== account && !faults.includes('cancels for another account')
    if (intent === undefined || foreign) return refused(404, { code: 'resource_missing' })
    return action === undefined ? { status: 200, body: shown(intent) } : onIntent(intent, action, form)
  }

  function atReader(account: string, reader: string, path: string, form: URLSearchParams): Answer {
    const taken = { status: 200, body: { id: reader, object: 'terminal.reader', action: { status: 'in_progress' } } }
    const handed = form.get('payment_intent')
    if (handed !== null) {
      const intent = intents.get(handed)
      if (intent === undefined || intent.account !== account) return refused(404, { code: 'resource_missing' })
      if (intent.status !== 'requires_payment_method')
        return refused(400, { code: 'payment_intent_unexpected_state', payment_intent: shown(intent) })
      readers.set(reader, handed)
      return taken
    }
    const intent = intents.get(readers.get(reader) ?? '')
    readers.delete(reader)
    if (intent === undefined || !path.endsWith('/present_payment_method')) return refused(400, {})
    const number = form.get('card_present[number]') ?? ''
    if (number === noFunds && intent.amount > 5000)
      intent.error = { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' }
    else if (!issued.has(number) && !number.startsWith('625093000000'))
      intent.error = { type: 'card_error', code: 'incorrect_number' }
    else intent.status = 'requires_capture'
    return taken
  }

  function onIntent(intent: Intent, action: string, form: URLSearchParams): Answer {
    const live = intent.status === 'requires_capture'
    if (action === 'cancel') {
      const mayStill =
        live ||
        intent.status === 'requires_payment_method' ||
        (faults.includes('cancels what was captured') && intent.status === 'succeeded')
      if (!mayStill) return refused(400, { code: 'payment_intent_unexpected_state', payment_intent: shown(intent) })
      if (faults.includes('says canceled and keeps it'))
        return { status: 200, body: shown({ ...intent, status: 'canceled', received: intent.amount }) }
      intent.status = 'canceled'
      intent.received = 0
      return { status: 200, body: shown(intent) }
    }
    if (action !== 'capture' || !live)
      return refused(400, { code: 'payment_intent_unexpected_state', payment_intent: shown(intent) })
    intent.status = 'succeeded'
    intent.received = Number(form.get('amount_to_capture') ?? intent.amount)
    return { status: 200, body: shown(intent) }
  }

  function answered(request: http.IncomingMessage, body: string): Answer {
    const account = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (account === undefined || !account.startsWith('sk_test_')) return refused(401, {})
    const key = request.headers['idempotency-key']
    const content = `${request.method} ${request.url} ${body}`
    const known = typeof key === 'string' && !faults.includes('ignores keys') ? keys.get(`${account} ${key}`) : undefined
    if (known !== undefined)
      return known.content === content ? known.answer : { status: 400, body: { error: { type: 'idempotency_error' } } }
    const answer = decided(account, request.method ?? '', request.url ?? '', new URLSearchParams(body))
    if (typeof key === 'string') keys.set(`${account} ${key}`, { content, answer })
    return answer
  }

  const server = http.createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (piece: string) => {
      body += piece
    })
    request.on('end', () => {
      const { status, body: said } = answered(request, body)
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(said))
    })
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  return {
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
