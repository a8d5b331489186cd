/** Where `bin/tillproof.js` goes once it has seen that this Node is new enough. */
import { run } from './program.ts'

process.exitCode = await run(process.argv.slice(2))
