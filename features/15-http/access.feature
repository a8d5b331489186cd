Feature: Signatures and credentials
  Whoever cannot prove who he is moves nobody's money.

  @HTTP-008
  Rule: A request that is not rightly signed is refused and has no effect
    Example: The signature is wrong
      When the shop tries to sell for 36.00 yuan to Alice with a wrong signature
      Then the shop can sell
      And the acquirer denied access

    Example: The request is an hour old
      When the shop tries to sell for 37.00 yuan to Alice with a stale time stamp
      Then the shop can sell
      And the acquirer denied access

    Example: The request is an hour ahead
      When the shop tries to sell for 38.00 yuan to Alice with a time stamp from the future
      Then the shop can sell
      And the acquirer denied access

    Example: The neighbour's credentials in the shop's name
      When the shop tries to sell for 39.00 yuan to Alice with the credentials of the neighbour
      Then the shop can sell
      And the acquirer denied access
