"""The lock screen: who is at the keyboard, and the pad on which a PIN is typed.

``screen`` covers the window, ``people`` finds a name, ``pad`` takes the digits, ``words`` says
what roles are called. One rule: nothing here knows a page, and no digit of a PIN is ever shown,
named or logged.
"""
