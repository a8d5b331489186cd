/** JSON of a value that an expression gave. What was found nowhere is not there. */
export const jsonText = (value: unknown): string => JSON.stringify(value) ?? ''

/**
 * A value as `application/x-www-form-urlencoded`: names within names in brackets (`amount_details[tip]=5`), lists with empty ones
 * (`expand[]=charges`).
 *
 * @source WHATWG URL, 5; brackets as Stripe’s interface takes them
 */
export function formText(value: unknown): string {
  const pairs: [string, string][] = []
  const put = (name: string, one: unknown): void => {
    if (one === undefined || one === null) return
    if (Array.isArray(one)) for (const item of one) put(`${name}[]`, item)
    else if (typeof one === 'object')
      for (const [key, inner] of Object.entries(one)) put(name === '' ? key : `${name}[${key}]`, inner)
    else pairs.push([name, String(one)])
  }
  put('', value)
  return new URLSearchParams(pairs).toString()
}

/**
 * Reads JSON whose numbers keep the text that they had on the wire, so that no amount goes through a binary fraction.
 *
 * @returns undefined when the text is no JSON
 */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text, keepText)
  } catch {
    return undefined // Whatever an acquirer sends is a case: the caller says that it could not be read.
  }
}

function keepText(_name: string, value: unknown, context?: Readonly<{ source?: string }>): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value
}
