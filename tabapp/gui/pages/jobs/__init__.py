"""The place jobs: a page of four parts, each in a package of its own, and what they share.

``queue`` what runs, waits and ran, with the clock of the next hours; ``schedules`` what runs by
itself and when; ``figures`` how each kind of job does; ``health`` whether the program is well.
``words`` runs and schedules in words, ``timeline`` times to come on a line, ``parameter_form`` the
fields of a job's signature, ``run_dialog`` a job started by hand.

Rule: a part knows no other part; they meet in ``page``.
"""
