"""What was played, from an archive into rows: rounds, debates, panels, ballots, feedback."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Table

from tabapp.domain import slots as at_once
from tabapp.domain.archive import Archive, Debate, Feedback, Round
from tabapp.store import schema
from tabapp.store.ballot_rows import insert_ballots
from tabapp.store.refs import Refs
from tabapp.store.unit import WriteUnit

ROUND_COLUMNS = (
    "seq", "name", "abbreviation", "stage", "draw_type", "weight", "kind", "silent",
    "feedback_weight", "starts_at", "expected_end", "motions_released", "status", "completed",
    "draw_seed", "draw_record", "deadlines",
)
DEBATE_COLUMNS = (
    "bracket", "room_rank", "importance", "flags", "why", "status", "sides_confirmed", "barcode",
)


def slots(rounds: Sequence[Round], ids: Sequence[int]) -> dict[int, int]:
    """Return round id -> slot: rounds that run at the same time share the first's id."""
    return {
        row_id: ids[first] for row_id, first in zip(ids, at_once.slots(rounds), strict=True)}


def store_rounds(unit: WriteUnit, archive: Archive, tournament_id: int, refs: Refs) -> None:
    """Insert rounds with everything that hangs on them; ``refs`` learns the debates."""
    rounds = archive.rounds
    categories = {
        category.slug: refs.id("break_category", category.id)
        for category in archive.break_categories
    }
    ids = unit.ids.take("round", len(rounds))
    slot_of = slots(rounds, ids)
    unit.insert(schema.round_, [
        round_values(item, categories)
        | {"id": row_id, "tournament_id": tournament_id, "slot_id": slot_of[row_id]}
        for item, row_id in zip(rounds, ids, strict=True)
    ])
    numbered = list(zip(ids, rounds, strict=True))
    insert_round_lists(unit, numbered, refs)
    debates = [(row_id, one) for row_id, item in numbered for one in item.debates]
    insert_debates(unit, debates, tournament_id, slot_of, refs)
    insert_feedback(
        unit, archive.feedback, tournament_id, {item.seq: row for row, item in numbered}, refs)


def round_values(item: Round, categories: Mapping[str, int]) -> dict[str, Any]:
    """Return the columns of a round; ``categories`` gives row ids of break categories by slug."""
    category = categories[item.break_category] if item.break_category else None
    return {name: getattr(item, name) for name in ROUND_COLUMNS} | {
        "break_category_id": category, "extra": item.model_extra or {}}


def insert_round_lists(unit: WriteUnit, numbered: list[tuple[int, Round]], refs: Refs) -> None:
    """Insert what hangs on rounds besides debates; each comes with its row id."""
    _absences(unit, numbered, refs)
    _insert(unit, schema.round_motion, [
        {"round_id": row_id, "motion_id": refs.id("motion", ref), "seq": seq}
        for row_id, item in numbered for seq, ref in enumerate(item.motions, start=1)
    ])
    _insert(unit, schema.side_allocation, [
        {"round_id": row_id, "team_id": refs.id("team", ref), "side": side}
        for row_id, item in numbered for ref, side in item.side_allocations.items()
    ])
    _preformed(unit, numbered, refs)


def _insert(unit: WriteUnit, table: Table, rows: list[dict[str, Any]]) -> list[int]:
    return unit.insert(table, rows) if rows else []


def _absences(unit: WriteUnit, numbered: list[tuple[int, Round]], refs: Refs) -> None:
    for table, kind in (
        (schema.absent_team, "team"),
        (schema.absent_adjudicator, "adjudicator"),
        (schema.absent_venue, "venue"),
    ):
        _insert(unit, table, [
            {"round_id": row_id, f"{kind}_id": refs.id(kind, ref)}
            for row_id, item in numbered for ref in getattr(item, f"absent_{kind}s")
        ])


def _preformed(unit: WriteUnit, numbered: list[tuple[int, Round]], refs: Refs) -> None:
    panels = [(row_id, panel) for row_id, item in numbered for panel in item.preformed_panels]
    ids = _insert(unit, schema.preformed_panel, [
        {"round_id": row_id, "room_rank": panel.room_rank, "importance": panel.importance,
         "bracket_min": panel.bracket_min, "bracket_max": panel.bracket_max,
         "liveness": panel.liveness, "extra": panel.model_extra or {}}
        for row_id, panel in panels
    ])
    _insert(unit, schema.preformed_panel_member, [
        {"preformed_panel_id": panel_id,
         "adjudicator_id": refs.id("adjudicator", member.adjudicator), "role": member.role,
         "extra": member.model_extra or {}}
        for panel_id, (_row, panel) in zip(ids, panels, strict=True) for member in panel.panel
    ])


def debate_values(one: Debate, refs: Refs) -> dict[str, Any]:
    """Return the columns of a debate that are its own."""
    return {name: getattr(one, name) for name in DEBATE_COLUMNS} | {
        "venue_id": refs.maybe_id("venue", one.venue), "extra": one.model_extra or {}}


def insert_debates(
    unit: WriteUnit, debates: list[tuple[int, Debate]], tournament_id: int,
    slot_of: Mapping[int, int], refs: Refs,
) -> None:
    """Insert debates, each with its round's row id, and all that hangs on them."""
    ids = _insert(unit, schema.debate, [
        debate_values(one, refs) | {
            "tournament_id": tournament_id, "ref": one.id, "round_id": round_id,
            "slot_id": slot_of[round_id],
        }
        for round_id, one in debates
    ])
    refs.add("debate", {one.id: row for row, (_round, one) in zip(ids, debates, strict=True)})
    insert_debate_parts(unit, [
        ({"debate_id": row, "round_id": round_id, "slot_id": slot_of[round_id]}, one)
        for row, (round_id, one) in zip(ids, debates, strict=True)
    ], refs)


def insert_debate_parts(
    unit: WriteUnit, placed: list[tuple[dict[str, int], Debate]], refs: Refs
) -> None:
    """Insert sides, panels, overrides and ballots; each debate comes with the ids of its row."""

    def each(attribute: str, make: Callable[[Any], dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for place, one in placed:
            for part in getattr(one, attribute):
                yield place | make(part) | {"extra": part.model_extra or {}}

    _insert(unit, schema.debate_side, list(each("sides", lambda part: {
        "side": part.side, "team_id": refs.id("team", part.team), "flags": part.flags,
    })))
    _insert(unit, schema.panel_member, list(each("panel", lambda part: {
        "adjudicator_id": refs.id("adjudicator", part.adjudicator), "role": part.role,
    })))
    _insert(unit, schema.debate_override, [
        {"debate_id": place["debate_id"],
         "adjudicator_id": refs.id("adjudicator", item.adjudicator),
         "team_id": refs.maybe_id("team", item.team),
         "other_id": refs.maybe_id("adjudicator", item.other), "reason": item.reason,
         "by": item.by, "extra": item.model_extra or {}}
        for place, one in placed for item in one.overrides
    ])
    insert_ballots(
        unit, [(place["debate_id"], item) for place, one in placed for item in one.ballots], refs
    )


def insert_feedback(
    unit: WriteUnit, items: Sequence[Feedback], tournament_id: int, rounds: Mapping[int, int],
    refs: Refs,
) -> None:
    """Insert feedback with its answers; ``rounds`` gives row ids of rounds by number."""
    ids = _insert(unit, schema.feedback, [
        {"tournament_id": tournament_id, "ref": item.id,
         "round_id": rounds[item.round] if item.round is not None else None,
         "debate_id": refs.maybe_id("debate", item.debate),
         "target_id": refs.id("adjudicator", item.target),
         "source_team_id": refs.maybe_id("team", item.source_team),
         "source_adjudicator_id": refs.maybe_id("adjudicator", item.source_adjudicator),
         "score": item.score, "confirmed": item.confirmed, "ignored": item.ignored,
         "extra": item.model_extra or {}}
        for item in items
    ])
    refs.add("feedback", {
        item.id: row for row, item in zip(ids, items, strict=True)
    })
    _insert(unit, schema.feedback_answer, [
        {"feedback_id": row, "question_id": refs.id("question", question), "value": value}
        for row, item in zip(ids, items, strict=True)
        for question, value in item.answers.items()
    ])
