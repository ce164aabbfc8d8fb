"""The place breaks: its page, its dialogs and its commands.

``page`` chooses a category and shows its facts, table and bracket; ``listing`` and ``rows`` the
table, ``facts`` the cards above it, ``notices`` what needs a person; ``picture``, ``bracket`` and
``layout`` the elimination rounds as a picture; ``tie``, ``remark`` and ``stepping`` the
questions; ``commands`` what can be done.

Rule: everything about a break is decided in ``tabapp.services``; here it is only shown and asked.
"""
