Feature: Refunds
  Money goes back to the card that paid, up to what it paid, from the merchant that was paid.

  @REF-001
  Rule: A settled sale can be refunded
    Example: All of it
      Given Alice paid 130.00 yuan at the shop
      And the shop settled
      When the shop refunds 130.00 yuan of that sale
      Then the acquirer approves the refund

    Example: A part of it
      Given Alice paid 131.00 yuan at the shop
      And the shop settled
      When the shop refunds 31.00 yuan of that sale
      Then the acquirer approves the refund

  @REF-002
  Rule: No more is refunded than was paid
    Example: One fen more than was paid
      Given Alice paid 132.50 yuan at the shop
      And the shop settled
      When the shop tries to refund one fen more than is left of that sale
      Then the shop can refund another sale of its own
      And the acquirer refused the refund

    Example: One fen too much in two parts
      Given Alice paid 132.00 yuan at the shop
      And the shop settled
      And the shop refunded 100.00 yuan of that sale
      When the shop tries to refund one fen more than is left of that sale
      Then the shop can refund another sale of its own
      And the acquirer refused the refund

  @REF-003
  Rule: A sale can be refunded in parts
    Example: A second part
      Given Alice paid 140.00 yuan at the shop
      And the shop settled
      And the shop refunded 40.00 yuan of that sale
      When the shop refunds 50.00 yuan of that sale
      Then the acquirer approves the refund

  @REF-004
  Rule: A refund before settlement follows what the acquirer declares
    Example: On the same day
      Given Alice paid 133.00 yuan at the shop
      When the shop refunds 133.00 yuan of that sale
      Then the acquirer approves the refund

  @REF-005
  Rule: A refund goes to the card that paid
    Example: Bob holds out his card
      Given Alice paid 134.00 yuan at the shop
      And the shop settled
      When the shop tries to refund 34.00 yuan of that sale to Bob
      Then the shop can refund another sale of its own
      And the acquirer refused the refund

  @REF-006
  Rule: A refund comes from the merchant that was paid
    Example: The neighbour refunds
      Given Alice paid 135.00 yuan at the shop
      And the shop settled
      When the neighbour tries to refund that sale
      Then the neighbour can refund a sale of its own
      And the acquirer refused the refund

  @REF-007
  Rule: What the acquirer does not know is not refunded
    Example: A sale that never was
      When the shop tries to refund a sale of 40.00 yuan to Alice that never was
      Then the shop can refund another sale of its own
      And the acquirer refused the refund

  @REF-009
  Rule: What was voided is not refunded
    Example: The sale was voided before
      Given Alice paid 136.00 yuan at the shop
      And the shop voided that sale
      When the shop tries to refund that sale
      Then the shop can refund another sale of its own
      And the acquirer refused the refund

  @REF-013
  Rule: A refund counts as a credit
    Example: A sale, a refund and the settlement
      Given Alice paid 137.00 yuan at the shop
      And the shop settled
      And the shop refunded 137.00 yuan of that sale
      When the shop settles
      Then what was settled is what was live
      And the till sent the totals of its batch

  @REF-010
  Rule: The till refuses a refund above its maximum
    Example: More than ten thousand
      Given Alice paid 12000.00 yuan at the shop
      And the shop settled
      When the operator tries to refund 11000.00 yuan of that sale at the shop
      Then nothing was sent

  @REF-018
  Rule: A card that has expired meanwhile does not stand in the way of a refund
    Example: Alice has a new card by now
      Given Alice paid 141.00 yuan at the shop
      And the shop settled
      And Alice's card has expired
      When the shop refunds 141.00 yuan of that sale
      Then the acquirer approves the refund
