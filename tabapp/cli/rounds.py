"""One round: draw, judges, rooms, ballots."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer

from tabapp.cli.base import (
    PROBLEMS,
    AsJson,
    Database,
    Seed,
    Seq,
    Slug,
    chosen,
    command,
    complain,
    print_json,
    print_table,
    runtime_of,
    say,
    tell_problems,
)
from tabapp.core.actors import COMMAND_LINE
from tabapp.core.errors import Problem, ProblemsFound
from tabapp.domain.side_names import side_short
from tabapp.domain.types import Side
from tabapp.services import ballot_lists, ballots, draws
from tabapp.services.workspace import Workspace
from tabapp.store.people_reads import team_names
from tabapp.store.tournaments import RoundRow, TournamentRow

app = typer.Typer()
DryRun = Annotated[bool, typer.Option("--dry-run", help="show the result, store nothing")]

@command(app, "draw")
def draw(
    ctx: typer.Context,
    db: Database,
    seq: Seq,
    seed: Seed = None,
    dry_run: DryRun = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="delete the present draw with its results")
    ] = False,
    ignore_missing: Annotated[
        bool, typer.Option("--ignore-missing", help="draw although results are missing")
    ] = False,
    tournament: Slug = None,
    json: AsJson = False,
) -> None:
    """Draw a round."""
    with runtime_of(ctx).open(db) as work:
        owner, round_ = work.round(tournament, seq)
        with work.database.read() as unit:
            names = team_names(unit, owner.id)
        if dry_run:
            document = _dry_draw(work, round_, chosen(seed), ignore_missing=ignore_missing)
        else:
            document = _stored_draw(
                work, owner, round_, chosen(seed), replace=replace,
                ignore_missing=ignore_missing)
    for warning in document["warnings"]:
        complain(f"warning: {warning}")
    if json:
        print_json(document)
        return
    print_table(
        f"Round {seq}, seed {document['seed']}",
        ["room", "bracket",
         *(side_short(side, owner.settings.side_names) for side in owner.settings.sides)],
        (
            [one["room_rank"], one["bracket"],
             *(_marked(side, names) for side in one["sides"])]
            for one in document["debates"]
        ),
    )
    quality = document["quality"]
    say(", ".join(f"{name.replace('_', ' ')}: {value:g}" for name, value in quality.items()))


def _dry_draw(
    work: Workspace, round_: RoundRow, seed: int, *, ignore_missing: bool
) -> dict[str, Any]:
    started = perf_counter()
    with work.database.read() as unit:
        found = draws.read_input(unit, round_.id, ignore_missing=ignore_missing)
    read = perf_counter()
    drawn = draws.draw_round(found, seed=seed)
    solved = perf_counter()
    with work.database.read() as unit:
        drawn = draws.numbered(unit, found, drawn)
    return drawn.as_json({"read": read - started, "solve": solved - read, "write": 0.0})


def _stored_draw(
    work: Workspace, owner: TournamentRow, round_: RoundRow, seed: int, *, replace: bool,
    ignore_missing: bool,
) -> dict[str, Any]:
    result = work.run(
        "draw.generate", tournament=owner.id, round_id=round_.id, seed=seed, replace=replace,
        confirm=True, ignore_missing=ignore_missing, released=replace)
    with work.database.read() as unit:
        drawn = draws.stored_draw(unit, round_.id)
    value = result.value if isinstance(result.value, dict) else {}
    return drawn.as_json(value.get("seconds", {})) | {"warnings": value.get("warnings", [])}


def _marked(side: dict[str, Any], names: dict[str, str]) -> str:
    team = str(side["team"])
    bye = " (bye)" if side["side"] == Side.BYE else ""
    return names.get(team, team) + (" ↑" if "pullup" in side["flags"] else "") + bye


@command(app, "allocate")
def allocate(
    ctx: typer.Context,
    db: Database,
    seq: Seq,
    seconds: Annotated[
        float, typer.Option(min=0.0, help="time to improve the panels in")
    ] = 2.0,
    seed: Seed = None,
    dry_run: DryRun = False,
    tournament: Slug = None,
    json: AsJson = False,
) -> None:
    """Seat judges in a round that is drawn."""
    del seconds  # the sequential allocator is done before any limit
    with runtime_of(ctx).open(db) as work:
        owner, round_ = work.round(tournament, seq)
        result = work.run(
            "draw.allocate_adjudicators", tournament=owner.id, round_id=round_.id,
            seed=chosen(seed), dry_run=dry_run)
    document: Any = result.value
    tell_problems(_problems(document["problems"]))
    if json:
        print_json(document)
        return
    print_table(f"Judges of round {seq}", ["debate", "chair", "panellists", "trainees"], (
        [one["debate"], one["chair"], ", ".join(one["panellists"]), ", ".join(one["trainees"])]
        for one in document["panels"]
    ))


def _problems(rows: list[dict[str, Any]]) -> list[Problem]:
    return [Problem(**row) for row in rows]


@command(app, "venues")
def venues(
    ctx: typer.Context, db: Database, seq: Seq, seed: Seed = None, tournament: Slug = None,
    json: AsJson = False,
) -> None:
    """Place the debates of a round in rooms."""
    with runtime_of(ctx).open(db) as work:
        owner, round_ = work.round(tournament, seq)
        result = work.run(
            "draw.allocate_venues", tournament=owner.id, round_id=round_.id, seed=chosen(seed))
    document: Any = result.value
    tell_problems(_problems(document["problems"]))
    if json:
        print_json(document)
    else:
        print_table(f"Rooms of round {seq}", ["debate", "room"], document["placed"].items())
        for one in document["unmet"]:
            say(f"{one['debate']}: {one['reason']}")


@command(app, "ballot")
def ballot(
    ctx: typer.Context,
    db: Database,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a JSON list of ballots")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=(
        "why confirmed ballots are corrected, where FILE does not say"))] = "",
    tournament: Slug = None,
    json: AsJson = False,
) -> None:
    """Enter ballots: all of them, or none where one has an error.

    What FILE does not sign is signed by whoever calls this.
    """
    entered, problems = None, list[Problem]()
    with runtime_of(ctx).open(db) as work:
        owner = work.tournament(tournament)
        signer = f"{work.actor}{COMMAND_LINE}"
        given = ballot_lists.read_list(file, signer=signer, reason=reason)
        try:
            with work.database.write(
                actor=signer, verb="confirm ballots", tournament=owner.id
            ) as unit:
                entered = ballots.enter_list(unit, owner, given)
            problems += entered.problems
        except ProblemsFound as error:
            problems += error.problems
    tell_problems(problems)
    if json:
        print_json(_entered(entered) | {"problems": [one.as_json() for one in problems]})
    elif entered is not None:
        say(_said(entered))
    if entered is None:
        raise typer.Exit(PROBLEMS)


def _entered(done: ballot_lists.Entered | None) -> dict[str, Any]:
    """Return how many versions were entered; and where there are such, how many do not count."""
    if done is None:
        return {"entered": 0}
    return {"entered": done.total} | {
        key: done.counts[status]
        for status, key in (("draft", "drafts"), ("discarded", "discarded"))
        if done.counts.get(status)}


def _said(done: ballot_lists.Entered) -> str:
    words = f"Entered {done.total} ballot{'' if done.total == 1 else 's'}"
    aside = [
        f"{done.counts[status]} {said}"
        for status, said in (
            ("draft", "to be checked before it counts"), ("discarded", "put aside, not counting"))
        if done.counts.get(status)]
    return f"{words}: {', '.join(aside)}." if aside else f"{words}."
