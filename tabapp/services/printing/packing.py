"""From a request to a file: what is wrong, which codes are given before, and the file itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.core.files import at_home
from tabapp.domain.types import Tick, no_tick
from tabapp.services.paper import write_pack
from tabapp.services.printing.apart import set_apart
from tabapp.services.printing.certificates import (
    certificate_problems,
    certificate_warnings,
    read_subjects,
)
from tabapp.services.printing.hall import (
    give_hall_codes,
    hall_paper,
    hall_parts,
    lacking_hall_codes,
)
from tabapp.services.printing.paper import Paper
from tabapp.services.printing.requests import (
    CODED,
    OF_DRAW,
    OF_ROUND,
    Part,
    PrintChoices,
    PrintRequest,
    PrintRound,
    Subject,
)
from tabapp.services.printing.rounds import (
    give_round_codes,
    lacking_round_codes,
    round_paper,
    round_parts,
    round_problems,
)
from tabapp.services.rounds import title_of
from tabapp.services.stages import current_round
from tabapp.services.workspace import Workspace
from tabapp.store.tournaments import get_tournament, list_rounds
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request looked at: its paper, or the problems that keep it from being read.

    ``lacking`` codes are given before it is printed; ``subjects`` are read for certificates alone.
    """

    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]
    paper: Paper | None
    lacking: int
    subjects: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """What was written. The ``remark`` says which letters no font has, "" mostly."""

    files: tuple[Path, ...]
    pages: int
    remark: str


def read_choices(unit: ReadUnit, tournament: int) -> PrintChoices:
    """Return the rounds to print for."""
    owner = get_tournament(unit, tournament)
    rounds = tuple(
        PrintRound(one.id, one.seq, title_of(one), one.status)
        for one in list_rounds(unit, tournament))
    return PrintChoices(owner.slug, rounds, current_round(unit, tournament),
        owner.settings.paper_size)


def read_parts(unit: ReadUnit, tournament: int, request: PrintRequest) -> tuple[Part, ...]:
    """Return what of it can be printed alone, in the order of printing."""
    if request.what in OF_ROUND:
        return round_parts(unit, request)
    return hall_parts(unit, tournament, request)


def check_request(unit: ReadUnit, request: PrintRequest) -> list[Problem]:
    """Return what is wrong with a round or with words, and what is to be known before."""
    if request.what == "certificates":
        return certificate_problems(request)
    return round_problems(unit, request) if request.what in OF_ROUND else []


def read_paper(unit: ReadUnit, tournament: int, request: PrintRequest) -> Paper:
    """Read what is printed; ``ProblemsFound`` with what is wrong, warnings are no hindrance."""
    errors = [one for one in check_request(unit, request) if one.level == "error"]
    if errors:
        raise ProblemsFound(errors)
    size = request.paper or get_tournament(unit, tournament).settings.paper_size
    if request.what in OF_ROUND:
        return round_paper(unit, request, size)
    return hall_paper(unit, tournament, request, size)


def prepare(unit: ReadUnit, tournament: int, request: PrintRequest) -> Prepared:
    """Look at a request; whatever keeps it from being printed is among its problems.

    The paper is what will be printed, but for codes that are given only then: frames show where.
    """
    request = replace(request, open_codes=True)
    subjects = read_subjects(unit, tournament) if request.what == "certificates" else ()
    problems = check_request(unit, request)
    parts: tuple[Part, ...] = ()
    paper, lacking = None, 0
    try:
        parts = read_parts(unit, tournament, request)
        if all(one.level != "error" for one in problems):
            paper = read_paper(unit, tournament, request)
            lacking = lacking_codes(unit, tournament, request)
            if request.what == "certificates":
                problems += certificate_warnings(unit, tournament, request)
    except UserError as error:
        problems.append(Problem("error", "only", error.code, error.message))
    return Prepared(parts, tuple(problems), paper, lacking, subjects)


def lacking_codes(unit: ReadUnit, tournament: int, request: PrintRequest) -> int:
    """Return how many codes ``give_codes`` would give."""
    if request.what in OF_DRAW:
        return lacking_round_codes(unit, request)
    return lacking_hall_codes(unit, tournament, request) if request.what in CODED else 0


def give_codes(unit: WriteUnit, tournament: int, request: PrintRequest) -> int:
    """Give what is printed its codes; return how many.

    Open the unit with ``undoable=False``: paper that is printed cannot be taken back. The line
    in the trail is ``give_verb`` and what the round is called.
    """
    count = lacking_codes(unit, tournament, request)
    if count and request.what in OF_DRAW:
        give_round_codes(unit, request)
    elif count:
        give_hall_codes(unit, tournament, request)
    return count


def give_verb(request: PrintRequest) -> str:
    """Return what giving codes is called in the trail, before the name of the round, if any."""
    return {
        "score-sheets": "give codes to the sheets of",
        "feedback-forms": "give codes to the feedback forms of",
    }.get(request.what, f"give codes to the {request.what}")


def check_file(text: str) -> list[Problem]:
    """Return what is wrong with a file as it was typed, at the field ``path``."""
    output = at_home(Path(text.strip()))
    if not text.strip():
        return [Problem.of("error", "path", "export_file_blank")]
    if output.suffix.lower() != ".pdf":
        return [Problem.of("error", "path", "print_file_kind", file=output.name)]
    if not output.parent.is_dir():
        return [Problem.of("error", "path", "export_folder_missing", folder=output.parent)]
    return []


def check_output(output: Path, *, replace: bool = False) -> None:
    """Refuse a file that cannot be written, or that is there already unless ``replace``."""
    wrong = check_file(str(output))
    if wrong:
        raise ProblemsFound(wrong)
    if not replace:
        _spare([output])


def print_file(
    workspace: Workspace, tournament: int, request: PrintRequest, output: Path, *,
    replace: bool = False, tick: Tick = no_tick,
) -> Made:
    """Read, set and write what is asked for; needs no codes, but prints those that are given.

    ``UserError``: ``print_file_there`` unless ``replace``, ``file_not_written``, and all that is
    wrong with the request. ``tick`` is told of sheets some times a second, of all of them once
    nothing is left but to write; what it raises cancels at once, and nothing is written. May take
    seconds: not for the window's thread.
    """
    check_output(output, replace=replace)
    with workspace.database.read() as unit:
        paper = read_paper(unit, tournament, request)
    tick(0, len(paper.items))
    pack = set_apart(paper, tick)
    tick(len(paper.items), len(paper.items))
    if not replace and len(pack.files) > 1:
        _spare([numbered(output, at) for at in range(1, len(pack.files) + 1)])
    files, remark = write_pack(pack, output)
    return Made(tuple(files), pack.pages, remark)


def numbered(output: Path, at: int) -> Path:
    """Return the name of one of several files, as ``write_pack`` numbers them."""
    return output.with_stem(f"{output.stem}-{at}")


def _spare(files: list[Path]) -> None:
    there = next((one for one in files if one.exists()), None)
    if there is not None:
        raise UserError("print_file_there", file=there)
