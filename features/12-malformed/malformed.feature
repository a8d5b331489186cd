Feature: Messages that make no sense
  They are refused, they move nothing, and the next good message is answered as ever.

  @MSG-012
  Rule: An operation that the acquirer does not have is refused
    Example: A kind of transaction that nobody has heard of
      When the shop tries to send an operation that does not exist, for 180.00 yuan to Alice
      Then the shop can sell
      And the acquirer refuses the message

  @MSG-013
  Rule: A message that lacks a mandatory field is refused
    Example: No amount
      When the shop tries to sell for 181.00 yuan to Alice leaving out the amount
      Then the shop can sell
      And the acquirer refuses the message

    Example: No currency
      When the shop tries to sell for 182.00 yuan to Alice leaving out the currency
      Then the shop can sell
      And the acquirer refuses the message
