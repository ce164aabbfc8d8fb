"""Name badges for speakers, judges and those who sit at the desk."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tabapp.core.errors import UserError
from tabapp.domain.formats import PaperSize
from tabapp.domain.operators import Operator, OperatorRole
from tabapp.domain.public import sort_key
from tabapp.domain.types import Tick, no_tick
from tabapp.exchange.paper.badges import Badge, BadgeKind, print_name_badges
from tabapp.services.barcodes import Kind, give_codes, tag_of
from tabapp.services.operators import list_operators
from tabapp.services.paper.hall_names import HallNames
from tabapp.services.paper.packs import Pack, pack_of
from tabapp.services.paper.sheets import sheet_code
from tabapp.store.hall_reads import HallPerson, read_hall_people
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit

Wearer = Literal["speaker", "adjudicator", "operator"]
_OPERATORS: Mapping[OperatorRole, tuple[BadgeKind, str]] = {
    OperatorRole.TAB_DIRECTOR: ("tab", "Tab director"),
    OperatorRole.ADJUDICATION_CORE: ("core", "Adjudication core"),
    OperatorRole.VOLUNTEER: ("tab", "Tab room"),
}


@dataclass(frozen=True, slots=True)
class BadgeOptions:
    """Whose badges. Row ids of each kind, None for all who have not left, () for none.

    In order of ``institution``, that of a speaker's team, or of ``name``. ``institutions`` None:
    they stand on badges where the settings show them. They never do where they would tell who
    goes by a code name. ``open_codes``: where no code is given yet a frame shows its place.
    """

    speakers: tuple[int, ...] | None = None
    judges: tuple[int, ...] | None = None
    operators: tuple[int, ...] | None = None
    order: Literal["institution", "name"] = "institution"
    institutions: bool | None = None
    open_codes: bool = False


EVERYBODY = BadgeOptions()
"""A badge for everybody."""


@dataclass(frozen=True, slots=True)
class BadgePerson:
    """Somebody who can have a badge, as a list shows them; ``detail`` is team or institution."""

    kind: Wearer
    id: int
    name: str
    detail: str


def find_badge_people(unit: ReadUnit, tournament_id: int) -> tuple[BadgePerson, ...]:
    """Return who can be chosen, by name: speakers, judges, and who sits at the desk."""
    hall = HallNames.read(unit, get_tournament(unit, tournament_id))
    found = [
        BadgePerson(one.kind, one.id, hall.name(one), hall.team(one) or hall.home(one))
        for one in hall.people if not one.withdrawn]
    found.sort(key=lambda one: (one.kind != "speaker", sort_key(one.name), one.id))
    return (*found, *(
        BadgePerson("operator", one.id, one.name, _OPERATORS[one.role][1])
        for one in list_operators(unit)))


def give_badge_codes(
    unit: WriteUnit, tournament_id: int, options: BadgeOptions = EVERYBODY
) -> None:
    """Give codes to the speakers and the judges of some badges; who sits at the desk has none.

    Open the unit with ``trail=False, undoable=False``, as ``give_codes`` says.
    """
    for kind, ids in _coded(unit, tournament_id, options):
        give_codes(unit, tournament_id, kind, ids)


def _coded(
    unit: ReadUnit, tournament_id: int, options: BadgeOptions
) -> list[tuple[Kind, list[int]]]:
    chosen = _chosen(read_hall_people(unit, tournament_id), options)
    return [
        (kind, [one.id for one in chosen if one.kind == kind])
        for kind in ("speaker", "adjudicator")]


def read_badges(
    unit: ReadUnit, tournament_id: int, options: BadgeOptions = EVERYBODY
) -> tuple[Badge, ...]:
    """Return the badges in their order, those of the desk last.

    ``UserError``: ``badge_nobody``, ``paper_nothing_chosen``.
    """
    owner = get_tournament(unit, tournament_id)
    hall = HallNames.read(unit, owner)
    tag = tag_of(unit, tournament_id)
    chosen = _chosen(hall.people, options)
    chosen.sort(key=lambda one: _order(hall, one, options))
    desk = [one for one in list_operators(unit) if _is_in(one.id, options.operators)]
    if not chosen and not desk:
        if (options.speakers, options.judges, options.operators) == (None, None, None):
            raise UserError("badge_nobody")
        raise UserError("paper_nothing_chosen", what="person")
    return (
        *(_badge(hall, one, tag, options) for one in chosen),
        *(_of_operator(owner.name, one) for one in desk))


def print_badges(
    badges: Sequence[Badge], *, paper: PaperSize = "a4", tick: Tick = no_tick
) -> Pack:
    """Set badges, ten on A4 and eight on Letter, with marks to cut along; needs no database.

    ``tick`` is told of badges and may raise to cancel, between one file of 400 and the next.
    """
    title = f"Name badges · {badges[0].tournament}" if badges else "Name badges"
    return pack_of(print_name_badges(badges, title=title, paper=paper, tick=tick))


def _chosen(people: Sequence[HallPerson], options: BadgeOptions) -> list[HallPerson]:
    found = []
    for one in people:
        wanted = options.speakers if one.kind == "speaker" else options.judges
        if _is_in(one.id, wanted) and not (wanted is None and one.withdrawn):
            found.append(one)
    return found


def _is_in(one: int, wanted: Collection[int] | None) -> bool:
    return wanted is None or one in wanted


def _order(hall: HallNames, person: HallPerson, options: BadgeOptions) -> tuple[object, ...]:
    """Sort piles to be handed out: who has no institution comes last, judges after speakers."""
    name = sort_key(hall.name(person))
    if options.order == "name":
        return (name, person.kind, person.id)
    return (
        not person.home, sort_key(person.home), person.kind != "speaker",
        sort_key(hall.team(person)), name, person.id)


def _badge(hall: HallNames, person: HallPerson, tag: str, options: BadgeOptions) -> Badge:
    kind: BadgeKind = "speaker" if person.kind == "speaker" else "judge"
    role = "Speaker" if person.kind == "speaker" else "Judge"
    if person.adj_core:
        kind, role = _OPERATORS[OperatorRole.ADJUDICATION_CORE]
    return Badge(
        hall.owner.name, hall.name(person), kind, role, hall.team(person),
        hall.home(person, options.institutions),
        sheet_code(tag, person.barcode, is_open=options.open_codes))


def _of_operator(tournament: str, operator: Operator) -> Badge:
    kind, role = _OPERATORS[operator.role]
    return Badge(tournament, operator.name, kind, role)
