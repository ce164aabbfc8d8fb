"""Breaks: which teams qualify for the elimination rounds of each category.

``values`` holds categories, rules and break lists; ``qualify`` makes them and ``preferences`` says
which category of several a team breaks in. In one category, ``field`` has its teams, ``hold`` the
rounds that they must have debated, ``caps`` who claims a place by the rule; ``line`` draws the
line, and ``reasons`` say why. One rule: nobody is picked in silence; whoever is level
with the last breaking team is told so, drawn by a recorded lot, or let in.
"""

from __future__ import annotations

from tabapp.domain.breaks.hold import rounds_debated
from tabapp.domain.breaks.line import TieRule
from tabapp.domain.breaks.qualify import qualify
from tabapp.domain.breaks.values import (
    BREAK_RULES,
    ELIGIBLE,
    PERSONAL_REMARKS,
    BreakCategory,
    BreakList,
    BreakRow,
    BreakRule,
    Lots,
    Remark,
    by_priority,
    is_personal,
    rule_clash,
)

__all__ = [
    "BREAK_RULES",
    "ELIGIBLE",
    "PERSONAL_REMARKS",
    "BreakCategory",
    "BreakList",
    "BreakRow",
    "BreakRule",
    "Lots",
    "Remark",
    "TieRule",
    "by_priority",
    "is_personal",
    "qualify",
    "rounds_debated",
    "rule_clash",
]
