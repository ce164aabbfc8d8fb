"""The ballot desk: ``page`` joins the list at the left and the ballot at the right.

``chase_list`` and ``rooms_list`` the rooms that owe a ballot; ``pane`` the open ballot and how it
is stored; ``form`` what is typed, on the fields of ``sheet`` (``quarter``, ``score_field``,
``chooser``, ``tick``, ``order_panel``), below ``heading``; ``past`` its steps, ``keeper`` the
drafts; ``notices`` words what should be known of it; ``versions`` and ``substitute`` dialogs.
``flips`` orders the list by what can flip the break; ``impact`` tells a tab director what a
correction changes, ``impact_dialog`` in tables.

One rule: what a sheet means and what is wrong with it is said by ``services.ballot_sheet`` and
``services.ballot_problems``; nothing here computes a total or judges a mark.
"""
