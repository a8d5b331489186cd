/** What a dragged thing tells: that it was only tapped, or what it was dropped on. */
export type Dragged = Readonly<{ tapped: (event: MouseEvent) => void; dropped: (on: Element) => void }>

/** Pixels by which a finger may tremble before it drags. */
const tremble = 6

/** Lets an element be dragged by mouse, pen or finger onto a reader; a copy of it follows the pointer. */
export function draggable(element: HTMLElement, { tapped, dropped }: Dragged): void {
  let began: PointerEvent | undefined
  let copy: HTMLElement | undefined
  let justDragged = false

  const over = (event: PointerEvent): Element | undefined =>
    document.elementsFromPoint(event.clientX, event.clientY).find(one => one.matches('[data-reader]'))
  const light = (reader: Element | undefined): void => {
    for (const one of document.querySelectorAll('[data-reader]')) one.classList.toggle('over', one === reader)
  }
  const end = (): void => {
    copy?.remove()
    copy = undefined
    began = undefined
    light(undefined)
    document.body.classList.remove('dragging')
  }

  element.addEventListener('pointerdown', event => {
    if (event.button !== 0) return
    began = event
    justDragged = false
    element.setPointerCapture(event.pointerId)
  })
  element.addEventListener('pointermove', event => {
    if (began === undefined) return
    if (copy === undefined) {
      if (Math.hypot(event.clientX - began.clientX, event.clientY - began.clientY) < tremble) return
      copy = copyOf(element)
      document.body.classList.add('dragging')
    }
    copy.style.setProperty('translate', `${event.clientX}px ${event.clientY}px`)
    light(over(event))
  })
  element.addEventListener('pointerup', event => {
    justDragged = copy !== undefined
    const reader = justDragged ? over(event) : undefined
    end()
    if (reader !== undefined) dropped(reader)
  })
  element.addEventListener('pointercancel', end)
  element.addEventListener('click', event => {
    if (justDragged) {
      justDragged = false
      return
    }
    tapped(event)
  })
}

function copyOf(element: HTMLElement): HTMLElement {
  const copy = document.createElement('div')
  copy.className = `${element.className} dragged`
  copy.setAttribute('aria-hidden', 'true')
  copy.append(...[...element.childNodes].map(child => child.cloneNode(true)))
  document.body.append(copy)
  return copy
}
