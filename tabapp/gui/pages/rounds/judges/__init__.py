"""The stage judges of a round: the board, the pool beside it, and what a move costs.

``data`` what is read; ``slots`` where chips stand; ``chip`` what one looks like; ``row`` a row;
``grid``, ``board`` and ``pool`` the two painted views; ``price``, ``reason`` what floats above
them; ``carrying`` a judge on the way from one place to another; ``edits`` the writes; ``stage`` all
of it together.

Rule: the views report what a person wants; only ``edits`` writes, and only through the services.
"""
