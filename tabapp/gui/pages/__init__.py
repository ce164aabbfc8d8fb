"""The places of the window, one package each: its page, its dialogs and its commands.

``catalog`` lists them. A page's module is imported when its place is opened for the first time.
One rule: a page builds widgets, connects and delegates; it knows no SQL and decides no rule.
"""
