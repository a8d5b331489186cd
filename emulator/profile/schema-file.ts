import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mappingSchema } from '../mapping/form.ts'
import { where } from '../where.ts'
import { dialectSchema } from './dialect-form.ts'
import { pagesSchema } from './pages-form.ts'
import { profileSchema } from './schema.ts'

// Run by hand after the form of a profile, a dialect, a mapping or a pages file has changed; tests compare them.
for (const [name, schema] of Object.entries({
  profile: profileSchema(),
  dialect: dialectSchema(),
  mapping: mappingSchema(),
  pages: pagesSchema(),
}))
  await writeFile(join(where.docs, `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`)
