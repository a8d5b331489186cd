import { rowsOfType } from '../../dialects/identify.ts'
import { each, failed, passed } from '../finding.ts'
import { sameKey } from '../position.ts'
import { byNumber, cite, type Exchange, firstOwn, type Scope, target } from '../scope.ts'
import type { Verdict } from '../verdict.ts'

/** What an original data element repeats of its original's request. */
const repeated: Readonly<Record<string, string>> = {
  originalTrace: 'trace',
  originalSentAt: 'sentAt',
  originalLocal: 'localDateTime',
}

/**
 * Every reversal and void of its own accord that names its original by original data elements names it truly: the type of its first copy always, the
 * rest too, or zeros where the sender cannot know it.
 *
 * @source Requirement catalogue, MSG-008
 */
export function originalsAreTrue(scope: Scope): Verdict {
  const naming = scope.exchanges.flatMap(exchange => {
    const original = originalOf(scope, exchange)
    return original === undefined ? [] : [{ exchange, original }]
  })
  return each(naming, 'message that names its original', ({ exchange, original }) => {
    const { fields } = exchange.sent
    const evidence = [...cite(original), { entry: exchange.sent.id, field: 'original', saw: fields.original ?? 'none' }]
    const wrong = Object.entries(due(scope, original)).find(([name, expected]) => !agrees(name, fields[name], expected))
    if (wrong === undefined) return passed(evidence)
    const [name, expected] = wrong
    return failed(
      {
        says: `the ${exchange.name} tells another ${name} than that of its original`,
        expected,
        received: fields[name] ?? 'none',
        attribution: 'instrument',
      },
      evidence,
    )
  })
}

/** The request that a reversal or void names; nothing for messages that name none, or something else on purpose. */
function originalOf(scope: Scope, exchange: Exchange): Exchange | undefined {
  const operation = byNumber(scope, exchange.operation)
  if (exchange.sent.fields.originalType === undefined || operation?.special !== undefined) return undefined
  if (exchange.name === 'reverse')
    return scope.exchanges.find(one => one.number < exchange.number && one.name !== 'reverse' && sameKey(one, exchange))
  return exchange.name === 'void' ? firstOwn(target(scope, operation)) : undefined
}

function due({ profile }: Scope, { sent }: Exchange): Readonly<Record<string, string>> {
  const originalType = rowsOfType(profile.speaks, sent.mti)[0]?.request ?? sent.mti
  const told = Object.entries(repeated).flatMap(([name, of]) => (sent.fields[of] === undefined ? [] : [[name, sent.fields[of]]]))
  return { originalType, ...Object.fromEntries(told) }
}

/** A dialect says what it has a place for; zeros are what cannot be known, but for the type. */
function agrees(name: string, told: string | undefined, expected: string): boolean {
  return told === undefined ? name !== 'originalType' : told === expected || (name !== 'originalType' && /^0+$/.test(told))
}
