"""Breaks: which teams qualify for the elimination rounds of each category.

``values`` holds categories, rules and break lists, ``qualify`` goes through the categories and
``line`` draws the line in one of them. One rule: nobody is picked in silence; whoever is level
with the last breaking team is told so, drawn by a recorded lot, or let in.
"""

from __future__ import annotations

from tabapp.domain.breaks.line import TieRule
from tabapp.domain.breaks.qualify import qualify
from tabapp.domain.breaks.values import (
    BREAK_RULES,
    PERSONAL_REMARKS,
    BreakCategory,
    BreakList,
    BreakRow,
    BreakRule,
    Lots,
    Remark,
    is_personal,
)

__all__ = [
    "BREAK_RULES",
    "PERSONAL_REMARKS",
    "BreakCategory",
    "BreakList",
    "BreakRow",
    "BreakRule",
    "Lots",
    "Remark",
    "TieRule",
    "is_personal",
    "qualify",
]
