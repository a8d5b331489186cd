import type { PageDocument, PageElement, PageEvent } from './dom.ts'

/** An element without a browser, for the tests of the page's script: it keeps what it is given and can print itself. */
export class StandIn implements PageElement {
  readonly tag: string
  readonly children: (StandIn | string)[] = []
  readonly attributes = new Map<string, string>()
  readonly listeners = new Map<string, (event: PageEvent) => void>()
  readonly dataset: Record<string, string | undefined> = {}
  id = ''
  className = ''
  hidden = false
  open = false
  checked = false
  value = ''
  tabIndex = -1

  constructor(tag: string) {
    this.tag = tag
  }

  readonly classList = {
    add: (name: string): void => this.classList.toggle(name, true),
    remove: (name: string): void => this.classList.toggle(name, false),
    toggle: (name: string, on: boolean): void => {
      const others = this.className.split(' ').filter(each => each !== '' && each !== name)
      this.className = (on ? [...others, name] : others).join(' ')
    },
  }

  readonly style = { setProperty: (name: string, value: string): void => void this.attributes.set(`style ${name}`, value) }

  get childElementCount(): number {
    return this.children.filter(child => child instanceof StandIn).length
  }

  get textContent(): string {
    return this.children.map(child => (typeof child === 'string' ? child : child.textContent)).join('')
  }

  append(...children: readonly (PageElement | string)[]): void {
    for (const child of children) {
      if (typeof child !== 'string' && !(child instanceof StandIn)) throw new TypeError('a stand-in holds stand-ins and text')
      this.children.push(child)
    }
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value)
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null
  }

  /** Elements below this one, in the order of the page. */
  all(): readonly StandIn[] {
    return this.children.flatMap(child => (typeof child === 'string' ? [] : [child, ...child.all()]))
  }

  ofClass(name: string): readonly StandIn[] {
    return this.all().filter(element => element.className.split(' ').includes(name))
  }

  /** Knows the one selector that the drawing functions use. */
  querySelectorAll(selector: string): readonly StandIn[] {
    return selector === '[data-path]' ? this.all().filter(element => element.dataset.path !== undefined) : []
  }

  querySelector(): null {
    return null
  }

  closest(): StandIn {
    return this
  }

  scrollIntoView({ block }: { block: 'start' | 'center' }): void {
    this.setAttribute('seen', block)
  }

  focus(): void {
    this.setAttribute('focused', 'yes')
  }

  addEventListener(type: string, listener: (event: PageEvent) => void): void {
    this.listeners.set(type, listener)
  }

  /** What a reader's hand would do. */
  happens(type: string, target: StandIn = this): void {
    this.listeners.get(type)?.({ target, key: '', preventDefault: () => this.setAttribute('prevented', 'yes') })
  }
}

/** A document of stand-ins with this text as its data. */
export function standInDocument(data: string): PageDocument {
  const holder = new StandIn('script')
  holder.append(data)
  return {
    createElement: tag => new StandIn(tag),
    getElementById: id => (id === 'data' ? holder : null),
    querySelectorAll: () => [],
    addEventListener: type => holder.setAttribute(`listens to ${type}`, 'yes'),
  }
}
