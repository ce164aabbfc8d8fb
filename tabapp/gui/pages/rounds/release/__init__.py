"""The stages release (``stage``), ballots (``ballots``) and complete (``complete``) of a round.

One rule: what is looked at comes as a checklist from ``services.round_checks``.
"""
