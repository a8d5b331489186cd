/** Whether an address has a user name or a password in it. Addresses are printed and kept with every run, so they may have none. */
export const hasCredentials = (address: URL): boolean => address.username !== '' || address.password !== ''

/** Whether an address leaves its port open where nobody has a usual one: `tcp://` and `tls://`. Those of the web have theirs. */
export const lacksPort = ({ protocol, port }: URL): boolean => (protocol === 'tcp:' || protocol === 'tls:') && port === ''

/**
 * A text as it may be printed: wherever an address in it, well formed or not, could have a user name and a password, there is `…`.
 *
 * @example withoutCredentials('tcp://till:secret@pos.example:8583') // tcp://…@pos.example:8583
 */
export const withoutCredentials = (text: string): string => text.replace(/(:\/*).*@/gs, '$1…@')
