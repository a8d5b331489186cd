Feature: The operator at the till
  The till shows before it sends, asks for the right person, and tells how it ended.

  @TERM-001
  Rule: The amount is shown and confirmed before anything is sent
    Example: The operator confirms
      When Alice pays 140.00 yuan at the shop
      Then the till showed what it was about to send

    Example: The operator cancels at the amount
      When the operator cancels a sale of 141.00 yuan at the shop when the amount is shown
      Then nothing was sent

  @TERM-002
  Rule: A void needs the supervisor
    Example: A wrong password
      Given Alice paid 142.00 yuan at the shop
      When the operator tries to void that sale at the shop with a wrong supervisor password
      Then nothing was sent

  @SEC-007
  Rule: Wrong tries of the supervisor password are limited, and send nothing
    Example: Again and again
      Given Alice paid 142.50 yuan at the shop
      When the operator tries to void that sale at the shop with a wrong supervisor password
      Then nothing was sent

  @TERM-003
  Rule: The till finds the sale to void by its voucher number, and refuses what does not fit
    Example: A number that is not in the batch
      Given Alice paid 143.00 yuan at the shop
      When the operator looks for voucher 999998 to void it at the shop
      Then nothing was sent

    Example: A sale that was voided already
      Given Alice paid 144.00 yuan at the shop
      And the shop voided that sale
      When the operator looks for that sale to void it at the shop
      Then nothing was sent

    Example: A sale that was settled
      Given Alice paid 68.00 yuan at the shop
      And the shop settled
      When the operator looks for that sale to void it at the shop
      Then nothing was sent

  @TERM-004
  Rule: The original is shown and confirmed before a void is sent
    Example: The operator says yes
      Given Alice paid 145.00 yuan at the shop
      When the shop voids that sale
      Then the till showed the original

    Example: The operator says no
      Given Alice paid 146.00 yuan at the shop
      When the operator cancels the void of that sale at the shop when the original is shown
      Then nothing was sent

  @TERM-005
  Rule: The card of a void is the card of the sale
    Example: Bob holds out his card
      Given Alice paid 147.00 yuan at the shop
      When the operator tries to void that sale at the shop with Bob's card
      Then nothing was sent

  @TERM-006
  Rule: A refund form without its reference cannot be sent
    Example: The operator leaves the reference out
      Given Alice paid 148.00 yuan at the shop
      When the operator tries to refund 148.00 yuan to Alice at the shop without a reference
      Then nothing was sent

  @TERM-007
  Rule: Only an approved void marks its sale
    Example: An approved void
      Given Alice paid 149.00 yuan at the shop
      When the shop voids that sale
      Then the till marked the sale as the answer says

    Example: A void without an answer
      Given Alice paid 150.00 yuan at the shop
      And the reply to the shop's next void will be lost
      When the shop voids that sale
      Then the till marked the sale as the answer says

  @TERM-008
  Rule: Approved, declined and unresolved look different
    Example: Approved
      When Alice pays 151.00 yuan at the shop
      Then the till showed how it ended

    Example: Declined
      When Dora pays all she has and one fen more at the shop
      Then the till showed how it ended

    Example: Unresolved
      Given the reply to the shop's next sale will be lost
      When Alice pays 152.00 yuan at the shop
      Then the till showed how it ended

  @TERM-009
  Rule: The till finds a transaction and says what has become of it
    Example: A voided sale, by its voucher number
      Given Alice paid 153.00 yuan at the shop
      And the shop voided that sale
      When the operator looks up that sale by its voucher number at the shop
      Then the till showed its state

    Example: A live sale, by its reference
      Given Alice paid 154.00 yuan at the shop
      When the operator looks up that sale by its reference at the shop
      Then the till showed its state

  @TERM-010
  Rule: A cancel before sending sends nothing, one after sending leads to a reversal
    Example: Before
      When the operator cancels a sale of 155.00 yuan at the shop when the card is asked for
      Then nothing was sent

    Example: At the last moment
      When the operator cancels a sale of 155.50 yuan at the shop when the PIN is asked for
      Then nothing was sent

    Example: After
      When Alice pays 156.00 yuan at the shop and the operator cancels while the till waits
      And the shop sends what it still owes
      Then the till reversed the sale

  @TERM-011
  Rule: After a power failure the interrupted operation comes to exactly one end
    Example: While the till waits for an answer
      Given the power of the shop will fail while it waits for an answer
      And Alice paid 157.00 yuan at the shop
      When the shop comes back and sends what it still owes
      Then the operation came to exactly one end

    Example: With a day's work in the log
      Given Bob paid 15.70 yuan at the shop
      And the power of the shop will fail while it waits for an answer
      And Alice paid 157.50 yuan at the shop
      When the shop comes back and sends what it still owes
      And the shop settles
      Then the operation came to exactly one end

  @TERM-012
  Rule: A till that is not signed in sells nothing
    Example: Early in the morning
      When Alice wants to pay 15.00 yuan at the shop, where nobody has signed in
      Then nothing was sent

  @VOID-035
  Rule: The till refuses to void what is not a sale
    Example: A void
      Given Alice paid 159.00 yuan at the shop
      And the shop voided that sale
      When the operator looks for that void to void it at the shop
      Then nothing was sent

    Example: A refund
      Given Alice paid 158.00 yuan at the shop
      And the shop settled
      And the shop refunded 158.00 yuan of that sale
      When the operator looks for that refund to void it at the shop
      Then nothing was sent
