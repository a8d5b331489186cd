import { drawOnce, enableSearch, follow, nearest, start } from './app.ts'
import { bodyText, drawCall, drawHalf } from './call.ts'
import {
  drawCitation,
  drawDeed,
  drawHead,
  drawRests,
  drawRung,
  drawScenario,
  drawWhat,
  make,
  messageLabel,
  scrolling,
} from './ladder.ts'
import { enableMatrix, markBeside, placeOf, pointAt } from './matrix.ts'
import { covers, drawDetail, drawField, drawHex, drawMessage, fieldNamed } from './message.ts'
import { drawFlows, drawMoney, drawMove } from './money.ts'
import { drawGlass, drawKey, drawLines, drawPaper, drawTill } from './till.ts'

const ladder = [make, scrolling, drawScenario, drawHead, drawRests, drawRung, drawCitation, drawWhat, drawDeed, messageLabel]
const call = [drawCall, drawHalf, bodyText]
const money = [drawMoney, drawFlows, drawMove]
const till = [drawTill, drawKey, drawGlass, drawPaper, drawLines]
const matrix = [placeOf, markBeside, pointAt, enableMatrix]
const message = [drawMessage, drawDetail, covers, fieldNamed, drawField, drawHex]

/** The page's script: the drawing functions by their own source, so that what is type-checked and tested here is what runs there. */
export const pageScript = `'use strict'
${[...ladder, ...message, ...call, ...till, ...money, ...matrix, drawOnce, nearest, follow, enableSearch, start].map(String).join('\n')}
start(window, JSON.parse(document.getElementById('data').textContent))
`
