"""Accepting and dismissing suggestions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tabapp.core.errors import UserError
from tabapp.domain.attention import is_news
from tabapp.domain.attention.swaps import saving
from tabapp.services import panels, people
from tabapp.services.suggestion_words import title_of
from tabapp.store import suggestion_rows as rows
from tabapp.store.refs import Refs
from tabapp.store.suggestion_rows import SuggestionRow
from tabapp.store.suggestion_sources import rounds_to_seat
from tabapp.store.tournaments import get_round
from tabapp.store.unit import ReadUnit, WriteUnit

_STILL = 0.5
"""The part of a promised saving that must be left for a swap to be made."""


def accept(
    unit: WriteUnit, tournament_id: int, kind: str, subject: str, now: datetime
) -> str:
    """Do what a suggestion says, and keep that it was accepted; return its sentence.

    A judge's score is set and its history kept; judges are swapped, if that still saves at least
    half of what was said and nobody clashes; of ballots and registration it is kept that somebody
    looked. ``UserError`` for a suggestion that is gone, answered, or not true any more.
    """
    row = _unanswered(unit, tournament_id, kind, subject)
    if kind == "judge_score":
        _revise(unit, tournament_id, row.facts)
    elif kind == "panel_swap":
        _swap(unit, row.facts)
    rows.put_answer(unit, tournament_id, row, "accepted", "", now)
    return _described(unit, row)


def dismiss(
    unit: WriteUnit, tournament_id: int, kind: str, subject: str, reason: str, now: datetime
) -> str:
    """Keep that nothing is to be done about a suggestion, and why; return its sentence."""
    row = _unanswered(unit, tournament_id, kind, subject)
    rows.put_answer(unit, tournament_id, row, "dismissed", reason.strip(), now)
    return _described(unit, row)


def _described(unit: WriteUnit, row: SuggestionRow) -> str:
    sentence = title_of(row.facts)
    unit.describe(subject=f'"{sentence.rstrip(".")}"')
    return sentence


def _unanswered(
    unit: ReadUnit, tournament_id: int, kind: str, subject: str
) -> SuggestionRow:
    row = rows.get_row(unit, tournament_id, kind, subject)
    if row is None:
        raise UserError("suggestion_gone")
    answer = rows.read_answers(unit, tournament_id).get(row.key)
    if answer is not None and not is_news(kind, answer.facts, row.facts):
        raise UserError("suggestion_answered")
    return row


def _revise(unit: WriteUnit, tournament_id: int, facts: Mapping[str, Any]) -> None:
    """Set a judge's base score to what was proposed, unless it was changed meanwhile."""
    refs = Refs.load(unit, tournament_id, "adjudicator")
    judge = refs.all("adjudicator").get(facts["judge"])
    if judge is None:
        raise UserError("suggestion_gone")
    now = people.read_values(unit, tournament_id, "adjudicator", judge)["base_score"]
    if now != facts["base"]:
        raise UserError(
            "suggestion_score_moved", name=facts["name"], now=f"{now:g}", base=f"{facts['base']:g}")
    people.edit(unit, tournament_id, "adjudicator", judge, {"base_score": facts["proposed"]})


def _swap(unit: WriteUnit, facts: Mapping[str, Any]) -> None:
    """Swap two judges, priced anew as the panels are at this moment."""
    round_id, one, other = facts["round_id"], facts["one"], facts["other"]
    names = {"name": facts["name"], "other": facts["other_name"]}
    owner, round_ = get_round(unit, round_id)
    if round_id not in rounds_to_seat(unit, owner.id):
        raise UserError(
            "suggestion_round_moved", round=round_.name or f"Round {round_.seq}")
    board = panels.read_board(unit, round_id)
    places = {judge: seat.debate for judge, seat in board.seats.items()}
    stayed = {facts["one"]: facts["debate"], facts["other"]: facts["other_debate"]}
    if any(places.get(judge) != debate for judge, debate in stayed.items()):
        raise UserError("suggestion_swap_moved", **names)
    price = saving(board, one, other)
    promised = facts["before"] - facts["after"]
    if price is None:
        raise UserError("suggestion_swap_barred", **names)
    if price.saved < _STILL * promised:
        raise UserError(
            "suggestion_swap_dear", saved=f"{price.saved:.1f}", promised=f"{promised:.1f}", **names)
    panels.swap_judges(unit, round_id, one, other)
