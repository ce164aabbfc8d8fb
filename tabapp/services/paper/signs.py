"""Signs for the rooms of a tournament, or for those of a round with who debates there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.domain.formats import PaperSize
from tabapp.domain.public import sort_key
from tabapp.domain.side_names import side_title
from tabapp.domain.types import Tick, no_tick
from tabapp.exchange.paper.signs import Arrow, RoomSign, SignTeam, print_room_signs
from tabapp.services.barcodes import give_codes, tag_of
from tabapp.services.paper.hall_names import HallNames
from tabapp.services.paper.packs import Pack, pack_of
from tabapp.services.paper.sheet_words import panel_words
from tabapp.services.paper.sheets import Ground, in_order, read_ground, sheet_code
from tabapp.services.rounds import title_of
from tabapp.store.hall_reads import HallRoom, read_hall_places, read_hall_rooms
from tabapp.store.paper_reads import PaperDebate, read_paper_debates
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class SignOptions:
    """Which signs. ``rooms`` are row ids of rooms, None for all that are not withdrawn.

    With a ``round_id`` only rooms in which that round debates, with its name; ``teams`` adds teams
    and judges, for which the draw has to be released. ``arrow`` is on every sign. ``open_codes``:
    where no code is given yet a frame shows its place.
    """

    rooms: tuple[int, ...] | None = None
    round_id: int | None = None
    teams: bool = True
    arrow: Arrow = ""
    open_codes: bool = False


EVERY_ROOM = SignOptions()
"""A sign for each room, of no round."""


def find_sign_rooms(
    unit: ReadUnit, tournament_id: int, round_id: int | None = None
) -> Mapping[int, str]:
    """Return room -> name in the order of printing, for a choice of what to print."""
    if round_id is None:
        rooms = [one for one in read_hall_rooms(unit, tournament_id) if not one.withdrawn]
        return {one.id: one.name for one in sorted(rooms, key=lambda one: sort_key(one.name))}
    known = {one.id: one for one in read_hall_rooms(unit, tournament_id)}
    return {
        room: known[room].name for _debate, room in _debates_in_rooms(unit, tournament_id, round_id)
        if room in known}


def give_sign_codes(
    unit: WriteUnit, tournament_id: int, options: SignOptions = EVERY_ROOM
) -> None:
    """Give codes to the rooms of some signs.

    Open the unit with ``trail=False, undoable=False``, as ``give_codes`` says.
    """
    give_codes(unit, tournament_id, "venue", _coded(unit, tournament_id, options))


def _coded(unit: ReadUnit, tournament_id: int, options: SignOptions) -> Sequence[int]:
    if options.rooms is not None:
        return options.rooms
    return tuple(find_sign_rooms(unit, tournament_id, options.round_id))


def read_signs(
    unit: ReadUnit, tournament_id: int, options: SignOptions = EVERY_ROOM
) -> tuple[RoomSign, ...]:
    """Return the signs by name of room.

    ``UserError``: ``sign_no_rooms``, ``paper_nothing_chosen``, ``sign_room_gone``,
    ``sign_round_without_rooms``, ``sign_draw_secret``.
    """
    owner = get_tournament(unit, tournament_id)
    rooms = {one.id: one for one in read_hall_rooms(unit, tournament_id)}
    if not rooms:
        raise UserError("sign_no_rooms")
    if options.rooms is not None:
        if not options.rooms:
            raise UserError("paper_nothing_chosen", what="room")
        lost = next((one for one in options.rooms if one not in rooms), None)
        if lost is not None:
            raise UserError("sign_room_gone", room=lost)
    if options.round_id is not None:
        return tuple(_of_round(unit, options.round_id, rooms, options))
    chosen = [
        one for one in rooms.values()
        if (not one.withdrawn if options.rooms is None else one.id in options.rooms)]
    if not chosen:
        raise UserError("sign_no_rooms")
    tag = tag_of(unit, tournament_id)
    return tuple(
        _sign(owner.name, tag, one, options)
        for one in sorted(chosen, key=lambda one: (sort_key(one.name), one.id)))


def print_signs(
    signs: Sequence[RoomSign], *, paper: PaperSize = "a4", tick: Tick = no_tick
) -> Pack:
    """Set signs, one on a page across; needs no database.

    ``tick`` is told of signs and may raise to cancel, between one file of 200 and the next.
    """
    title = f"Room signs · {signs[0].tournament}" if signs else "Room signs"
    return pack_of(print_room_signs(signs, title=title, paper=paper, tick=tick))


def _sign(tournament: str, tag: str, room: HallRoom, options: SignOptions) -> RoomSign:
    return RoomSign(
        tournament=tournament, room=room.name,
        arrow=options.arrow,
        note=" · ".join(room.categories),
        code=sheet_code(tag, room.barcode, is_open=options.open_codes))


def _debates_in_rooms(
    unit: ReadUnit, tournament_id: int, round_id: int
) -> list[tuple[PaperDebate, int]]:
    """Return the debates that are held, with the ids of their rooms, by room."""
    places = read_hall_places(unit, round_id)
    found = []
    for one in in_order(read_paper_debates(unit, tournament_id, round_id)):
        venue = places[one.id].venue
        if venue is not None and not places[one.id].postponed and len(one.sides) > 1:
            found.append((one, venue))
    return found


def _of_round(
    unit: ReadUnit, round_id: int, rooms: Mapping[int, HallRoom], options: SignOptions
) -> list[RoomSign]:
    ground = read_ground(unit, round_id)
    name = title_of(ground.round)
    if options.teams and ground.round.status != "released":
        raise UserError("sign_draw_secret", round=name)
    debates = [
        (debate, room) for debate, room in _debates_in_rooms(unit, ground.owner.id, round_id)
        if options.rooms is None or room in options.rooms]
    if not debates:
        raise UserError("sign_round_without_rooms", round=name)
    people = HallNames.read(unit, ground.owner)
    judges = {one.id: people.name(one) for one in people.people if one.kind == "adjudicator"}
    found = []
    for debate, room in debates:
        plain = _sign(ground.owner.name, ground.tag, rooms[room], options)
        found.append(RoomSign(
            plain.tournament, plain.room, ground.when, plain.arrow, plain.note,
            teams=_teams(ground, debate) if options.teams else (),
            panel=panel_words([
                (role, judges.get(judge.id, "")) for role, judge in debate.panel
            ]) if options.teams else "", code=plain.code))
    return found


def _teams(ground: Ground, debate: PaperDebate) -> tuple[SignTeam, ...]:
    names = ground.settings.side_names
    return tuple(
        SignTeam(side_title(side, names) if debate.sides_confirmed else "", ground.team(team))
        for side, team in debate.sides)
