import { type Language, type Words, words } from './words.ts'

const kept = 'tillproof language'

/** The language of the page's labels: what was chosen last in this browser, else what the browser asks for. */
let language: Language = initial()
const listeners: (() => void)[] = []

function initial(): Language {
  const chosen = localStorage.getItem(kept)
  if (chosen === 'en' || chosen === 'zh') return chosen
  return navigator.language.startsWith('zh') ? 'zh' : 'en'
}

export const says = (): Words => words[language]

export const spoken = (): Language => language

/** Called whenever another language is chosen. */
export function onLanguage(heard: () => void): void {
  listeners.push(heard)
}

export function choose(chosen: Language): void {
  language = chosen
  localStorage.setItem(kept, chosen)
  relabel()
  for (const heard of listeners) heard()
}

/** Puts the words of the language where the page names them: `data-word` for texts, `data-label` for names that are not seen. */
export function relabel(): void {
  document.documentElement.lang = language
  // A name that the words do not have stays as it is, and shows.
  const table = says() as unknown as Readonly<Record<string, unknown>>
  for (const element of document.querySelectorAll<HTMLElement>('[data-word]')) {
    const word = table[element.dataset.word ?? '']
    if (typeof word === 'string') element.textContent = word
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-label]')) {
    const word = table[element.dataset.label ?? '']
    if (typeof word === 'string') element.setAttribute('aria-label', word)
  }
}
