import { framingSettings } from './framing-settings.ts'
import type { SettingTable } from './settings.ts'

/** What is on the wire and how it is taken, where hosts differ. @source UnionPay POS fact sheet, 9, 6.5, 3.9 */
export const settings = {
  /** The header: application type, versions, status. */
  ...framingSettings({ length: 'binary 2', tpdu: '6000060000', header: '603100311001' }),
  field60Length: { is: 'digits of field 60 in financial messages', default: 13, oneOf: [8, 11, 13, 14, 17] },
  readCapability: { is: 'terminal read capability in field 60', default: '5', oneOf: ['0', '2', '5', '6'] },
  signInKeys: {
    is: 'network management code of a sign-in: which keys it asks for',
    default: '003',
    oneOf: ['001', '003', '004'],
  },
  macKey: { is: 'the MAC key in the 40-byte key layout', default: '8 with filler', oneOf: ['8 with filler', '16'] },
  mac: { is: 'how field 64 is made', default: 'unionpay-ecb', oneOf: ['unionpay-ecb', 'x9.9', 'x9.19'] },
  macOnDeclines: { is: 'whether refusals carry a MAC', default: 'when key known', oneOf: ['always', 'never', 'when key known'] },
  macCheckOfDeclines: {
    is: 'when a terminal checks the MAC of a refusal',
    default: 'when present',
    oneOf: ['only 00', 'when present'],
  },
  resultCodeInSettlement: { is: 'field 39 in the answer to a settlement', default: 'absent', oneOf: ['absent', '00'] },
  acquirerIdInSignIn: { is: 'field 32 in the answer to a sign-in', default: 'present', oneOf: ['present', 'absent'] },
  approvalCode: { is: 'field 38 in approvals other than of a refund', default: 'always', oneOf: ['always', 'sometimes'] },
  trackPad: { is: 'the nibble after a track of odd length', default: '0', oneOf: ['0', 'F'] },
  pinBlock: { is: 'the form of the PIN block', default: 'with PAN', oneOf: ['with PAN', 'without PAN'] },
  pinCapture: { is: 'field 26 with a PIN', default: '12', oneOf: ['12', '06'] },
  trackEncryption: { is: 'whether tracks are encrypted', default: false, oneOf: [true, false] },
  voidCard: { is: 'whether the card is presented for a void', default: true, oneOf: [true, false] },
  voidPin: { is: 'whether a PIN is asked for a void', default: true, oneOf: [true, false] },
  reversalFinal: { is: 'codes that end a pending reversal', default: '00 12 25', oneOf: ['00', '00 12 25'] },
  reversalOfVoid61: { is: 'whose batch and trace the reversal of a void names', default: 'own', oneOf: ['own', 'as-request'] },
  batchMismatch: { is: 'what a host does with another batch number', default: '77', oneOf: ['77', 'accept'] },
  amexCode: { is: 'card company code of American Express', default: 'AMX', oneOf: ['AMX', 'AEX'] },
  endNoticeBalanced: {
    is: 'network management code of the end notice after balanced totals',
    default: '207',
    oneOf: ['207', '202'],
  },
  endNoticeUnbalanced: {
    is: 'network management code of the end notice after unbalanced totals',
    default: '202',
    oneOf: ['207', '202'],
  },
} as const satisfies SettingTable
