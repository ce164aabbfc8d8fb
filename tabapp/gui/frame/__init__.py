"""What stands around every page: rail, top bar, bottom bar, and what floats above them.

``commands`` what can be done everywhere; ``command_table`` every command with its keys, whoever
answers it; ``facts`` what the frame reads; ``rail``, ``top_bar``, ``job_bar`` the three edges,
``plain_bar`` the last one for whoever may not see what runs;
``palette``, ``finding``, ``things`` the search; ``shortcut_sheet``, ``toasts``, ``message_list``,
``menus`` the rest; ``panes`` the way around by F6, F7 and F8.

Rule: nothing here knows a page or the list of places; the main window passes what is shown.
"""
