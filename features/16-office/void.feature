Feature: Voids in the merchant's back office
  Not every void begins at a till: somebody in the office finds the sale, says why, and another person agrees.

  @DESK-001
  Rule: A void that was asked for and approved takes effect once, and says so
    Example: A sale that was rung up twice
      Given Alice paid 131.00 yuan at the shop
      When the shop's back office voids that sale, because "rung up twice"
      Then the shop's clerk finds that request again
      And the back office has voided it, once

    Example: A second approver comes late to the same request
      Given Alice paid 132.00 yuan at the shop
      And the shop's back office voided that sale, because "rung up twice"
      When the shop's second approver approves that request
      Then the shop's clerk finds that request again
      And the back office has voided it, once

  @DESK-002
  Rule: What a clerk asks for moves nothing until another person has approved it
    Example: The sale is still there, and its own till voids it
      Given Alice paid 133.00 yuan at the shop
      When the shop's clerk asks for a void of that sale, because "wrong amount"
      Then the shop's back office can void a sale of its own
      And that sale can still be voided
      And the request waits for another person

  @DESK-003
  Rule: Without a reason nothing is voided
    Example: The reason is left empty
      Given Alice paid 134.00 yuan at the shop
      When the shop's clerk asks for a void of that sale without a reason
      Then the shop's back office can void a sale of its own
      And that sale can still be voided
      And the back office did not take it

  @DESK-007
  Rule: A request that was rejected moves nothing, and says so
    Example: The approver knows better
      Given Alice paid 135.00 yuan at the shop
      And the shop's clerk asked for a void of that sale, because "wrong amount"
      When the shop's approver rejects that request, because "the amount was right"
      Then the shop's clerk finds that request again
      And the shop's back office can void a sale of its own
      And that sale can still be voided
      And the back office has left everything as it was

  @DESK-008
  Rule: A settled sale is not voided
    Example: The clerk comes in the evening, after the till has settled
      Given Alice paid 136.00 yuan at the shop
      And the shop settled
      When the shop's clerk asks for a void of that sale, because "wrong amount"
      Then the shop's back office can void a sale of its own
      And the back office did not take it

  @DESK-009
  Rule: A settled sale is refunded instead
    Example: An approver asks for the refund, another one agrees
      Given Alice paid 137.00 yuan at the shop
      And the shop settled
      When the shop's back office refunds that sale, because "goods returned"
      Then the shop's clerk finds that request again
      And the back office has refunded it, once

  @VOID-042
  Rule: What the office voids is recorded, and counts when the till settles
    Example: Two sales, one of them voided by order of the office
      Given Bob paid 38.00 yuan at the shop
      And Alice paid 138.00 yuan at the shop
      And the shop's back office voided that sale, because "compliance order 7"
      When the shop settles
      Then the shop's auditor finds that void in the audit log
      And the acquirer counted what the office voided

  @DESK-013 @exclusive
  Rule: What is too late is not voided
    Example: Asked for on the next day
      Given Alice paid 139.00 yuan at the shop
      And the time in which it could be voided has passed
      When the shop's clerk asks for a void of that sale, because "wrong amount"
      Then the shop's back office can void a sale of its own
      And the back office did not take it

    Example: Asked for in time, approved on the next day
      Given Alice paid 140.00 yuan at the shop
      And the shop's clerk asked for a void of that sale, because "wrong amount"
      And the time in which it could be voided has passed
      When the shop's approver approves that request
      Then the shop's back office can void a sale of its own
      And the back office did not take it
