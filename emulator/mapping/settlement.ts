import { type Business, replyFrame } from './business.ts'
import { perform, type Setting } from './conversation.ts'
import type { Intent } from './memory.ts'

/**
 * Closes a till's batch where the interface has no call for it. With the strategy `capture` every live sale of the batch is captured, for that is what
 * ends a void; with any other nothing is sent, and the till closes its batch for itself.
 *
 * @source HTTP acquirers fact sheet, 8.6
 */
export async function settled(setting: Setting, asked: Business, intent: Intent): Promise<Uint8Array | undefined> {
  const { mapping, memory, saw, party } = setting
  const { terminalId, merchantId, trace, batch, currency } = asked.fields
  const plan = mapping.operations.get('complete')
  let result: 'BALANCED' | 'UNBALANCED' = 'BALANCED'
  if (mapping.settle.strategy === 'capture' && plan !== undefined) {
    for (const sale of memory.ofBatch(terminalId, batch).filter(isLive)) {
      const capture = memory.opened(`${sale.id}-C`, sale.asked)
      capture.attempts += 1
      const original = { ...sale.refs, clientRef: sale.id, operation: sale.operation }
      const { rule } = await perform(setting, plan, { operation: 'complete', fields: sale.asked.fields }, capture, original)
      if (rule.means === 'UNKNOWN') return undefined
      if (rule.means === 'APPROVED') sale.captured = true
      else result = 'UNBALANCED'
    }
  } else {
    const says = `the interface has no settlement (${mapping.settle.strategy}): nothing was sent, the till closes its batch for itself`
    saw({
      call: 'settle',
      intent: intent.id,
      attempt: intent.attempts,
      party: party.name,
      method: 'none',
      path: '',
      headers: {},
      rule: `settle: ${mapping.settle.strategy}`,
      outcome: result,
      final: true,
      says,
    })
  }
  const both = result === 'BALANCED' ? '1' : '2'
  return replyFrame('settle', {
    ...{ terminalId, merchantId, trace, batch, currency },
    domesticResult: both,
    foreignResult: both,
    reference: memory.referenceOf(intent),
    resultCode: result,
  })
}

const isLive = ({ operation, outcome, undone, captured }: Intent): boolean =>
  operation === 'sale' && outcome === 'APPROVED' && undone !== true && captured !== true
