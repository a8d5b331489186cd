import type { AcceptSet, Codes, CodeWords, Words } from '../dialects/dialect.ts'
import type { WrittenCodes, WrittenDialect } from './dialect-form.ts'

/**
 * The result codes of a file over those of the dialect that it extends. What the acquirer says in its own way (`said`) it says so in every list
 * that the file does not give itself.
 */
export function codesOf(written: WrittenCodes | undefined, base: Codes): Codes {
  if (written === undefined) return base
  const said = written.said ?? {}
  const own = (code: string): string => said[code] ?? code
  const all = (codes: readonly string[]): readonly string[] => [...new Set(codes.map(own))]
  const accept: Record<string, AcceptSet> = {}
  for (const [situation, set] of Object.entries(base.accept)) accept[situation] = { ...set, codes: all(set.codes) }
  for (const [situation, set] of Object.entries(written.accept ?? {})) {
    const known = accept[situation]
    accept[situation] = 'codes' in set ? set : { codes: set, class: known?.class ?? 'NOT-ELIGIBLE' }
  }
  const classes: Record<string, readonly string[]> = {}
  for (const [name, codes] of Object.entries(base.classes)) classes[name] = all(codes)
  return {
    ...(base.said === undefined && written.said === undefined ? {} : { said: { ...base.said, ...said } }),
    approved: written.approved ?? all(base.approved),
    accept,
    classes: { ...classes, ...written.classes },
    misleading: written.misleading ?? all(base.misleading),
    signInAfter: written.signInAfter ?? all(base.signInAfter),
    reversalFinal: written.reversalFinal ?? all(base.reversalFinal),
    reversalReasons: { ...base.reversalReasons, ...written.reversalReasons },
  }
}

/** The words of a file over those of the dialect that it extends. */
export function wordsOf(written: WrittenDialect['words'], base: Words): Words {
  if (written === undefined) return base
  const own = Object.entries(written.codes ?? {}).map(
    ([code, { class: kind, english, chinese = english, display = english }]): CodeWords => ({
      code,
      class: kind,
      english,
      chinese,
      display,
    }),
  )
  const said = new Set(own.map(({ code }) => code))
  return {
    codes: [...base.codes.filter(({ code }) => !said.has(code)), ...own],
    slip: { ...base.slip, ...written.slip },
    cardCompanies: { ...base.cardCompanies, ...written.cardCompanies },
  }
}
