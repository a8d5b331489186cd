import { drawOnce, enableSearch, follow, start } from './app.ts'
import { drawCitation, drawHead, drawItem, drawMoney, drawRung, drawScenario, drawWhat, make, messageLabel } from './ladder.ts'
import { enableMatrix, markBeside, placeOf, pointAt } from './matrix.ts'
import { covers, drawDetail, drawField, drawHex, drawMessage, fieldNamed } from './message.ts'

const ladder = [make, drawScenario, drawHead, drawRung, drawCitation, drawWhat, drawItem, drawMoney, messageLabel]
const matrix = [placeOf, markBeside, pointAt, enableMatrix]
const message = [drawMessage, drawDetail, covers, fieldNamed, drawField, drawHex]

/** The page's script: the drawing functions by their own source, so that what is type-checked and tested here is what runs there. */
export const pageScript = `'use strict'
${[...ladder, ...message, ...matrix, drawOnce, follow, enableSearch, start].map(String).join('\n')}
start(window, JSON.parse(document.getElementById('data').textContent))
`
