"""Ballots: what a score sheet may hold and what it decides.

``values`` holds what goes in and comes out, ``criteria`` adds up marks by criterion, ``paper`` lays
a sheet out by side, ``panel`` counts the sheets of single judges, ``checks`` finds every problem at
once (``speech_checks``, ``rank_checks``, ``outcome_checks`` and ``panel_checks`` by what they look
at), ``verdict`` turns a ballot into points and scores, ``differences`` compares two entries. One
rule: whether a ballot may be entered and what a ballot means are two questions. ``decide`` answers
for any ballot that history hands down, also for one that ``check_ballot`` would never let a person
enter.
"""

from __future__ import annotations

from tabapp.domain.ballots.checks import (
    ARCHIVE_WARNINGS,
    as_history,
    ballot_findings,
    check_ballot,
)
from tabapp.domain.ballots.criteria import fill_sums
from tabapp.domain.ballots.differences import Difference, differences, same_content
from tabapp.domain.ballots.panel import is_voting
from tabapp.domain.ballots.values import (
    VOTING,
    DebateContext,
    DebateResult,
    ResultType,
    SpeechResult,
    TeamResult,
    result_type,
)
from tabapp.domain.ballots.verdict import decide

__all__ = [
    "ARCHIVE_WARNINGS",
    "VOTING",
    "DebateContext",
    "DebateResult",
    "Difference",
    "ResultType",
    "SpeechResult",
    "TeamResult",
    "as_history",
    "ballot_findings",
    "check_ballot",
    "decide",
    "differences",
    "fill_sums",
    "is_voting",
    "result_type",
    "same_content",
]
