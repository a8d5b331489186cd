#!/usr/bin/env node
// Written so that an old Node can read it too: it must get as far as saying which one is needed.
import { existsSync } from 'node:fs'
import module from 'node:module'

const needed = 24

if (Number(process.versions.node.split('.')[0]) < needed) {
  process.stderr.write(
    `tillproof: Node ${needed} or later is needed; this is ${process.versions.node}\n` +
      '  Install it, or run tillproof through npm in a checkout, which brings its own.\n',
  )
  process.exitCode = 5
} else {
  // Sources that were read once are compiled for the next time: a command starts in half the time.
  module.enableCompileCache?.()
  // A checkout has sources and perhaps an old dist/; the published package has dist/ alone.
  const sources = new URL('../emulator/cli/main.ts', import.meta.url)
  await import(existsSync(sources) ? sources.href : new URL('../dist/emulator/cli/main.js', import.meta.url).href)
}
