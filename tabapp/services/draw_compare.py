"""Drawing a round in several ways without storing any, so that a person can choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from tabapp.core.errors import UserError
from tabapp.domain.draw import DRAW_DEFAULTS
from tabapp.domain.draw.alternatives import (
    FIRST,
    Figures,
    Variant,
    draw_variant,
    rooms_of,
    variants,
)
from tabapp.domain.types import DrawSnapshot, DrawType, Stage, Tick, no_tick
from tabapp.services import draws
from tabapp.services.rounds import title_of
from tabapp.services.tournament_settings import SettingsBoard, check_changes, read_settings
from tabapp.store.draw_rows import read_debates
from tabapp.store.tournaments import RoundRow, get_round
from tabapp.store.unit import ReadUnit

_PARTS = 100
"""In so many parts the progress of one draw is told."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is to be drawn, and ``rooms``, who stands together in the draw in force."""

    round: RoundRow
    snapshot: DrawSnapshot
    variants: tuple[Variant, ...]
    rooms: frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class ComparedDraw:
    """One way to draw the round. ``changes`` are settings of the tournament that it needs.

    ``instead`` holds what these settings are now. ``figures`` is None, and ``problem`` says why,
    where nothing came of it.
    """

    seed: int
    changes: Mapping[str, Any]
    instead: Mapping[str, Any]
    figures: Figures | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ComparedDraws:
    """The alternatives from number ``first`` on, of ``total``.

    ``against`` says whether there is a draw in force, which they are held against; otherwise they
    are held against the first of them.
    """

    draws: tuple[ComparedDraw, ...]
    first: int
    total: int
    against: bool

    def as_json(self) -> dict[str, Any]:
        """Return the value of the job that compares."""
        return asdict(self) | {"draws": [asdict(one) for one in self.draws]}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> ComparedDraws:
        """Read what ``as_json`` wrote."""
        return cls(
            draws=tuple(
                ComparedDraw(**one | {"figures": one["figures"] and Figures(**one["figures"])})
                for one in value["draws"]),
            first=value["first"], total=value["total"], against=value["against"])


def why_not_compared(round_: RoundRow) -> str:
    """Return the code of why a round has one draw only, "" where there is a choice."""
    if round_.stage == Stage.ELIMINATION:
        return "compare_elimination"
    return "compare_manual" if round_.draw_type == DrawType.MANUAL else ""


def read_comparison(
    unit: ReadUnit, round_id: int, *, seed: int, other_seed: int, ignore_missing: bool = False
) -> Comparison:
    """Read what the alternatives of a round are drawn from; refuse what cannot be drawn now.

    Only rules are among them that the settings of the tournament can have together.
    """
    owner, round_ = get_round(unit, round_id)
    code = why_not_compared(round_)
    if code:
        raise UserError(code, round=title_of(round_))
    found = draws.read_input(unit, round_id, ignore_missing=ignore_missing)
    board = read_settings(unit, owner.id)
    return Comparison(
        round=round_, snapshot=found.snapshot,
        variants=tuple(
            one for one in variants(found.snapshot, seed=seed, other_seed=other_seed)
            if _can_be_set(board, one)),
        rooms=rooms_of(one.drawn for one in read_debates(unit, round_id)))


def _can_be_set(board: SettingsBoard, variant: Variant) -> bool:
    return not variant.changes or all(
        one.level != "error" for one in check_changes(board, variant.changes))


def compare_draws(
    found: Comparison, *, first: int = 0, count: int = FIRST, tick: Tick = no_tick
) -> ComparedDraws:
    """Draw ``count`` alternatives from number ``first`` on and measure them."""
    chosen = found.variants[first:first + count]
    against = found.rooms
    if not against:
        against = rooms_of(draw_variant(found.snapshot, found.variants[0]).draw.debates)
    compared = []
    for number, variant in enumerate(chosen):
        tick(number * _PARTS, len(chosen) * _PARTS)
        part = _part_of(tick, number, len(chosen))
        compared.append(_compared(found.snapshot, variant, against, part))
    return ComparedDraws(tuple(compared), first, len(found.variants), bool(found.rooms))


def _part_of(tick: Tick, number: int, count: int) -> Tick:
    """Tell the progress of one draw as a part of that of all."""

    def told(done: int, total: int) -> None:
        tick(number * _PARTS + _PARTS * done // max(1, total), count * _PARTS)

    return told


def _compared(
    snapshot: DrawSnapshot, variant: Variant, against: frozenset[frozenset[str]], tick: Tick
) -> ComparedDraw:
    blank = ComparedDraw(
        seed=variant.seed, changes=dict(variant.changes), figures=None,
        instead={
            name: snapshot.options.get(name, DRAW_DEFAULTS[name]) for name in variant.changes})
    try:
        drawn = draw_variant(snapshot, variant, against, tick)
    except UserError as error:  # a matching without a solution
        return replace(blank, problem=error.message)
    return replace(blank, figures=drawn.figures)
