"""What the first page says: the next step, how ballots come in, what needs a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from tabapp.services.stages import RoundState, StageKey, current_round, round_states
from tabapp.services.suggestions import count_open
from tabapp.store.overview_reads import (
    BallotTime,
    RoomNow,
    TroubledRun,
    ballot_times,
    broken_categories,
    idle_judges,
    rooms_now,
    rounds_without_motion,
    troubled_runs,
)
from tabapp.store.stage_reads import count_rounds
from tabapp.store.tournaments import TournamentRow, get_tournament
from tabapp.store.unit import ReadUnit

StepKey = Literal["people", "rounds", "break", "finished"] | StageKey
WaitsFor = Literal["judges", "ballot", "check", "nothing", "later", "draw"]
AlertKey = Literal["stage", "motion", "idle_judges", "to_check", "run", "suggestions"]
RECENT = timedelta(hours=12)
"""How long a job that failed is told of."""


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the round and what it waits for; ``later`` is a debate that is postponed."""

    debate_id: int
    ref: str
    name: str
    waits_for: WaitsFor


@dataclass(frozen=True, slots=True)
class Curve:
    """Times at which ballots of a round came in and were confirmed, rising, of so many rooms.

    Only what the journal has: ballots of an imported round have the time of the import.
    """

    round: str
    rooms: int
    entered: tuple[datetime, ...] = ()
    confirmed: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that a person should look at. ``at`` is since when, where that is known.

    ``subject`` names it and ``count`` says how many; ``place`` and ``target`` are where to go.
    """

    key: AlertKey
    level: Literal["attention", "problem"]
    subject: str
    count: int = 0
    detail: str = ""
    place: str = ""
    target: object = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many of those registered are here in the current round; all where there is no round."""

    teams: int
    teams_here: int
    judges: int
    judges_here: int
    venues: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The state of a tournament at one moment."""

    owner: TournamentRow
    rounds: tuple[RoundState, ...]
    current: RoundState | None
    step: StepKey
    then: tuple[StepKey, ...]
    crowd: Crowd
    rooms: tuple[Room, ...] = ()
    curve: Curve | None = None
    before: Curve | None = None
    alerts: tuple[Alert, ...] = ()
    suggestions: int = 0
    """How many wait for an answer."""


def read_overview(unit: ReadUnit, tournament_id: int, now: datetime) -> Overview:
    """Read everything of the first page but the activity."""
    owner = get_tournament(unit, tournament_id)
    rounds = round_states(unit, tournament_id)
    current_id = current_round(unit, tournament_id)
    current = next((one for one in rounds if one.id == current_id), None)
    crowd = _crowd(unit, tournament_id, current_id)
    steps = _steps(unit, owner, crowd, rounds, current)
    found = rooms_now(unit, current.id) if current else []
    drawn = [one for one in rounds if current and one.seq < current.seq]
    suggested = count_open(unit, tournament_id)
    alerts = _alerts(unit, owner.id, rounds, current, found, now)
    if suggested:
        alerts.append(
            Alert("suggestions", "attention", "", suggested, place="overview/suggestions"))
    return Overview(
        owner=owner, rounds=tuple(rounds), current=current, step=steps[0], then=steps[1:4],
        crowd=crowd, rooms=tuple(_room(one) for one in found),
        curve=_curve(
            unit, current, sum(one.status != "postponed" for one in found)) if current else None,
        before=_curve(unit, drawn[-1]) if drawn else None,
        alerts=tuple(alerts), suggestions=suggested,
    )


def _crowd(unit: ReadUnit, tournament_id: int, round_id: int | None) -> Crowd:
    here, counts = count_rounds(unit, tournament_id)
    one = next((each for each in counts if each.id == round_id), None)
    return Crowd(
        here.teams, here.teams - (one.absent_teams if one else 0),
        here.judges, here.judges - (one.absent_judges if one else 0), here.venues)


def _steps(
    unit: ReadUnit, owner: TournamentRow, crowd: Crowd, rounds: list[RoundState],
    current: RoundState | None,
) -> tuple[StepKey, ...]:
    """Return what is to be done now and after that."""
    if not crowd.teams:
        return ("people", "rounds" if not rounds else "draw")
    if current is None:
        return ("rounds",)
    categories, made = broken_categories(unit, owner.id)
    after: tuple[StepKey, ...] = ("break",) if made < categories else ()
    if current.completed:
        return (*after, "finished")
    if current.stage == "elimination" and after:
        return (*after, *_open_stages(current))
    last = [one for one in rounds if one.stage == current.stage][-1]
    if current.id != last.id:
        after = ()
    return (*_open_stages(current), *after)


def _open_stages(state: RoundState) -> tuple[StepKey, ...]:
    """Return the stages that are not done; who is here and panels to look at hold nothing up."""
    return tuple(
        one.key for one in state.stages
        if one.status in ("now", "later", "problem")
        or (one.key in ("draw", "rooms") and one.status == "attention")
    ) or ("complete",)


def _room(one: RoomNow) -> Room:
    waits: WaitsFor = "ballot"
    if one.status == "postponed":
        waits = "later"
    elif one.confirmed:
        waits = "nothing"
    elif one.drafts:
        waits = "check"
    elif not one.judges:
        waits = "judges"
    return Room(one.debate_id, one.ref, one.name, waits)


def _curve(unit: ReadUnit, state: RoundState, rooms: int | None = None) -> Curve | None:
    times: list[BallotTime] = ballot_times(unit, state.id)
    count = rooms
    if count is None:
        count = sum(one.status != "postponed" for one in rooms_now(unit, state.id))
    if not times and rooms is None:
        return None
    return Curve(
        round=state.name, rooms=count,
        entered=tuple(sorted(one.entered for one in times if one.entered)),
        confirmed=tuple(sorted(one.confirmed for one in times if one.confirmed)))


def _alerts(
    unit: ReadUnit, tournament_id: int, rounds: list[RoundState], current: RoundState | None,
    found: list[RoomNow], now: datetime,
) -> list[Alert]:
    alerts = [_of_run(one) for one in troubled_runs(unit, tournament_id, now - RECENT)]
    if current is None or current.completed:
        return alerts
    for stage in current.stages:
        if stage.status == "problem":
            alerts.insert(0, Alert(
                "stage", "problem", stage.key, detail=stage.fact, place=f"rounds/{stage.key}"))
        elif stage.status == "attention":
            alerts.append(Alert(
                "stage", "attention", stage.key, detail=stage.fact,
                place=f"rounds/{stage.key}"))
    drafts = [
        one for one in found
        if one.drafts and not one.confirmed and one.status != "postponed"]
    if drafts:
        alerts.append(Alert(
            "to_check", "attention", drafts[0].name, len(drafts), place="ballots",
            target=drafts[0].debate_id))
    if any(one.judges for one in found) and current.stage == "preliminary":
        idle = idle_judges(unit, tournament_id, current.id)
        if idle:
            alerts.append(Alert(
                "idle_judges", "attention", idle[0], len(idle), place="rounds/judges"))
    empty = set(rounds_without_motion(unit, tournament_id))
    near = [one for one in rounds if current.seq <= one.seq <= current.seq + 1]
    alerts += [
        Alert("motion", "attention", one.name, place="settings", target=("motions", one.id))
        for one in near if one.id in empty
    ]
    return alerts


def _of_run(run: TroubledRun) -> Alert:
    level: Literal["attention", "problem"] = "problem" if run.state == "failed" else "attention"
    return Alert(
        "run", level, run.title, detail=run.state, place="jobs", target=run.id, at=run.at)
