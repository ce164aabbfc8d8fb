"""What is printed for the hall: room signs, badges and certificates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, get_args

from tabapp.core.errors import UserError
from tabapp.domain.formats import PaperSize
from tabapp.domain.types import Tick
from tabapp.exchange.paper.badges import ON_PAGE
from tabapp.services.barcodes import Kind
from tabapp.services.barcodes import lacking_codes as find_lacking
from tabapp.services.paper import Pack
from tabapp.services.paper.badges import (
    BadgeOptions,
    Wearer,
    find_badge_people,
    give_badge_codes,
    print_badges,
    read_badges,
)
from tabapp.services.paper.signs import (
    SignOptions,
    find_sign_rooms,
    give_sign_codes,
    print_signs,
    read_signs,
)
from tabapp.services.printing.certificates import certificate_paper, certificate_parts
from tabapp.services.printing.paper import Paper
from tabapp.services.printing.requests import Part, PrintRequest
from tabapp.store.unit import ReadUnit, WriteUnit

_GROUPS = {"speaker": "Speakers", "adjudicator": "Judges", "operator": "Who sits at the desk"}
_WEARERS: tuple[Wearer, ...] = get_args(Wearer)


def hall_parts(unit: ReadUnit, tournament: int, request: PrintRequest) -> tuple[Part, ...]:
    """Return the rooms, the people or the awards that can be printed alone."""
    if request.what == "signs":
        return tuple(
            Part(str(room), name)
            for room, name in find_sign_rooms(unit, tournament, request.round_id).items())
    if request.what == "badges":
        return tuple(
            Part(f"{one.kind}:{one.id}", one.name, one.detail, _GROUPS[one.kind])
            for one in find_badge_people(unit, tournament))
    return certificate_parts(unit, tournament, request)


def hall_paper(
    unit: ReadUnit, tournament: int, request: PrintRequest, size: PaperSize
) -> Paper:
    """Read what is printed; ``UserError`` where there is none of it."""
    if request.only is not None and not request.only:
        raise UserError("print_nothing")
    if request.what == "signs":
        return Paper(
            read_signs(unit, tournament, _signs(request)), 1, partial(_set_signs, size))
    if request.what == "badges":
        return Paper(
            read_badges(unit, tournament, _badges(request)), ON_PAGE[size],
            partial(_set_badges, size))
    return certificate_paper(unit, tournament, request, size)


def lacking_hall_codes(unit: ReadUnit, tournament: int, request: PrintRequest) -> int:
    """Return how many rooms, or people, of what is printed have no code yet."""
    wanted: dict[Kind, list[int]] = {}
    for one in hall_parts(unit, tournament, request):
        if request.only is not None and one.key not in request.only:
            continue
        if request.what == "signs":
            wanted.setdefault("venue", []).append(int(one.key))
        else:
            wearer, row = _taken_apart(one.key)
            if wearer != "operator":
                wanted.setdefault(wearer, []).append(row)
    return sum(len(find_lacking(unit, tournament, kind, ids)) for kind, ids in wanted.items())


def give_hall_codes(unit: WriteUnit, tournament: int, request: PrintRequest) -> None:
    """Give codes to the rooms, or to the people, of what is printed."""
    if request.what == "signs":
        give_sign_codes(unit, tournament, _signs(request))
    else:
        give_badge_codes(unit, tournament, _badges(request))


def _signs(request: PrintRequest) -> SignOptions:
    rooms = None if request.only is None else tuple(int(one) for one in request.only)
    return SignOptions(
        rooms, request.round_id, teams=request.teams, arrow=request.arrow,
        open_codes=request.open_codes)


def _badges(request: PrintRequest) -> BadgeOptions:
    options = BadgeOptions(
        order=request.order, institutions=request.institutions, open_codes=request.open_codes)
    if request.only is None:
        return options
    chosen = [_taken_apart(one) for one in request.only]
    speakers, judges, desk = (
        tuple(row for kind, row in chosen if kind == wearer) for wearer in _WEARERS)
    return replace(options, speakers=speakers, judges=judges, operators=desk)


def _taken_apart(key: str) -> tuple[Wearer, int]:
    kind, _, row = key.partition(":")
    return next(one for one in _WEARERS if one == kind), int(row)


def _set_signs(size: PaperSize, items: Sequence[Any], tick: Tick) -> Pack:
    return print_signs(items, paper=size, tick=tick)


def _set_badges(size: PaperSize, items: Sequence[Any], tick: Tick) -> Pack:
    return print_badges(items, paper=size, tick=tick)
