import { type Dialect, dialect } from './dialect.ts'
import { framingOf } from './framing-settings.ts'
import type { SettingValue } from './settings.ts'
import { settle } from './settings.ts'
import { codes } from './unionpay-codes.ts'
import { fields, layouts } from './unionpay-fields.ts'
import { financialMessages } from './unionpay-financial.ts'
import { managementMessages } from './unionpay-management.ts'
import { settings } from './unionpay-settings.ts'
import { words } from './unionpay-words.ts'

export const id = 'unionpay-pos'

/** The dialect of UnionPay POS terminals that are connected directly, with these settings. @source UnionPay POS fact sheet */
export function unionPayPos(given: Readonly<Record<string, SettingValue>> = {}): Dialect {
  const set = settle(id, settings, given)
  return dialect({
    id,
    mark: 'cup',
    source: 'UnionPay POS fact sheet (Q/CUP 009 style)',
    framing: framingOf(set),
    encoding: {
      digits: 'bcd',
      prefix: 'bcd',
      bitmap: 'binary',
      text: 'gbk',
      trackSeparator: 'D',
      trackPad: set.trackPad === 'F' ? 'F' : '0',
      tracksEncrypted: set.trackEncryption === true,
    },
    fields: set.mac === 'unionpay-ecb' ? { ...fields, mac: { ...fields.mac, holds: 'hex characters' } } : fields,
    layouts,
    messages: [...financialMessages, ...managementMessages],
    matchedBy: ['processingCode', 'amount', 'trace', 'conditionCode', 'terminalId', 'merchantId', 'currency'],
    mayBeMissingInRefusal: ['currency'],
    codes: { ...codes, reversalFinal: String(set.reversalFinal).split(' ') },
    words,
    cannot: {
      'MSG-002': 'there are no message types of repeats; the repeat has the type of the first copy',
      'MSG-003': 'requests carry no time and date; asked as the echo of 3, 4, 11, 25, 41, 42, 49 and 60',
      'MSG-008': 'no message names the original in a field of its own',
      'VOID-012': 'requests carry no date or time',
      'REV-005': 'there is no 0401; a repeated reversal is a 0400',
      'REV-007': 'the reversal of a swiped sale carries neither card nor time',
      'REV-018': 'a refund is 0220 and is never reversed',
      'REV-021': 'there is no 0420',
      'REV-024': 'a card number stands only in the reversal of a keyed sale',
    },
    settings: set,
  })
}
