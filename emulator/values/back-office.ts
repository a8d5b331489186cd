/** The posts in a merchant's back office. The second approver is there for what one must not do to his own request. */
export const posts = ['clerk', 'approver', 'second approver', 'auditor'] as const

export type Post = (typeof posts)[number]

/**
 * What the pages of a back office say a transaction or a request has come to. `live`: an approved sale; `refused`: the acquirer's rules were against
 * it; `rejected`: a person was; `not allowed`: the pages would not let this person do it; `not there`: no such thing is found;
 * `unclear`: the page says what the profile has no words for.
 */
export type OfficeStatus =
  | 'live'
  | 'awaiting approval'
  | 'voided'
  | 'refunded'
  | 'settled'
  | 'refused'
  | 'rejected'
  | 'not allowed'
  | 'not there'
  | 'unclear'

/** What was done there. */
export type OfficeAct =
  | 'looked for'
  | 'asked for a void'
  | 'asked for a refund'
  | 'approved'
  | 'rejected'
  | 'followed'
  | 'read the audit log'
