"""Paper by command: score sheets, feedback forms, room signs, badges, certificates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tabapp.cli.base import (
    AsJson,
    Database,
    Slug,
    command,
    complain,
    print_json,
    runtime_of,
    say,
    tell_problems,
)
from tabapp.core.errors import UserError
from tabapp.services.workspace import Workspace

if TYPE_CHECKING:
    from tabapp.services.printing import Made, Part, PrintChoices, PrintRequest

app = typer.Typer()

_GROUPS = {"speakers": "Speakers", "judges": "Judges", "desk": "Who sits at the desk"}
_NAMED = 30
"""Names that a sentence lists at most."""


@command(app, "print")
def print_(
    ctx: typer.Context,
    db: Database,
    what: Annotated[str, typer.Argument(
        metavar="WHAT", help="score-sheets, sample, blanks, feedback-forms, signs, badges or"
        " certificates")],
    seq: Annotated[int | None, typer.Option(
        "--round", metavar="SEQ", help="for which round; the one that is on without it. Signs: of"
        " the rooms of that round")] = None,
    rooms: Annotated[list[str] | None, typer.Option(
        "--room", metavar="NAME", help="of this room alone; may be given several times")] = None,
    people: Annotated[list[str] | None, typer.Option(
        "--people", metavar="NAME", help="badges and certificates of this person or team alone;"
        " badges also of speakers, judges or desk; may be given several times")] = None,
    output: Annotated[Path | None, typer.Option(
        "--output", "-o", metavar="FILE", help="a .pdf, replaced if it is there; without it a"
        " new one here")] = None,
    two_up: Annotated[bool, typer.Option(
        "--two-up", help="two score sheets side by side on a page")] = False,
    motions: Annotated[bool | None, typer.Option(
        "--motions/--no-motions", help="motions on the sheets, or lines for them; without it by"
        " the settings and what is released")] = None,
    codes_on_all: Annotated[bool, typer.Option(
        "--codes-on-all", help="a barcode on the sheet of every judge")] = False,
    count: Annotated[int, typer.Option("--count", help="how many spare sheets")] = 10,
    teams: Annotated[bool, typer.Option(
        "--teams", help="signs of a round that is released: with teams and judges")] = False,
    subject: Annotated[str, typer.Option(
        "--for", metavar="SUBJECT", help="certificates for participation, breaking_teams:SLUG,"
        " breaking_judges, speakers, speakers:SLUG, judges, chairs, core or award:KEY")
    ] = "participation",
    top: Annotated[int, typer.Option(min=1, help="certificates of so many best speakers")] = 10,
    order: Annotated[Literal["institution", "name"], typer.Option(
        help="of badges")] = "institution",
    tournament: Slug = None,
    json: AsJson = False,
) -> None:
    """Make a PDF file to print; whatever lacks a barcode is given one before."""
    from tabapp.services import printing  # noqa: PLC0415 - what it needs takes its time

    chosen = next((one for one in printing.WHATS if one == what), None)
    if chosen is None:
        raise UserError("print_what_unknown", what=what, known=", ".join(printing.WHATS))
    _refuse_useless(chosen, rooms, people)
    asked = printing.PrintRequest(
        chosen, two_up=two_up, motions=motions, codes_on_all=codes_on_all, blanks=count,
        teams=teams, order=order, subject=subject, top=top)
    with runtime_of(ctx).open(db) as work:
        owner = work.tournament(tournament).id
        if seq is not None:
            asked = replace(asked, round_id=work.round(tournament, seq)[1].id)
        made, given = _print(work, owner, asked, (*(rooms or ()), *(people or ())), output)
    if made.remark:
        complain(made.remark)
    files = [str(one) for one in made.files]
    if json:
        print_json({"file": files[0], "files": files, "pages": made.pages, "codes": given})
    else:
        say(f"Wrote {', '.join(files)} ({made.pages} pages).")


def _print(
    work: Workspace, owner: int, asked: PrintRequest, names: Sequence[str], output: Path | None
) -> tuple[Made, int]:
    """Print what is asked for, of those that are named; return how many codes were given too.

    Without a round it is the one that is on; signs are of none by themselves. Codes are given
    when nothing else can be refused.
    """
    from tabapp.services import printing  # noqa: PLC0415

    with work.database.read() as unit:
        choices = printing.read_choices(unit, owner)
        if asked.round_id is None and asked.what in printing.OF_ROUND:
            asked = replace(asked, round_id=choices.current)
        if names:
            parts = printing.read_parts(unit, owner, asked)
            asked = replace(asked, only=_keys(parts, names))
        found = printing.prepare(unit, owner, asked)
    tell_problems(one for one in found.problems if one.level == "warning")
    file = output or Path(choices.file_name(asked, " ".join(names)))
    printing.check_output(file, replace=output is not None)
    given = _give(work, owner, asked, choices) if found.lacking else 0
    return printing.print_file(work, owner, asked, file, replace=output is not None), given


def _refuse_useless(
    what: str, rooms: Sequence[str] | None, people: Sequence[str] | None
) -> None:
    if rooms and what not in ("score-sheets", "feedback-forms", "signs"):
        raise UserError("print_option_useless", what=what, option="--room")
    if people and what not in ("badges", "certificates"):
        raise UserError("print_option_useless", what=what, option="--people")


def _keys(parts: Sequence[Part], names: Sequence[str]) -> tuple[str, ...]:
    """Return the parts that are meant: by their names, as written in lists, or by their group."""
    found: dict[str, None] = {}
    for name in names:
        wanted = name.strip().casefold()
        group = _GROUPS.get(wanted)
        meant = [
            one.key for one in parts
            if wanted in (one.name.casefold(), one.words.casefold())
            or (group is not None and one.group == group)]
        if not meant:
            raise UserError("print_part_unknown", name=name, known=_listed(parts))
        found.update(dict.fromkeys(meant))
    return tuple(found)


def _listed(parts: Sequence[Part]) -> str:
    known = ", ".join(one.name for one in parts[:_NAMED])
    return f"{known} …" if len(parts) > _NAMED else known or "none"


def _give(work: Workspace, tournament: int, asked: PrintRequest, choices: PrintChoices) -> int:
    from tabapp.services import printing  # noqa: PLC0415

    found = choices.round(asked.round_id) if asked.what in printing.OF_ROUND else None
    with work.database.write(
        actor=work.actor, verb=printing.give_verb(asked), subject=found.title if found else "",
        tournament=tournament, undoable=False,
    ) as unit:
        return printing.give_codes(unit, tournament, asked)
