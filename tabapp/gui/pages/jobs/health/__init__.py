"""Health: what was looked at and what was found, a fix beside each finding, and the copies.

``rows`` one finding and the list of all, ``copies`` the folders and the copies in them, ``reading``
what both show, ``page`` joins them and does what their buttons ask for.
"""
