/** Why a line cannot be had, or broke, by name; and what to do about it. Preflight and the reports go by the names. */
export const linkReasons = {
  'no address': 'Give an endpoint such as tcp://host:port, tls://host:port, ws://host:port/path or wss://host:port/path.',
  'name unknown':
    'Correct the host of `endpoint` in the profile, or ask whether its name is known outside the acquirer’s network.',
  'not reachable': 'Ask for the way to the acquirer: a route or a firewall is in between.',
  'no answer': 'A firewall that drops packets looks like this; check address and port, and whether our address is let in.',
  'given up': 'It was interrupted from our side.',
  'certificate untrusted':
    'Name the authority that signed the acquirer’s certificate as `tls.ca` in the profile, with what is in between.',
  'certificate self-signed': 'Name the acquirer’s own certificate as `tls.ca` in the profile, if you know it to be theirs.',
  'certificate expired': 'The acquirer has to renew its certificate.',
  'certificate not yet valid':
    'Check the clock of this machine; else the acquirer has put its next certificate in place too early.',
  'certificate for another name':
    'Use the name that the certificate carries as host of `endpoint`, or give it as `tls.serverName`; `tls.checkName: false` is told in the report.',
  'certificate revoked': 'The acquirer has to replace its certificate.',
  'certificate too weak': 'The acquirer has to replace its certificate: key or signature are too weak to be believed.',
  'TLS version': 'Correct `tls.minVersion` in the profile, or ask which version of TLS the acquirer speaks.',
  'no cipher in common': 'Ask which ciphers the acquirer speaks; old ones are not offered any more.',
  'client certificate demanded': 'Give `tls.certificate` and `tls.key` in the profile.',
  'client certificate refused':
    'Ask the acquirer for which authority and name it takes, and when the one in `tls.certificate` ends.',
  'own certificate': 'Correct `tls.ca`, `tls.certificate` and `tls.key` in the profile.',
  'speaks no TLS': 'Check the port; if it is a plain one, use tcp:// or ws:// as `endpoint`.',
  'speaks TLS': 'Use tls://, wss:// or https:// as `endpoint`.',
  'speaks HTTP': 'Check the port; HTTP is reached by http://, https://, ws:// or wss://.',
  'speaks no WebSocket': 'Check the port and the path; what answers there is no WebSocket.',
  'upgrade refused': 'Check path, query and credentials of the WebSocket; the acquirer answered, and refused it.',
  'sub-protocol': 'Correct the sub-protocol, the name behind `#` at the end of `endpoint`.',
  'broke the protocol': 'The acquirer sent what its protocol does not allow.',
} as const

export type LinkReason = keyof typeof linkReasons
