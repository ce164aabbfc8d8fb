"""Schedules from the command line: list, add, re-time, pause, run now and delete."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Annotated, Any

import typer

from tabapp.cli.base import (
    FAILED,
    AsJson,
    Database,
    Slug,
    complain,
    print_json,
    print_table,
    runtime_of,
    say,
)
from tabapp.cli.words import length_of, pairs
from tabapp.core.errors import UserError
from tabapp.jobs.scheduler import local_zone
from tabapp.jobs.triggers import AroundRound, Cron, Every, Once, Trigger, kind_of, trigger_as_json
from tabapp.services import schedules
from tabapp.services.clockwork import Clockwork
from tabapp.services.round_moments import zone_of
from tabapp.services.workspace import Workspace
from tabapp.store.schedule_rows import list_schedules, read_zones
from tabapp.store.tournaments import find_tournament, tournament_slugs
from tabapp.store.unit import ReadUnit, WriteUnit

MOST_TIMES = 50
"""Times of each schedule in the list of the next days."""

_AROUND = re.compile(r"(start|release|end)(?:([+-])([^@]+))?(?:@(\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class When:
    """The options that say when, as they were typed."""

    cron: str | None
    every: str | None
    at: str | None
    round: str | None

    @property
    def is_given(self) -> bool:
        """Tell whether any of them was typed."""
        return self.count > 0

    @property
    def count(self) -> int:
        """How many of them were typed."""
        return sum(one is not None for one in (self.cron, self.every, self.at, self.round))

    def read(self, zone: tzinfo) -> Trigger:
        """Return the trigger; times without a zone are of ``zone``."""
        if self.count != 1:
            raise UserError("schedule_one_when")
        if self.cron is not None:
            return Cron(self.cron)
        if self.every is not None:
            return Every(length_of(self.every, "--every"))
        if self.at is not None:
            return Once(_time(self.at, zone))
        return _around(self.round or "")


def _time(text: str, zone: tzinfo) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(
            "schedule_when_unread", text=text, option="--at", example="2026-03-01T14:30"
        ) from error
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _around(text: str) -> AroundRound:
    found = _AROUND.fullmatch(text)
    if found is None:
        raise UserError(
            "schedule_when_unread", text=text, option="--round", example="start-5m or end+10m@3")
    anchor, sign, length, seq = found.groups()
    seconds = length_of(length, "--round") * (-1 if sign == "-" else 1) if length else 0.0
    return AroundRound(anchor, seconds / 60, int(seq) if seq else None)  # type: ignore[arg-type]


def schedule(
    ctx: typer.Context,
    db: Database,
    params: Annotated[
        list[str] | None, typer.Argument(metavar="KEY=VALUE...", help="for --add and --retime")
    ] = None,
    add: Annotated[str | None, typer.Option(metavar="JOB", help="add a schedule of a job")] = None,
    retime: Annotated[str | None, typer.Option(metavar="NAME", help="set when it runs")] = None,
    pause: Annotated[str | None, typer.Option(metavar="NAME", help="hold it")] = None,
    resume: Annotated[str | None, typer.Option(metavar="NAME", help="let it go on")] = None,
    run: Annotated[str | None, typer.Option(metavar="NAME", help="run it now and wait")] = None,
    reset: Annotated[
        str | None, typer.Option(metavar="NAME", help="as it comes with the program")] = None,
    delete: Annotated[str | None, typer.Option(metavar="NAME", help="delete your own")] = None,
    cron: Annotated[str | None, typer.Option(help="five fields, as in '30 3 * * sun'")] = None,
    every: Annotated[str | None, typer.Option(help="an interval: 30s, 5m, 2h, 1d")] = None,
    at: Annotated[str | None, typer.Option(help="one time: 2026-03-01T14:30")] = None,
    round_: Annotated[
        str | None, typer.Option("--round", help="start-5m, release, end+10m; @3 for round 3"),
    ] = None,
    title: Annotated[str | None, typer.Option(help="what people call it")] = None,
    tournament: Slug = None,
    days: Annotated[
        int | None, typer.Option(min=1, max=366, help="list the times of the next days too")
    ] = None,
    json: AsJson = False,
) -> None:
    """List the schedules, or change one of them."""
    acts = {"add": add, "retime": retime, "pause": pause, "resume": resume, "run": run,
            "reset": reset, "delete": delete}
    asked = {act: name for act, name in acts.items() if name is not None}
    if len(asked) > 1:
        raise UserError("schedule_one_act")
    with runtime_of(ctx).open(db) as work:
        clerk = _Clerk(work, When(cron, every, at, round_), tournament, title, pairs(params))
        for act, name in asked.items():
            if act == "run":
                _run(work, name, json=json)
                return
            complain(f"{clerk.do(act, name)}.")
        if json:
            print_json(_rows(work, days))
        elif not asked or days is not None:
            _print(_rows(work, days), days)


class _Clerk:
    """Does what one call asks for, each as one action of the trail."""

    def __init__(
        self, work: Workspace, when: When, slug: str | None, title: str | None,
        params: Mapping[str, str],
    ) -> None:
        self._work, self._when, self._slug = work, when, slug
        self._title, self._params = title, params

    def do(self, act: str, name: str) -> str:
        """Do it and return in words what was done."""
        registry = self._work.queue.registry
        with self._work.database.read() as unit:
            owner = find_tournament(unit, self._slug).id if self._slug else None
            trail = owner or self._owner_of(unit, name)
            zone = zone_of(read_zones(unit)[owner]) if owner else local_zone()
        trigger = self._when.read(zone) if act == "add" or self._when.is_given else None
        changes: dict[str, tuple[str, Callable[[WriteUnit], Any]]] = {
            "add": (schedules.ADD, lambda unit: schedules.add_schedule(
                unit, registry, title=self._title or name, job=name, trigger=trigger or _never(),
                params=self._params, tournament=owner)),
            "retime": (schedules.CHANGE, lambda unit: schedules.change_schedule(
                unit, registry, name, title=self._title, trigger=trigger,
                params=self._params or None,
                tournament=schedules.KEEP if owner is None else owner)),
            "pause": (schedules.PAUSE, lambda unit: schedules.pause_schedule(
                unit, registry, name, paused=True)),
            "resume": (schedules.RESUME, lambda unit: schedules.pause_schedule(
                unit, registry, name, paused=False)),
            "reset": (schedules.RESET, lambda unit: schedules.reset_schedule(
                unit, registry, name)),
            "delete": (schedules.DELETE, lambda unit: schedules.delete_schedule(unit, name)),
        }
        verb, change = changes[act]
        with self._work.database.write(
            actor=self._work.actor, verb=verb, subject=name, tournament=trail
        ) as unit:
            made = change(unit)
        return f"{verb}: {made or name}"

    def _owner_of(self, unit: ReadUnit, name: str) -> int | None:
        """Return in whose trail a change stands: the schedule's tournament, or the only one."""
        known = tournament_slugs(unit)
        mine = next((one for one in list_schedules(unit) if one.name == name), None)
        if mine is not None and mine.tournament in known.values():
            return mine.tournament
        return next(iter(known.values())) if len(known) == 1 else None


def _never() -> Trigger:
    raise UserError("schedule_one_when")


def _run(work: Workspace, name: str, *, json: bool) -> None:
    clockwork = Clockwork(work.database, work.queue, work.clock, work.bus)
    try:
        results = [work.end_of(one) for one in clockwork.run_now(name, submitted_by=work.actor)]
    finally:
        clockwork.stop()
    if json:
        print_json([one.as_json() for one in results])
    failed = [one for one in results if one.status != "success"]
    for one in failed:
        complain(one.error.message if one.error else f"{one.name}: {one.status}")
    if failed:
        raise typer.Exit(FAILED)
    if not json:
        say(f"{name}: {len(results)} run{'' if len(results) == 1 else 's'} done.")


# --- the list ----------------------------------------------------------------------------------


def _rows(work: Workspace, days: int | None) -> list[dict[str, Any]]:
    now = work.clock.now()
    with work.database.read() as unit:
        found = schedules.read_schedules(unit, work.queue.registry, now)
        slugs = {row_id: slug for slug, row_id in tournament_slugs(unit).items()}
        times: dict[str, list[str]] = {one.name: [] for one in found}
        if days is not None:
            for fire in schedules.fires(
                unit, found, now, now + timedelta(days=days), most=MOST_TIMES
            ):
                times[fire.name].append(fire.at.isoformat())
    return [
        _row(one, slugs) | ({} if days is None else {"times": times[one.name]}) for one in found]


def _row(one: schedules.ScheduleRow, slugs: Mapping[int, str]) -> dict[str, Any]:
    trigger = None
    if one.trigger is not None:
        trigger = {"kind": kind_of(one.trigger), **trigger_as_json(one.trigger)}
    return {
        "name": one.name, "title": one.title, "job": one.job,
        "when": schedules.trigger_in_words(one.trigger), "trigger": trigger,
        "params": dict(one.params),
        "tournament": None if one.tournament is None else slugs.get(one.tournament),
        "builtin": one.builtin, "changed": one.changed, "paused": one.paused,
        "problem": one.problem or None, "next_run_at": _iso(one.next_run_at),
        "last_run_at": _iso(one.last_run_at), "last_status": one.last_status or None,
        "last_error": one.last_error or None, "runs": one.runs,
        "success_rate": one.success_rate, "mean": one.mean, "p95": one.p95,
    }


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _print(rows: list[dict[str, Any]], days: int | None) -> None:
    print_table(
        "Schedules", ["name", "when", "next", "last", "status", "success", "mean s", "p95 s"],
        ([row["name"], row["when"], _state(row), _short(row["last_run_at"]), row["last_status"],
          None if row["success_rate"] is None else f"{row['success_rate']:.0%}",
          row["mean"], row["p95"]] for row in rows))
    for row in rows:
        if row["problem"]:
            complain(f"{row['title']}: {row['problem']}")
    if days is not None:
        found = sorted((at, row["title"]) for row in rows for at in row["times"])
        print_table("Next times", ["at", "schedule"], ([_short(at), name] for at, name in found))


def _state(row: Mapping[str, Any]) -> str:
    if row["problem"]:
        return "cannot run"
    return "paused" if row["paused"] else _short(row["next_run_at"])


def _short(at: str | None) -> str:
    return "" if at is None else f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"
