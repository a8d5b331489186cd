import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { where } from '../where.ts'
import { profileSchema } from './schema.ts'

// Run by hand after the form of a profile has changed; a test compares the two.
await writeFile(join(where.docs, 'profile.schema.json'), `${JSON.stringify(profileSchema(), null, 2)}\n`)
