import { type LineFaultId, lineFaults } from '../transport/line-faults.ts'

/**
 * Line faults that can be part of what is certified: a front end before the acquirer that damages every exchange of every till. Which rows
 * notice is stated beforehand. (A connection that is refused is no fault of this kind: nothing ever reaches the acquirer, and a run says so.)
 * Those with none are what a good acquirer and a good till must bear: they must raise no alarm at all.
 */
const breaks: Readonly<Record<Exclude<LineFaultId, 'refuses the connection'>, readonly string[]>> = {
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
  'corrupts a byte': ['MSG-001', 'MSG-003'],
  'corrupts a byte of the request': ['MSG-001', 'MSG-003'],
}

type MatrixFault = keyof typeof breaks

const isOfMatrix = (id: string): id is MatrixFault => Object.hasOwn(breaks, id)

export const lineFaultsOfMatrix: readonly Readonly<{ id: MatrixFault; says: string; breaks: readonly string[] }>[] = Object.keys(
  lineFaults,
)
  .filter(isOfMatrix)
  .map(id => ({ id, says: lineFaults[id].says, breaks: breaks[id] }))
