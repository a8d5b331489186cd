import { writeSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

// Loaded before `certify` in the child that is being measured: at its end it says, on its fourth stream, the most memory it held, in kB.
if (isMainThread) process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)))
