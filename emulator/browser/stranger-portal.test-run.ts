import fastify, { type FastifyInstance } from 'fastify'

/**
 * A back office as somebody else might build it, in which nothing is as in ours: one page that its script draws, no addresses of transactions, a
 * message box that asks once more, a list of reasons, a button that cannot be pressed without one, no second person.
 */
export type Stranger = Readonly<{ url: URL; voids: readonly string[]; close: () => Promise<void> }>

type Payment = { slip: string; sum: string; shop: string; state: string; job?: string; history: string[] }

/** @param passcode  of both of its users, `desk` of shop 1 and `books` of shop 1, and of `other` of shop 2 */
export async function strangerPortal(passcode: string, payments: readonly Payment[]): Promise<Stranger> {
  const voids: string[] = []
  const server = fastify({ logger: false, forceCloseConnections: true })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, String(body)))
  server.get('/', (_, reply) => reply.type('text/html; charset=utf-8').send(page))
  addCalls(server, passcode, payments, voids)
  await server.listen({ host: '127.0.0.1', port: 0 })
  const address = server.server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return { url: new URL(`http://127.0.0.1:${port}/`), voids, close: () => server.close() }
}

const shops: Readonly<Record<string, string>> = { desk: '1', books: '1', other: '2' }

function addCalls(server: FastifyInstance, passcode: string, payments: readonly Payment[], voids: string[]): void {
  server.post('/login', ({ body }, reply) => {
    const { account, code } = JSON.parse(String(body))
    return reply.code(code === passcode && account in shops ? 200 : 401).send({})
  })
  server.post('/look', ({ body }) => {
    const { account, slip } = JSON.parse(String(body))
    return payments.filter(one => one.shop === shops[account] && one.slip === slip)
  })
  server.post('/jobs', ({ body }) => {
    const { account } = JSON.parse(String(body))
    return payments.filter(one => one.shop === shops[account] && one.job !== undefined)
  })
  server.post('/cancel', ({ body }) => {
    const { account, slip, why } = JSON.parse(String(body))
    const payment = payments.find(one => one.slip === slip)
    if (payment?.state !== 'paid') return { no: 'Too late: this payment is closed.' }
    voids.push(`${slip}: ${why}`)
    Object.assign(payment, { state: 'cancelled', job: `J-${100 + voids.length}` })
    payment.history.push(`${account} cancelled it (${why})`)
    return { job: payment.job }
  })
}

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>PayDesk</title><body><div id="app"></div><script>
const app = document.querySelector('#app')
let account = sessionStorage.account || ''
const call = (path, body) => fetch(path, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ account, ...body }) })
const draw = html => { app.innerHTML = html }
function door(says = '') {
  draw('<form><p>' + says + '</p><label>Account ID <input name="a"></label><label>Passcode <input name="c" type="password"></label><button>Enter</button></form>')
  app.querySelector('form').onsubmit = async event => {
    event.preventDefault()
    account = app.querySelector('[name=a]').value
    const answer = await call('/login', { code: app.querySelector('[name=c]').value })
    if (!answer.ok) { account = ''; return door('Who are you?') }
    sessionStorage.account = account
    desk()
  }
}
function desk() {
  draw('<h2>Payments</h2>' + (sessionStorage.read ? '' : '<p>New: dark mode! <button id="ok">Got it</button></p>') + '<form><input aria-label="Receipt no."><button>Go</button></form><ul></ul><button id="jobs">Jobs</button>')
  app.querySelector('#jobs').onclick = jobs
  const ok = app.querySelector('#ok')
  if (ok) ok.onclick = () => { sessionStorage.read = 'yes'; ok.parentNode.remove() }
  app.querySelector('form').onsubmit = async event => {
    event.preventDefault()
    const found = await (await call('/look', { slip: app.querySelector('input').value })).json()
    app.querySelector('ul').innerHTML = found.map(one => '<li>' + one.slip + ' for ' + one.sum + ' <button>Details</button></li>').join('') || '<li>Nothing here</li>'
    for (const [at, button] of app.querySelectorAll('li button').entries()) button.onclick = () => details(found[at])
  }
}
async function jobs() {
  const all = await (await call('/jobs', {})).json()
  draw('<h2>Jobs</h2><table>' + all.map(one => '<tr><td>' + one.job + '</td><td>' + one.state + '</td></tr>').join('') + '</table>')
}
function details(one) {
  const open = one.state === 'paid'
  draw('<h2>Payment ' + one.slip + '</h2><p class="state">This payment is <b>' + one.state + '</b>' + (one.job ? ' by job ' + one.job : '') + '.</p>'
    + (account === 'desk' ? '<label>Why <select><option></option><option>Paid twice</option><option>Goods returned</option></select></label><button id="x" disabled>Cancel payment</button>' : '<p>Read only.</p>')
    + '<p id="said"></p><h3>History</h3><ol>' + one.history.map(line => '<li>' + line + '</li>').join('') + '</ol>')
  const select = app.querySelector('select'), button = app.querySelector('#x')
  if (!select) return
  select.onchange = () => { button.disabled = select.value === '' }
  button.onclick = async () => {
    if (!confirm('Cancel ' + one.slip + '?')) return
    app.querySelector('#said').textContent = 'Working…'
    const answer = await (await call('/cancel', { slip: one.slip, why: select.value })).json()
    if (answer.no) { app.querySelector('#said').textContent = answer.no; return }
    const [fresh] = await (await call('/look', { slip: one.slip })).json()
    details(fresh)
  }
}
account === '' ? door() : desk()
</script></body></html>`
