import type { Business } from './business.ts'

/**
 * The name of an intent: made once for what a till wants done, and the same however often it is sent. A reversal has the trace of what it undoes,
 * and is an intent of its own.
 *
 * @param run  keeps the intents of two runs against one acquirer apart; empty beside an acquirer that remembers nothing
 * @source     HTTP acquirers fact sheet, 3: the key is made once per intent
 */
export function intentOf(run: string, { operation, fields }: Business): string {
  const { merchantId, terminalId, batch, trace } = fields
  return intentName(run, merchantId, terminalId, batch, trace, operation === 'reverse' ? 'R' : undefined)
}

/** The intent of the transaction that a follow-up names by batch and trace, seen before or not; a reversal has them in its own. */
export function originalIntentOf(run: string, { operation, fields }: Business): string | undefined {
  const { merchantId, terminalId } = fields
  if (operation === 'reverse') return intentName(run, merchantId, terminalId, fields.batch, fields.trace)
  return followedIntentOf(run, { operation, fields })
}

/** The intent that stands in a message as batch and trace of an original, if it has them: of a void, and of its reversal, the sale. */
export function followedIntentOf(run: string, { fields }: Business): string | undefined {
  const { merchantId, terminalId, originalBatch, originalTrace } = fields
  return originalTrace === undefined ? undefined : intentName(run, merchantId, terminalId, originalBatch, originalTrace)
}

function intentName(run: string, ...parts: readonly (string | undefined)[]): string {
  return [run, ...parts]
    .map(part => part?.trim() ?? '')
    .filter(part => part !== '')
    .join('-')
}
