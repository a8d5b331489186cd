Feature: Idempotency keys
  A till that does not know what became of a request sends it again under the same key, and the cardholder pays once.

  @HTTP-002
  Rule: The same request under the same key has one effect
    Example: The same request once more
      Given Alice paid 30.00 yuan at the shop
      When the shop sends that sale once more
      Then the acquirer treats the repeat as it declares

    Example: The first answer was lost
      Given Alice paid 31.00 yuan at the shop but the reply was lost
      When the shop sends that sale once more
      Then the acquirer treats the repeat as it declares

    Example: A void
      Given Alice paid 32.00 yuan at the shop
      And the shop voided that sale
      When the shop sends that void once more
      Then the acquirer treats the repeat as it declares

    Example: A key is its merchant's own
      Given Alice paid 33.00 yuan at the shop
      When the neighbour sells for 4.00 yuan to Bob under the key of that sale
      Then the acquirer approves the sale

  @HTTP-003
  Rule: Another request under a used key is refused
    Example: Another card and amount
      Given Alice paid 34.00 yuan at the shop
      When the shop tries to sell for 5.00 yuan to Bob under the key of that sale
      Then the shop can sell
      And the acquirer refused the second use

  @HTTP-004 @exclusive
  Rule: Two equal requests at once are one
    Example: The second comes while the first is in work
      When the shop sends a sale of 35.00 yuan to Alice twice at once
      Then the acquirer did it once
