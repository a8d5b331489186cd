import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { ladderStyle } from '../report/html-style-ladder.ts'
import { where } from '../where.ts'

/** One thing that the page loads; its text is read when somebody asks for it. */
export type Served = Readonly<{ type: string; text: () => Promise<string> }>

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
export const servedFiles: ReadonlyMap<string, Served> = new Map<string, Served>([
  ['/', served('text/html', document)],
  ['/web/page/icon.svg', served('image/svg+xml', () => pageFile('icon.svg'))],
  ['/ladder.css', served('text/css', async () => ladderStyle)],
  ...['page', 'device', 'panels'].map((name): [string, Served] => [
    `/web/page/${name}.css`,
    served('text/css', () => pageFile(`${name}.css`)),
  ]),
  ...modules.map((name): [string, Served] => [`/${name}.js`, served('text/javascript', () => moduleText(name))]),
])

/** Read once, for everybody. */
function served(type: string, read: () => Promise<string>): Served {
  let text: Promise<string> | undefined
  return { type, text: () => (text ??= read()) }
}

/** Reads it all before anybody asks, while a browser is on its way. Whoever asks for what could not be read is told so. */
export async function readAhead(): Promise<void> {
  for (const { text } of servedFiles.values()) await Promise.allSettled([text()])
}

/** The document names all modules at its head: a browser then asks for them at once, not for one because of another. */
async function document(): Promise<string> {
  const links = modules.map(name => `<link rel="modulepreload" href="/${name}.js">\n`)
  return (await pageFile('index.html')).replace('</head>', `${links.join('')}</head>`)
}

function pageFile(name: string): Promise<string> {
  return readFile(join(where.root, 'emulator', 'web', 'page', name), 'utf8')
}

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
