"""Everything that the form of one room shows, and whether it takes a ballot at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import VOTING, check_ballot, is_voting, result_type
from tabapp.services.ballot_sheet import Asks, Seat, SheetForm, asked
from tabapp.services.ballots import Seen, seen_of
from tabapp.services.drafts import DraftRow, ballot_form, find_draft
from tabapp.store.ballot_reads import DebateBallots, read_debates_for_ballots, speeches_of
from tabapp.store.desk_reads import RoomRow, RoundHead, VersionRow, read_form_head
from tabapp.store.refs import Refs
from tabapp.store.tournaments import TournamentRow, get_tournament
from tabapp.store.unit import ReadUnit


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
    """Read everything that the form of a debate shows; ``debate`` is its archive id."""
    owner = get_tournament(unit, tournament)
    found, refs = read_debates_for_ballots(unit, tournament, [(debate, Ballot())])
    if debate not in found:
        raise UserError("debate_unknown", debate=debate)
    room = found[debate]
    speakers = {
        ref: refs.id("speaker", ref)
        for members in room.context.speakers.values() for ref in members}
    head = read_form_head(unit, room.id, room.round_id, list(speakers.values()))
    if head is None:
        raise UserError("debate_unknown", debate=debate)
    context = replace(room.context, all_speakers=frozenset())
    seats = tuple(
        Seat(side, team, context.name(team), head.institutions.get(side, ""), tuple(
            (ref, context.name(ref))
            for ref in sorted(context.speakers[team], key=speakers.__getitem__)))
        for side, team in context.sides)
    refused = _refused(room, owner)
    means = _means(head.means, refs)
    asks = Asks.SCORES if refused else asked(context, owner.settings)
    return DeskForm(
        owner=owner, round=head.round, room=head.room,
        sheet=SheetForm(context, owner.settings, asks, seats, head.motions, means),
        ballots=room.ballots, seen=seen_of(room),
        draft=find_draft(unit, ballot_form(tournament, room.id), operator),
        refused=refused, warning=_warning(head.round), each_judge=_judges_vote(room, owner),
    )


def _means(by_row: Mapping[int, float], refs: Refs) -> dict[str, float]:
    return {refs.ref("speaker", row_id): mean for row_id, mean in by_row.items()}


def _refused(room: DebateBallots, owner: TournamentRow) -> str:
    """Return why this room takes no ballot, or nothing."""
    if room.round_status not in ("confirmed", "released"):
        return word("draw_not_confirmed", {"round": room.context.round_seq})
    if room.status == "postponed":
        return word("debate_postponed", {"debate": room.context.id})
    if not room.sides_confirmed:
        return word("sides_not_confirmed", {"debate": room.context.id})
    found = check_ballot(Ballot(), room.context, owner.settings)
    never = ("ballot_of_bye", "result_type_not_available")
    refused = next((one.message for one in found if one.code in never), "")
    if not refused and _judges_vote(room, owner):
        return word("ballot_form_of_one_sheet", {"debate": room.context.id})
    if not refused and any(
        speech.criteria for _id, one in room.ballots for speech in speeches_of(one)
    ):
        return word("ballot_form_without_criteria", {"debate": room.context.id})
    return refused


def _judges_vote(room: DebateBallots, owner: TournamentRow) -> bool:
    """Tell whether a form of one sheet would not do, by the rules or by what was entered."""
    kind = result_type(owner.settings, room.context.stage, len(room.context.sides))
    return kind in VOTING or any(is_voting(one) for _id, one in room.ballots)


def _warning(head: RoundHead) -> str:
    if head.status == "released":
        return ""
    return word("ballot_draw_not_released", {"round": head.name or f"Round {head.seq}"})
