import { EmulatorError } from '../values/errors.ts'
import { formText, jsonText } from './encode.ts'
import type { Expression, Names } from './expression.ts'
import type { CallPlan, Encoder, Templates } from './mapping.ts'
import type { Prepared } from './prepared.ts'
import { templateText } from './sign.ts'

const mediaTypes = { json: 'application/json; charset=utf-8', form: 'application/x-www-form-urlencoded' } as const

/**
 * Makes a call out of its plan: the body is serialised here, once.
 *
 * @param base  what stands before every path, without a slash at its end
 * @throws EmulatorError `MAPPING_FAILED`
 */
export async function prepare(plan: CallPlan, encoder: Encoder, names: Names, base: string): Promise<Prepared> {
  const { idempotency } = plan
  const key = idempotency.carrier === 'none' ? '' : await templateText(idempotency.value, names)
  const headers = await textsOf(plan.headers, names)
  if (idempotency.carrier === 'header') headers[idempotency.name] = key
  const path = await templateText(plan.path, names)
  if (!path.startsWith('/'))
    throw new EmulatorError('MAPPING_FAILED', { place: placeOf(plan), expression: path, because: 'a path begins with /' })
  const common = { method: plan.method, path: base + encoded(path), ...(key === '' ? {} : { key }) }
  if (plan.body === undefined) return { ...common, headers: { Accept: 'application/json', ...headers } }
  const inner = await bodyOf(plan.body, names)
  if (idempotency.carrier === 'body' && inner[idempotency.name] === undefined) inner[idempotency.name] = key
  const header = { ...(await textsOf(encoder.header, names)), ...(await textsOf(plan.messageHeader, names)) }
  if (idempotency.carrier === 'message-header') header[idempotency.name] = key
  const whole = encoder.wrap === undefined ? inner : { [encoder.wrap]: { [encoder.headerName]: header, ...inner } }
  const body = encoder.kind === 'form' ? formText(whole) : jsonText(whole)
  return { ...common, headers: { Accept: 'application/json', 'Content-Type': mediaTypes[encoder.kind], ...headers }, body }
}

async function textsOf(templates: Templates, names: Names): Promise<Record<string, string>> {
  const texts: Record<string, string> = {}
  for (const [name, template] of Object.entries(templates)) {
    const text = await templateText(template, names)
    if (text !== '') texts[name] = text
  }
  return texts
}

async function bodyOf(expression: Expression, names: Names): Promise<Record<string, unknown>> {
  const value = await expression.evaluate(names)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  const because = 'a body is an object, and this expression gives none'
  throw new EmulatorError('MAPPING_FAILED', { place: expression.place, expression: expression.text, because })
}

/** What an expression put into a path may need encoding; what is encoded stays as it is. */
const encoded = (path: string): string => new URL(path.replace(/^\/+/, '/'), 'http://x').href.slice('http://x'.length)

const placeOf = ({ path, id }: CallPlan): string => (path.is === 'expression' ? path.expression.place : id)
