Feature: A sale at the till
  The cardholder is debited once for what was approved, and not at all for what was refused.

  @SALE-001
  Rule: A good sale is approved, posted once, and gets a reference
    Example: Alice swipes and keys her PIN
      When Alice pays 88.00 yuan at the shop
      Then the acquirer approves the sale

    Example: The stripe cannot be read, so the number is keyed
      When Bob pays 35.50 yuan at the shop by keyed card
      Then the acquirer approves the sale

    Example: The smallest amount there is
      When Carol pays 0.01 yuan at the shop
      Then the acquirer approves the sale

  @SALE-002
  Rule: A sale above the funds of its card is refused
    Example: Dora spends more than she has
      When Dora pays all she has and one fen more at the shop
      Then the shop can sell
      And the acquirer refuses the sale

  @SALE-003
  Rule: A sale with a wrong PIN is refused
    Example: Alice mistypes her PIN
      When Alice pays 20.00 yuan at the shop with a wrong PIN
      Then Alice can pay at the shop
      And the acquirer refuses the sale

  @SALE-004
  Rule: A sale with a card that nobody issued is refused
    Example: A stranger's card
      When a stranger pays 20.00 yuan at the shop
      Then the shop can sell
      And the acquirer refuses the sale

  @MSG-014
  Rule: An impossible amount is refused
    Example: A sale of nothing
      When the shop tries to sell for 0.00 yuan to Alice
      Then the shop can sell
      And the acquirer refuses the message
