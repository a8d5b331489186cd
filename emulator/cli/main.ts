#!/usr/bin/env node
// Nothing else is imported before the version is known: an older Node would stop at the first import with a sentence about syntax.
const needed = 24
const present = Number(process.versions.node.split('.')[0])

if (present < needed) {
  process.stderr.write(
    `tillproof: Node ${needed} or later is needed; this is ${process.versions.node}\n  Install it, or run tillproof through npm in a checkout, which brings its own.\n`,
  )
  process.exitCode = 5
} else {
  const { run } = await import('./program.ts')
  process.exitCode = await run(process.argv.slice(2))
}

export {}
