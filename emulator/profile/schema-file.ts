import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { where } from '../where.ts'
import { dialectSchema } from './dialect-form.ts'
import { profileSchema } from './schema.ts'

// Run by hand after the form of a profile or of a dialect has changed; tests compare them.
for (const [name, schema] of Object.entries({ profile: profileSchema(), dialect: dialectSchema() }))
  await writeFile(join(where.docs, `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`)
