Feature: Voids that must be refused
  A refused void changes nothing: the sale stays as it was, and so does everybody's money.

  @VOID-005 @VOID-028
  Rule: A void for less than the sale is refused
    Example: Half of it
      Given Alice paid 50.00 yuan at the shop
      When the shop tries to void that sale for 25.00 yuan
      Then the shop can void another sale of its own
      And that sale can still be voided
      And the acquirer refused the void

  @VOID-006
  Rule: A void for more than the sale is refused
    Example: One yuan more
      Given Alice paid 50.00 yuan at the shop
      When the shop tries to void that sale for 51.00 yuan
      Then the shop can void another sale of its own
      And that sale can still be voided
      And the acquirer refused the void

  @VOID-007
  Rule: A sale is voided once
    Example: A second void under a new trace number
      Given Alice paid 40.00 yuan at the shop
      And the shop voided that sale
      When the shop tries to void that sale
      Then the shop can void another sale of its own
      And the acquirer refused the void

  @VOID-016
  Rule: A void with another card is refused
    Example: Bob's card for Alice's sale
      Given Alice paid 41.00 yuan at the shop
      When the shop tries to void that sale with Bob's card
      Then the shop can void another sale of its own
      And that sale can still be voided
      And the acquirer refused the void

  @VOID-018
  Rule: A void that needs the PIN is refused without it, and with a wrong one
    Example: A wrong PIN
      Given Alice paid 43.00 yuan at the shop
      When the shop tries to void that sale with a wrong PIN
      Then the shop can void another sale of its own
      And that sale can still be voided
      And the acquirer refused the void

    Example: No PIN
      Given Alice paid 44.00 yuan at the shop
      When the shop tries to void that sale without a PIN
      Then the shop can void another sale of its own
      And that sale can still be voided
      And the acquirer refused the void

  @VOID-019
  Rule: What was declined cannot be voided
    Example: A sale above the funds
      Given Dora paid all she has and one fen more at the shop
      When the shop tries to void that sale
      Then the shop can void another sale of its own
      And the acquirer refused the void

  @VOID-020
  Rule: What the acquirer does not know cannot be voided
    Example: A sale that never was
      When the shop tries to void a sale of 40.00 yuan to Alice that never was
      Then the shop can void another sale of its own
      And the acquirer refused the void

  @VOID-021
  Rule: What was reversed cannot be voided
    Example: The sale was reversed for want of an answer
      Given Alice paid 45.00 yuan at the shop but the reply was lost
      And the shop reversed that sale
      When the shop tries to void that sale
      Then the shop can void another sale of its own
      And the acquirer refused the void

  @VOID-022
  Rule: A partly refunded sale cannot be voided
    Example: Half of it was given back
      Given Alice paid 46.00 yuan at the shop
      And the shop refunded 23.00 yuan of that sale
      When the shop tries to void that sale
      Then the shop can void another sale of its own
      And the acquirer refused the void

  @VOID-023
  Rule: A fully refunded sale cannot be voided
    Example: All of it was given back
      Given Alice paid 47.00 yuan at the shop
      And the shop refunded 47.00 yuan of that sale
      When the shop tries to void that sale
      Then the shop can void another sale of its own
      And the acquirer refused the void

  @VOID-024
  Rule: A void cannot be voided
    Example: The host is asked to
      Given Alice paid 48.00 yuan at the shop
      And the shop voided that sale
      When the shop tries to void that void
      Then the shop can void another sale of its own
      And the acquirer refused the void

    Example: The operator is told so at the till
      Given Alice paid 49.00 yuan at the shop
      And the shop voided that sale
      When the operator looks for that void to void it at the shop
      Then nothing was sent

  @VOID-037
  Rule: A card stopped after the sale does not stand in the way of its void
    Example: Alice has lost her card meanwhile
      Given Alice paid 53.00 yuan at the shop
      And Alice's card was stopped
      When the shop voids that sale
      Then the acquirer approves the void

  @VOID-038 @VOID-039
  Rule: A refused void leaves the sale as it was, and says why
    Example: Another amount, then another card
      Given Alice paid 54.00 yuan at the shop
      When the shop tries to void that sale for 55.00 yuan
      And the shop tries to void that sale with Bob's card
      Then the shop can void another sale of its own
      And that sale can still be voided
      And the acquirer refused the void

  @MSG-010 @MSG-011
  Rule: References that do not name exactly one sale are refused
    Example: The reference of one sale and the trace number of another
      Given Alice paid 55.00 yuan at the shop
      And Alice paid 55.00 yuan at the shop
      When the shop tries to void that sale by the trace number of the one before
      Then the shop can void another sale of its own
      And both sales can still be voided
      And the acquirer refuses the message
