"""The stage draw of a round.

``stage`` puts it together; ``making`` the job that draws, ``tools`` filter and order, ``boards``
the three tables of ``table`` with the ``rows`` of the draw, ``why`` the panel of reasons
with its ``why_parts``,
``editing`` the swap of two teams with its ``price`` and ``swap``, the list of all prices;
``ready`` says what can be done; ``compare`` shows ways to draw side by side, ``compare_rows``
their figures and rules in words, ``comparing`` has them drawn; ``replaying`` draws the stored
round again;
``sides`` confirms sides that were drawn by lot; ``manual`` puts rooms together by hand,
``manual_rooms`` is what the stage does with it; ``balance`` is the balance report with its
``balance_plot``.

One rule: what a swap costs and whether it is legal is asked of the sheet's book, never known here.
"""
