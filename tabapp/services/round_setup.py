"""Rounds as they are planned: adding, changing, moving and deleting them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tabapp.core.errors import Problem, UserError
from tabapp.domain.draw.validity import check_format
from tabapp.domain.setup import MOST_ROUNDS, MOST_WEIGHT
from tabapp.domain.types import DrawSnapshot, DrawType, Side, Stage
from tabapp.services.entries import Reader, parse_start, refuse, shown
from tabapp.store import setup_rows
from tabapp.store.category_rows import CategoryRow, list_category_rows
from tabapp.store.draw_rows import update_round as update_row
from tabapp.store.setup_rows import SetupRound, list_setup_rounds
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit

LONGEST_ABBREVIATION = 10
LONGEST_KIND = 30


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """A round as a person types it; ``category`` is the row id of a break category."""

    name: str
    abbreviation: str = ""
    stage: str = Stage.PRELIMINARY.value
    draw_type: str = DrawType.POWER.value
    category: int | None = None
    weight: str = "1"
    feedback_weight: str = "0"
    starts_at: str = ""
    silent: bool = False
    kind: str = ""
    """Such as prepared or impromptu: sides are balanced within rounds of one kind too."""

    @classmethod
    def of(cls, row: SetupRound) -> RoundEntry:
        """Return what a person would have typed for a round that is there."""
        return cls(
            name=row.name, abbreviation=row.abbreviation, stage=row.stage,
            draw_type=row.draw_type, category=row.category_id, weight=str(row.weight),
            feedback_weight=f"{row.feedback_weight:g}",
            starts_at=(row.starts_at or "").replace("T", " "), silent=row.silent,
            kind=row.kind,
        )


@dataclass(frozen=True, slots=True)
class RoundBoard:
    """The rounds of a tournament by sequence, its break categories and sides, and its place.

    ``unseeded`` teams have no seed.
    """

    rounds: tuple[SetupRound, ...]
    categories: tuple[CategoryRow, ...]
    sides: tuple[Side, ...]
    timezone: str
    unseeded: int

    def round(self, round_id: int) -> SetupRound:
        """Return a round by its row id; ``UserError`` where somebody has deleted it."""
        found = next((one for one in self.rounds if one.id == round_id), None)
        if found is None:
            raise UserError("round_gone", id=round_id)
        return found

    def customary(self, place: int) -> RoundEntry:
        """Return a new preliminary round at ``place`` (from 0), named by the field's customs."""
        weight = min(max(place, 0) / 10, 0.5)
        return RoundEntry(
            name=f"Round {place + 1}", abbreviation=f"R{place + 1}",
            draw_type=DrawType.POWER.value if place else DrawType.RANDOM.value,
            feedback_weight=f"{weight:g}",
        )

    @property
    def end_of_preliminaries(self) -> int:
        """The place after the last preliminary round, where a new one goes by default."""
        return sum(one.stage == Stage.PRELIMINARY for one in self.rounds)


def read_board(unit: ReadUnit, tournament_id: int) -> RoundBoard:
    """Read the rounds of a tournament with what they can refer to."""
    return RoundBoard(
        rounds=tuple(list_setup_rounds(unit, tournament_id)),
        categories=tuple(list_category_rows(unit, tournament_id)),
        sides=get_tournament(unit, tournament_id).settings.sides,
        timezone=setup_rows.read_head(unit, tournament_id).timezone,
        unseeded=setup_rows.count_unseeded(unit, tournament_id),
    )


# What is wrong


def check_round(
    board: RoundBoard, entry: RoundEntry, round_id: int | None = None, place: int | None = None
) -> list[Problem]:
    """Return what is wrong with a round, and what is unusual, each at its field.

    Without ``round_id`` it is a new one, which goes to ``place`` (from 0).
    """
    before = board.round(round_id) if round_id is not None else None
    reader = Reader()
    _values(reader, entry, before)
    at = board.rounds.index(before) if before else place
    return [
        *reader.problems, *_check_name(board, entry, before, at), *_check_stage(board, entry),
        *_check_draw(board, entry, before, at), *_check_kept(board, entry, before),
    ]


def _values(
    reader: Reader, entry: RoundEntry, before: SetupRound | None = None
) -> dict[str, object]:
    """Return the columns. A start that came from a file in other words stays while it is so."""
    kept = before is not None and entry.starts_at == RoundEntry.of(before).starts_at
    return {
        "name": reader.name("name", entry.name),
        "abbreviation": reader.name(
            "abbreviation", entry.abbreviation, longest=LONGEST_ABBREVIATION),
        "stage": entry.stage, "draw_type": entry.draw_type, "break_category_id": entry.category,
        "weight": reader.whole("weight", entry.weight, 0, MOST_WEIGHT),
        "feedback_weight": reader.number("feedback_weight", entry.feedback_weight, 0, 1),
        "starts_at": (
            before.starts_at if before and kept else reader.start("starts_at", entry.starts_at)),
        "silent": entry.silent,
        "kind": reader.name("kind", entry.kind, longest=LONGEST_KIND),
    }


def _check_name(
    board: RoundBoard, entry: RoundEntry, before: SetupRound | None, at: int | None
) -> Iterator[Problem]:
    others = [
        _called(one, one.seq + (before is None and at is not None and place >= at))
        for place, one in enumerate(board.rounds) if one is not before
    ]
    name = " ".join(entry.name.split())
    if not name:
        yield Problem.of("error", "name", "round_name_missing")
    elif name.casefold() in {long.casefold() for long, _short in others}:
        yield Problem.of("warning", "name", "round_name_twice", name=name)
    short = " ".join(entry.abbreviation.split())
    if short and short.casefold() in {one.casefold() for _long, one in others}:
        yield Problem.of("warning", "abbreviation", "round_name_twice", name=short)


def _check_stage(board: RoundBoard, entry: RoundEntry) -> Iterator[Problem]:
    """An elimination round has the elimination draw and a break category, no other has."""
    elimination = entry.stage == Stage.ELIMINATION
    if elimination != (entry.draw_type == DrawType.ELIMINATION):
        code = "round_needs_elimination_draw" if elimination else "round_is_no_elimination"
        yield Problem.of("error", "draw_type", code)
    if elimination and entry.category is None:
        code = "round_needs_category" if board.categories else "no_break_category"
        yield Problem.of("error", "category", code)
    if not elimination and entry.category is not None:
        yield Problem.of("error", "category", "round_has_no_category")
    if entry.category is not None and entry.category not in {one.id for one in board.categories}:
        yield Problem.of("error", "category", "category_gone")


def _check_draw(
    board: RoundBoard, entry: RoundEntry, before: SetupRound | None, at: int | None
) -> Iterator[Problem]:
    if DrawType.ELIMINATION in (entry.stage, entry.draw_type):
        return
    if before is None or before.draw_type != entry.draw_type:
        yield from _check_type(board, DrawType(entry.draw_type))
    first = at is None or all(
        one.stage == Stage.ELIMINATION for one in board.rounds[:at] if one is not before)
    if first and entry.draw_type == DrawType.POWER:
        yield Problem.of("warning", "draw_type", "first_round_power")


def _check_type(board: RoundBoard, draw_type: DrawType) -> Iterator[Problem]:
    """What the format refuses, and what a draw of this type will ask for.

    Rules that cannot be followed together are refused where they are set.
    """
    try:
        check_format(DrawSnapshot(board.sides, draw_type, (), {}))
    except UserError as error:
        yield Problem("error", "draw_type", error.code, error.message)
        return
    if draw_type is DrawType.SEEDED and board.unseeded:
        yield Problem.of("warning", "draw_type", "round_seeds_missing", count=board.unseeded)


def _check_kept(
    board: RoundBoard, entry: RoundEntry, before: SetupRound | None
) -> Iterator[Problem]:
    """What was drawn stays what it is; what was judged may be weighed anew."""
    if before is None:
        return
    if before.is_drawn:
        for where, old, new in (
            ("stage", before.stage, entry.stage),
            ("draw_type", before.draw_type, entry.draw_type),
            ("category", before.category_id, entry.category),
            ("kind", before.kind, " ".join(entry.kind.split())),
        ):
            if old != new:
                yield Problem.of("error", where, "round_drawn_keeps", round=before.title)
    if before.ballots and entry.weight.strip() != str(before.weight):
        yield Problem.of(
            "warning", "weight", "round_weighed_anew", count=before.ballots, round=before.title)
    if entry.stage == Stage.PRELIMINARY and before.stage == Stage.ELIMINATION:
        at = board.rounds.index(before)
        if any(one.stage == Stage.ELIMINATION for one in board.rounds[:at]):
            yield Problem.of("error", "stage", "preliminary_after_elimination")


# What is done


def add_round(
    unit: WriteUnit, tournament_id: int, entry: RoundEntry, place: int | None = None
) -> int:
    """Add a preliminary round at ``place`` (from 0), by default after the others; its row id.

    The rounds after it count one further. ``ProblemsFound`` with everything that is wrong.
    """
    board = read_board(unit, tournament_id)
    at = board.end_of_preliminaries if place is None else place
    refuse([*check_round(board, entry, place=at), *check_place(board, entry, at)])
    row_id = setup_rows.insert_round(
        unit, tournament_id, {**_values(Reader(), entry), "seq": _free(board)})
    order = [one.id for one in board.rounds]
    order.insert(at, row_id)
    _take_places(unit, board, order)
    return row_id


def check_place(board: RoundBoard, entry: RoundEntry, place: int) -> list[Problem]:
    """Tell why no new round can stand at ``place``; the field is ``place``."""
    if len(board.rounds) >= 2 * MOST_ROUNDS:
        return [Problem.of("error", "place", "rounds_too_many", most=2 * MOST_ROUNDS)]
    if entry.stage == Stage.ELIMINATION:
        return [Problem.of("error", "stage", "elimination_made_elsewhere")]
    later = next((one for one in reversed(board.rounds[place:]) if one.is_drawn), None)
    if later is not None:
        return [Problem.of("error", "place", "round_before_drawn", round=later.title)]
    if any(one.stage == Stage.ELIMINATION for one in board.rounds[:place]):
        return [Problem.of("error", "place", "preliminary_after_elimination")]
    return []


def change_round(
    unit: WriteUnit, tournament_id: int, round_id: int, entry: RoundEntry
) -> None:
    """Change a round. ``ProblemsFound`` with everything that is wrong."""
    board = read_board(unit, tournament_id)
    refuse(check_round(board, entry, round_id))
    update_row(unit, round_id, **_values(Reader(), entry, board.round(round_id)))
    setup_rows.settle_slots(unit, tournament_id)


def change_fields(
    unit: WriteUnit, tournament_id: int, round_id: int, **fields: Any
) -> None:
    """Change some fields of a round, named as in ``RoundEntry``, and leave the others."""
    entry = RoundEntry.of(read_board(unit, tournament_id).round(round_id))
    change_round(unit, tournament_id, round_id, replace(entry, **fields))


def set_start(unit: WriteUnit, tournament_id: int, round_id: int, text: str) -> str | None:
    """Set when a round starts and leave the rest as it is, whatever is wrong there.

    A time of day alone keeps the day that is stored. ``UserError`` for what is no time.
    """
    before = read_board(unit, tournament_id).round(round_id)
    start = parse_start(text)
    if start is None and text.strip():
        raise UserError("start_unreadable", value=shown(text))
    day = (before.starts_at or "").partition("T")[0]
    if start is not None:
        start = parse_start(f"{day} {start}") or start
    update_row(unit, round_id, starts_at=start)
    setup_rows.settle_slots(unit, tournament_id)
    return start


def delete_round(unit: WriteUnit, tournament_id: int, round_id: int) -> None:
    """Delete a round that is not drawn; the rounds after it count one less."""
    board = read_board(unit, tournament_id)
    row = board.round(round_id)
    if reason := why_not_deleted(board, row):
        refuse([reason])
    setup_rows.delete_round(unit, round_id)
    _take_places(unit, board, [one.id for one in board.rounds if one.id != round_id])
    setup_rows.settle_slots(unit, tournament_id)


def why_not_deleted(board: RoundBoard, row: SetupRound) -> Problem | None:
    """Tell why a round cannot be deleted, None if it can."""
    if row.is_drawn:
        return Problem.of("error", "round", "round_drawn_stays", round=row.title)
    later = next((one for one in reversed(board.rounds) if one.is_drawn), None)
    if later is not None and later.seq > row.seq:
        return Problem.of("error", "round", "round_before_drawn", round=later.title)
    return None


def move_round(unit: WriteUnit, tournament_id: int, round_id: int, by: int) -> None:
    """Move a round up (-1) or down (1); what is drawn keeps its place."""
    board = read_board(unit, tournament_id)
    row = board.round(round_id)
    if reason := why_not_moved(board, row, by):
        refuse([reason])
    order = [one.id for one in board.rounds]
    at = order.index(round_id)
    order.insert(at + by, order.pop(at))
    _take_places(unit, board, order)


def why_not_moved(board: RoundBoard, row: SetupRound, by: int) -> Problem | None:
    """Tell why a round cannot go one place up or down, None if it can."""
    at = board.rounds.index(row) + by
    if not 0 <= at < len(board.rounds):
        code = "round_is_first" if by < 0 else "round_is_last"
        return Problem.of("error", "round", code, round=row.title)
    other = board.rounds[at]
    drawn = row if row.is_drawn else other if other.is_drawn else None
    if drawn is not None:
        return Problem.of("error", "round", "round_drawn_keeps", round=drawn.title)
    if other.stage != row.stage:
        return Problem.of("error", "round", "preliminary_after_elimination")
    return None


def _free(board: RoundBoard) -> int:
    return 1 + max((one.seq for one in board.rounds), default=0)


def _take_places(unit: WriteUnit, board: RoundBoard, order: Sequence[int]) -> None:
    """Number rounds by ``order`` (row ids) from the first that stands elsewhere than before."""
    old = [one.id for one in board.rounds]
    same = next(
        (at for at, pair in enumerate(zip(old, order, strict=False)) if pair[0] != pair[1]),
        min(len(old), len(order)))
    last = board.rounds[same - 1].seq if same else 0
    seqs = {row_id: last + at for at, row_id in enumerate(order[same:], start=1)}
    setup_rows.renumber(unit, seqs)
    for row in board.rounds:
        if row.id in seqs:
            name, abbreviation = _called(row, seqs[row.id])
            update_row(unit, row.id, name=name, abbreviation=abbreviation)


def _called(row: SetupRound, seq: int) -> tuple[str, str]:
    """Return name and abbreviation of a round as number ``seq``: those made of its number follow.

    A round that somebody named otherwise keeps its name.
    """
    return (
        f"Round {seq}" if row.name == f"Round {row.seq}" else row.name,
        f"R{seq}" if row.abbreviation == f"R{row.seq}" else row.abbreviation,
    )
