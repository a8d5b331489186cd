Feature: Settlement
  At the end of the day till and acquirer agree on every count and sum, and the merchant gets exactly what was live.

  @SETL-001
  Rule: Equal totals balance, close the batch and settle what was live
    Example: Two sales, one of them voided
      Given Alice paid 110.50 yuan at the shop
      And Bob paid 20.50 yuan at the shop
      And the shop voided that sale
      When the shop settles
      Then the acquirer answered that the totals agree

    Example: A sale, and a refund of an earlier one
      Given Alice paid 110.00 yuan at the shop
      And the shop settled
      And Bob paid 20.00 yuan at the shop
      And the shop refunded 110.00 yuan of Alice's sale
      When the shop settles
      Then the acquirer answered that the totals agree

  @SETL-002
  Rule: Both sides count in the same way
    Example: A sale, a void and a reversed sale
      Given Alice paid 111.50 yuan at the shop
      And Bob paid 21.50 yuan at the shop
      And the shop voided that sale
      And Carol paid 22.50 yuan at the shop but the reply was lost
      When the shop settles
      Then the till sent the totals of its batch
      And the acquirer answered that the totals agree

    Example: A void, a reversed sale and a refund of an earlier one
      Given Alice paid 111.00 yuan at the shop
      And the shop settled
      And Bob paid 21.00 yuan at the shop
      And the shop voided that sale
      And Carol paid 22.00 yuan at the shop but the reply was lost
      And the shop refunded 111.00 yuan of Alice's sale
      When the shop settles
      Then the till sent the totals of its batch
      And the acquirer answered that the totals agree

    Example: A void that was itself reversed
      Given Alice paid 112.00 yuan at the shop
      And the reply to the shop's next void will be lost
      And the shop voided that sale
      When the shop settles
      Then the till sent the totals of its batch
      And the acquirer answered that the totals agree

    Example: A refund that got no answer
      Given Alice paid 112.50 yuan at the shop
      And the shop settled
      And Bob paid 22.50 yuan at the shop
      And the reply to the shop's next refund will be lost
      And the shop refunded 112.50 yuan of Alice's sale
      When the shop settles
      Then the till sent the totals of its batch

  @LEDG-005
  Rule: What is settled is what was live, and it is what the merchant gets
    Example: After the end notice
      Given Alice paid 113.00 yuan at the shop
      And Bob paid 23.00 yuan at the shop
      And the shop voided that sale
      When the shop settles
      Then what was settled is what was live

  @SETL-003
  Rule: Different totals do not balance
    Example: The till counts one fen too much
      Given Alice paid 114.00 yuan at the shop
      When the shop tries to settle with one fen too much
      Then the acquirer answered that the totals differ

    Example: The till counts one sale too many
      Given Alice paid 115.00 yuan at the shop
      When the shop tries to settle with one sale too many
      Then the acquirer answered that the totals differ

    Example: The till counts a voided sale in one column only
      Given Alice paid 116.00 yuan at the shop
      And the shop voided that sale
      When the shop tries to settle with that sale in one column only
      Then the acquirer answered that the totals differ

  @SETL-004 @SETL-005
  Rule: After "unbalanced" every transaction is uploaded, and the upload is closed
    Example: The acquirer has lost a sale
      Given Alice paid 117.00 yuan at the shop
      And Bob paid 24.00 yuan at the shop
      And the shop's answer to the next settlement will say that the totals differ
      When the shop settles
      Then the till uploaded its batch
      And what was settled is what was live

  @SETL-006
  Rule: A voided sale goes into the upload with its void, or not at all
    Example: One of two sales is voided
      Given Alice paid 118.00 yuan at the shop
      And Bob paid 25.00 yuan at the shop
      And the shop voided that sale
      And the shop's answer to the next settlement will say that the totals differ
      When the shop settles
      Then the till uploaded its batch
      And what was settled is what was live

  @SETL-010
  Rule: A repeated settlement settles nothing again
    Example: The same request once more
      Given Alice paid 119.00 yuan at the shop
      And the shop settled
      When the shop sends that settlement once more
      Then the acquirer settled once

  @SETL-011 @SETL-015
  Rule: A settlement without an answer stays open
    Example: The reply is lost, and the till asks again
      Given Alice paid 120.00 yuan at the shop
      And the reply to the shop's next settlement will be lost
      When the shop settles
      And Bob pays 12.00 yuan at the shop
      And the shop settles
      Then the till left its settlement open until it was answered

  @SETL-012
  Rule: A settlement that was interrupted goes on where it stopped
    Example: The power fails while the till waits
      Given Alice paid 121.00 yuan at the shop
      And the power of the shop will fail while it waits for an answer
      When the shop settles
      And the shop comes back and settles
      Then the till left its settlement open until it was answered

    Example: The power fails between the upload and its end notice
      Given Alice paid 121.50 yuan at the shop
      And Bob paid 21.50 yuan at the shop
      And the shop's answer to the next settlement will say that the totals differ
      And the power of the shop will fail at the end of its next upload
      When the shop settles
      And the shop comes back and settles
      Then the till left its settlement open until it was answered

  @SETL-013
  Rule: A pending reversal goes before the settlement
    Example: The last sale of the day got no answer
      Given Bob paid 26.00 yuan at the shop
      And Alice paid 122.00 yuan at the shop but the reply was lost
      When the shop settles
      Then the reversal went first

  @SETL-014 @SETL-015
  Rule: The batch number moves on once, and the log is cleared after the end notice
    Example: A balanced settlement
      Given Alice paid 123.00 yuan at the shop
      When the shop settles
      And Bob pays 12.30 yuan at the shop
      Then the till cleared its log once

  @SETL-017
  Rule: Nobody settles a batch that is not its own
    Example: A batch number that the acquirer does not have
      Given Alice paid 124.00 yuan at the shop
      When the shop tries to settle an unknown batch
      Then that sale can still be voided
      And the acquirer refused to settle

  @SETL-018
  Rule: Settling one till leaves the others alone
    Example: The neighbour is still open
      Given Bob paid 27.00 yuan at the neighbour
      And Alice paid 125.00 yuan at the shop
      When the shop settles
      Then Bob's sale can still be voided
      And what was settled is what was live

  @SETL-019
  Rule: An empty batch is settled without fuss
    Example: Nothing was sold
      When the shop settles
      Then the acquirer answered that the totals agree

  @SETL-022
  Rule: The settlement slip says what was sent and what came back
    Example: A day's work
      Given Alice paid 126.00 yuan at the shop
      And Bob paid 28.00 yuan at the shop
      And the shop voided that sale
      When the shop settles
      Then the slips say what they must

  @SETL-007
  Rule: What the till does not know is not settled
    Example: The acquirer holds a sale that the till has never heard of
      Given Alice paid 127.00 yuan at the shop
      And the acquirer holds a sale of 14.00 yuan to Bob at the shop that the till has forgotten
      When the shop settles
      Then what was settled is what was live

  @SETL-008
  Rule: What the acquirer never approved is not settled
    Example: The till believes in a sale that was declined
      Given Alice paid 128.00 yuan at the shop
      And the shop's next sale will look approved whatever the acquirer says
      And Dora paid all she has and one fen more at the shop
      When the shop settles
      Then what was settled is what was live

  @SETL-020
  Rule: While a batch is being settled a sale is refused or taken into the next, never lost
    Example: Between the totals and the end notice
      Given Alice paid 129.00 yuan at the shop
      And the settlement of the shop was cut short
      When the shop comes back and tries to sell for 13.00 yuan to Bob
      Then the acquirer refuses the sale

    Example: The settlement goes on afterwards
      Given Alice paid 129.50 yuan at the shop
      And the settlement of the shop was cut short
      And the shop came back and tried to sell for 13.50 yuan to Bob
      When the shop settles
      Then what was settled is what was live

  @SETL-023
  Rule: A till whose log is full asks for settlement before the next sale
    Example: Room for two
      Given the log of the shop has room for 2 transactions
      And Alice paid 12.10 yuan at the shop
      And Bob paid 12.20 yuan at the shop
      When Carol pays 12.30 yuan at the shop
      Then nothing was sent
