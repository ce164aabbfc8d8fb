"""Checks rounds, draws and panels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tabapp.domain.archive import Archive, Debate, PanelMember, Round
from tabapp.domain.setup import MOST_WEIGHT
from tabapp.domain.slots import slots
from tabapp.domain.types import TWO_SIDES, Side
from tabapp.exchange.findings import Findings
from tabapp.exchange.known import Known

IMPORTANCES = range(-2, 3)
"""Values that a debate's importance can have."""

_ALL_SIDES = frozenset(side.value for side in Side)


def check_rounds(archive: Archive, known: Known, found: Findings) -> None:
    """Check every round with its debates and panels, and who is in two rooms at once."""
    for seq, count in Counter(round_.seq for round_ in archive.rounds).items():
        if count > 1:
            found.error(f"round {seq}", "import_duplicate_seq", seq=seq)
        if seq < 1:
            found.error(f"round {seq}", "import_bad_seq", seq=seq)
    at_once: dict[int, _Slot] = {}
    for round_, first in zip(archive.rounds, slots(archive.rounds), strict=True):
        _check_round(round_, known, found)
        slot = at_once.setdefault(first, _Slot(known, found))
        for debate in round_.debates:
            _check_debate(debate, round_, known, found)
            slot.add(debate, round_)


class _Slot:
    """Everyone who is somewhere during one stretch of time."""

    def __init__(self, known: Known, found: Findings) -> None:
        self._known = known
        self._found = found
        self._teams: dict[str, str] = {}
        self._judges: dict[str, str] = {}
        self._venues: dict[str, str] = {}

    def add(self, debate: Debate, round_: Round) -> None:
        where = debate_place(debate, round_)
        for side in debate.sides:
            first = self._teams.setdefault(side.team, debate.id)
            if first != debate.id:
                name = self._known.team(side.team)
                self._found.error(
                    where, "import_team_in_two_rooms", team=name, debate=debate.id, other=first
                )
        for judge in dict.fromkeys(member.adjudicator for member in debate.panel):
            first = self._judges.setdefault(judge, debate.id)
            if first != debate.id:
                name = self._known.judge(judge)
                self._found.error(
                    where, "import_judge_in_two_rooms", judge=name, debate=debate.id, other=first
                )
        if debate.venue is not None:
            first = self._venues.setdefault(debate.venue, debate.id)
            if first != debate.id:
                name = self._known.venues.get(debate.venue, debate.venue)
                self._found.warn(
                    where, "import_venue_twice", venue=name, debate=debate.id, other=first
                )


def debate_place(debate: Debate, round_: Round) -> str:
    """Name a debate for a problem."""
    return f"debate {debate.id} (round {round_.seq})"


def _check_round(round_: Round, known: Known, found: Findings) -> None:
    where = f"round {round_.seq}"
    elimination = round_.stage == "elimination"
    if elimination != (round_.draw_type == "elimination"):
        found.error(
            where, "import_stage_contradicts_draw", stage=round_.stage, draw=round_.draw_type
        )
    if elimination and round_.break_category is None:
        found.error(where, "import_no_break_category")
    if not elimination and round_.break_category is not None:
        found.error(where, "import_needless_break_category", category=round_.break_category)
    if not 0 <= round_.weight <= MOST_WEIGHT:
        found.error(where, "import_bad_weight", weight=round_.weight, most=MOST_WEIGHT)
    found.ref(where, "break category", round_.break_category, known.break_slugs)
    found.refs(where, "motion", round_.motions, known.motions)
    found.refs(where, "team", round_.absent_teams, known.teams)
    found.refs(where, "adjudicator", round_.absent_adjudicators, known.adjudicators)
    found.refs(where, "venue", round_.absent_venues, known.venues)
    found.refs(where, "team", round_.side_allocations, known.teams)
    for side in sorted(set(round_.side_allocations.values())):
        _check_side(where, side, known, found)
    for panel in round_.preformed_panels:
        _check_seats(f"preformed panel {panel.room_rank} of {where}", panel.panel, known, found)


def _check_debate(debate: Debate, round_: Round, known: Known, found: Findings) -> None:
    where = debate_place(debate, round_)
    found.ref(where, "venue", debate.venue, known.venues)
    if debate.importance not in IMPORTANCES:
        found.error(
            where, "import_bad_importance", debate=debate.id, importance=debate.importance,
            lowest=IMPORTANCES[0], highest=IMPORTANCES[-1],
        )
    for override in debate.overrides:
        if override.team is not None and override.other is not None:
            found.error(
                where, "import_override_of_two", judge=known.judge(override.adjudicator),
                team=known.team(override.team), other=known.judge(override.other),
            )
        found.ref(where, "adjudicator", override.adjudicator, known.adjudicators)
        found.ref(where, "team", override.team, known.teams)
        found.ref(where, "adjudicator", override.other, known.adjudicators)
    _check_sides(debate, where, known, found)
    _check_seats(where, debate.panel, known, found)
    _check_conflicts(debate, where, known, found)
    _check_votes(debate, round_, where, known, found)


def _check_sides(debate: Debate, where: str, known: Known, found: Findings) -> None:
    for side in debate.sides:
        found.ref(where, "team", side.team, known.teams)
        _check_side(where, side.side, known, found)
    sides = [side.side for side in debate.sides]
    for name, count in Counter(sides).items():
        if count > 1:
            found.error(where, "import_side_twice", side=name, debate=debate.id)
    for team, count in Counter(side.team for side in debate.sides).items():
        if count > 1:
            found.error(where, "import_team_twice", team=known.team(team), debate=debate.id)
    if Side.BYE in sides:
        if len(sides) > 1:
            found.error(where, "import_bye_not_alone", debate=debate.id)
    elif known.settings is not None and len(sides) < len(known.settings.sides):
        missing = ", ".join(side for side in known.settings.sides if side not in sides)
        report = found.error if is_confirmed(debate) else found.warn
        report(where, "import_sides_missing", debate=debate.id, sides=missing)


def is_confirmed(debate: Debate) -> bool:
    """Claim that the debate has a result that counts."""
    return any(ballot.status == "confirmed" for ballot in debate.ballots)


def _check_side(where: str, side: str, known: Known, found: Findings) -> None:
    if known.settings is None:
        allowed = _ALL_SIDES
    else:
        allowed = frozenset({*(side.value for side in known.settings.sides), Side.BYE.value})
    if side not in allowed:
        found.error(where, "import_unknown_side", side=side, sides=", ".join(sorted(allowed)))


def _check_seats(
    where: str, panel: Sequence[PanelMember], known: Known, found: Findings
) -> None:
    found.refs(where, "adjudicator", (seat.adjudicator for seat in panel), known.adjudicators)
    chairs = [known.judge(seat.adjudicator) for seat in panel if seat.role == "chair"]
    if len(chairs) > 1:
        found.error(where, "import_two_chairs", chairs=", ".join(chairs))
    if panel and not chairs:
        found.warn(where, "import_no_chair")


def _check_conflicts(debate: Debate, where: str, known: Known, found: Findings) -> None:
    allowed = {(over.adjudicator, over.team) for over in debate.overrides if over.team}
    for over in debate.overrides:
        if over.other:
            allowed |= {(over.adjudicator, over.other), (over.other, over.adjudicator)}
    judges = [seat.adjudicator for seat in debate.panel]
    for place, judge in enumerate(judges):
        against = known.team_clashes.get(judge, frozenset())
        for side in debate.sides:
            if side.team in against and (judge, side.team) not in allowed:
                found.warn(
                    where, "import_conflict_with_team",
                    judge=known.judge(judge), team=known.team(side.team), debate=debate.id,
                )
        clashes = known.judge_clashes.get(judge, frozenset())
        for other in judges[place + 1 :]:
            if other in clashes and (judge, other) not in allowed:
                found.warn(
                    where, "import_conflict_with_judge",
                    judge=known.judge(judge), other=known.judge(other), debate=debate.id,
                )


def _check_votes(
    debate: Debate, round_: Round, where: str, known: Known, found: Findings
) -> None:
    if known.settings is None:
        return
    elimination = round_.stage == "elimination"
    ballots = (
        known.settings.ballots_per_debate_elim
        if elimination
        else known.settings.ballots_per_debate_prelim
    )
    votes = sum(seat.role != "trainee" for seat in debate.panel)
    is_vote = ballots == "per-adj" and known.settings.teams_in_debate == len(TWO_SIDES)
    if is_vote and votes and votes % 2 == 0:
        found.warn(where, "import_even_panel", votes=votes, debate=debate.id)
