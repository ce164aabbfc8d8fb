"""Which topics a write moves on, derived from the tables that it changed.

A snapshot names the topics that it read; a write under it is refused when one of them has moved.
No writer can forget one, since nobody but this module names them on the way in. Some topics come
twice: ``draw:5`` for those who read one round, ``draws`` for those who read all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select

from tabapp.store.images import RowChange, is_journaled
from tabapp.store.read_unit import ReadUnit
from tabapp.store.schema import debate, metadata, round_
from tabapp.store.unit import WriteUnit

PEOPLE = "people"
SETTINGS = "settings"
RESULTS = "results"
FEEDBACK = "feedback"
BREAK = "break"
ROUNDS = "rounds"
DRAWS = "draws"
PANELS = "panels"
VENUES = "venues"
SUGGESTIONS = "suggestions"

OF_TABLE: Mapping[str, str] = {
    "tournament": SETTINGS, "criterion": SETTINGS,
    "institution": PEOPLE, "team": PEOPLE, "team_break_category": PEOPLE,
    "team_break_preference": PEOPLE, "team_institution_conflict": PEOPLE,
    "team_team_conflict": PEOPLE, "speaker": PEOPLE, "speaker_category": PEOPLE,
    "speaker_speaker_category": PEOPLE, "adjudicator": PEOPLE, "base_score": PEOPLE,
    "adjudicator_institution_conflict": PEOPLE, "adjudicator_team_conflict": PEOPLE,
    "adjudicator_adjudicator_conflict": PEOPLE,
    "venue": VENUES, "venue_category": VENUES, "venue_venue_category": VENUES,
    "venue_constraint": VENUES,
    "motion": "motions", "round_motion": "motions",
    "question": FEEDBACK, "feedback": FEEDBACK, "feedback_answer": FEEDBACK,
    "break_category": BREAK, "break_team": BREAK, "break_lots": BREAK,
    "round": ROUNDS, "debate": DRAWS, "debate_side": DRAWS,
    "panel_member": PANELS, "debate_override": PANELS, "preformed_panel": PANELS,
    "preformed_panel_member": PANELS,
    "absent_team": "availability", "absent_adjudicator": "availability",
    "absent_venue": "availability", "side_allocation": "availability",
    "ballot": RESULTS, "ballot_veto": RESULTS, "ballot_sheet": RESULTS, "speech": RESULTS,
    "achievement": "awards", "schedule_event": "schedule", "schedule": "schedule",
    "check_in": "check_ins", "debate_flag": "overdue",
    "recommendation_answer": SUGGESTIONS,
}
"""The topic of each journaled table."""

ONE_ROUND = {DRAWS: "draw", PANELS: "panels", "availability": "availability"}
"""How a topic is called for one round, before the colon."""


def draw_of(seq: int) -> str:
    """Return the topic of one round's debates and sides."""
    return f"draw:{seq}"


def panels_of(seq: int) -> str:
    """Return the topic of one round's panels."""
    return f"panels:{seq}"


def availability_of(seq: int) -> str:
    """Return the topic of who and what is there in one round."""
    return f"availability:{seq}"


def touch_topics(unit: WriteUnit) -> None:
    """Move on the topics of everything that this unit changed."""
    journaled = [
        one for one in unit.changes if is_journaled(metadata.tables[one.table])]
    # of a debate whose status alone changed nobody asks which round it is in
    rounds = _rounds(unit, (one for one in journaled if not _is_only_its_status(one)))
    seen: set[tuple[str, int | None, int | None]] = set()
    for one in journaled:
        image = one.after or one.before or {}
        round_id = rounds.of(image)
        owner = _owner(unit, one, image)
        if _moves_results(one):
            unit.touch(RESULTS, tournament=owner)
        if _is_only_its_status(one):  # a ballot that comes in must not starve an allocation
            continue
        known = (one.table, owner, round_id)
        if known not in seen:
            seen.add(known)
            unit.touch(*_topics(one.table, rounds.seqs.get(round_id)), tournament=owner)


def _topics(table: str, seq: int | None) -> Iterator[str]:
    topic = OF_TABLE[table]
    yield topic
    if topic in ONE_ROUND and seq is not None:
        yield f"{ONE_ROUND[topic]}:{seq}"


def _owner(unit: WriteUnit, one: RowChange, image: Mapping[str, Any]) -> int | None:
    if one.table == "tournament":
        return one.row_id
    owner: int | None = image.get("tournament_id")
    return unit.header.tournament if owner is None else owner


def _moves_results(one: RowChange) -> bool:
    """Tell whether a debate came to count for something, or for nothing."""
    if one.table == "debate_side":
        return one.before is not None
    return (
        one.table == "debate" and one.before is not None
        and one.before["status"] != (one.after or {}).get("status")
    )


def _is_only_its_status(one: RowChange) -> bool:
    """Tell whether a debate is drawn as before, and only its result came or went."""
    if one.table != "debate" or one.before is None or one.after is None:
        return False
    return one.before == one.after | {"status": one.before["status"]}


class _Rounds:
    """The rounds of the changed rows: by their own column, or by that of their debate."""

    def __init__(self, of_debate: Mapping[int, int], seqs: Mapping[int | None, int]) -> None:
        self._of_debate = of_debate
        self.seqs = seqs

    def of(self, image: Mapping[str, Any]) -> int | None:
        if "round_id" in image:
            round_id: int | None = image["round_id"]
            return round_id
        return self._of_debate.get(image.get("debate_id", 0))


def _rounds(unit: ReadUnit, changes: Iterable[RowChange]) -> _Rounds:
    images = [
        one.after or one.before or {} for one in changes if OF_TABLE[one.table] in ONE_ROUND]
    debates = {
        image["debate_id"] for image in images
        if "round_id" not in image and image.get("debate_id") is not None
    }
    of_debate = dict(unit.fetch(
        select(debate.c.id, debate.c.round_id).where(debate.c.id.in_(debates)))) if debates else {}
    ids = {image["round_id"] for image in images if "round_id" in image} | set(of_debate.values())
    seqs = dict(unit.fetch(
        select(round_.c.id, round_.c.seq).where(round_.c.id.in_(ids)))) if ids else {}
    return _Rounds(of_debate, seqs)
