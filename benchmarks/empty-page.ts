import fastify from 'fastify'

// The least page that answers a key: what the page of the terminal is measured beside.
const script = "addEventListener('keydown', () => { document.querySelector('.glass').textContent = 'pressed' })"
const text = `<!doctype html><title>empty</title><body data-at="idle"><p class="glass">READY</p><script>${script}</script>`
const server = fastify({ forceCloseConnections: true })
server.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(text))
process.stdout.write(`${await server.listen({ host: '127.0.0.1', port: 0 })}\n`)
