"""The place awards: its page and its commands.

``page`` shows the ledger and starts the check, ``bar`` asks what of it is shown, ``ledger`` chooses
that, ``rows`` makes rows and the text that is copied, ``panel`` shows one award with its winners,
``notices`` what is said around them, ``ways`` where all that leads.

Rule: what is earned, and what may be shown to the hall, is decided in ``tabapp.services``.
"""
