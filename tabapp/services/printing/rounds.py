"""What is printed for a round: score sheets, the sample, spare sheets and feedback forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tabapp.core.errors import Problem, UserError
from tabapp.domain.formats import PaperSize
from tabapp.domain.types import Role, Tick
from tabapp.exchange.paper import fit_halves
from tabapp.services.paper import (
    Pack,
    SheetOptions,
    find_rooms,
    give_paper_codes,
    lacking_paper_codes,
    print_feedback,
    print_score_sheets,
    read_feedback,
    read_sample,
    read_score_sheets,
    read_spares,
)
from tabapp.services.paper.sheets import in_order
from tabapp.services.people import listed
from tabapp.services.printing.paper import Paper
from tabapp.services.printing.requests import MOST_BLANKS, OF_DRAW, Part, PrintRequest
from tabapp.services.rounds import title_of
from tabapp.store.paper_reads import PaperDebate, read_paper_debates
from tabapp.store.tournaments import get_round
from tabapp.store.unit import ReadUnit, WriteUnit


def round_parts(unit: ReadUnit, request: PrintRequest) -> tuple[Part, ...]:
    """Return the rooms of the round, for what is printed by room."""
    if request.what not in OF_DRAW or request.round_id is None:
        return ()
    return tuple(
        Part(str(debate), room) for debate, room in find_rooms(unit, request.round_id).items())


def round_problems(unit: ReadUnit, request: PrintRequest) -> list[Problem]:
    """Return what keeps the round from being printed, and what is to be known before.

    ``where`` names the field: ``round``, ``blanks``; "" for what is to be known.
    """
    if request.round_id is None:
        return [Problem.of("error", "round", "print_no_round")]
    if request.what == "blanks" and not 1 <= request.blanks <= MOST_BLANKS:
        return [Problem.of(
            "error", "blanks", "print_blanks_wrong", count=request.blanks, most=MOST_BLANKS)]
    if request.what not in OF_DRAW:
        return []
    owner, round_ = get_round(unit, request.round_id)
    name = title_of(round_)
    debates = [
        one for one in read_paper_debates(unit, owner.id, round_.id) if len(one.sides) > 1]
    if round_.status == "none" or not debates:
        return [Problem.of("error", "round", "paper_no_draw", round=name)]
    if round_.status == "draft":
        return [Problem.of("error", "round", "print_not_confirmed", round=name)]
    wanted = [
        one for one in in_order(debates)
        if request.only is None or str(one.id) in request.only]
    return _gaps(wanted, request)


def _gaps(debates: Sequence[PaperDebate], request: PrintRequest) -> list[Problem]:
    empty = [
        one for one in debates if all(role is Role.TRAINEE for role, _judge in one.panel)]
    homeless = [one for one in debates if not one.room]
    found = []
    if empty:
        found.append(Problem.of("warning", "", "print_no_panel", rooms=_rooms(empty)))
    if homeless:
        found.append(Problem.of("warning", "", "print_no_room", rooms=_rooms(homeless)))
    if request.what == "score-sheets":
        undecided = [one for one in debates if not one.sides_confirmed]
        if undecided:
            found.append(
                Problem.of("warning", "", "print_sides_open", rooms=_rooms(undecided)))
    return found


def _rooms(debates: Sequence[PaperDebate]) -> str:
    return listed([one.room or one.ref for one in debates])


def round_paper(unit: ReadUnit, request: PrintRequest, size: PaperSize) -> Paper:
    """Read what is printed; ``UserError`` where a round has none of it."""
    assert request.round_id is not None
    if request.what == "feedback-forms":
        return _forms(unit, request, size)
    two_up = request.two_up
    if request.what == "score-sheets":
        sheets = read_score_sheets(unit, request.round_id, SheetOptions(
            rooms=_ids(request), codes_on_all=request.codes_on_all, motions=request.motions,
            open_codes=request.open_codes))
    elif request.what == "sample":
        sheets = read_sample(unit, request.round_id, motions=request.motions)
    else:
        sheets = read_spares(unit, request.round_id, request.blanks, motions=request.motions)

    def set_sheets(items: Sequence[Any], tick: Tick) -> Pack:
        return print_score_sheets(items, two_up=two_up, paper=size, tick=tick)

    return Paper(sheets, 2 if two_up else 1, set_sheets)


def _forms(unit: ReadUnit, request: PrintRequest, size: PaperSize) -> Paper:
    assert request.round_id is not None
    forms = read_feedback(
        unit, request.round_id, _ids(request), open_codes=request.open_codes)
    halves = fit_halves(forms, size)

    def set_forms(items: Sequence[Any], tick: Tick) -> Pack:
        return print_feedback(items, two_up=halves, paper=size, tick=tick)

    return Paper(forms, 2 if halves else 1, set_forms)


def _ids(request: PrintRequest) -> tuple[int, ...] | None:
    if request.only is None:
        return None
    if not request.only:
        raise UserError("print_nothing")
    return tuple(int(one) for one in request.only)


def lacking_round_codes(unit: ReadUnit, request: PrintRequest) -> int:
    """Return how many debates and judges of the round have no code yet."""
    assert request.round_id is not None
    return lacking_paper_codes(
        unit, request.round_id, feedback=request.what == "feedback-forms")


def give_round_codes(unit: WriteUnit, request: PrintRequest) -> None:
    """Give codes to the debates of the round, and for feedback to its judges."""
    assert request.round_id is not None
    give_paper_codes(unit, request.round_id, feedback=request.what == "feedback-forms")
