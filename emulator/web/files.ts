import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { ladderStyle } from '../report/html-style-ladder.ts'
import { where } from '../where.ts'

/** One thing that the page loads. */
export type Served = Readonly<{ type: string; text: string }>

/** The modules of the page, by their place in the tree: its own, and those of the report that draw messages. */
const modules: readonly string[] = [
  'web/page/app',
  'web/page/chosen-language',
  'web/page/device',
  'web/page/dom',
  'web/page/drag',
  'web/page/live',
  'web/page/messages',
  'web/page/money',
  'web/page/paper',
  'web/page/scenario',
  'web/page/state-layout',
  'web/page/state-map',
  'web/page/troubles',
  'web/page/wallet',
  'web/page/words',
  'web/page/words-states',
  'report/ladder',
  'report/look',
  'report/page/call',
  'report/page/ladder',
  'report/page/message',
  'report/page/money',
  'report/page/till',
]

/**
 * Everything that the page can ask for, by path. In a checkout its modules are the TypeScript sources without their types; in the package they
 * are compiled.
 */
export async function servedFiles(): Promise<ReadonlyMap<string, Served>> {
  const scripts = modules.map(
    async (name): Promise<[string, Served]> => [`/${name}.js`, { type: 'text/javascript', text: await moduleText(name) }],
  )
  const styles = ['page', 'device', 'panels'].map(
    async (name): Promise<[string, Served]> => [
      `/web/page/${name}.css`,
      { type: 'text/css', text: await pageFile(`${name}.css`) },
    ],
  )
  const page: [string, Served] = ['/', { type: 'text/html', text: await pageFile('index.html') }]
  const icon: [string, Served] = ['/web/page/icon.svg', { type: 'image/svg+xml', text: await pageFile('icon.svg') }]
  const ladder: [string, Served] = ['/ladder.css', { type: 'text/css', text: ladderStyle }]
  return new Map([page, icon, ladder, ...(await Promise.all([...scripts, ...styles]))])
}

const pageFile = (name: string): Promise<string> => readFile(join(where.root, 'emulator', 'web', 'page', name), 'utf8')

/** The script of whoever only looks at the page; it runs before the page's own. */
export async function onlookerScript(): Promise<string> {
  const text = await moduleText('web/page/onlooker')
  return `{\n${text.replace(/^export \{\};?$/m, '')}\n}`
}

async function moduleText(name: string): Promise<string> {
  if (where.extension === '.js') return readFile(join(where.root, 'dist', 'emulator', `${name}.js`), 'utf8')
  const source = await readFile(join(where.root, 'emulator', `${name}.ts`), 'utf8')
  return withoutTypes(source).replace(/(from '\.[^']*)\.ts'/g, "$1.js'")
}

/** Node says of this function, once, that it is experimental; whoever runs the command has no use for that. */
function withoutTypes(source: string): string {
  const { emitWarning } = process
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(source)
  } finally {
    process.emitWarning = emitWarning
  }
}
