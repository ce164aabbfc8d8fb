"""The speeches that count for people, substantive ones and replies (rules.md, sections 3, 5)."""

from __future__ import annotations

from typing import Any

from tests.reference.document import setting
from tests.reference.exact import Doc, mean
from tests.reference.results import (
    agreed_sheet,
    count_votes,
    is_public_speaking,
    voting_sheets,
)
from tests.reference.sheets import mark, speeches

Speech = tuple[str, str, Any, Any]
"""Speaker, team, score, rank in the debate."""


def counted(doc: Doc, debate: Doc, ballot: Doc | None, *, replies: bool = False) -> list[Speech]:
    """List the speeches of a debate with a score, without ghosts; means over relevant judges."""
    if ballot is None:
        return []
    forfeit = list(ballot.get("forfeit") or [])
    credit = setting(doc, "forfeit_winner_speaks")
    two = len(debate["sides"]) == 2
    if forfeit and (credit == "none" or (two and credit == "average")):
        return []
    if two:
        relevant = count_votes(doc, debate, ballot)[2]
    elif is_public_speaking(debate, ballot):
        relevant = voting_sheets(debate, ballot)
    else:
        relevant = [agreed_sheet(ballot)]
    found = []
    for entry in debate["sides"]:
        if entry["side"] not in forfeit:
            found += of_side(doc, relevant, entry["side"], entry["team"], replies)
    return found


def of_side(
    doc: Doc, relevant: list[Doc], side: str, team: str, replies: bool
) -> list[Speech]:
    """List the speeches of one side that count."""
    last = setting(doc, "substantive_speakers")
    told: dict[int, list[Doc]] = {}
    for sheet in relevant:
        for speech in speeches(sheet, side):
            told.setdefault(speech["position"], []).append(speech)
    found = []
    for position in sorted(told):
        papers = told[position]
        who = papers[0].get("speaker")
        score = mean(mark(doc, speech) for speech in papers)
        if (position > last) is replies and who and not papers[0].get("ghost"):
            rank = mean(speech.get("rank") for speech in papers)
            if score is not None:
                found.append((who, team, score, rank))
    return found
