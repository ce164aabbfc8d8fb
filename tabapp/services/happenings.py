"""What a write unit made happen, told as domain events after its commit.

A hook of ``Database``: it compares each changed row as it was before the unit with how the unit
leaves it, so that an undo or a redo tells of what it crosses just as the action itself did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tabapp.services.active import is_complete
from tabapp.services.events import (
    BallotConfirmed,
    BallotWithdrawn,
    RoundCompleted,
    TeamCompleted,
    TeamJoined,
    TournamentCompleted,
)
from tabapp.store.happening_reads import Place, places_of, team_sizes
from tabapp.store.images import Image, RowChange
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import WriteUnit

_PEOPLE = frozenset({"team", "speaker", "adjudicator", "speaker_speaker_category"})


def emit_domain_events(unit: WriteUnit) -> None:
    """Let the events of what this unit changed follow its commit, each once.

    A unit that brings a whole tournament, as an import does, tells only of its last completed
    round and, if it is over, of that: nobody joined, and nothing was confirmed just now. Reads
    nothing where nothing of this changed, and one statement more for a corrected ballot.
    """
    if "tournament" in unit.touched and any(
        _appeared(one) for one in _crossings(unit.changes, "tournament")
    ):
        _tell_import(unit)
        return
    if _PEOPLE & unit.touched.keys():
        from tabapp.services.profiles import profile_events  # noqa: PLC0415 - no ballot needs it

        _tell_teams(unit)
        profile_events(unit)
    if "ballot" in unit.touched:
        _tell_ballots(unit)
    if "round" in unit.touched:
        _tell_rounds(unit)


@dataclass(frozen=True, slots=True)
class _Crossing:
    """A row before the unit and after it; None where it was not, or is not any more."""

    row_id: int
    before: Image | None
    after: Image | None


def _crossings(changes: Iterable[RowChange], table: str) -> list[_Crossing]:
    first: dict[int, Image | None] = {}
    last: dict[int, Image | None] = {}
    for one in changes:
        if one.table == table:
            first.setdefault(one.row_id, one.before)
            last[one.row_id] = one.after
    return [_Crossing(row_id, before, last[row_id]) for row_id, before in first.items()]


def _appeared(one: _Crossing) -> bool:
    return one.before is None and one.after is not None


# --- teams -------------------------------------------------------------------------------------


def _tell_teams(unit: WriteUnit) -> None:
    for one in _crossings(unit.changes, "team"):
        if one.before is None and one.after is not None:
            unit.emit(TeamJoined(one.after["tournament_id"], one.row_id))
    moved = Counter[int]()
    for one in _crossings(unit.changes, "speaker"):
        was = one.before["team_id"] if one.before else None
        now = one.after["team_id"] if one.after else None
        if was != now:
            moved.update({team: step for team, step in ((was, -1), (now, 1)) if team is not None})
    gained = {team for team, step in moved.items() if step > 0}
    needed: dict[int, int] = {}
    for team, (owner, count) in sorted(team_sizes(unit, gained).items()):
        if owner not in needed:
            needed[owner] = get_tournament(unit, owner).settings.substantive_speakers
        if count - moved[team] < needed[owner] <= count:
            unit.emit(TeamCompleted(owner, team))


# --- ballots -----------------------------------------------------------------------------------


def _tell_ballots(unit: WriteUnit) -> None:
    confirmed: dict[int, int] = {}
    lost: set[int] = set()
    for one in _crossings(unit.changes, "ballot"):
        counted, counts = _counts(one.before), _counts(one.after)
        image = one.after or one.before or {}
        if counts and not counted:
            confirmed[image["debate_id"]] = one.row_id
        elif counted and not counts:
            lost.add(image["debate_id"])
    lost -= confirmed.keys()
    places = _places(unit, confirmed.keys() | lost)
    for debate_id, ballot_id in confirmed.items():
        if (place := places.get(debate_id)) is not None:
            unit.emit(BallotConfirmed(
                place.tournament_id, place.round_id, debate_id, ballot_id))
    for debate_id in sorted(lost):
        if (place := places.get(debate_id)) is not None:
            unit.emit(BallotWithdrawn(place.tournament_id, place.round_id, debate_id))


def _counts(image: Image | None) -> bool:
    return image is not None and image["status"] == "confirmed"


def _places(unit: WriteUnit, debates: Iterable[int]) -> dict[int, Place]:
    """Return where debates are, by the rows that this unit changed where these tell."""
    found: dict[int, Place] = {}
    gone: set[int] = set()
    for one in _crossings(unit.changes, "debate"):
        if one.after is None:
            gone.add(one.row_id)
        else:
            found[one.row_id] = Place(one.after["tournament_id"], one.after["round_id"])
    unknown = set(debates) - found.keys() - gone
    return found | places_of(unit, unknown) if unknown else found


# --- rounds ------------------------------------------------------------------------------------


def _tell_rounds(unit: WriteUnit) -> None:
    """A tournament that had a round to play has none: that is its end, however it came."""
    ending: set[int] = set()
    for one in _crossings(unit.changes, "round"):
        was_open = one.before is not None and not one.before["completed"]
        is_done = one.after is not None and bool(one.after["completed"])
        image = one.after or one.before or {}
        if is_done and (was_open or one.before is None):
            unit.emit(RoundCompleted(image["tournament_id"], one.row_id))
        if was_open and (is_done or one.after is None):
            ending.add(image["tournament_id"])
    _tell_ends(unit, ending)


def _tell_ends(unit: WriteUnit, tournaments: Iterable[int]) -> None:
    for owner in sorted(tournaments):
        if is_complete(unit, owner):
            unit.emit(TournamentCompleted(owner))


def _tell_import(unit: WriteUnit) -> None:
    last: dict[int, tuple[int, int]] = {}
    for one in _completed_rounds(unit):
        owner = one["tournament_id"]
        last[owner] = max(last.get(owner, (0, 0)), (one["seq"], one["id"]))
    for owner, (_seq, round_id) in sorted(last.items()):
        unit.emit(RoundCompleted(owner, round_id))
    _tell_ends(unit, last)


def _completed_rounds(unit: WriteUnit) -> Iterator[Image]:
    for one in _crossings(unit.changes, "round"):
        if one.after is not None and one.after["completed"]:
            yield one.after
