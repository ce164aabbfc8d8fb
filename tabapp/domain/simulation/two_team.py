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
from tabapp.domain.simulation.marks import Row, keep_margin, lead, set_apart
from tabapp.domain.simulation.sheets import (
    Scene,
    choose_ghosts,
    choose_line_up,
    mark,
    rank_speeches,
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
    scene: Scene


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
        scene,
    )
    if room.kind not in _OF_JUDGES:
        severity = panel_severity(debate, talent)
        sheets = [_sheet(None, hear(exact, severity, rng), room)]
    else:
        sheets = [
            _sheet(judge, hear_alone(exact, judge, scene), room)
            for judge in judges_of(scene)
        ]
    return Ballot(version=1, status="confirmed", sheets=sheets)


def judges_of(scene: Scene) -> list[str]:
    """Return who hands in a sheet; raise ``UserError`` (``simulate_no_judges``) without any."""
    judges = voting_judges(scene.debate)
    if not judges:
        raise UserError("simulate_no_judges", debate=scene.debate.id)
    return judges


def hear_alone(exact: Exact, judge: str, scene: Scene) -> dict[str, list[float]]:
    """Return the marks as one judge hears them, who differs from the others of the panel."""
    severity = scene.talent.judges.get(judge, 0.0)
    return hear(exact, severity, scene.rng, view=_VIEW_SD, each=_HEARD_SD)


def hear(
    exact: Exact, severity: float, rng: random.Random, *, view: float = 0.0, each: float = 0.0
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
    settings, rng = room.scene.settings, room.scene.rng
    rule = settings.winners_in_ballots
    rows = {side: Row(marks, settings) for side, marks in heard.items()}
    if rule in {"none", "high-points"}:
        set_apart(rows[best], rows[other], settings, rng)
    else:
        if lead(rows[best], rows[other]) < 0.0:
            best, other = other, best
        keep_margin(rows[best], rows[other], settings, rng)
    if rule == "low-points" and rng.random() < _LOW_POINT_WINS:
        best = other
    scores = {side: row.scores for side, row in rows.items()}
    ranks = rank_speeches(room.scene, scores, heard)
    return Sheet(
        adjudicator=judge,
        winners=None if rule == "none" else [best],
        sides=[
            write_side(
                room.scene, side, room.line_up[side], scores[side], room.ghosts[side],
                ranks.get(side, ()))
            for side in room.line_up
        ],
    )
