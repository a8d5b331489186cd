/** An answer of the HTTP door. The body is a flat object of texts. */
export type HttpAnswer = Readonly<{
  status: number
  headers: Readonly<Record<string, string>>
  body: Readonly<Record<string, string>>
}>

/** What a request was about, for whoever bends its answer. */
export type HttpAsked = Readonly<{
  /** The type of message, or `transaction` for a look at one. */
  type: string
  /** Whether the answer is one that was given before, under the same key. */
  again: boolean
}>

/** Mistakes that an HTTP interface makes apart from its rules about money. */
export type HttpLapse =
  | 'the key is ignored'
  | 'the key is not bound to content'
  | 'the key is shared between merchants'
  | 'what is in work is begun again'
  | 'the signature is not checked'
  | 'stale time is taken'
  | 'a reused key is refused and done'
  | 'a key speaks for anybody'

export type HttpFault = Readonly<{
  lapses?: readonly HttpLapse[]
  answer?: (answer: HttpAnswer, asked: HttpAsked) => HttpAnswer
}>

const created: readonly string[] = ['sale', 'void', 'refund']

/** Refusals by result code. @source HTTP acquirers fact sheet, 6 and 8.5; requirement catalogue, section 3 */
const statuses: Readonly<Record<string, number>> = {
  '03': 403,
  '09': 409,
  '13': 422,
  '25': 404,
  '30': 400,
  '40': 404,
  '51': 402,
  '54': 402,
  '55': 402,
  '58': 403,
  '61': 422,
  '62': 402,
  '63': 403,
  '64': 422,
  '75': 402,
  '77': 409,
  '91': 503,
  '94': 409,
  '96': 503,
  '97': 403,
  '98': 504,
  A0: 401,
}

/** The status that says the same as the result code of a reply. Whatever is not listed is a refusal by state. */
export function statusOf(type: string, resultCode: string | undefined): number {
  if (resultCode === '00') return created.includes(type) ? 201 : 200
  return statuses[resultCode ?? ''] ?? 422
}

/** An answer to a reply of the host: status and body say the same. */
export function answerTo(type: string, fields: Readonly<Record<string, string>>): HttpAnswer {
  const approved = fields.resultCode === '00' ? 'yes' : 'no'
  return { status: statusOf(type, fields.resultCode), headers: {}, body: { approved, ...fields } }
}

/** A refusal by the door itself, before any rule about money was asked. */
export function refusal(
  status: number,
  resultCode: string,
  note: string,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return { status, headers, body: { approved: 'no', resultCode, note } }
}
