/**
 * The only script of the portal: it follows the status of what the page shows, over server-sent events, and puts a new life of it in the place of
 * the old. It leaves alone a form that somebody has begun to fill in. Without it every page works; the status is then as of its loading.
 */
export const liveScript = `'use strict'
const live = document.querySelector('[data-live]')
if (live) {
  const told = document.querySelector('[data-told]')
  const source = new EventSource(live.dataset.live)
  const tell = up => {
    told.textContent = up ? told.dataset.up : told.dataset.down
    told.classList.toggle('down', !up)
  }
  const busy = () => [...document.querySelectorAll('main form textarea, main form input:not([type=hidden])')]
    .some(field => field.value !== field.defaultValue || field === document.activeElement)
  source.onopen = () => tell(true)
  source.onerror = () => tell(false)
  source.onmessage = async event => {
    if (event.data === live.dataset.seen) return
    live.dataset.seen = event.data
    const answer = await fetch(location.href, { credentials: 'same-origin' })
    if (!answer.ok || answer.redirected) return tell(false)
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const part of document.querySelectorAll('[data-part]')) {
      const other = fresh.querySelector('[data-part="' + part.dataset.part + '"]')
      if (other && !(part.contains(document.activeElement) && busy())) part.replaceChildren(...other.childNodes)
    }
  }
}
`
