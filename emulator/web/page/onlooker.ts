/**
 * Somebody who only looks at the page: what stood on the glass, one display after the other, and what came out as paper. Runs before the page's own
 * scripts, and knows of them nothing but the marks in the document and what goes over their WebSocket.
 */

/** Everything since the last look, oldest first. `said`: the page's own note. */
type Seen = Readonly<{ displays: readonly string[]; slips: readonly string[]; at: string; said: string; asked: number }>

const onlooker = new (class {
  /** How many messages the page has taken in, and how many things it has asked for. */
  heard = 0
  asked = 0
  #displays: string[] = []
  #slips: string[] = []
  #shown = ''
  #waiting: { heard: number; resolve: () => void }[] = []

  constructor() {
    new MutationObserver(changes => this.#changed(changes)).observe(document, { childList: true, subtree: true })
  }

  /** Resolves when the page has taken in so many messages. */
  async seen(heard: number): Promise<Seen> {
    if (this.heard < heard) await new Promise<void>(resolve => this.#waiting.push({ heard, resolve }))
    const seen = {
      displays: this.#displays,
      slips: this.#slips,
      at: document.body.dataset.at ?? '',
      said: document.getElementById('note')?.textContent ?? '',
      asked: this.asked,
    }
    this.#displays = []
    this.#slips = []
    return seen
  }

  /** Where these stand on the screen, after they have been scrolled to: the middle of each, CSS pixels. */
  places(selectors: readonly string[]): readonly (readonly [x: number, y: number] | undefined)[] {
    const found = selectors.map(selector => document.querySelector(selector) ?? undefined)
    for (const element of found) element?.scrollIntoView({ block: 'nearest', behavior: 'instant' })
    return found.map(element => {
      if (element === undefined) return undefined
      const { x, y, width, height } = element.getBoundingClientRect()
      return [x + width / 2, y + height / 2] as const
    })
  }

  /** The letters of the function keys, by the names of the keys. */
  letters(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-key][aria-keyshortcuts]')].map(({ dataset, ariaKeyShortcuts }) => [
        dataset.key ?? '',
        ariaKeyShortcuts ?? '',
      ]),
    )
  }

  tookIn(): void {
    this.heard += 1
    for (const { resolve } of this.#waiting.filter(({ heard }) => heard <= this.heard)) resolve()
    this.#waiting = this.#waiting.filter(({ heard }) => heard > this.heard)
  }

  #changed(changes: readonly MutationRecord[]): void {
    const glass = document.querySelector('.glass')
    if (glass === null) return
    const lines = [...glass.querySelectorAll('p')].map(({ textContent }) => textContent.trim()).join('\n')
    if (lines !== this.#shown) this.#displays.push(lines)
    this.#shown = lines
    const papers = changes
      .flatMap(({ addedNodes }) => [...addedNodes])
      .filter(node => node instanceof HTMLElement && node.matches('.slip-paper'))
    this.#slips.push(...papers.map(paper => (paper as HTMLElement).querySelector('pre')?.textContent ?? ''))
  }
})()

const BrowsersOwn = WebSocket
window.WebSocket = class extends BrowsersOwn {
  constructor(...named: ConstructorParameters<typeof BrowsersOwn>) {
    super(...named)
    const later = new MessageChannel()
    // A message counts when whoever listens has dealt with it: by the next task.
    later.port1.onmessage = () => onlooker.tookIn()
    this.addEventListener('message', () => later.port2.postMessage(undefined))
  }

  override send(data: Parameters<InstanceType<typeof BrowsersOwn>['send']>[0]): void {
    onlooker.asked += 1
    super.send(data)
  }
}
Object.assign(window, { onlooker })
