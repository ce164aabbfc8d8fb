"""How people add, change, pause and delete schedules; each is one action that can be undone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.jobs import scheduler
from tabapp.jobs.errors import JobValidationError
from tabapp.jobs.ports import Json
from tabapp.jobs.registry import Registry
from tabapp.jobs.spec import AnySpec
from tabapp.jobs.triggers import AroundRound, Trigger, kind_of, trigger_as_json
from tabapp.services.schedule_plans import Planned, Target, filled, find_plan, read_plans
from tabapp.services.schedule_words import trigger_in_words
from tabapp.store import schedule_rows
from tabapp.store.schedule_rows import ScheduleRecord, list_schedules, read_zones
from tabapp.store.times import from_text
from tabapp.store.unit import ReadUnit, WriteUnit

ADD, CHANGE, PAUSE, RESUME, RESET, DELETE = (
    "add schedule", "re-time schedule", "pause schedule", "resume schedule", "reset schedule",
    "delete schedule")
"""What the trail calls these actions; whoever opens the write unit names them."""

KEEP = -1
"""Stands for the tournament that a schedule has already."""

LONGEST_TITLE = 100


def add_schedule(
    unit: WriteUnit, registry: Registry, *, title: str, job: str, trigger: Trigger,
    params: Mapping[str, str], tournament: int | None,
) -> str:
    """Store a custom schedule and return its name.

    ``params`` are what a person typed; they are checked against the job's signature. Raises
    ``ProblemsFound`` with all that is wrong, ``Problem.where`` being ``title``, ``job``,
    ``trigger``, ``tournament`` or the name of a parameter.
    """
    title = title.strip()
    problems = [
        *_wrong_title(title), *_wrong_trigger(trigger, _now(unit)),
        *_wrong_tournament(unit, tournament)]
    given: dict[str, Json] = {}
    if job not in registry:
        known = ", ".join(spec.name for spec in registry) or "none"
        problems.append(Problem.of("error", "job", "job_unknown", name=job, known=known))
    else:
        given, wrong = _read_params(registry.get(job), trigger, params)
        problems += wrong
    if problems:
        raise ProblemsFound(problems)
    name = _free_name(unit, title)
    schedule_rows.insert_schedule(unit, {
        "name": name, "title": title, "job": job, "params": given, "tournament_id": tournament,
        "builtin": False, "paused": False, **_stored(trigger)})
    unit.describe(subject=title, new=f"{job}, {_in_words(trigger, given)}")
    return name


def change_schedule(
    unit: WriteUnit, registry: Registry, name: str, *, title: str | None = None,
    trigger: Trigger | None = None, params: Mapping[str, str] | None = None,
    tournament: int | None = KEEP,
) -> None:
    """Change a schedule; one of the code keeps its job, its title and its tournament.

    None is what stays; as ``tournament`` it is all active ones. A changed time counts from now:
    what it would have missed is not made up for. ``ProblemsFound`` as in ``add_schedule``.
    """
    plan = _plan(unit, registry, name)
    wanted = plan.title if title is None else title.strip()
    owner = plan.tournament if tournament == KEEP else tournament
    if plan.builtin and (wanted != plan.title or owner != plan.tournament):
        raise UserError("schedule_fixed", title=plan.title)
    problems = [*_wrong_title(wanted)]
    if trigger is not None:
        problems += _wrong_trigger(trigger, _now(unit))
    if tournament != KEEP:
        problems += _wrong_tournament(unit, tournament)
    values: dict[str, Any] = {} if plan.builtin else {"title": wanted, "tournament_id": owner}
    if params is not None and plan.spec is not None:
        values["params"], wrong = _read_params(plan.spec, trigger or plan.trigger, params)
        problems += wrong
    if problems:
        raise ProblemsFound(problems)
    if trigger is not None:
        values |= _stored(trigger)
    _put(unit, plan, values)
    now = trigger or plan.trigger
    if now != plan.trigger:
        schedule_rows.begin_anew(unit, name)
    unit.describe(
        subject=wanted, old=_in_words(plan.trigger, plan.params),
        new=_in_words(now, values.get("params", plan.params)))


def pause_schedule(unit: WriteUnit, registry: Registry, name: str, *, paused: bool) -> None:
    """Pause a schedule, or let it go on; what it missed meanwhile is not made up for."""
    plan = _plan(unit, registry, name)
    if plan.paused == paused:
        return
    _put(unit, plan, {"paused": paused})
    if not paused:
        schedule_rows.begin_anew(unit, name)
    words = {True: "paused", False: trigger_in_words(plan.trigger)}
    unit.describe(subject=plan.title, old=words[not paused], new=words[paused])


def reset_schedule(unit: WriteUnit, registry: Registry, name: str) -> None:
    """Let a schedule of the code be as the code has it again."""
    plan = _plan(unit, registry, name)
    if not plan.builtin or plan.spec is None:
        raise UserError("schedule_not_builtin", title=plan.title)
    row = _row(unit, name)
    if row is not None:
        schedule_rows.delete_schedule(unit, row.id)
        schedule_rows.begin_anew(unit, name)
    old = "paused" if plan.paused else trigger_in_words(plan.trigger)
    unit.describe(subject=plan.title, old=old, new=trigger_in_words(plan.spec.schedule))


def delete_schedule(unit: WriteUnit, name: str) -> None:
    """Delete a custom schedule; one of the code can only be paused."""
    row = _row(unit, name)
    if row is None and "." not in name:
        known = ", ".join(one.name for one in list_schedules(unit) if not one.builtin)
        raise UserError("schedule_unknown", name=name, known=known or "none")
    if row is None or row.builtin:
        raise UserError("schedule_builtin_stays", name=name)
    schedule_rows.delete_schedule(unit, row.id)
    schedule_rows.forget_state(unit, name)
    unit.describe(subject=row.title, old=row.job)


# --- rows --------------------------------------------------------------------------------------


def _plan(unit: ReadUnit, registry: Registry, name: str) -> Planned:
    return find_plan(read_plans(unit, registry, UTC), name)


def _row(unit: ReadUnit, name: str) -> ScheduleRecord | None:
    return next((one for one in list_schedules(unit) if one.name == name), None)


def _put(unit: WriteUnit, plan: Planned, values: dict[str, Any]) -> None:
    """Store changes; of a schedule of the code only what differs from the code is kept."""
    row = _row(unit, plan.name)
    if plan.builtin and plan.spec is not None and "kind" in values:
        as_in_code = plan.spec.schedule is not None and _stored(plan.spec.schedule)
        if {key: values[key] for key in ("kind", "spec")} == as_in_code:
            values |= {"kind": "", "spec": {}}
    if row is None:
        schedule_rows.insert_schedule(unit, {
            "name": plan.name, "title": "", "job": plan.job, "kind": "", "spec": {}, "params": {},
            "builtin": True, "paused": False} | values)
    elif row.builtin and not _says_something(row, values):
        schedule_rows.delete_schedule(unit, row.id)
    else:
        schedule_rows.update_schedule(unit, row.id, values)


def _says_something(row: ScheduleRecord, values: Mapping[str, Any]) -> bool:
    """Tell whether a row would hold anything that the code does not."""
    return bool(
        values.get("kind", row.kind) or values.get("params", row.params)
        or values.get("paused", row.paused))


def _stored(trigger: Trigger) -> dict[str, Any]:
    return {"kind": kind_of(trigger), "spec": trigger_as_json(trigger)}


def _in_words(trigger: Trigger | None, params: Mapping[str, Json]) -> str:
    given = ", ".join(f"{name}={value}" for name, value in sorted(params.items()))
    return trigger_in_words(trigger) + (f" ({given})" if given else "")


def _free_name(unit: ReadUnit, title: str) -> str:
    """Return a name made from the title; it has no dot, so it is never that of a job."""
    base = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-") or "schedule"
    taken = {one.name for one in list_schedules(unit)} | schedule_rows.read_states(unit).keys()
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    return name


def _now(unit: WriteUnit) -> datetime:
    return from_text(unit.header.at)


# --- what is wrong -----------------------------------------------------------------------------


def _wrong_title(title: str) -> Iterator[Problem]:
    if not title:
        yield Problem.of("error", "title", "schedule_no_title")
    elif len(title) > LONGEST_TITLE:
        yield Problem.of(
            "error", "title", "schedule_title_long", count=len(title), most=LONGEST_TITLE)


def _wrong_trigger(trigger: Trigger, now: datetime) -> Iterator[Problem]:
    try:
        scheduler.check_trigger(trigger, now)
    except JobValidationError as error:
        yield Problem("error", "trigger", error.code, error.message)


def _wrong_tournament(unit: ReadUnit, tournament: int | None) -> Iterator[Problem]:
    if tournament is not None and tournament not in read_zones(unit):
        yield Problem.of("error", "tournament", "schedule_tournament_gone", id=tournament)


def _read_params(
    spec: AnySpec, trigger: Trigger | None, typed: Mapping[str, str]
) -> tuple[dict[str, Json], list[Problem]]:
    """Return the parameters as they are stored, and what is wrong with them."""
    by_clock = {"tournament_id"} | ({"round_id"} if isinstance(trigger, AroundRound) else set())
    problems = [
        Problem.of("error", name, "schedule_param_filled", name=name)
        for name in sorted(by_clock & typed.keys() & set(spec.parameters.names))]
    given = {name: text for name, text in typed.items() if name not in by_clock}
    whole = {**filled(spec, {}, trigger, Target(1, 1)), **given}
    try:
        values = spec.parameters.validate_text({key: str(value) for key, value in whole.items()})
    except JobValidationError as error:
        mine = len(spec.name) + 1
        problems += [
            Problem(one.level, one.where[mine:].partition(".")[0], one.code, one.message)
            for one in error.problems]
        return {}, problems
    dumped = spec.parameters.dump(values)
    return {name: dumped[name] for name in given}, problems
