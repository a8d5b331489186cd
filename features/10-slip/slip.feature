Feature: Slips
  Paper says what happened, to whom, and no more of the card than it may.

  @RCPT-001 @RCPT-004 @RCPT-006
  Rule: A sale slip says all that it must, truncates the card, and its amount is the amount sent
    Example: A sale
      When Alice pays 160.00 yuan at the shop
      Then the slips say what they must

  @RCPT-002
  Rule: A void slip says VOID and names its original
    Example: A void
      Given Alice paid 161.00 yuan at the shop
      When the shop voids that sale
      Then the slips say what they must

  @RCPT-003
  Rule: A refund slip says REFUND and names its original
    Example: A refund
      Given Alice paid 162.00 yuan at the shop
      And the shop settled
      When the shop refunds 162.00 yuan of that sale
      Then the slips say what they must

  @RCPT-005
  Rule: Nothing but an approval looks like one
    Example: A decline
      When Dora pays all she has and one fen more at the shop
      Then no approval was printed

    Example: No answer
      Given the reply to the shop's next sale will be lost
      When Alice pays 163.00 yuan at the shop
      Then no approval was printed

  @RCPT-007
  Rule: A reprint is marked as a duplicate
    Example: The last slip once more
      Given Alice paid 164.00 yuan at the shop
      When the shop prints the last slip once more
      Then the reprint is marked
