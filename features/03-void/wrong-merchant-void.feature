Feature: Voids by the wrong merchant or till
  Nobody takes back what another has sold.

  @VOID-013
  Rule: A void under another merchant is refused, even if everything else is right
    Example: The neighbour knows every detail of the slip
      Given Alice paid 88.00 yuan at the shop
      When the neighbour tries to void that sale
      Then the neighbour can void a sale of its own
      And that sale can still be voided
      And the acquirer refused the void

  @VOID-014
  Rule: The refusal tells nothing of the sale
    Example: A sale of somebody else looks like one that never was
      Given Alice paid 87.00 yuan at the shop
      When the neighbour tries to void that sale
      And the neighbour tries to void a sale of 87.00 yuan to Alice that never was
      Then the neighbour can void a sale of its own
      And that sale can still be voided
      And the acquirer refused the void

  @VOID-015
  Rule: A void from another till of the same merchant follows what the acquirer declares
    Example: The second till of the shop
      Given Alice paid 33.00 yuan at the shop
      When the second till tries to void that sale
      Then the second till can void a sale of its own
      And that sale can still be voided
      And the acquirer refused the void

  @SEC-006
  Rule: Nothing of one merchant is read or changed by another
    Example: A refund by the neighbour
      Given Alice paid 21.00 yuan at the shop
      And the shop settled
      When the neighbour tries to refund that sale
      Then the neighbour can refund a sale of its own
      And the acquirer refused the refund

    Example: A void by the neighbour
      Given Alice paid 22.00 yuan at the shop
      When the neighbour tries to void that sale
      Then the neighbour can void a sale of its own
      And that sale can still be voided
      And the acquirer refused the void
