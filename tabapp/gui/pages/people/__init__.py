"""The place people: its page, its dialogs and its commands.

``lists`` the seven lists as columns and rows; ``pane`` one of them on the screen, with what was
refused in its cells; ``board`` all of them behind their tabs; ``page`` what is done to their rows;
``forms`` the fields of a record, ``wishes`` where a team would rather break; ``record_dialog``
adds and changes one, ``paste_dialog``, ``conflict_dialog``, ``grid_dialog``, ``detail_dialog`` the
rest. One rule: a row's key is the record's row id, or its kind with that id where a list holds
several kinds.
"""
