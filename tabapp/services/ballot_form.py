"""Everything that the form of one room shows, and whether it takes a ballot at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import VOTING, DebateContext, check_ballot, is_voting, result_type
from tabapp.domain.formats import Settings
from tabapp.domain.types import Role, Side
from tabapp.services.ballot_fields import Asks, JudgeSeat, Seat, SheetForm, asked
from tabapp.services.ballots import Seen, seen_of
from tabapp.services.drafts import DraftRow, ballot_form, find_draft
from tabapp.store.ballot_reads import DebateBallots, read_debates_for_ballots
from tabapp.store.ballot_rows import read_criteria
from tabapp.store.desk_reads import RoomRow, RoundHead, VersionRow, read_form_head
from tabapp.store.refs import Refs
from tabapp.store.tournaments import TournamentRow, get_tournament
from tabapp.store.unit import ReadUnit

_TWO = 2


@dataclass(frozen=True, slots=True)
class DeskForm:
    """The ballot of one room: what its sheet asks, its versions and what is kept of it.

    ``refused`` says why nothing can be entered, ``warning`` what should be known; "" for nothing.
    """

    owner: TournamentRow
    round: RoundHead
    room: RoomRow
    sheet: SheetForm
    ballots: tuple[tuple[int, Ballot], ...]
    seen: Seen
    draft: DraftRow | None
    refused: str
    warning: str
    each_judge: bool = False
    """Each judge hands in a sheet."""

    @property
    def name(self) -> str:
        """Return the room, or the id of a debate that has none."""
        return self.room.room or self.room.ref

    @property
    def waiting(self) -> tuple[int, Ballot] | None:
        """Return the entry that waits for a second look."""
        return next((one for one in reversed(self.ballots) if one[1].status == "draft"), None)

    @property
    def confirmed(self) -> tuple[int, Ballot] | None:
        """Return the ballot that counts."""
        return next((one for one in self.ballots if one[1].status == "confirmed"), None)

    def version(self, ballot: int) -> VersionRow:
        """Return who entered a version, and when."""
        return next(one for one in self.room.versions if one.id == ballot)


def read_form(unit: ReadUnit, tournament: int, debate: str, operator: str) -> DeskForm:
    """Read everything that the form of a debate shows; ``debate`` is its archive id.

    ``UserError`` ``debate_unknown``, or ``bye_has_no_ballot`` where nobody debates.
    """
    owner = get_tournament(unit, tournament)
    found, refs = read_debates_for_ballots(unit, tournament, [(debate, Ballot())])
    if debate not in found:
        raise UserError("debate_unknown", debate=debate)
    room = found[debate]
    side, resting = room.context.sides[0]
    if side is Side.BYE:
        raise UserError("bye_has_no_ballot", team=room.context.name(resting))
    speakers = {
        ref: refs.id("speaker", ref)
        for members in room.context.speakers.values() for ref in members}
    head = read_form_head(unit, room.id, room.round_id, list(speakers.values()))
    if head is None:
        raise UserError("debate_unknown", debate=debate)
    criteria = read_criteria(unit, tournament)
    context = replace(room.context, all_speakers=frozenset(), criteria=criteria)
    seats = tuple(
        Seat(side, team, context.name(team), head.institutions.get(side, ""), tuple(
            (ref, context.name(ref))
            for ref in sorted(context.speakers[team], key=speakers.__getitem__)))
        for side, team in context.sides)
    each_judge = _judges_vote(room, owner)
    judges = _judges(room, head.room) if each_judge else ()
    refused = _refused(room, head.room.room or head.room.ref, owner, judges)
    sheet = make_form(
        context, owner.settings, seats, head.motions, _means(head.means, refs), judges,
        asks_sides=not room.sides_confirmed)
    sheet = replace(sheet, room=head.room.room or "")
    return DeskForm(
        owner=owner, round=head.round, room=head.room, sheet=sheet,
        ballots=room.ballots, seen=seen_of(room),
        draft=find_draft(unit, ballot_form(tournament, room.id), operator),
        refused=refused, warning=_warning(head.round), each_judge=each_judge,
    )


def make_form(
    context: DebateContext, settings: Settings, seats: tuple[Seat, ...],
    motions: tuple[tuple[str, str], ...], means: Mapping[str, float],
    judges: tuple[JudgeSeat, ...] = (), *, asks_sides: bool = False,
) -> SheetForm:  # fmt: skip
    """Return what the sheets of a debate ask by its format (rules.md, section 3)."""
    asks = asked(context, settings)
    scored = asks is Asks.SCORES
    return SheetForm(
        context, settings, asks, seats, motions, means, judges,
        criteria=tuple(context.criteria.values()) if scored else (),
        asks_ranks=scored and settings.speaker_ranks != "none",
        asks_vetoes=(
            settings.enable_motions and settings.motion_vetoes_enabled and len(motions) > 1),
        asks_sides=asks_sides,
    )


def _means(by_row: Mapping[int, float], refs: Refs) -> dict[str, float]:
    return {refs.ref("speaker", row_id): mean for row_id, mean in by_row.items()}


def _judges(room: DebateBallots, row: RoomRow) -> tuple[JudgeSeat, ...]:
    """Return who hands in a sheet, the chair first; trainees never do."""
    seats = [JudgeSeat(ref, room.context.name(ref), role) for ref, role in room.context.panel
             if role is not Role.TRAINEE]
    order = {member: place for place, member in enumerate(row.panel)}
    return tuple(sorted(seats, key=lambda one: (order[one.name, one.role], one.ref)))


def _refused(
    room: DebateBallots, name: str, owner: TournamentRow, judges: tuple[JudgeSeat, ...]
) -> str:
    """Return why this room takes no ballot, or nothing."""
    if room.round_status not in ("confirmed", "released"):
        return word("draw_not_confirmed", {"round": room.context.round_seq})
    if room.status == "postponed":
        return word("room_postponed", {"room": name})
    found = check_ballot(Ballot(), replace(room.context, id=name), owner.settings)
    never = "result_type_not_available"
    refused = next((one.message for one in found if one.code == never), "")
    return refused or _refused_panel(room, name, owner, judges)


def _refused_panel(
    room: DebateBallots, name: str, owner: TournamentRow, judges: tuple[JudgeSeat, ...]
) -> str:
    """Return why the panel of a room cannot hand in what the rules ask for, or nothing."""
    now, here = _asks_each_judge(room, owner), {"debate": name}
    counting = [one for _id, one in room.ballots if one.status != "discarded"]
    if any(is_voting(one) is not now for one in counting if one.sheets):
        of_room, of_judges = "one sheet of the whole room", "a sheet of each judge"
        had, asks = (of_room, of_judges) if now else (of_judges, of_room)
        return word("ballot_of_other_rules", here | {"had": had, "asked": asks})
    if now and not judges:
        return word("panel_without_judges", here)
    chaired = any(one.role is Role.CHAIR for one in judges)
    if now and not chaired and len(room.context.sides) == _TWO:
        return word("panel_without_chair", here)
    return ""


def _asks_each_judge(room: DebateBallots, owner: TournamentRow) -> bool:
    kind = result_type(owner.settings, room.context.stage, len(room.context.sides))
    return kind in VOTING


def _judges_vote(room: DebateBallots, owner: TournamentRow) -> bool:
    """Tell whether judges hand in a sheet each: as was done here already, else by the rules."""
    counting = [one for _id, one in room.ballots if one.status != "discarded" and one.sheets]
    if counting:
        return any(is_voting(one) for one in counting)
    return _asks_each_judge(room, owner)


def _warning(head: RoundHead) -> str:
    if head.status == "released":
        return ""
    return word("ballot_draw_not_released", {"round": head.name or f"Round {head.seq}"})
