"""Random tournaments, cut before their end, as cases of a forecast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tabapp.domain.archive import Archive
from tabapp.domain.breaks import BreakCategory
from tabapp.domain.forecast import ForecastCase
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.snapshots import result_data


def made(
    preset: str = "bp", teams: int = 16, rounds: int = 5, seed: int = 1, *, left: int = 0,
    **more: Any,
) -> Archive:
    """Return a random tournament whose last ``left`` rounds are not drawn."""
    archive = generate_tournament(preset=preset, teams=teams, rounds=rounds, seed=seed, **more)
    for round_ in archive.rounds[rounds - left:]:
        round_.debates, round_.status = [], "none"
    return archive


def open_last(archive: Archive, *, but: int = 0) -> None:
    """Take the ballots of the last drawn round away, those of the first ``but`` rooms kept."""
    last = next(one for one in reversed(archive.rounds) if one.debates)
    for debate in last.debates[but:]:
        debate.ballots, debate.status = [], "none"


def settings_of(archive: Archive) -> Settings:
    return resolve(archive.tournament.preset, archive.tournament.settings)


def categories_of(
    archive: Archive, change: Callable[[BreakCategory], BreakCategory] = lambda one: one
) -> tuple[BreakCategory, ...]:
    return tuple(
        change(BreakCategory(
            slug=one.slug, name=one.name, size=one.size, rule=one.rule, priority=one.priority,
            general=one.general, seq=one.seq))
        for one in archive.break_categories)


def case_of(
    archive: Archive, change: Callable[[BreakCategory], BreakCategory] = lambda one: one,
    out: Mapping[str, frozenset[str]] | None = None, gone: frozenset[str] = frozenset(),
) -> ForecastCase:
    settings = settings_of(archive)
    return ForecastCase(
        result_data(archive, settings), settings, categories_of(archive, change),
        out=out or {}, gone=gone)
