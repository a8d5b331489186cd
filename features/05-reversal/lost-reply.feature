Feature: Lost replies
  A cardholder whose till never heard the answer is never left charged.

  @REV-001 @REV-008
  Rule: A sale without an answer is reversed, and the acquirer undoes it
    Example: The reply is lost
      Given the reply to the shop's next sale will be lost
      And Alice paid 90.00 yuan at the shop
      When the shop sends what it still owes
      Then the till reversed the sale
      And the acquirer answered the reversal

    Example: The line breaks after the request was sent
      Given the line of the shop will break after the next request
      And Alice paid 91.00 yuan at the shop
      When the shop sends what it still owes
      Then the till reversed the sale
      And the acquirer answered the reversal

  @REV-010
  Rule: A reversal of what the acquirer never saw creates nothing
    Example: The request is lost
      Given Alice paid 9.20 yuan at the shop
      And the shop's next request will be lost
      And Alice paid 92.00 yuan at the shop
      When the shop sends what it still owes
      Then the acquirer answered the reversal

  @REV-017
  Rule: A void without an answer is reversed, and its sale lives again
    Example: The reply to the void is lost
      Given Alice paid 93.00 yuan at the shop
      And the reply to the shop's next void will be lost
      And the shop voided that sale
      When the shop sends what it still owes
      Then that sale can still be voided
      And the acquirer answered the reversal

  @REV-002 @SEC-003
  Rule: An approval that fails its MAC is no approval
    Example: A byte of the answer is damaged on the way
      Given the reply to the shop's next sale will be damaged
      When Alice pays 94.00 yuan at the shop
      And the shop sends what it still owes
      Then the till reversed the sale

  @REV-003
  Rule: What is needed for a reversal is stored before the request leaves
    Example: The power fails while the till waits
      Given the power of the shop will fail while it waits for an answer
      And Alice paid 95.00 yuan at the shop
      When the shop comes back and sends what it still owes
      Then the till reversed the sale

  @REV-004
  Rule: A pending reversal goes before the next sale
    Example: Bob is next
      Given Alice paid 96.00 yuan at the shop but the reply was lost
      When Bob pays 15.00 yuan at the shop
      Then the reversal went first

  @REV-005
  Rule: A reversal without an answer is sent again
    Example: Two lost replies, then one that arrives
      Given Alice paid 97.00 yuan at the shop but the reply was lost
      And the replies to the shop's next 2 reversals will be lost
      When the shop sends what it still owes
      Then the till repeated the reversal

  @REV-006
  Rule: A reversal that nobody answers never vanishes
    Example: Every send is lost, and the till asks again before settlement
      Given Alice paid 98.00 yuan at the shop but the reply was lost
      And the reply to every send of the shop's next reversal will be lost
      When the shop sends what it still owes
      And Bob pays 16.00 yuan at the shop
      And the shop settles
      Then the reversal was kept as unresolved

  @REV-007
  Rule: A reversal says what it reverses, and why
    Example: No answer came
      Given the reply to the shop's next sale will be lost
      When Alice pays 99.00 yuan at the shop
      And the shop sends what it still owes
      Then the till reversed the sale

  @REV-011
  Rule: Only the agreed answers end a reversal
    Example: The acquirer does not know the sale, which is an end
      Given the shop's next request will be lost
      And Alice paid 100.00 yuan at the shop
      When the shop sends what it still owes
      Then the till repeated the reversal as often as the answers ask for

    Example: The acquirer says system error, which is none
      Given Alice paid 101.00 yuan at the shop but the reply was lost
      And the answer to the shop's next reversal will say 96
      When the shop sends what it still owes
      Then the till repeated the reversal as often as the answers ask for

  @REV-020
  Rule: A refund is never reversed
    Example: The reply to a refund is lost
      Given Alice paid 102.00 yuan at the shop
      And the shop settled
      And the reply to the shop's next refund will be lost
      When the shop refunds 102.00 yuan of that sale
      And the shop sends what it still owes
      Then no reversal was sent

  @REF-014
  Rule: A refund without an answer stays unknown until somebody clears it
    Example: The till keeps it apart
      Given Alice paid 103.00 yuan at the shop
      And the shop settled
      And the reply to the shop's next refund will be lost
      When the shop refunds 103.00 yuan of that sale
      Then the refund was kept as unknown

    Example: The operator sends it again, under the same number
      Given Alice paid 103.50 yuan at the shop
      And the shop settled
      And the reply to the shop's next refund will be lost
      When the shop refunds 103.50 yuan of that sale
      And the shop refunds 103.50 yuan of that sale
      Then the refund was kept as unknown

  @REV-022
  Rule: An answer after the time-out changes nothing
    Example: The approval arrives while the sale is being reversed
      Given the reply to the shop's next sale will be late
      When Alice pays 104.00 yuan at the shop
      And the shop sends what it still owes
      Then the till ignored that answer

  @REV-026
  Rule: The operator is told that a sale without an answer is being cancelled
    Example: Never an approval
      Given the reply to the shop's next sale will be lost
      When Alice pays 105.00 yuan at the shop
      Then the till showed how it ended

  @NET-001
  Rule: Nothing is reversed that never left
    Example: The connection never opens
      Given the shop's next connection will be refused
      When Alice pays 106.00 yuan at the shop
      And the shop sends what it still owes
      Then no reversal was sent

  @MSG-004 @NET-003
  Rule: Only the answer to the open request counts
    Example: Another till's approval arrives first
      Given another till's answer will arrive before the shop's next
      When Alice pays 107.00 yuan at the shop
      Then the till ignored that answer

  @MSG-015
  Rule: An answer "in progress" is not final
    Example: The acquirer asks for patience, then approves
      Given an answer "in progress" will arrive before the shop's next
      When Alice pays 108.00 yuan at the shop
      Then the till went on waiting

  @NET-002
  Rule: What the line cuts into pieces is put together, and half an answer is none
    Example: Request and answer arrive byte by byte
      Given the shop's next request and its answer will arrive in pieces
      When Alice pays 109.00 yuan at the shop
      Then the acquirer answered what arrived in pieces

    Example: The line breaks in the middle of the answer
      Given the line of the shop will break in the middle of the next answer
      When Alice pays 109.50 yuan at the shop
      And the shop sends what it still owes
      Then the till reversed the sale
