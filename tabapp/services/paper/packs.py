"""Packs of paper: giving codes before, reading what is printed, and the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tabapp.core.messages import word
from tabapp.domain.formats import PaperSize
from tabapp.domain.types import Tick, no_tick
from tabapp.exchange.paper import Form, Printed, ScoreSheet, print_forms, print_sheets
from tabapp.exchange.typesetting import one_of_each
from tabapp.services.barcodes import Kind, give_codes, lacking_codes
from tabapp.services.exports.files import write_bytes
from tabapp.services.paper.forms import read_forms
from tabapp.services.paper.sample import blank_sheet, sample_sheet
from tabapp.services.paper.sheets import ALL, SheetOptions, read_ground, read_sheets
from tabapp.store.paper_reads import read_paper_debates
from tabapp.store.tournaments import get_round
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class Pack:
    """What was set: one file, or several where it is long. ``pages`` counts all of them."""

    files: tuple[bytes, ...]
    pages: int
    lacking: tuple[str, ...]


def give_paper_codes(unit: WriteUnit, round_id: int, *, feedback: bool = False) -> None:
    """Give codes to the debates of a round, and for feedback to their judges.

    Open the unit with ``trail=False, undoable=False``, as ``give_codes`` says.
    """
    owner, _round = get_round(unit, round_id)
    for kind, ids in _coded(unit, owner.id, round_id, feedback=feedback):
        give_codes(unit, owner.id, kind, ids)


def lacking_paper_codes(unit: ReadUnit, round_id: int, *, feedback: bool = False) -> int:
    """Return how many codes ``give_paper_codes`` would give."""
    owner, _round = get_round(unit, round_id)
    return sum(
        len(lacking_codes(unit, owner.id, kind, ids))
        for kind, ids in _coded(unit, owner.id, round_id, feedback=feedback))


def _coded(
    unit: ReadUnit, tournament: int, round_id: int, *, feedback: bool
) -> list[tuple[Kind, list[int]]]:
    debates = [
        one for one in read_paper_debates(unit, tournament, round_id) if len(one.sides) > 1]
    found: list[tuple[Kind, list[int]]] = [("debate", [one.id for one in debates])]
    if feedback:
        judges = {judge.id for one in debates for _role, judge in one.panel}
        found.append(("adjudicator", sorted(judges)))
    return found


def read_score_sheets(
    unit: ReadUnit, round_id: int, options: SheetOptions = ALL
) -> tuple[ScoreSheet, ...]:
    """Return the sheets of a round by room; the same errors as ``read_sheets``."""
    return tuple(read_sheets(unit, round_id, options))


def read_sample(
    unit: ReadUnit, round_id: int, *, motions: bool | None = None
) -> tuple[ScoreSheet, ...]:
    """Return the sheet of a round that shows how it is filled in."""
    return (sample_sheet(read_ground(unit, round_id, motions=motions)),)


def read_spares(
    unit: ReadUnit, round_id: int, count: int, *, motions: bool | None = None
) -> tuple[ScoreSheet, ...]:
    """Return so many sheets of a round for no room."""
    return (blank_sheet(read_ground(unit, round_id, motions=motions)),) * count


def read_feedback(
    unit: ReadUnit, round_id: int, rooms: Sequence[int] | None = None, *,
    open_codes: bool = False,
) -> tuple[Form, ...]:
    """Return the feedback forms of a round, or of some of its debates; as ``read_forms``."""
    return tuple(read_forms(unit, round_id, rooms, open_codes=open_codes))


def print_score_sheets(
    sheets: Sequence[ScoreSheet], *, two_up: bool = False, paper: PaperSize = "a4",
    tick: Tick = no_tick,
) -> Pack:
    """Set score sheets, one a page, or two side by side to be cut; needs no database.

    ``tick`` is told of sheets and may raise to cancel, between one file of 400 and the next.
    """
    return pack_of(print_sheets(
        sheets, two_up=two_up, title=_title(sheets), paper=paper, tick=tick))


def print_feedback(
    forms: Sequence[Form], *, two_up: bool | None = None, paper: PaperSize = "a4",
    tick: Tick = no_tick,
) -> Pack:
    """Set feedback forms; with ``two_up`` None two on a page where their questions let them."""
    return pack_of(print_forms(
        forms, two_up=two_up, title=_title(forms), paper=paper, tick=tick))


def _title(them: Sequence[ScoreSheet] | Sequence[Form]) -> str:
    if not them:
        return ""
    kind = "Score sheets" if isinstance(them[0], ScoreSheet) else "Feedback forms"
    return f"{kind} · {them[-1].tournament}"


def pack_of(files: Sequence[Printed]) -> Pack:
    """Return what was set as one pack."""
    return Pack(
        tuple(one.content for one in files), sum(one.pages for one in files),
        one_of_each(letter for one in files for letter in one.lacking))


def write_pack(pack: Pack, output: Path) -> tuple[list[Path], str]:
    """Write a pack; where it is several files they are numbered. Return them and a remark.

    The remark says which letters no font has, "" mostly. ``UserError`` ``file_not_written``.
    """
    names = [output] if len(pack.files) == 1 else [
        output.with_stem(f"{output.stem}-{at}") for at in range(1, len(pack.files) + 1)]
    for name, content in zip(names, pack.files, strict=True):
        write_bytes(name, content)
    remark = word("paper_letters_lacking", {
        "what": output.name, "letters": ", ".join(pack.lacking)}) if pack.lacking else ""
    return names, remark
