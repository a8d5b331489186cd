Feature: The books
  Whatever was repeated, lost or delayed: every fen is where it belongs.

  @LEDG-002 @LEDG-003
  Rule: A busy hour leaves every card with what it bought
    Example: Sales, a void, a lost reply and a decline
      Given Alice paid 190.50 yuan at the shop
      And Bob paid 29.50 yuan at the shop
      And the shop voided that sale
      And Carol paid 30.50 yuan at the shop but the reply was lost
      When Dora pays all she has and one fen more at the shop
      Then the money is where the answers say

    Example: Sales, a void, a lost reply, a refund and a decline
      Given Alice paid 190.00 yuan at the shop
      And Bob paid 29.00 yuan at the shop
      And the shop voided that sale
      And Carol paid 30.00 yuan at the shop but the reply was lost
      And the shop refunded 19.00 yuan of Alice's sale
      When Dora pays all she has and one fen more at the shop
      Then the money is where the answers say

  @LEDG-011
  Rule: Till, books and settlement tell one story
    Example: After the settlement
      Given Alice paid 191.00 yuan at the shop
      And Bob paid 31.00 yuan at the shop
      And the shop voided that sale
      When the shop settles
      Then the money is where the answers say

  @LEDG-001
  Rule: A request that arrives after its own reversal debits nobody
    Example: The reversal has overtaken the sale
      Given Bob paid 3.00 yuan at the shop
      And the shop's next request will be lost
      And Alice paid 192.00 yuan at the shop
      And the shop sent what it still owed
      When the shop sends that sale once more
      Then the money is where the answers say
