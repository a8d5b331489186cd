Feature: What an answer over HTTP means
  A status is not a result: what happened is in both, and what is not known yet is found out.

  @HTTP-001
  Rule: Status and business result say the same, and the outcome is taken from both
    Example: An approval
      When Alice pays 40.00 yuan at the shop
      Then the acquirer approves the sale

    Example: A refusal
      When Dora pays all she has and one fen more at the shop
      Then the shop can sell
      And the acquirer refuses the sale

  @HTTP-005
  Rule: A request without an answer is unknown, and is resolved under the same key
    Example: The answer was lost, and so was the first answer to the reversal
      Given the reply to the shop's next sale will be lost
      And the replies to the shop's next 1 reversals will be lost
      And Alice paid 41.00 yuan at the shop
      When the shop sends what it still owes
      Then the till reversed the sale

  @HTTP-006
  Rule: What was never answered can be undone by the till's own reference
    Example: The till never saw the acquirer's reference
      Given the reply to the shop's next sale will be lost
      And Alice paid 42.00 yuan at the shop
      When the shop sends what it still owes
      Then the acquirer answered the reversal

  @HTTP-007
  Rule: What was only accepted is followed to its end
    Example: A refund that takes its time
      Given Alice paid 43.00 yuan at the shop
      And the shop settled
      When the shop refunds 43.00 yuan of that sale
      Then the till followed it to its end

  @HTTP-010
  Rule: An endpoint that decides between cancel and refund tells which one it did
    Example: The sale was not settled
      Given Alice paid 44.00 yuan at the shop
      When the shop refunds 44.00 yuan of that sale
      Then the acquirer approves the refund

    Example: The sale was settled
      Given Alice paid 45.00 yuan at the shop
      And the shop settled
      When the shop refunds 45.00 yuan of that sale
      Then the acquirer approves the refund
