import { createHmac } from 'node:crypto'
import { Secret } from '../../values/secret.ts'
import type { BookMerchant } from '../book.ts'

/** Who works in a merchant's back office. */
export type Role = 'clerk' | 'approver' | 'auditor'

/** What somebody may do there. `ask`: ask for a void or a refund; `decide`: about what somebody else has asked for. */
export type Right = 'look' | 'ask for a void' | 'ask for a refund' | 'decide' | 'read the audit log' | 'export'

const rights: Readonly<Record<Role, readonly Right[]>> = {
  clerk: ['look', 'ask for a void'],
  approver: ['look', 'ask for a void', 'ask for a refund', 'decide'],
  auditor: ['look', 'read the audit log', 'export'],
}

/** Somebody who is signed in: of one merchant, in one role. */
export type Member = Readonly<{ name: string; role: Role; merchantId: string }>

/** A member as the host is told of him. */
export type StaffMember = Member & Readonly<{ password: Secret }>

export const may = ({ role }: Pick<Member, 'role'>, right: Right): boolean => rights[role].includes(right)

const posts: readonly Readonly<{ post: string; role: Role }>[] = [
  { post: 'clerk', role: 'clerk' },
  { post: 'approver', role: 'approver' },
  { post: 'approver2', role: 'approver' },
  { post: 'auditor', role: 'auditor' },
]

/**
 * The staff of a test host: a clerk, two approvers and an auditor for each merchant, `clerk@M00000000000001`. Their passwords, twelve characters,
 * follow from the seed: they guard nothing but a test.
 */
export const testStaff = (merchants: readonly Pick<BookMerchant, 'id'>[], seed: string): readonly StaffMember[] =>
  merchants.flatMap(({ id }) =>
    posts.map(({ post, role }) => {
      const name = `${post}@${id}`
      const password = createHmac('sha256', seed).update(`back office ${name}`).digest('base64url').slice(0, 12)
      return { name, role, merchantId: id, password: new Secret(password) }
    }),
  )
