"""All schedules of a database, those of the code and people's own, ready for the clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.formats import Settings
from tabapp.jobs import scheduler
from tabapp.jobs.due import Plan
from tabapp.jobs.moments import Anchors, Moment
from tabapp.jobs.ports import Json
from tabapp.jobs.registry import Registry
from tabapp.jobs.spec import AnySpec
from tabapp.jobs.triggers import AroundRound, Trigger, trigger_from_json
from tabapp.services.active import active_tournaments
from tabapp.services.round_moments import anchors_of, zone_of
from tabapp.services.stages import current_round
from tabapp.store.deadline_reads import TimedRound, all_timed_rounds
from tabapp.store.schedule_rows import ScheduleRecord, list_schedules, read_zones
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class Planned:
    """One schedule, whichever way it came. ``problem`` is "" or why it cannot run."""

    name: str
    title: str
    job: str
    spec: AnySpec | None
    trigger: Trigger | None
    params: Mapping[str, Json]
    tournament: int | None
    builtin: bool
    paused: bool
    changed: bool
    problem: str
    zone: tzinfo

    @property
    def by_tournament(self) -> bool:
        """Tell whether each run works on one tournament."""
        return self.spec is not None and works_on_one(self.spec)


@dataclass(frozen=True, slots=True)
class Target:
    """What one run of a schedule works on."""

    tournament: int | None
    round: int | None = None


def works_on_one(spec: AnySpec) -> bool:
    """Tell whether a run of this job works on one tournament."""
    return spec.lock == "tournament" or "tournament_id" in spec.parameters.names


# --- the plans ---------------------------------------------------------------------------------


def read_plans(unit: ReadUnit, registry: Registry, here: tzinfo) -> list[Planned]:
    """Return every schedule: those of the code by title, then people's own by title.

    ``here`` is the zone of schedules that belong to no tournament. What is wrong with one is its
    ``problem``, and no other schedule's.
    """
    rows = list_schedules(unit)
    zones = read_zones(unit)
    changes = {row.name: row for row in rows if row.builtin}
    built_in = [
        _built_in(spec, changes.get(spec.name), here)
        for spec in registry if spec.schedule is not None
    ]
    custom = [_custom(row, registry, zones, here) for row in rows if not row.builtin]
    return [*sorted(built_in, key=_by_title), *sorted(custom, key=_by_title)]


def find_plan(plans: Iterable[Planned], name: str) -> Planned:
    """Return a schedule by its name; ``UserError`` tells the known ones."""
    known = {one.name: one for one in plans}
    if name not in known:
        raise UserError("schedule_unknown", name=name, known=", ".join(known) or "none")
    return known[name]


def _by_title(one: Planned) -> tuple[str, str]:
    return one.title.casefold(), one.name


def title_of(spec: AnySpec) -> str:
    """Return what the schedule of a job is called; a title with gaps is for its runs."""
    return spec.title if spec.title and "{" not in spec.title else spec.name


def _built_in(spec: AnySpec, row: ScheduleRecord | None, here: tzinfo) -> Planned:
    trigger, problem = spec.schedule, ""
    if row is not None and row.kind:
        trigger, problem = _trigger(row)
    params = row.params if row is not None else {}
    return Planned(
        name=spec.name, title=title_of(spec), job=spec.name, spec=spec, trigger=trigger,
        params=params, tournament=None, builtin=True, paused=row is not None and row.paused,
        changed=row is not None and bool(row.kind or row.params),
        problem=problem or wrong_params(spec, trigger, params), zone=here,
    )


def _custom(
    row: ScheduleRecord, registry: Registry, zones: Mapping[int, str], here: tzinfo
) -> Planned:
    spec = registry.get(row.job) if row.job in registry else None
    trigger, problem = _trigger(row)
    gone = row.tournament is not None and row.tournament not in zones
    if spec is None:
        problem = word("schedule_job_gone", {"job": row.job})
    elif gone:
        problem = word("schedule_tournament_gone", {"id": row.tournament})
    else:
        problem = problem or wrong_params(spec, trigger, row.params)
    zone = here if row.tournament is None or gone else zone_of(zones[row.tournament])
    return Planned(
        name=row.name, title=row.title, job=row.job, spec=spec, trigger=trigger,
        params=row.params, tournament=row.tournament, builtin=False, paused=row.paused,
        changed=False, problem=problem, zone=zone,
    )


def _trigger(row: ScheduleRecord) -> tuple[Trigger | None, str]:
    """Return a stored trigger, and what is wrong with it."""
    try:
        trigger = trigger_from_json(row.kind, row.spec)
        scheduler.check_readable(trigger)
    except UserError as error:
        return None, error.message
    return trigger, ""


def wrong_params(spec: AnySpec, trigger: Trigger | None, params: Mapping[str, Json]) -> str:
    """Return what is wrong with stored parameters, "" if nothing is."""
    try:
        spec.parameters.load(filled(spec, params, trigger, Target(1, 1)))
    except UserError as error:
        return error.message
    return ""


def filled(
    spec: AnySpec, params: Mapping[str, Json], trigger: Trigger | None, target: Target,
    seed: int = 0,
) -> dict[str, Json]:
    """Return parameters with what the clock itself fills in: tournament, round and seed."""
    own: dict[str, Json] = {name: params[name] for name in params}
    filling = {"tournament_id": target.tournament, "seed": seed}
    if isinstance(trigger, AroundRound):
        filling["round_id"] = target.round
    for name, value in filling.items():
        if name in spec.parameters.names and name not in own and value is not None:
            own[name] = value
    return own


# --- rounds and targets ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Timetable:
    """The rounds by which schedules go; ``active`` are the tournaments that are not over.

    ``settings`` are those of each tournament, without those that cannot be read.
    """

    rounds: Sequence[TimedRound] = ()
    active: Collection[int] = ()
    settings: Mapping[int, Settings] = field(default_factory=dict)

    def anchors(self, tournament: int | None, now: datetime) -> Anchors:
        """Return the moments of one tournament, or of all active ones."""
        wanted = self.active if tournament is None else (tournament,)
        settings = {one: self.settings[one] for one in wanted if one in self.settings}
        return anchors_of(self.rounds, settings, now)

    def plan(self, one: Planned, trigger: Trigger, now: datetime) -> Plan:
        """Return a schedule as the clock's core takes it."""
        return Plan(one.name, trigger, one.zone, one.paused, self.anchors(one.tournament, now))


def read_timetable(unit: ReadUnit, triggers: Iterable[Trigger | None]) -> Timetable:
    """Read the rounds, if any of the triggers goes by them."""
    if not any(isinstance(one, AroundRound) for one in triggers):
        return Timetable()
    rounds = all_timed_rounds(unit)
    settings: dict[int, Settings] = {}
    for owner in {one.tournament_id for one in rounds}:
        with suppress(UserError):  # a tournament of another version keeps the others from nothing
            settings[owner] = get_tournament(unit, owner).settings
    return Timetable(rounds, active_tournaments(unit), settings)


def targets(unit: ReadUnit, one: Planned, moments: Sequence[Moment] = ()) -> list[Target]:
    """Return what the runs work on that a due schedule starts, each its own run.

    Without ``moments`` a job that takes a round takes the current one.
    """
    takes_round = (
        one.spec is not None and isinstance(one.trigger, AroundRound)
        and "round_id" in one.spec.parameters.names and "round_id" not in one.params)
    if moments and takes_round:
        return [Target(moment.tournament, moment.round) for moment in moments]
    if not one.by_tournament and not takes_round:
        return [Target(one.tournament)]
    if moments:
        return [Target(owner) for owner in dict.fromkeys(one.tournament for one in moments)]
    owners = active_tournaments(unit) if one.tournament is None else (one.tournament,)
    return [
        Target(owner, current_round(unit, owner) if takes_round else None) for owner in owners]
