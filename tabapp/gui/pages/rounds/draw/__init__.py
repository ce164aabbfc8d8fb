"""The stage draw of a round.

``stage`` puts it together; ``making`` the job that draws, ``tools`` filter and order, ``boards``
the three tables of ``table`` with the ``rows`` of the draw, ``why`` the panel of reasons,
``editing`` the swap of two teams with its ``price`` and ``swap``, the list of all prices.

One rule: what a swap costs and whether it is legal is asked of the sheet's book, never known here.
"""
