import { writeFileSync } from 'node:fs'
import { statesPage } from './diagram.ts'

writeFileSync(new URL('../../docs/terminal-states.md', import.meta.url), statesPage())
