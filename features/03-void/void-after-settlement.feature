Feature: Voids that come too late
  What is settled is final; what is beyond the window is refused although its batch is open.

  @VOID-009 @SETL-009
  Rule: A void of a settled sale is refused
    Example: The batch was closed at noon, the customer comes back in the afternoon
      Given Alice paid 66.00 yuan at the shop
      And the shop settled
      When the shop tries to void that sale
      Then the shop can void another sale of its own
      And that sale can still be refunded
      And the acquirer refused the void

  @VOID-010
  Rule: What can no longer be voided can be refunded
    Example: The void is refused, the refund is not
      Given Alice paid 67.00 yuan at the shop
      And the shop settled
      And the shop tried to void that sale, in vain
      When the shop refunds 67.00 yuan of that sale
      Then the acquirer approves the refund

  @VOID-011 @exclusive
  Rule: A void that comes too late is refused, even in an open batch
    Example: The time for voids has passed, the batch was not settled
      Given Alice paid 69.00 yuan at the shop
      And the time in which it could be voided has passed
      When the shop tries to void that sale
      Then the shop can void another sale of its own
      And that sale can still be refunded
      And the acquirer refused the void
