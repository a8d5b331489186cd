Feature: The balance of a card
  It moves by what was approved, and by nothing else.

  @INQ-001
  Rule: A sale moves the balance, and its void moves it back
    Example: Before, between and after
      Given Alice asked for her balance at the shop
      And Alice paid 64.00 yuan at the shop
      And Alice asked for her balance at the shop
      And the shop voided that sale
      When Alice asks for her balance at the shop
      Then the balances follow what was approved
