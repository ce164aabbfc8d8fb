"""The place breaks: its page, its dialogs and its commands.

``page`` chooses a category or the judges and lays out the parts; ``making`` and ``deciding`` are
its commands, which know it as a ``host``; ``ahead`` is what it reads once the table stands there.
``listing`` is the table: ``outlook_rows`` before the break is made, ``rows`` afterwards;
``outlook_facts`` and ``facts`` are the cards above it, ``foot`` the quiet line below, ``notices``
what needs a person. ``aside`` holds ``histogram``, ``watching`` (rooms) and ``picture`` with
``bracket`` and ``layout``; ``judges`` stands in the place of the teams. ``tie``, ``remark`` and
``stepping`` are the questions, ``commands`` what can be done.

Rule: everything about a break is decided in ``tabapp.services``; here it is only shown and asked.
"""
