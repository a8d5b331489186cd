Feature: Duplicate swipes and repeated messages
  Whatever is sent, pressed or swiped twice, the cardholder pays once for one purchase, and twice for two.

  @DUP-001 @DUP-002 @MSG-002
  Rule: An exact repeat of a sale debits nobody again
    Example: The same message once more
      Given Alice paid 70.00 yuan at the shop
      When the shop sends that sale once more
      Then the acquirer treats the repeat as it declares

    Example: The repeat of a sale whose answer was lost
      Given Alice paid 71.00 yuan at the shop but the reply was lost
      When the shop sends that sale once more
      Then the acquirer treats the repeat as it declares

  @DUP-003 @DUP-020
  Rule: Repeats are treated in the same way for every kind of message, as long as the batch is open
    Example: A sale is repeated after others have followed it
      Given Alice paid 72.00 yuan at the shop
      And Bob paid 12.00 yuan at the shop
      And Carol paid 13.00 yuan at the shop
      When the shop sends Alice's sale once more
      Then the acquirer treats the repeat as it declares

    Example: A void is repeated
      Given Alice paid 73.00 yuan at the shop
      And the shop voided that sale
      When the shop sends that void once more
      Then the acquirer treats the repeat as it declares

  @VOID-008
  Rule: An exact repeat of a void credits nobody again
    Example: The answer to the void was lost
      Given Alice paid 74.00 yuan at the shop
      And the shop voided that sale
      When the shop sends that void once more
      Then the acquirer treats the repeat as it declares

  @DUP-013
  Rule: An exact repeat of a refund credits nobody again
    Example: The same refund once more
      Given Alice paid 75.00 yuan at the shop
      And the shop settled
      And the shop refunded 75.00 yuan of that sale
      When the shop sends that refund once more
      Then the acquirer treats the repeat as it declares

  @DUP-018
  Rule: An exact repeat of a declined request is not approved
    Example: A sale above the funds, sent again
      Given Dora paid all she has and one fen more at the shop
      When the shop sends that sale once more
      Then the acquirer treats the repeat as it declares

  @DUP-019
  Rule: Protection against repeats outlives the connection
    Example: The repeat comes over a new connection
      Given Alice paid 76.00 yuan at the shop
      And the shop hung up
      When the shop sends that sale once more
      Then the acquirer treats the repeat as it declares

    @exclusive
    Example: The acquirer was restarted in between
      Given Alice paid 76.50 yuan at the shop
      And the acquirer was restarted
      When the shop sends that sale once more
      Then the acquirer treats the repeat as it declares

  @DUP-017
  Rule: A repeat that comes while the first is still at work starts nothing new
    Example: The request reaches the acquirer twice
      Given the shop's next request will arrive twice
      When Alice pays 76.70 yuan at the shop
      Then the acquirer treats the repeat as it declares

  @DUP-022
  Rule: "Duplicate" to a repeat is no decline: the first is reversed
    Example: The till repeats a sale whose answer was lost
      Given Alice paid 76.90 yuan at the shop but the reply was lost
      When the shop repeats that sale by itself
      And the shop sends what it still owes
      Then the till reversed the sale

  @DUP-005
  Rule: Two equal sales are two sales, and each can be voided on its own
    Example: Alice buys the same book for a friend
      Given Alice paid 77.00 yuan at the shop
      When Alice pays 77.00 yuan at the shop
      Then the acquirer approves the sale

  @DUP-006
  Rule: A trace number that stands for one sale cannot be used for another
    Example: The same number, another amount
      Given Alice paid 79.00 yuan at the shop
      When the shop tries to sell for 80.00 yuan to Alice under the same trace number
      Then the shop can sell
      And the acquirer refused the second use

    Example: The same number, another card
      Given Alice paid 81.00 yuan at the shop
      When the shop tries to sell for 81.00 yuan to Bob under the same trace number
      Then the shop can sell
      And the acquirer refused the second use

  @DUP-021
  Rule: One confirmation sends one request
    Example: The operator presses Enter twice
      When Alice pays 82.00 yuan at the shop and the operator presses Enter once too often
      Then one request was sent

  @DUP-023
  Rule: The till asks before it sells the same again
    Example: The same card and amount within minutes
      Given Alice paid 83.00 yuan at the shop
      When Alice begins to pay 83.00 yuan at the shop once more
      Then the till asked before it sent anything
