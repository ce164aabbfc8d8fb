"""The break before it is made: who has which chance, what each team needs, what it would be now.

For the tab room only: it tells what silent rounds decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tabapp.core.errors import UserError
from tabapp.domain.breaks import BreakCategory, BreakList
from tabapp.domain.breaks.liveness import State
from tabapp.domain.forecast import Forecast, TeamChance, TeamOutlook, Threshold
from tabapp.domain.forecast.needs import Need, need_of
from tabapp.domain.types import Stage
from tabapp.services import breaks, forecast, liveness
from tabapp.services.break_replay import replay
from tabapp.services.breaks import BreakInput
from tabapp.services.elimination_bracket import Bracket, BracketSource, built
from tabapp.services.elimination_rounds import no_bracket
from tabapp.services.elimination_shape import has_bracket, shape_of
from tabapp.services.forecast import ForecastView
from tabapp.services.liveness import CategoryLiveness
from tabapp.store.draw_rows import round_progress
from tabapp.store.tournaments import RoundRow, get_tournament, list_rounds
from tabapp.store.unit import ReadUnit

_SEED = 1
"""Of the lot among level teams in what the break would be now: always the same picture."""
_LEAST_WORTH = 0.005
"""A room below moves no chance that anybody sees."""


@dataclass(frozen=True, slots=True)
class OutlookLine:
    """What lies ahead of a team. ``place`` is its break rank if it ended now, ``remark`` why not.

    ``chance`` and what follows from it are None for a team that cannot break in the category, and
    while there is no forecast; ``state`` is told without one.
    """

    place: int | None = None
    remark: str | None = None
    chance: TeamChance | None = None
    outlook: TeamOutlook | None = None
    need: Need | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class RoomToWatch:
    """An open room by its debate; ``worth`` sums by how much its result moves chances.

    ``teams`` are those of the category, with the chance of each.
    """

    debate: str
    round_id: int
    round_name: str
    room: str
    worth: float
    teams: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class PointsState:
    """With ``safe`` points a team breaks, below ``out`` it does not; how many teams stand so."""

    safe: int
    safe_teams: int
    out: int
    out_teams: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What lies ahead of a break that has not been made.

    ``runs`` is 0 without a forecast; ``outdated`` is a sentence, "" while it is that of the
    results; ``notes`` say what was approximated. ``live`` tells who is safe or out by points, None
    where no round is left.
    ``rounds_left`` counts the preliminary rounds without all results, ``bracket`` is the one of
    those that would break now. ``level`` are the teams between which a lot would decide now.
    """

    slug: str
    lines: Mapping[str, OutlookLine]
    bracket: Bracket
    rounds_left: int
    runs: int = 0
    outdated: str = ""
    notes: tuple[str, ...] = ()
    threshold: Threshold | None = None
    live: PointsState | None = None
    rooms: tuple[RoomToWatch, ...] = ()
    level: frozenset[str] = frozenset()

    @property
    def breaking(self) -> int:
        """How many teams would break now."""
        return sum(one.place is not None for one in self.lines.values())


@dataclass(slots=True)
class _Parts:
    """What is read of an outlook."""

    found: BreakInput
    category: BreakCategory
    rounds: Sequence[RoundRow]
    open_rounds: Sequence[int]
    forecast: ForecastView | None
    live: CategoryLiveness | None
    now: BreakList | None
    names: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = {team.id: team.name for team in self.found.data.teams}


def read_outlook(unit: ReadUnit, tournament_id: int, slug: str) -> Outlook:
    """Read what lies ahead of the break of a category; ``UserError`` where there is none."""
    owner = get_tournament(unit, tournament_id)
    found = breaks.read_input(unit, owner)
    open_rounds = [
        one.seq for one in round_progress(unit, tournament_id)
        if one.stage == Stage.PRELIMINARY and (one.missing or not one.debates)]
    live = None
    if open_rounds:
        known = liveness.read_liveness(unit, tournament_id, open_rounds[0])
        live = next((one for one in known.categories if one.slug == slug), None)
    category = found.category(slug)
    return _outlook(_Parts(
        found, category, list_rounds(unit, tournament_id), open_rounds,
        forecast.read_forecast(unit, tournament_id), live,
        _now(found, category, is_over=not open_rounds)))


def _now(found: BreakInput, category: BreakCategory, *, is_over: bool) -> BreakList | None:
    """Return the break as it would be now, without the minimum of rounds that some still lack."""
    if not is_over:
        settings = found.owner.settings.model_copy(update={"break_min_rounds": 0})
        found = replace(found, owner=replace(found.owner, settings=settings), debated={})
    try:
        made = breaks.compute(found, category=category.slug, ties="lot", seed=_SEED)[0]
    except UserError:  # said where the break is made
        return None
    return made if made.problem is None else None


def _outlook(parts: _Parts) -> Outlook:
    view, slug = parts.forecast, parts.category.slug
    own = None
    if view is not None:
        own = next((one for one in view.forecast.categories if one.slug == slug), None)
    if view is None or own is None:
        return Outlook(
            slug, _lines(parts, None, {}, None), _bracket(parts), len(parts.open_rounds),
            live=_by_liveness(parts.live), level=_level(parts.now))
    chances = {one.team: one for one in own.teams}
    return Outlook(
        slug, _lines(parts, view.forecast, chances, own.threshold), _bracket(parts),
        len(parts.open_rounds), runs=view.forecast.runs, outdated=view.outdated,
        notes=view.notes, threshold=own.threshold,
        live=_by_bounds(parts.live, view.forecast, chances), rooms=_rooms(parts, view, slug),
        level=_level(parts.now))


def _level(now: BreakList | None) -> frozenset[str]:
    return frozenset(now.lots.order) if now is not None and now.lots is not None else frozenset()


def _lines(
    parts: _Parts, forecast_: Forecast | None, chances: Mapping[str, TeamChance],
    line: Threshold | None,
) -> dict[str, OutlookLine]:
    rows = {row.team: row for row in (parts.now.rows if parts.now is not None else ())}
    ends = {one.team: one for one in (forecast_.outlook if forecast_ is not None else ())}
    stakes = {
        stake.team: stake.by_points
        for room in (forecast_.rooms if forecast_ is not None else ())
        for stake in room.stakes if stake.category == parts.category.slug}
    settings = parts.found.owner.settings
    best = 1 if settings.teams_in_debate == 2 else settings.teams_in_debate - 1
    weights = {one.seq: one.weight for one in parts.rounds if one.seq in parts.open_rounds}
    playing = _playing(parts, forecast_)
    lines = {}
    for team in parts.names:
        row, chance, end = rows.get(team), chances.get(team), ends.get(team)
        need = None
        if chance is not None and end is not None:
            need = need_of(
                chance, end, line, rounds_left=forecast_.rounds_left if forecast_ else 0,
                most=best * sum(
                    weight for seq, weight in weights.items()
                    if seq not in playing or team in playing[seq]),
                by_result=stakes.get(team), weight=next(reversed(weights.values()), 1))
        lines[team] = OutlookLine(
            place=row.break_rank if row is not None else None,
            remark=row.remark if row is not None else None, chance=chance,
            outlook=end if chance is not None else None, need=need,
            state=parts.live.teams.get(team) if parts.live is not None else None)
    return lines


def _playing(parts: _Parts, forecast_: Forecast | None) -> dict[int, frozenset[str]]:
    """Return who still waits for a result, for each open round that is drawn."""
    found: dict[int, set[str]] = {
        one.seq: set() for one in parts.rounds
        if one.seq in parts.open_rounds and one.status != "none"}
    for room in forecast_.rooms if forecast_ is not None else ():
        found.setdefault(room.seq, set()).update(one.team for one in room.stakes)
    return {seq: frozenset(teams) for seq, teams in found.items()}


def _by_liveness(live: CategoryLiveness | None) -> PointsState | None:
    if live is None:
        return None
    return PointsState(live.safe, live.count("safe"), live.dead + 1, live.count("dead"))


def _by_bounds(
    live: CategoryLiveness | None, forecast_: Forecast, chances: Mapping[str, TeamChance]
) -> PointsState | None:
    """Return the state by what is certain, so that cards and rows never contradict each other.

    Where nothing is certain yet, or nothing can be told by points alone, those of liveness stand.
    """
    known = _by_liveness(live)
    if known is None:
        return None
    points = {one.team: one.points for one in forecast_.outlook if one.team in chances}
    if not points or all(one.certain is None for one in chances.values()):
        return known
    out = [team for team, one in chances.items() if one.certain == "out"]
    not_in = [points[team] for team, one in chances.items() if one.certain != "in"]
    not_out = [points[team] for team, one in chances.items() if one.certain != "out"]
    above = max(not_in, default=-1) + 1
    safe_teams = sum(number >= above for number in points.values())
    safe = min(number for number in points.values() if number >= above) if safe_teams else max(
        known.safe, max(points.values()) + 1)
    below = min(not_out, default=0)
    return PointsState(
        safe, safe_teams, below if out else min(known.out, below), len(out))


def _bracket(parts: _Parts) -> Bracket:
    """Return the bracket of those that would break now."""
    sides, category, now = (
        parts.found.owner.settings.teams_in_debate, parts.category, parts.now)
    ranks = {
        row.team: row.break_rank for row in (now.rows if now is not None else ())
        if row.break_rank is not None}
    teams = len(ranks) if sides == 2 and len(ranks) > 1 else category.size
    if not has_bracket(teams, sides):
        return Bracket((), None, no_bracket(teams, sides).message)
    return built(
        BracketSource(category, ranks, parts.names, (), {}), shape_of(teams, sides))


def _rooms(parts: _Parts, view: ForecastView, slug: str) -> tuple[RoomToWatch, ...]:
    """Return the open rooms of the category, those first that move the most."""
    rounds = {one.seq: one for one in parts.rounds}
    found = []
    for room in view.forecast.rooms:
        stakes = [one for one in room.stakes if one.category == slug]
        worth = sum(one.move for one in stakes)
        if worth < _LEAST_WORTH or room.seq not in rounds:
            continue
        round_ = rounds[room.seq]
        found.append(RoomToWatch(
            room.debate, round_.id, round_.name or f"Round {round_.seq}",
            view.rooms.get(room.debate, room.debate), worth,
            tuple((parts.names.get(one.team, one.team), one.p)
                  for one in sorted(stakes, key=lambda one: -one.move))))
    return tuple(sorted(found, key=lambda one: -one.worth))


def read_note(unit: ReadUnit, tournament_id: int, slug: str) -> str:
    """Return what there is to say about a break that was made as a whole, "" if nothing."""
    found = breaks.read_input(unit, get_tournament(unit, tournament_id))
    try:
        return replay(found, slug).note or ""
    except UserError:  # a rule that cannot work any more: said elsewhere
        return ""
