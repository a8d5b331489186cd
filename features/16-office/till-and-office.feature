Feature: The till and the back office void the same sale
  Whoever is first has voided it; the second is told so, and the cardholder gets the money once.

  @DESK-010
  Rule: What one has voided the other cannot void
    Example: The till was first
      Given Alice paid 151.00 yuan at the shop
      And the shop voided that sale
      When the shop's clerk asks for a void of that sale, because "wrong amount"
      Then the shop's back office can void a sale of its own
      And the back office did not take it

    Example: The office was first
      Given Alice paid 152.00 yuan at the shop
      And the shop's back office voided that sale, because "wrong amount"
      When the shop tries to void that sale
      Then the shop can void another sale of its own
      And the acquirer refused the void

  @DESK-011
  Rule: Voided at the till between request and approval, it is credited once
    Example: The till is faster than the approver
      Given Alice paid 153.00 yuan at the shop
      And the shop's clerk asked for a void of that sale, because "wrong amount"
      And the shop voided that sale
      When the shop's approver approves that request
      Then the shop's back office can void a sale of its own
      And the back office did not take it

    Example: The approver is faster than the till
      Given Alice paid 154.00 yuan at the shop
      And the shop's clerk asked for a void of that sale, because "wrong amount"
      And the shop's approver approved that request
      When the shop tries to void that sale
      Then the shop can void another sale of its own
      And the acquirer refused the void
