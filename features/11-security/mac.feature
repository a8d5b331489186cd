Feature: Message authentication
  What was altered on the way, or never sealed, moves no money.

  @SEC-002
  Rule: A request with a wrong MAC, or with none, is refused
    Example: A wrong MAC
      When the shop tries to sell for 170.00 yuan to Alice with a wrong MAC
      Then with everything right the shop can sell
      And the acquirer denied access

    Example: No MAC
      When the shop tries to sell for 171.00 yuan to Alice without a MAC
      Then with everything right the shop can sell
      And the acquirer denied access
