"""What is on the screen while no tournament is open: recent ones, new ones, what went wrong.

``recents`` what is known of recent files; ``tiles`` the painted buttons; ``page`` the page;
``trouble`` what an unclean end left behind. One rule: the page reports what a person wants, and
the application does it.
"""
