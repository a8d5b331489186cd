/** What an element is made with: attributes by name, `class` among them, and what it listens to under `on`. */
export type Made = Readonly<{
  [attribute: string]: string | number | boolean | undefined | Readonly<Record<string, (event: never) => void>>
}>

type Child = Node | string

/** An element with its children; text becomes text, never markup. `false` leaves an attribute out, `true` sets it empty. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  made: Made = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  dress(element, made)
  element.append(...children)
  return element
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  made: Made = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  dress(element, made)
  element.append(...children)
  return element
}

function dress(element: Element, made: Made): void {
  for (const [name, value] of Object.entries(made)) {
    if (value === undefined || value === false) continue
    if (typeof value === 'object') {
      // Whoever writes a listener knows the event of its type.
      for (const [type, heard] of Object.entries(value)) element.addEventListener(type, heard as (event: Event) => void)
    } else element.setAttribute(name, value === true ? '' : String(value))
  }
}

/** The element of the page with this id. @throws Error when the page has none: then page and script are not of one version */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`the page has no #${id}`)
  return found
}
