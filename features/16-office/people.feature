Feature: Who may do what in the back office
  Nobody decides alone, nobody decides about what is not his, and what was done can be read afterwards.

  @DESK-004
  Rule: Nobody approves what he has asked for himself
    Example: An approver asks, and tries to approve it
      Given Alice paid 141.00 yuan at the shop
      And the shop's approver asked for a void of that sale, because "wrong amount"
      When the shop's approver approves that request
      Then the shop's back office can void a sale of its own
      And the shop's second approver can approve that request
      And the back office did not take it

  @DESK-005
  Rule: People do what their post allows
    Example: A clerk tries to approve what an approver has asked for
      Given Alice paid 142.00 yuan at the shop
      And the shop's approver asked for a void of that sale, because "wrong amount"
      When the shop's clerk approves that request
      Then the shop's back office can void a sale of its own
      And the shop's second approver can approve that request
      And the back office did not take it

    Example: An auditor tries to ask for a void
      Given Alice paid 143.00 yuan at the shop
      When the shop's auditor asks for a void of that sale, because "found in the books"
      Then the shop's back office can void a sale of its own
      And that sale can still be voided
      And the back office did not take it

  @DESK-006
  Rule: Another merchant's transaction is neither found nor voided
    Example: The neighbour's clerk has the slip in his hand
      Given Alice paid 144.00 yuan at the shop
      When the neighbour's clerk looks for that sale
      And the neighbour's clerk asks for a void of that sale, because "wrong amount"
      Then the neighbour's back office can void a sale of its own
      And that sale can still be voided
      And the back office did not take it

  @SEC-008
  Rule: Every void is recorded: who, when, why, of what, with which result
    Example: The auditor reads the log
      Given Alice paid 145.00 yuan at the shop
      And the shop's back office voided that sale, because "charged for another guest"
      When the shop's auditor reads the audit log about that sale
      Then the audit log tells who did it, when and why

  @DESK-012
  Rule: What was rejected is recorded as well
    Example: The auditor reads why the void was rejected
      Given Alice paid 146.00 yuan at the shop
      And the shop's clerk asked for a void of that sale, because "wrong amount"
      And the shop's approver rejected that request, because "the guest agreed to it"
      When the shop's auditor reads the audit log about that sale
      Then the audit log tells who did it, when and why

  @DESK-014
  Rule: The pages show no whole card number
    Example: From the search to the audit log
      Given Alice paid 147.00 yuan at the shop
      When the shop's clerk looks for that sale
      And the shop's back office voids that sale, because "rung up twice"
      And the shop's auditor reads the audit log about that sale
      Then the shop's clerk finds that request again
      And the pages of the back office showed no whole card number
