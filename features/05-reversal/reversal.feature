Feature: Reversals at the acquirer
  A reversal undoes one transaction once, and nothing else.

  @REV-009
  Rule: Reversing one sale twice credits the cardholder once
    Example: The till repeats a reversal
      Given Alice paid 60.00 yuan at the shop but the reply was lost
      When the shop reverses that sale
      And the shop reverses that sale
      Then the acquirer answered every reversal

  @REV-012
  Rule: Reversing what was declined creates nothing
    Example: A sale above the funds
      Given Dora paid all she has and one fen more at the shop
      When the shop reverses that sale
      Then the acquirer answered the reversal

  @REV-013
  Rule: Reversing what was voided creates no second credit
    Example: The sale was voided in good order
      Given Alice paid 61.00 yuan at the shop
      And the shop voided that sale
      When the shop reverses that sale
      Then the acquirer answered the reversal

  @REV-014
  Rule: Reversing what was settled is refused, or booked as a credit
    Example: The batch was closed before the reversal came
      Given Alice paid 62.00 yuan at the shop
      And the shop settled
      When the shop reverses that sale
      Then the acquirer answered the reversal

  @REV-015
  Rule: A reversal for another amount has no effect
    Example: One yuan less
      Given Alice paid 63.00 yuan at the shop
      When the shop reverses that sale for 62.00 yuan
      Then that sale can still be voided
      And the acquirer answered the reversal

  @REV-018
  Rule: A reversal that names a refund has no effect
    Example: A headstrong till tries
      Given Alice paid 64.00 yuan at the shop
      And the shop settled
      And the shop refunded 64.00 yuan of that sale
      When the shop reverses that refund
      Then the acquirer answered the reversal

  @REV-023
  Rule: A reversal by another merchant or till has no effect
    Example: The neighbour
      Given Alice paid 65.00 yuan at the shop
      When the neighbour reverses that sale
      Then that sale can still be voided
      And the acquirer answered the reversal

    Example: The second till
      Given Alice paid 66.00 yuan at the shop
      When the second till reverses that sale
      Then that sale can still be voided
      And the acquirer answered the reversal

  @REV-024
  Rule: A reversal that names another card has no effect
    Example: A keyed sale, reversed with Bob's card
      Given Alice paid 67.00 yuan at the shop by keyed card
      When the shop reverses that sale with Bob's card
      Then that sale can still be voided
      And the acquirer answered the reversal

  @REV-025
  Rule: What was reversed can be neither voided nor refunded, and brings its merchant nothing
    Example: A void after the reversal
      Given Alice paid 68.00 yuan at the shop but the reply was lost
      And the shop reversed that sale
      When the shop tries to void that sale
      Then the shop can void another sale of its own
      And the acquirer refused the void

    Example: A refund after the reversal
      Given Alice paid 68.50 yuan at the shop but the reply was lost
      And the shop reversed that sale
      When the shop tries to refund that sale
      Then the shop can refund another sale of its own
      And the acquirer refused the refund

    Example: The settlement of its day
      Given Bob paid 18.50 yuan at the shop
      And Alice paid 68.70 yuan at the shop but the reply was lost
      And the shop reversed that sale
      When the shop settles
      Then what was settled is what was live

  @REV-027 @exclusive
  Rule: An approval that could not be delivered leaves no debit
    Example: The acquirer loses the line after posting
      Given the acquirer will lose the line before its next answer
      When Alice pays 69.00 yuan at the shop
      And the shop sends what it still owes
      Then nothing is left of that sale
