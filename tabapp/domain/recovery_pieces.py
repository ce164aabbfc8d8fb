"""A tournament taken apart into pieces that can be compared and taken over one by one."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from tabapp.domain.archive import Archive, Ballot, Debate, Part, Round

PEOPLE = (
    "institutions", "break_categories", "speaker_categories", "teams", "speakers",
    "adjudicators", "venue_categories", "venues", "motions", "questions",
)
"""Lists of records with an id, each after those that it refers to."""

ROUND_PARTS = (
    "round", "availability", "draw", "progress", "debates", "panels", "ballots", "states",
    "feedback",
)
"""The tables of one round, in the order in which they are shown."""

AVAILABILITY = ("absent_teams", "absent_adjudicators", "absent_venues", "side_allocations")
DRAW = ("status", "draw_seed", "draw_record")
PROGRESS = ("completed", "motions_released")
_APART = {*AVAILABILITY, *DRAW, *PROGRESS, "debates"}
_HUNG = {"panel", "ballots", "status"}

Key: TypeAlias = tuple[int | None, str]
"""A round's number, None for what belongs to no round, and a table."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is compared as one: plain values, equal where the tournaments agree."""

    round: int | None
    table: str
    key: str
    value: Any


Table: TypeAlias = Mapping[str, Piece]


def take_apart(archive: Archive) -> dict[Key, dict[str, Piece]]:
    """Return the pieces of a canonical archive by round and table, then by key.

    The activity is no piece: what is taken over gets an entry of its own.
    """
    found: dict[Key, dict[str, Piece]] = defaultdict(dict)
    for piece in (*_registration(archive), *_played(archive)):
        found[piece.round, piece.table][piece.key] = piece
    return dict(found)


def digest(table: Table) -> str:
    """Return what two tables have in common when all of their pieces are equal."""
    found = hashlib.sha256()
    for key in sorted(table):  # one by one: a text of all would hold the interpreter for long
        text = json.dumps((key, table[key].value), sort_keys=True, ensure_ascii=False)
        found.update(f"{text}\n".encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def plain(part: Part, *without: str) -> dict[str, Any]:
    """Return a part as plain values, unknown keys too, leaving out some."""
    return part.model_dump(mode="json", exclude=set(without))


def _registration(archive: Archive) -> Iterator[Piece]:
    yield Piece(None, "tournament", "", plain(archive.tournament, "criteria"))
    for one in archive.tournament.criteria:
        yield Piece(None, "criteria", one.id, plain(one))
    for name in PEOPLE:
        for record in getattr(archive, name):
            yield Piece(None, name, record.id, plain(record))
    yield from _keyed("venue_constraints", (
        (f"{one.kind} {one.subject} {one.category}", plain(one))
        for one in archive.venue_constraints))
    for found in archive.breaks:
        yield Piece(None, "breaks", found.category, plain(found))
    yield from _keyed("achievements", (
        (f"{one.key} {one.subject} {one.round or ''}".strip(), plain(one))
        for one in archive.achievements))


def _keyed(table: str, named: Iterable[tuple[str, Any]]) -> Iterator[Piece]:
    """Number those that have one name, since they have no id."""
    seen: Counter[str] = Counter()
    for name, value in named:
        seen[name] += 1
        yield Piece(None, table, f"{name} #{seen[name]}" if seen[name] > 1 else name, value)


def _played(archive: Archive) -> Iterator[Piece]:
    for one in archive.rounds:
        yield Piece(one.seq, "round", "", plain(one, *_APART))
        yield Piece(one.seq, "availability", "", _some(one, AVAILABILITY))
        yield Piece(one.seq, "draw", "", _some(one, DRAW))
        yield Piece(one.seq, "progress", "", _some(one, PROGRESS))
        for debate in one.debates:
            yield from _of_debate(one.seq, debate)
    for feedback in archive.feedback:
        yield Piece(feedback.round, "feedback", feedback.id, plain(feedback))


def _of_debate(seq: int, debate: Debate) -> Iterator[Piece]:
    yield Piece(seq, "debates", debate.id, plain(debate, *_HUNG))
    yield Piece(seq, "states", debate.id, debate.status)
    if debate.panel:
        yield Piece(seq, "panels", debate.id, [plain(one) for one in debate.panel])
    if debate.ballots:
        yield Piece(seq, "ballots", debate.id, [plain(one) for one in debate.ballots])


def _some(part: Round, names: tuple[str, ...]) -> dict[str, Any]:
    return part.model_dump(mode="json", include=set(names))


def is_addition(here: Any, there: Any) -> bool:
    """Tell whether the ballots there are those here and more, so that nothing is replaced."""
    return len(there) > len(here) and all(one in there for one in here) and _counting(there) < 2


def _counting(ballots: Iterable[Mapping[str, Any]]) -> int:
    return sum(one["status"] == "confirmed" for one in ballots)


def merged_ballots(here: list[Ballot], there: list[Ballot]) -> list[Ballot]:
    """Return the ballots there, and those here of which there is no version there."""
    known = {one.version for one in there}
    return sorted(
        [*there, *(one for one in here if one.version not in known)], key=lambda one: one.version)


def seats(debate: Mapping[str, Any] | None) -> set[tuple[str, str]] | None:
    """Return the sides of a debate's piece with their teams; None without a debate."""
    if debate is None:
        return None
    return {(one["side"], one["team"]) for one in debate["sides"]}


def merge_round(mine: Round | None, there: Round, chosen: set[tuple[str, str]]) -> Round:
    """Return the round here with the chosen pieces of the round there."""
    if mine is None:
        return there
    base = mine
    if ("round", "") in chosen:
        apart = (*AVAILABILITY, *DRAW, *PROGRESS, "debates")
        base = there.model_copy(update={name: getattr(mine, name) for name in apart})
    taken: dict[str, Any] = {}
    for table, names in (("availability", AVAILABILITY), ("draw", DRAW), ("progress", PROGRESS)):
        if (table, "") in chosen:
            taken |= {name: getattr(there, name) for name in names}
    theirs = {one.id: one for one in there.debates}
    debates = [
        _merge_debate(one, theirs.pop(one.id), chosen) if one.id in theirs else one
        for one in mine.debates]
    debates += [one for one in theirs.values() if ("debates", one.id) in chosen]
    return base.model_copy(update=taken | {"debates": debates})


def _merge_debate(mine: Debate, there: Debate, chosen: set[tuple[str, str]]) -> Debate:
    hung: dict[str, Any] = {
        "panel": mine.panel, "ballots": mine.ballots, "status": mine.status}
    if ("panels", mine.id) in chosen:
        hung["panel"] = there.panel
    if ("ballots", mine.id) in chosen:
        hung["ballots"] = merged_ballots(mine.ballots, there.ballots)
    if ("states", mine.id) in chosen:
        hung["status"] = there.status
    base = there if ("debates", mine.id) in chosen else mine
    return base.model_copy(update=hung)
