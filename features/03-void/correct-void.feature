Feature: Correct voids
  Within its day and batch a sale can be taken back whole, by the till that made it, with the card and the PIN of the one who paid.

  @VOID-001 @VOID-002
  Rule: A live sale can be voided, and nothing is left of it
    Example: A wrong amount is noticed at once
      Given Alice paid 88.00 yuan at the shop
      When the shop voids that sale
      Then the acquirer approves the void

    Example: A sale on a keyed card
      Given Bob paid 17.25 yuan at the shop by keyed card
      When the shop voids that sale
      Then the acquirer approves the void

    Example: One of two sales to the same customer
      Given Alice paid 30.00 yuan at the shop
      And Alice paid 45.00 yuan at the shop
      When the shop voids that sale
      Then the acquirer approves the void

  @VOID-004
  Rule: A void names one sale; card and amount alone name none
    Example: A void without a reference
      Given Alice paid 26.00 yuan at the shop
      When the shop tries to void that sale naming no original
      Then the shop can void another sale of its own
      And that sale can still be voided
      And the acquirer refused the void

    Example: A good till names its original
      Given Alice paid 27.00 yuan at the shop
      When the shop voids that sale
      Then the till named the original

  @MSG-007 @MSG-009
  Rule: Follow-ups carry what the first answer gave
    Example: A void carries reference, approval code and original
      Given Alice paid 28.00 yuan at the shop
      When the shop voids that sale
      Then the acquirer approves the void
      And the till named the original

  @VOID-003
  Rule: A voided sale brings the merchant no money
    Example: Sale, void, settlement
      Given Alice paid 51.00 yuan at the shop
      And Bob paid 20.00 yuan at the shop
      And the shop voided Alice's sale
      When the shop settles
      Then what was settled is what was live
