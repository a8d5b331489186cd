/** What a till can do with an acquirer, by one name in every dialect, profile and feature. */
export type Operation =
  | 'signIn'
  | 'signOff'
  | 'echo'
  | 'inquire'
  | 'sale'
  | 'void'
  | 'refund'
  | 'preauth'
  | 'preauthVoid'
  | 'complete'
  | 'completionVoid'
  | 'reverse'
  | 'settle'
  | 'upload'

/** What a reversal can undo. */
export type Reversible = 'sale' | 'void' | 'preauth' | 'preauthVoid' | 'complete' | 'completionVoid'

/** Why a terminal reverses: no answer in time, an approval it could not complete, an answer that failed its MAC, anything else. */
export type ReversalReason = 'no answer' | 'could not complete' | 'bad MAC' | 'other'
