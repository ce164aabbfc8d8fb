"""The ballot desk: ``page`` joins the list at the left and the ballot at the right.

``chase_list`` and ``rooms_list`` the rooms that owe a ballot, in the words of ``room_words`` below
``list_parts``; ``scanning`` the papers that come in, ``runners_dialog`` who fetches them,
``progress`` (in ``progress_panel``) how they came; ``board`` is read at once, ``next_rooms`` says
which room comes next for whom, ``nothing_open`` what stands where none is open; ``opening`` what a
person may do with a ballot, ``pane`` the open one, ``saving`` how it is stored; ``decide``
(``decide_row``) entries that differ, ``loose`` that nobody else has to check; ``form`` what is
typed (``panel_form`` sheet by sheet, ``typing_form`` key by key), on the fields of ``sheet``
(``quarter`` of ``speech_line``, ``score_field``, ``chooser``, ``tick``; ``order_panel`` of
``order_list``, ``votes_table``, ``number_chooser``, ``paper_block``), between ``heading``,
``judge_bar``, ``sides_card`` and ``button_row``; ``past`` its steps, ``keeper`` the drafts;
``notices`` words what should be known of it; ``versions`` and ``substitute`` dialogs.
``flips`` orders the list by what can flip the break; ``impact`` tells a tab director what a
correction changes, ``impact_dialog`` in tables.

One rule: what a sheet means and what is wrong with it is said by ``services.ballot_bundle`` and
``services.ballot_votes``; nothing here computes a total or judges a mark.
"""
