"""Draws by hand: rooms are put together one by one, and taken apart again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tabapp.core.errors import Problem, UserError
from tabapp.core.messages import word
from tabapp.domain.audit.draws import audit_draw
from tabapp.domain.draw import explain
from tabapp.domain.records import draw_snapshot
from tabapp.domain.side_names import side_title, two_side_names
from tabapp.domain.standings import needs_speeches
from tabapp.domain.types import (
    Draw,
    DrawnDebate,
    DrawQuality,
    DrawSnapshot,
    DrawType,
    Side,
)
from tabapp.services.draw_edits import finding_by_hand
from tabapp.services.entries import refuse
from tabapp.services.rounds import title_of
from tabapp.store.availability import present_teams
from tabapp.store.draw_rows import (
    DebateRow,
    NewDebate,
    delete_debates,
    draw_record,
    free_debate_ref,
    read_debates,
    store_debates,
    update_debates,
    update_round,
)
from tabapp.store.refs import Refs
from tabapp.store.result_reads import read_results
from tabapp.store.sheet_rows import papers_of_round
from tabapp.store.side_rows import participants
from tabapp.store.tournaments import RoundRow, TournamentRow, get_round
from tabapp.store.unit import ReadUnit, WriteUnit

BYE_BRACKET = -1.0


@dataclass(frozen=True, slots=True)
class FreeTeam:
    """A team that is here and stands in no room yet."""

    id: str
    name: str
    institution: str
    points: float
    history: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ManualPlaces:
    """What a person who pairs by hand looks at: who is left, and where the others stand.

    ``free`` is in order of points. ``placed`` is team -> archive id of its debate, ``names`` that
    of every team that is here or placed.
    """

    owner: TournamentRow
    round: RoundRow
    free: tuple[FreeTeam, ...]
    placed: Mapping[str, str]
    names: Mapping[str, str]
    rooms: int

    @property
    def title(self) -> str:
        """Name of the round."""
        return title_of(self.round)

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that a room takes."""
        return self.owner.settings.sides

    @property
    def byes(self) -> bool:
        """Tell whether a team may rest."""
        return self.owner.settings.bye_team_selection != "off"


def read_places(unit: ReadUnit, round_id: int) -> ManualPlaces:
    """Read who is placed in a round that is drawn by hand, and who is not."""
    owner, round_ = _by_hand(unit, round_id)
    here = present_teams(unit, owner.id, round_id)
    placed = {
        team: one.ref for one in read_debates(unit, round_id) for team in one.drawn.teams}
    snapshot = _snapshot(unit, owner, round_, here | placed.keys())
    free = [one for one in snapshot.teams if one.id in here and one.id not in placed]
    homes = {ref: home for ref, _name, home in participants(unit, owner.id)}
    free.sort(key=lambda one: (-one.points, one.name))
    return ManualPlaces(
        owner=owner, round=round_, placed=placed,
        names={one.id: one.name for one in snapshot.teams},
        free=tuple(
            FreeTeam(one.id, one.name, homes.get(one.id, ""), one.points, one.sides)
            for one in free),
        rooms=len({*placed.values()}),
    )


def check_room(places: ManualPlaces, teams: Mapping[Side, str]) -> list[Problem]:
    """Return what is wrong with a room; ``where`` is the side, such as ``aff``.

    ``teams`` is side -> archive id of its team, "" where nobody is chosen.
    """
    if {*teams} == {Side.BYE}:
        if not places.byes:
            return [Problem.of("error", Side.BYE.value, "byes_are_off")]
    elif {*teams} != {*places.sides}:
        return [Problem.of(
            "error", "", "room_sides_wrong", round=places.title, sides=", ".join(places.sides))]
    return list(_wrong_teams(places, teams))


def _wrong_teams(places: ManualPlaces, teams: Mapping[Side, str]) -> Iterator[Problem]:
    chosen: set[str] = set()
    for side, team in teams.items():
        where, name = side.value, places.names.get(team, team)
        if not team.strip():
            title = side_title(side, places.owner.settings.side_names)
            yield Problem.of("error", where, "room_without_team", side=title)
        elif team in places.placed:
            yield Problem.of(
                "error", where, "room_team_placed", team=name, debate=places.placed[team])
        elif team not in {one.id for one in places.free}:
            yield Problem.of("error", where, "room_team_unknown", team=name)
        elif team in chosen:
            yield Problem.of("error", where, "room_team_twice", team=name)
        chosen.add(team)


def add_room(unit: WriteUnit, round_id: int, teams: Mapping[Side, str]) -> str:
    """Put a room of these teams into a round drawn by hand; return the debate's archive id.

    ``teams`` is side -> archive id; one team as ``bye`` rests. ``ProblemsFound`` with everything
    that is wrong. The first room makes the round a draft.
    """
    _changeable(unit, round_id)
    places = read_places(unit, round_id)
    refuse(check_room(places, teams))
    owner, round_ = places.owner, places.round
    ref = free_debate_ref(unit, owner.id)
    seated = tuple((side, teams[side]) for side in (*places.sides, Side.BYE) if side in teams)
    bracket = BYE_BRACKET if Side.BYE in teams else 0.0
    drawn = DrawnDebate(bracket, places.rooms + 1, seated)
    store_debates(
        unit, owner.id, round_, [NewDebate(ref, drawn, ())], Refs.load(unit, owner.id, "team"))
    _settle(unit, owner, round_)
    unit.describe(
        subject=f"{', '.join(places.names[team] for _side, team in seated)} in {places.title}")
    return ref


def remove_room(unit: WriteUnit, round_id: int, debate: str) -> None:
    """Take a room out, by archive id, with its judges; its teams are free again.

    Refused for a room that has a ballot.
    """
    owner, round_ = _changeable(unit, round_id)
    title = title_of(round_)
    row = next((one for one in read_debates(unit, round_id) if one.ref == debate), None)
    if row is None:
        raise UserError("room_gone", round=title)
    if row.id in papers_of_round(unit, round_id):
        raise UserError("room_has_ballot", debate=debate)
    delete_debates(unit, round_id, [row.id])
    _settle(unit, owner, round_)
    unit.describe(subject=f"{debate} of {title}")


def _by_hand(unit: ReadUnit, round_id: int) -> tuple[TournamentRow, RoundRow]:
    owner, round_ = get_round(unit, round_id)
    if round_.draw_type != DrawType.MANUAL:
        raise UserError("not_by_hand", round=title_of(round_))
    return owner, round_


def _changeable(unit: ReadUnit, round_id: int) -> tuple[TournamentRow, RoundRow]:
    owner, round_ = _by_hand(unit, round_id)
    if round_.completed:
        raise UserError("round_is_completed", round=title_of(round_))
    if round_.status == "released":
        raise UserError("draw_is_released", round=title_of(round_))
    return owner, round_


def _settle(unit: WriteUnit, owner: TournamentRow, round_: RoundRow) -> None:
    """Number the rooms, byes last, say why each is there, and keep what an audit finds."""
    rows = _numbered(read_debates(unit, round_.id))
    if not rows:
        update_round(
            unit, round_.id, status="none", draw_seed=None, draw_record=None)
        return
    debates = [one.drawn for one in rows]
    snapshot = _snapshot(
        unit, owner, round_, {team for drawn in debates for team in drawn.teams})
    names = two_side_names(owner.settings.side_names)
    reasons = explain(Draw(tuple(debates), 0, DrawQuality(), ""), snapshot, side_names=names)
    rests = [word("room_rests_by_hand", {})]
    update_debates(unit, {
        one.id: {
            "room_rank": one.drawn.room_rank,
            "why": rests if one.drawn.bracket == BYE_BRACKET else list(why)}
        for one, why in zip(rows, reasons, strict=True)})
    before = draw_record(unit, round_.id) or {}
    audit = audit_draw(snapshot, debates)
    update_round(
        unit, round_.id, status="draft" if round_.status == "none" else round_.status,
        draw_record={
            **before, "rule": {"draw_type": round_.draw_type, **snapshot.options},
            "audit": [finding_by_hand(one) for one in audit],
            "edits": before.get("edits", []),
        })


def _numbered(rows: Sequence[DebateRow]) -> list[DebateRow]:
    ordered = sorted(rows, key=lambda one: (one.drawn.bracket == BYE_BRACKET, one.drawn.room_rank))
    return [
        replace(one, drawn=replace(one.drawn, room_rank=rank))
        for rank, one in enumerate(ordered, start=1)]


def _snapshot(
    unit: ReadUnit, owner: TournamentRow, round_: RoundRow, teams: set[str] | frozenset[str]
) -> DrawSnapshot:
    settings = owner.settings
    return draw_snapshot(
        read_results(
            unit, owner, speeches=needs_speeches(settings.team_standings_precedence)),
        settings, round_seq=round_.seq, draw_type=DrawType.MANUAL, present=teams)
