import { approves } from './approval.ts'
import { refusal, shownIn, unheard } from './blame.ts'
import { Steps } from './climb-link.ts'
import type { Conversation } from './conversation.ts'
import { keysUnopened } from './diagnose-keys.ts'
import type { LadderOptions, Told } from './ladder.ts'
import type { Rung } from './rung.ts'
import { PreflightTill, terminalsOf } from './till.ts'

/** Terminals that are signed in at most, the first one included. */
const atMost = 12

/** Sign-in and keys: of the terminal that makes the control sale, then of the others. */
export async function climbSession(options: LadderOptions, conversation: Conversation, told: Told): Promise<void> {
  const { profile } = options
  const steps = new Steps(told)
  if (!profile.supports.has('signon')) {
    steps.passedOver('sign-in', 'terminals do not sign in: the profile does not claim signon')
    steps.passedOver('keys', 'there is no sign-in that could bring keys')
    return
  }
  const signedIn: string[] = []
  const openedKeys: string[] = []
  for (const till of tillsOf(options, conversation.till)) {
    const at = till === conversation.till ? conversation : conversation.as(till)
    const trouble = await signIn(options, at)
    if (at !== conversation) at.close()
    if (trouble !== undefined) {
      if (trouble.rung === 'keys') steps.held('sign-in', `terminal ${[...signedIn, till.terminal.id].join(', ')}`)
      steps.broken(trouble.rung, trouble.diagnosis, trouble.shown)
      return
    }
    signedIn.push(till.terminal.id)
    if (till.keys !== undefined) openedKeys.push(till.terminal.id)
  }
  steps.held('sign-in', `${signedIn.length === 1 ? 'terminal' : 'terminals'} ${signedIn.join(', ')}`)
  if (openedKeys.length === 0) steps.passedOver('keys', 'the sign-in brings none')
  else steps.held('keys', 'they open under the master keys, and their check values agree')
}

type Trouble = Pick<Extract<Rung, { is: 'broken' }>, 'rung' | 'diagnosis' | 'shown'>

async function signIn({ waits, profile }: LadderOptions, conversation: Conversation): Promise<Trouble | undefined> {
  const { till, spoken } = conversation
  const attempt = await conversation.say(till.manage('signIn'), waits.answer)
  const reading = attempt?.reading
  if (attempt === undefined || reading?.is !== 'answer') return { rung: 'sign-in', ...unheard(conversation, attempt) }
  const reply = till.replyOf(reading, spoken)
  const shown = shownIn(conversation, attempt)
  if (!approves(reply.resultCode)) return { rung: 'sign-in', diagnosis: refusal(conversation, 'signIn', reply.resultCode), shown }
  if (reply.batch !== undefined) till.batch = reply.batch
  const { keys } = reply
  if (typeof keys === 'string')
    return { rung: 'keys', diagnosis: keysUnopened(keys, reading.message, till.standing, profile), shown }
  till.keys = keys
  return undefined
}

/** The terminal that spoke first, then the others that may be used. */
function tillsOf({ profile, sets }: LadderOptions, first: PreflightTill): readonly PreflightTill[] {
  const others = terminalsOf(profile, sets).map(each => new PreflightTill(profile, each))
  return [first, ...others.filter(({ terminal }) => terminal.id !== first.terminal.id)].slice(0, atMost)
}
