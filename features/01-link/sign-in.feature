Feature: Signing in
  A till works with keys that its acquirer hands out, in a batch whose number the acquirer knows.

  @SIGN-001
  Rule: A sign-in gives keys that work, and the number of the open batch
    Example: A till with an empty batch signs in
      When the shop signs in
      Then the shop can sell under the new keys
      And the acquirer has signed the till in

    Example: A till with a sale in its batch signs in again
      Given Alice paid 42.00 yuan at the shop
      When the shop signs in
      Then the shop can sell under the new keys
      And the acquirer has signed the till in

  @SIGN-002
  Rule: An echo test is answered and changes nothing
    Example: After a sale
      Given Alice paid 18.90 yuan at the shop
      When the shop sends an echo test
      Then the acquirer answers the echo test

    Example: Between a sale and its void
      Given Alice paid 19.90 yuan at the shop
      When the shop sends an echo test
      And the shop voids that sale
      Then the acquirer answers the echo test

  @SEC-001
  Rule: Only a till that is known, signed in and not blocked may sell
    Example: A till that has not signed in
      When the shop tries to sell for 10.00 yuan to Alice without having signed in
      Then with everything right the shop can sell
      And the acquirer denied access

    Example: A terminal number that nobody has
      When the shop tries to sell for 10.00 yuan to Alice under an unknown terminal number
      Then with everything right the shop can sell
      And the acquirer denied access

    Example: A merchant number that nobody has
      When the shop tries to sell for 10.00 yuan to Alice under an unknown merchant number
      Then with everything right the shop can sell
      And the acquirer denied access

    Example: A terminal that was blocked
      Given the terminal of the shop was blocked
      When the shop tries to sell for 10.00 yuan to Alice from a blocked terminal
      And the terminal of the shop is no longer blocked
      Then with everything right the shop can sell
      And the acquirer denied access

  @SEC-004
  Rule: A new sign-in makes the old keys worthless
    Example: A sale sealed with yesterday's key
      Given the shop signed in twice
      When the shop tries to sell for 10.00 yuan to Alice sealed with the old key
      Then with everything right the shop can sell
      And the acquirer denied access

    Example: The till uses what it was given last
      Given Alice paid 11.00 yuan at the shop
      And the shop signed in
      When Bob pays 12.00 yuan at the shop
      Then the till sealed its request with the new key
