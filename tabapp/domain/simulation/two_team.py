"""Results of debates between two teams, by the room or judge by judge, with split panels.

How marks spread is taken from BP, since nothing else is measured; the sides are even, as in 19,614
decisions. How far judges of one panel differ is chosen so that about a quarter of panels of
three split.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.domain.archive import Ballot, Sheet
from tabapp.domain.ballots import ResultType, result_type
from tabapp.domain.formats import Settings
from tabapp.domain.simulation.marks import Row, keep_margin, lead, set_apart
from tabapp.domain.simulation.sheets import (
    Scene,
    choose_ghosts,
    choose_line_up,
    mark,
    write_side,
)
from tabapp.domain.simulation.talent import (
    MEAN_MARK,
    TEAM_DAY_SD,
    panel_severity,
    voting_judges,
)
from tabapp.domain.types import TWO_SIDES, Stage

_VIEW_SD = 1.1  # of what one judge makes of one team
_HEARD_SD = 0.7  # of what one judge makes of one speech
_LOW_POINT_WINS = 0.05  # where ballots allow them

_OF_JUDGES = (ResultType.PANEL_SCORES, ResultType.PANEL_WINNERS)
_SCORED = (ResultType.PANEL_SCORES, ResultType.CONSENSUS_SCORES)

Exact = Mapping[str, Sequence[float]]
"""Side to the exact marks of its speeches on the scale from 50 to 99, the reply's included."""


@dataclass(frozen=True, slots=True)
class _Room:
    """What every sheet of one debate shares: who spoke, and which speeches are ghosts."""

    kind: ResultType
    line_up: Mapping[str, Sequence[str]]
    ghosts: Mapping[str, frozenset[int]]
    settings: Settings
    rng: random.Random


def two_team_ballot(scene: Scene, stage: Stage) -> Ballot:
    """Return a confirmed ballot of a debate of two teams, with the sheets that its stage asks for.

    After a forfeit there is nothing to mark and no sheet. Raises ``UserError``
    (``simulate_no_judges``, ``simulate_no_speakers``, ``simulate_range_too_small``).
    """
    absent = [side.value for side in TWO_SIDES if side in scene.forfeit]
    if absent:
        return Ballot(version=1, status="confirmed", forfeit=absent)
    debate, talent, settings, rng = scene.debate, scene.talent, scene.settings, scene.rng
    teams = scene.teams
    line_up = {
        side.value: choose_line_up(scene, teams[side], reply=settings.reply_scores_enabled)
        for side in TWO_SIDES
    }
    exact = {
        side: mark(scene, speaking, MEAN_MARK + rng.gauss(0.0, TEAM_DAY_SD))
        for side, speaking in line_up.items()
    }
    room = _Room(
        result_type(settings, stage, len(TWO_SIDES)), line_up,
        {side: choose_ghosts(line_up[side], exact[side], settings) for side in line_up},
        settings, rng,
    )
    if room.kind not in _OF_JUDGES:
        severity = panel_severity(debate, talent)
        sheets = [_sheet(None, _heard(exact, severity, 0.0, 0.0, rng), room)]
    else:
        judges = voting_judges(debate)
        if not judges:
            raise UserError("simulate_no_judges", debate=debate.id)
        sheets = [
            _sheet(
                judge,
                _heard(exact, talent.judges.get(judge, 0.0), _VIEW_SD, _HEARD_SD, rng), room)
            for judge in judges
        ]
    return Ballot(version=1, status="confirmed", sheets=sheets)


def _heard(
    exact: Exact, severity: float, view: float, each: float, rng: random.Random
) -> dict[str, list[float]]:
    """Return the marks as one judge, or the panel together, hears them."""
    found = {}
    for side, marks in exact.items():
        of_team = severity + rng.gauss(0.0, view)
        found[side] = [mark + of_team + rng.gauss(0.0, each) for mark in marks]
    return found


def _sheet(judge: str | None, heard: Exact, room: _Room) -> Sheet:
    best, other = sorted(heard, key=lambda side: -sum(heard[side]))
    if room.kind not in _SCORED:
        return Sheet(adjudicator=judge, winners=[best], sides=[])
    rule, rng = room.settings.winners_in_ballots, room.rng
    rows = {side: Row(marks, room.settings) for side, marks in heard.items()}
    if rule in {"none", "high-points"}:
        set_apart(rows[best], rows[other], room.settings, rng)
    else:
        if lead(rows[best], rows[other]) < 0.0:
            best, other = other, best
        keep_margin(rows[best], rows[other], room.settings, rng)
    if rule == "low-points" and rng.random() < _LOW_POINT_WINS:
        best = other
    ranks = _ranks(rows, heard, room)
    return Sheet(
        adjudicator=judge,
        winners=None if rule == "none" else [best],
        sides=[
            write_side(
                side, room.line_up[side], rows[side].scores, room.ghosts[side],
                ranks.get(side, ()))
            for side in room.line_up
        ],
    )


def _ranks(rows: Mapping[str, Row], heard: Exact, room: _Room) -> dict[str, list[int]]:
    """Rank the substantive speeches by mark, equal marks by what was heard; none unless asked."""
    if room.settings.speaker_ranks == "none":
        return {}
    count = room.settings.substantive_speakers
    order = sorted(
        ((side, place) for side in rows for place in range(count)),
        key=lambda at: (-rows[at[0]].scores[at[1]], -heard[at[0]][at[1]]),
    )
    return {side: [order.index((side, place)) + 1 for place in range(count)] for side in rows}
