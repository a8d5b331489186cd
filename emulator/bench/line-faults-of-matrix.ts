import { type LineFaultId, lineFaults } from '../transport/line-faults.ts'

/**
 * Line faults that can be part of what is certified: a front end before the acquirer that damages every exchange of every till. Which rows
 * notice is stated beforehand. Those with none are what a good acquirer and a good till must bear: they must raise no alarm at all.
 */
const breaks: Readonly<Record<LineFaultId, readonly string[]>> = {
  'refuses the connection': ['SIGN-001'],
  'cuts before sending': ['SIGN-001'],
  'cuts before the request is whole': ['SIGN-001'],
  'cuts after sending': ['SIGN-001'],
  'cuts before the reply is whole': ['SIGN-001'],
  'loses the request': ['SIGN-001'],
  'loses the reply': ['SIGN-001'],
  'delays the reply': ['SIGN-001'],
  'delivers the request twice': ['MSG-001'],
  'delivers the reply twice': ['MSG-001'],
  'splits at every byte': [],
  'joins two': ['SIGN-001'],
  'joins two replies': ['SIGN-001'],
  'corrupts a byte': ['SIGN-001'],
  'corrupts a byte of the request': ['SIGN-001'],
}

export const lineFaultsOfMatrix: readonly Readonly<{ id: LineFaultId; says: string; breaks: readonly string[] }>[] =
  Object.entries(lineFaults).map(([id, { says }]) => ({ id: id as LineFaultId, says, breaks: breaks[id as LineFaultId] }))
