import { each, failed, passed, warned } from '../finding.ts'
import { citeDeed } from '../office.ts'
import type { Of, Scope } from '../scope.ts'
import type { Evidence, Verdict } from '../verdict.ts'

/**
 * Secrets where they must not stand. The journal writes every secret as a token; a token in a field or line that is not its place means that the
 * secret itself stood there.
 */
const token = /\b(pan:\d{6}…\d{4}#|track#|pinblock#|keys#|expiry#|other#)\d+/
const everyToken = new RegExp(token, 'g')

/** Fields of an answer that may name the card. Sign-in answers carry keys under the terminal's own key. */
const mayHold = (reply: Of<'received'>, name: string): boolean =>
  name === 'pan' ||
  name === 'expiry' ||
  /\.pan$/.test(name) ||
  (name === 'additionalData' && reply.name === 'upload') ||
  ((name === 'private62' || name === 'keys') && reply.name === 'signIn')

/** No answer of the acquirer shows track data or a PIN, or a card number outside its own field. */
export function answersHideSecrets(scope: Scope): Verdict {
  const replies = scope.entries.filter((entry): entry is Of<'received'> => entry.is === 'received')
  return each(replies, 'answer', reply => {
    const field = Object.keys(reply.fields).find(
      name => ['track2', 'track3', 'pinBlock'].includes(name) || (token.test(reply.fields[name] ?? '') && !mayHold(reply, name)),
    )
    const evidence: Evidence[] = [{ entry: reply.id, saw: `${reply.mti}, ${Object.keys(reply.fields).length} fields` }]
    if (field === undefined) return passed(evidence)
    return failed({ says: `an answer shows a secret in ${field}`, expected: 'no secret', received: field }, evidence)
  })
}

/** No slip and no display of our terminal shows a whole card number, track data or a PIN. */
export function terminalHidesSecrets(scope: Scope): Verdict {
  const shown = scope.entries.filter(
    (entry): entry is Of<'display'> | Of<'slip'> => entry.is === 'display' || entry.is === 'slip',
  )
  return each(shown, 'display or slip', entry => {
    const lines = entry.is === 'display' ? entry.lines : entry.slip.lines
    const leak = lines.find(line => token.test(line))
    const evidence: Evidence[] = [{ entry: entry.id, saw: entry.is }]
    return leak === undefined
      ? passed(evidence)
      : failed({ says: `a ${entry.is} shows a secret`, expected: 'masked', received: leak, attribution: 'instrument' }, evidence)
  })
}

/**
 * No page of a back office shows the whole number of a card of this scenario: it is named by its first six digits and last four, or by fewer. What
 * only could be a card's number, such as an order's whose check digit happens to be right, is worth a warning.
 */
export function pagesHideSecrets(scope: Scope): Verdict {
  const read = scope.deeds.filter(({ says }) => says.length > 0)
  const cards = new Set(scope.operations.flatMap(({ began }) => began.card ?? []))
  return each(read, 'page of a back office', deed => {
    const shown = deed.says.flatMap(text => [...text.matchAll(everyToken)].map(([found]) => found))
    const leak = shown.find(found => cards.has(found)) ?? shown.at(0)
    const evidence = [citeDeed(deed)]
    if (leak === undefined) return passed(evidence)
    const facts = { expected: 'masked', received: leak }
    return cards.has(leak)
      ? failed({ says: 'a page of the back office shows a whole card number', ...facts }, evidence)
      : warned({ says: 'a page of the back office shows what could be a whole card number', ...facts }, evidence)
  })
}
