import { expression, isUsable } from './expression.ts'
import type { CallPlan, Mapping, OperationPlan, Rule } from './mapping.ts'

/**
 * Mistakes that client code of HTTP interfaces is seen to make, so that the rows about them can be shown to notice. `breaks`: the rows that must
 * fail, stated beforehand; `under`: the profile under which it shows.
 *
 * @source HTTP acquirers fact sheet, 8.12 and 8.13
 */
export type MappingFault = Readonly<{
  id: string
  says: string
  breaks: readonly string[]
  under: string
  bends?: (mapping: Mapping) => Mapping
  /** Each send has a key of its own. */
  newKeys?: true
}>

const under = 'json-http'

export const mappingFaults: readonly MappingFault[] = [
  {
    id: 'takes an accepted request for an approved one',
    says: 'does not wait for the end of what the acquirer has only accepted',
    breaks: ['HTTP-001', 'HTTP-007'],
    under,
    bends: mapping =>
      withRules(mapping, rules => rules.map(rule => (rule.final ? rule : { ...rule, means: 'APPROVED', final: true }))),
  },
  {
    id: 'takes every 2xx for an approval',
    says: 'looks at the status of an answer and not into its body',
    breaks: ['HTTP-001', 'HTTP-007'],
    under,
    bends: mapping => withRules(mapping, rules => [byStatus, ...rules]),
  },
  {
    id: 'makes a new key for every send',
    says: 'sends a request again under another idempotency key',
    breaks: ['HTTP-005'],
    under,
    newKeys: true,
  },
]

/** The fault of this name, if it is one of a mapping. */
export const mappingFaultNamed = (id: string | undefined): MappingFault | undefined =>
  mappingFaults.find(fault => fault.id === id)

const success = expression('status < 300', 'a fault')

const byStatus: Rule = {
  id: 'status alone',
  means: 'APPROVED',
  also: [],
  final: true,
  unmapped: false,
  ...(isUsable(success) ? { when: success } : {}),
}

/** The mapping with the rules of every call bent. */
function withRules(mapping: Mapping, bend: (rules: readonly Rule[]) => readonly Rule[]): Mapping {
  const bent = (call: CallPlan): CallPlan => ({ ...call, classify: bend(call.classify) })
  const operations = [...mapping.operations].map(([name, plan]) => {
    const [first, ...rest] = plan.calls
    const calls: OperationPlan['calls'] = [bent(first), ...rest.map(bent)]
    return [name, { ...plan, calls }] as const
  })
  return { ...mapping, operations: new Map(operations) }
}
