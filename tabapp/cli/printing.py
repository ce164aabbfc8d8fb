"""Paper by command: score sheets, feedback forms, room signs, badges, certificates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    from tabapp.services.printing import Line, Made, Part, PrintChoices, PrintRequest, What

app = typer.Typer()

_GROUPS = {"speakers": "Speakers", "judges": "Judges", "desk": "Who sits at the desk"}
_SHEETS, _ONE, _SIGNS = ("score-sheets", "sample", "blanks"), ("score-sheets",), ("signs",)
_BADGES, _AWARDS = ("badges",), ("certificates",)
_USEFUL: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "seq": ("--round", (*_SHEETS, "feedback-forms", *_SIGNS)),
    "rooms": ("--room", (*_ONE, "feedback-forms", *_SIGNS)),
    "people": ("--people", (*_BADGES, *_AWARDS)),
    "two_up": ("--two-up", _SHEETS), "motions": ("--motions", _SHEETS),
    "codes_on_all": ("--codes-on-all", _ONE), "count": ("--count", ("blanks",)),
    "teams": ("--teams", _SIGNS), "subject": ("--for", _AWARDS), "top": ("--top", _AWARDS),
    "wording": ("--wording", _AWARDS), "signatures": ("--signature", _AWARDS),
    "date": ("--date", _AWARDS), "order": ("--order", _BADGES),
    "institutions": ("--institutions", _BADGES),
}
"""Parameter -> its option, and the kinds of paper of which it says something."""
_NAMED = 30
"""Names that a sentence lists at most."""

Kind = Annotated[str, typer.Argument(
    metavar="WHAT", help="score-sheets, sample, blanks, feedback-forms, signs, badges or"
    " certificates")]
Seq = Annotated[int | None, typer.Option(
    "--round", metavar="SEQ", help="for which round; the one that is on without it. Signs: of the"
    " rooms of that round")]
Rooms = Annotated[list[str] | None, typer.Option(
    "--room", metavar="NAME", help="of this room alone; may be given several times")]
People = Annotated[list[str] | None, typer.Option(
    "--people", metavar="NAME", help="badges and certificates of this person or team alone; badges"
    " also of speakers, judges or desk; may be given several times")]
Output = Annotated[Path | None, typer.Option(
    "--output", "-o", metavar="FILE", help="a .pdf, replaced if it is there; without it a new one"
    " here")]
Size = Annotated[Literal["a4", "us-letter"] | None, typer.Option(
    help="the paper; without it as the settings say")]
Motions = Annotated[bool | None, typer.Option(
    "--motions/--no-motions", help="motions on the sheets, or lines for them; without it by the"
    " settings and what is released")]
For = Annotated[str, typer.Option(
    "--for", metavar="SUBJECT", help="certificates for participation, breaking_teams:SLUG,"
    " breaking_judges, speakers, speakers:SLUG, judges, chairs, core or award:KEY")]
Words = Annotated[list[str] | None, typer.Option(
    metavar="LINE=WORDS", help="of certificates: title, lead, detail, headline or body, with"
    " placeholders such as {name}; nothing after = leaves a line out; several times")]
Signed = Annotated[list[str] | None, typer.Option(
    "--signature", metavar="NAME, ROLE", help="who signs certificates; \"\" is nobody")]
Homes = Annotated[bool | None, typer.Option(
    "--institutions/--no-institutions", help="on badges; without it by the settings")]


@command(app, "print")
def print_(
    ctx: typer.Context,
    db: Database,
    what: Kind,
    seq: Seq = None,
    rooms: Rooms = None,
    people: People = None,
    output: Output = None,
    paper: Size = None,
    two_up: Annotated[bool, typer.Option(
        "--two-up", help="two score sheets side by side on a page")] = False,
    motions: Motions = None,
    codes_on_all: Annotated[bool, typer.Option(
        "--codes-on-all", help="a barcode on the sheet of every judge")] = False,
    count: Annotated[int, typer.Option("--count", help="how many spare sheets")] = 10,
    teams: Annotated[bool, typer.Option(
        "--teams", help="signs of a round that is released: with teams and judges")] = False,
    subject: For = "participation",
    top: Annotated[int, typer.Option(min=1, help="certificates of so many best speakers")] = 10,
    wording: Words = None,
    signatures: Signed = None,
    date: Annotated[str, typer.Option(help="of certificates; without it a line for it")] = "",
    order: Annotated[Literal["institution", "name"], typer.Option(
        help="of badges")] = "institution",
    institutions: Homes = None,
    tournament: Slug = None,
    json: AsJson = False,
) -> None:
    """Make a PDF file to print; whatever lacks a barcode is given one before."""
    from tabapp.services import printing  # noqa: PLC0415 - what it needs takes its time

    asked = printing.PrintRequest(
        _chosen(ctx, what), two_up=two_up, motions=motions, codes_on_all=codes_on_all, blanks=count,
        teams=teams, order=order, institutions=institutions, subject=subject, top=top, date=date,
        lines=_lines(wording), signatures=";".join(signatures or (printing.SIGNED,)), paper=paper)
    with runtime_of(ctx).open(db) as work:
        owner = work.tournament(tournament).id
        if seq is not None:
            asked = replace(asked, round_id=work.round(tournament, seq)[1].id)
        made, given = _print(work, owner, asked, (*(rooms or ()), *(people or ())), output)
    _tell(made, given, json=json)


def _tell(made: Made, given: int, *, json: bool) -> None:
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


def _chosen(ctx: typer.Context, what: str) -> What:
    """Return what is printed; refuse what cannot be, and options that say nothing about it."""
    from tabapp.services import printing  # noqa: PLC0415

    chosen = next((one for one in printing.WHATS if one == what), None)
    if chosen is None:
        raise UserError("print_what_unknown", what=what, known=", ".join(printing.WHATS))
    _refuse_useless(ctx, what)
    return chosen


def _refuse_useless(ctx: typer.Context, what: str) -> None:
    """Refuse options that say nothing about what is printed, whatever they were given."""
    for name, (option, kinds) in _USEFUL.items():
        source = ctx.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE" and what not in kinds:
            raise UserError("print_option_useless", what=what, option=option)


def _lines(given: Sequence[str] | None) -> dict[Line, str]:
    """Return the lines of a certificate that are worded otherwise."""
    from tabapp.services import printing  # noqa: PLC0415

    found: dict[Line, str] = {}
    for one in given or ():
        name, equals, words = one.partition("=")
        line = next((known for known in printing.LINES if known == name.strip()), None)
        if line is None or not equals:
            raise UserError(
                "certificate_line_unknown", line=one, known=", ".join(printing.LINES))
        found[line] = words.strip()
    return found


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
