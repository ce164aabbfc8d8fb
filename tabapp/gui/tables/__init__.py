"""The one table of the program: rows by key, painted with the theme's tokens.

``cells`` columns, rows and their values; ``order`` sorting, filtering and finding on plain lists;
``model`` the rows that Qt sees; ``painters`` what each kind of cell looks like; ``header``,
``view``, ``frozen``, ``widths``, ``editing`` the table on the screen; ``card`` the rounded card
around it.

Rule: an update never resets. Rows are inserted, removed, moved and changed by key, so that the
selection, the place scrolled to and the cell being typed in survive; painting asks plain lists and
never ``data()``, which would take the interpreter anew for every cell.
"""
