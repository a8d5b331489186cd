/** Where `bin/tillproof.js` goes once it has seen that this Node is new enough. */
// First of all: it keeps what the network is like before anything else is loaded.
import './interceptor.ts'
import { run } from './program.ts'

process.exitCode = await run(process.argv.slice(2))
