"""The job framework from the command line: list, run, history, show, schedule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Annotated, Any

import typer

from tabapp.cli.base import (
    FAILED,
    LARGEST,
    AsJson,
    Database,
    Slug,
    command,
    complain,
    print_json,
    print_table,
    runtime_of,
    say,
)
from tabapp.cli.schedules import schedule
from tabapp.cli.words import length_of, pairs
from tabapp.core.errors import UserError
from tabapp.jobs.ports import RunRecord

app = typer.Typer()
jobs = typer.Typer(
    no_args_is_help=True, help="Background jobs: list, run, history, show, schedule.")
app.add_typer(jobs, name="job")


class State(Enum):
    """The states of a run."""

    QUEUED = "queued"
    WAITING = "waiting"
    RUNNING = "running"
    SUCCESS = "success"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


@command(jobs, "list")
def list_jobs(ctx: typer.Context, json: AsJson = False) -> None:
    """List all jobs with their parameters."""
    rows = runtime_of(ctx).job_rows()
    if json:
        print_json(rows)
    else:
        print_table("Jobs", ["name", "queue", "retry", "lock", "parameters"], (
            [row["name"], row["queue"], row["retry"], row["lock"], ", ".join(row["parameters"])]
            for row in rows
        ))


@command(jobs, "run")
def run_job(
    ctx: typer.Context,
    db: Database,
    name: Annotated[str, typer.Argument(metavar="NAME", help="see 'tabapp job list'")],
    params: Annotated[list[str] | None, typer.Argument(metavar="KEY=VALUE...")] = None,
    tournament: Slug = None,
    json: AsJson = False,
) -> None:
    """Run one job and wait for it."""
    given = pairs(params)
    with runtime_of(ctx).open(db) as work:
        result = work.run_text(name, given, tournament)
    if json:
        print_json(result.as_json())
    elif result.status == "success":
        say(f"{name}: done in {result.seconds:.2f} s.")
    if result.status != "success":
        complain(result.error.message if result.error else f"{name}: {result.status}")
        raise typer.Exit(FAILED)


@command(jobs, "history")
def history(
    ctx: typer.Context,
    db: Database,
    limit: Annotated[int, typer.Option(min=0, max=LARGEST, help="how many runs")] = 100,
    state: Annotated[list[State] | None, typer.Option(help="only runs in this state")] = None,
    name: Annotated[str | None, typer.Option(help="only runs of this job")] = None,
    label: Annotated[str, typer.Option(help="only jobs with this label")] = "",
    since: Annotated[
        str | None, typer.Option(help="only runs since: 2026-03-01T14:30, or 2h for hours ago")
    ] = None,
    tournament: Slug = None,
    json: AsJson = False,
) -> None:
    """List the latest runs, newest first."""
    with runtime_of(ctx).open(db) as work:
        runs = work.runs.history(
            limit=limit, name=name, label=label,
            states=frozenset(one.value for one in state) if state else None,
            since=_since(since, work.clock.now()) if since is not None else None,
            tournament=work.tournament(tournament).id if tournament is not None else None,
        )
    if json:
        print_json([_row(run) for run in runs])
    else:
        print_table("Runs", ["id", "job", "status", "attempts", "seconds", "message"], (
            [run.id, run.name, run.state, run.attempts, run.seconds,
             run.error_message or run.message]
            for run in runs
        ))


def _since(text: str, now: datetime) -> datetime:
    """Return a time that was typed, or so long ago; without a zone it is this computer's."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return now - timedelta(seconds=length_of(text, "--since"))


command(jobs, "schedule")(schedule)


@command(jobs, "show")
def show(
    ctx: typer.Context,
    db: Database,
    run_id: Annotated[int, typer.Argument(metavar="ID", min=1, max=LARGEST)],
    json: AsJson = False,
) -> None:
    """Show one run with its log."""
    with runtime_of(ctx).open(db) as work:
        run = work.runs.get(run_id)
        if run is None:
            raise UserError("run_unknown", id=run_id)
        lines = work.runs.logs(run_id)
    row = _row(run) | {"log": [
        {"at": line.at.isoformat(), "level": line.level, "message": line.message,
         "fields": dict(line.fields)}
        for line in lines
    ]}
    if json:
        print_json(row)
        return
    say(f"{run.name} {run.id}: {run.state}, {run.seconds:.2f} s, {run.attempts} attempts")
    for line in row["log"]:
        say(f"  {line['level']:<8}{line['message']}")
    if run.error_message:
        say(run.error_message)


def _row(run: RunRecord) -> dict[str, Any]:
    """Return the shape of a ``JobResult``, with what the history knows besides."""
    error = None
    if run.error_code is not None:
        error = {
            "code": run.error_code, "message": run.error_message, "details": run.error_details,
        }
    return {
        "id": run.id, "name": run.name, "status": run.state, "value": run.value,
        "stats": dict(run.stats), "seconds": run.seconds, "attempts": run.attempts,
        "error": error, "title": run.title, "queue": run.queue, "params": dict(run.params),
        "submitted_by": run.submitted_by, "submitted_at": run.submitted_at.isoformat(),
        "progress": run.progress,
    }
