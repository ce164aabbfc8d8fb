"""Motions: writing them, setting them in rounds, releasing them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tabapp.core.errors import Problem, UserError
from tabapp.services.entries import refuse
from tabapp.store import motion_rows
from tabapp.store.motion_rows import MotionRow, motions_of_round
from tabapp.store.setup_rows import SetupRound, list_setup_rounds
from tabapp.store.tournaments import get_round, get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit

__all__ = [
    "MotionBoard", "MotionEntry", "MotionRow", "check_motion", "delete_motion", "motions_of_round",
    "move_motion", "read_board", "release_motions", "save_motion", "unrelease_motions",
    "why_not_deleted",
]

LONGEST_REFERENCE = 100


@dataclass(frozen=True, slots=True)
class MotionEntry:
    """A motion as a person types it. ``rounds`` are row ids."""

    text: str
    reference: str = ""
    info_slide: str = ""
    rounds: tuple[int, ...] = ()

    def tidy(self) -> MotionEntry:
        """Return it as it is stored: the motion on one line, line breaks in the info slide kept."""
        slide = "\n".join(line.rstrip() for line in self.info_slide.splitlines())
        return MotionEntry(
            text=" ".join(self.text.split()), reference=" ".join(self.reference.split()),
            info_slide=slide.strip(), rounds=tuple(dict.fromkeys(self.rounds)),
        )


@dataclass(frozen=True, slots=True)
class MotionBoard:
    """All rounds by sequence, all motions, and whether a motion may be set in several rounds."""

    rounds: tuple[SetupRound, ...]
    motions: tuple[MotionRow, ...]
    reuse: bool
    orders: Mapping[int, Sequence[int]]
    """Row ids of a round's motions in their order, by row id of the round."""

    def motion(self, motion_id: int) -> MotionRow:
        """Return a motion by its row id; ``UserError`` where somebody has deleted it."""
        found = next((one for one in self.motions if one.id == motion_id), None)
        if found is None:
            raise UserError("motion_gone")
        return found

    def in_round(self, round_id: int) -> list[MotionRow]:
        """Return the motions of a round in their order there."""
        by_id = {one.id: one for one in self.motions}
        return [by_id[one] for one in self.orders.get(round_id, ())]

    def round(self, round_id: int) -> SetupRound:
        """Return a round by its row id; ``UserError`` where somebody has deleted it."""
        found = next((one for one in self.rounds if one.id == round_id), None)
        if found is None:
            raise UserError("round_gone", id=round_id)
        return found


def read_board(unit: ReadUnit, tournament_id: int) -> MotionBoard:
    """Read the motions of a tournament with the rounds in which they can be set."""
    settings = get_tournament(unit, tournament_id).settings
    return MotionBoard(
        rounds=tuple(list_setup_rounds(unit, tournament_id)),
        motions=tuple(motion_rows.list_motions(unit, tournament_id)),
        reuse=settings.enable_motion_reuse,
        orders=motion_rows.orders(unit, tournament_id),
    )


def check_motion(
    board: MotionBoard, entry: MotionEntry, motion_id: int | None = None
) -> list[Problem]:
    """Return what is wrong with a motion, and what is unusual, at ``text``, ``reference`` …"""
    entry = entry.tidy()
    before = board.motion(motion_id) if motion_id is not None else None
    return [*_check_words(board, entry, motion_id), *_check_rounds(board, entry, before)]


def _check_words(
    board: MotionBoard, entry: MotionEntry, motion_id: int | None
) -> Iterator[Problem]:
    if not entry.text:
        yield Problem.of("error", "text", "motion_text_missing")
    if len(entry.reference) > LONGEST_REFERENCE:
        yield Problem.of(
            "error", "reference", "motion_reference_long", count=len(entry.reference),
            most=LONGEST_REFERENCE)
    wanted = entry.reference.casefold()
    if wanted and any(
        one.reference.casefold() == wanted for one in board.motions if one.id != motion_id
    ):
        yield Problem.of(
            "warning", "reference", "motion_reference_twice", reference=entry.reference)


def _check_rounds(
    board: MotionBoard, entry: MotionEntry, before: MotionRow | None
) -> Iterator[Problem]:
    old = set(before.rounds) if before else set()
    new = set(entry.rounds)
    if len(new) > 1 and new - old and not board.reuse:
        yield Problem.of("error", "rounds", "motion_reuse_off", count=len(new))
    for one in sorted(old - new, key=lambda row_id: board.round(row_id).seq):
        round_ = board.round(one)
        if before and one in before.named_in:
            yield Problem.of("error", "rounds", "motion_named", round=round_.title)
        elif round_.motions_released:
            yield Problem.of("error", "rounds", "motion_released", round=round_.title)
    for one in sorted(new - old, key=lambda row_id: board.round(row_id).seq):
        round_ = board.round(one)
        if round_.motions_released:
            yield Problem.of("warning", "rounds", "motion_known_at_once", round=round_.title)


def save_motion(
    unit: WriteUnit, tournament_id: int, entry: MotionEntry, motion_id: int | None = None
) -> int:
    """Store a new motion, or change one; return its row id.

    In a round that it comes to it stands last. ``ProblemsFound`` with everything that is wrong.
    """
    board = read_board(unit, tournament_id)
    refuse(check_motion(board, entry, motion_id))
    entry = entry.tidy()
    values = {"reference": entry.reference, "text": entry.text, "info_slide": entry.info_slide}
    if motion_id is None:
        motion_id = motion_rows.insert_motion(unit, tournament_id, values)
        old: Sequence[int] = ()
    else:
        motion_rows.update_motion(unit, motion_id, values)
        old = board.motion(motion_id).rounds
    for round_id in {*old, *entry.rounds}:
        others = [one for one in motion_rows.order_in_round(unit, round_id) if one != motion_id]
        if round_id not in entry.rounds:
            motion_rows.set_order(unit, round_id, others)
        elif round_id not in old:
            motion_rows.set_order(unit, round_id, [*others, motion_id])
    return motion_id


def why_not_deleted(board: MotionBoard, row: MotionRow) -> str:
    """Return why a motion cannot be deleted, "" if it can."""
    nowhere = _check_rounds(board, MotionEntry(text=row.text), row)
    return next((one.message for one in nowhere if one.level == "error"), "")


def delete_motion(unit: WriteUnit, tournament_id: int, motion_id: int) -> None:
    """Delete a motion that no ballot names and nobody outside the tab room knows."""
    board = read_board(unit, tournament_id)
    row = board.motion(motion_id)
    refuse(_check_rounds(board, MotionEntry(text=row.text), row))
    motion_rows.delete_motion(unit, motion_id)


def move_motion(unit: WriteUnit, round_id: int, motion_id: int, by: int) -> None:
    """Move a motion up (-1) or down (1) among those of its round; at the ends it stays."""
    order = motion_rows.order_in_round(unit, round_id)
    if motion_id not in order:
        raise UserError("motion_gone")
    at = order.index(motion_id)
    to = min(max(at + by, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    motion_rows.set_order(unit, round_id, order)


def release_motions(unit: WriteUnit, round_id: int) -> None:
    """Let everybody know the motions of a round; nothing happens if they are known already.

    ``UserError("round_without_motion")`` where there is none to release.
    """
    if not motions_of_round(unit, round_id):
        raise UserError("round_without_motion", round=_title(unit, round_id))
    motion_rows.set_released(unit, round_id, released=True)


def unrelease_motions(unit: WriteUnit, round_id: int) -> None:
    """Keep the motions of a round to the tab room again; ballots that name them stay."""
    motion_rows.set_released(unit, round_id, released=False)


def _title(unit: ReadUnit, round_id: int) -> str:
    _owner, row = get_round(unit, round_id)
    return row.name or f"Round {row.seq}"
