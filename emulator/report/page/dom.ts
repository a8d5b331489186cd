// The little of the browser that the page's script uses. TypeScript's own `dom` library would put the browser's globals into every file of ours.

export interface PageElement {
  id: string
  className: string
  hidden: boolean
  open: boolean
  checked: boolean
  value: string
  tabIndex: number
  textContent: string | null
  readonly dataset: Record<string, string | undefined>
  readonly classList: { add(name: string): void; remove(name: string): void; toggle(name: string, on: boolean): void }
  readonly style: { setProperty(name: string, value: string): void }
  readonly childElementCount: number
  append(...children: readonly (PageElement | string)[]): void
  setAttribute(name: string, value: string): void
  getAttribute(name: string): string | null
  querySelector(selector: string): PageElement | null
  querySelectorAll(selector: string): Iterable<PageElement>
  closest(selector: string): PageElement | null
  scrollIntoView(options: { block: 'start' | 'center' }): void
  focus(): void
  addEventListener(type: string, listener: (event: PageEvent) => void): void
}

export interface PageEvent {
  readonly target: PageElement
  readonly key: string
  preventDefault(): void
}

export interface PageDocument {
  createElement(tag: string): PageElement
  getElementById(id: string): PageElement | null
  querySelectorAll(selector: string): Iterable<PageElement>
  addEventListener(type: string, listener: (event: PageEvent) => void): void
}

export interface PageWindow {
  readonly document: PageDocument
  readonly location: { readonly hash: string }
  addEventListener(type: string, listener: () => void): void
}
