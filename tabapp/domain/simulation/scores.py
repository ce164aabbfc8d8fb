"""Results like real ones: marks, places and positions as measured on 56 BP tabs.

The model: a speech's mark is the speaker's own mean (a share of it is the team's), plus the day of
the team, the position's effect, the severity of the panel and the luck of the speech. Marks are
whole steps and totals of one room always differ, as every tab program enforces.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence

from tabapp.core.errors import UserError
from tabapp.domain.archive import Ballot, Criterion, Debate, Round, Sheet, SideSheet
from tabapp.domain.ballots import ResultType, result_type
from tabapp.domain.formats import Settings
from tabapp.domain.simulation.marks import apart_in_steps
from tabapp.domain.simulation.seeds import derive_rng
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
    Talent,
    panel_severity,
)
from tabapp.domain.simulation.two_team import hear_alone, judges_of, two_team_ballot
from tabapp.domain.types import BP_SIDES, TWO_SIDES, Stage

# Marks for each speech, fitted so that points come near OG 1.511, OO 1.711, CG 1.342, CO 1.436.
_POSITION = {"og": 0.02, "oo": 0.42, "cg": -0.30, "co": -0.14}

_FOUR = sorted(side.value for side in BP_SIDES)
_TWO = sorted(side.value for side in TWO_SIDES)


def simulate_ballot(
    debate: Debate,
    talent: Talent,
    settings: Settings,
    *,
    rng: random.Random,
    speakers: Mapping[str, Sequence[str]],
    irons: Mapping[str, str] | None = None,
    forfeit: Collection[str] = (),
    advancing: int | None = None,
    criteria: Sequence[Criterion] = (),
) -> Ballot:
    """Return a confirmed ballot of one debate of two or four teams.

    ``speakers`` maps each team to its speakers, ``irons`` a team to the one speaker who speaks
    more than once (a team with too few speakers has one anyway; the lower mark is the ghost).
    Sides in ``forfeit`` have no speeches. ``advancing`` is given in elimination rounds: the sheet
    of four teams only names that many. By ``criteria`` each substantive speech is marked. Raises
    ``UserError`` (``simulate_other_room``, ``simulate_no_speakers``, ``simulate_no_judges``,
    ``simulate_range_too_small``, ``simulate_criteria_do_not_fit``).
    """
    scene = Scene(
        debate, talent, settings, rng, speakers, irons or {}, forfeit, tuple(criteria))
    present = sorted(side.side for side in debate.sides)
    if present == _TWO:
        return two_team_ballot(
            scene, Stage.PRELIMINARY if advancing is None else Stage.ELIMINATION)
    if present != _FOUR:
        raise UserError("simulate_other_room", debate=debate.id, sides=len(debate.sides))
    return _four_team_ballot(scene, advancing)


def simulate_round(
    round_: Round,
    talent: Talent,
    settings: Settings,
    *,
    seed: int,
    speakers: Mapping[str, Sequence[str]],
    irons: Mapping[str, str] | None = None,
    forfeits: Mapping[str, Collection[str]] | None = None,
    last: bool = False,
    criteria: Sequence[Criterion] = (),
) -> dict[str, Ballot]:
    """Return a ballot for each debate of the round, byes and postponed ones left out.

    Each debate has random numbers of its own, so that one more or less changes no other.
    ``forfeits`` maps debates to sides; ``last`` marks a final, from which one team goes on.
    """
    advancing = None if round_.stage == "preliminary" else 1 if last else 2
    return {
        debate.id: simulate_ballot(
            debate, talent, settings,
            rng=derive_rng(seed, "ballot", round_.seq, debate.id),
            speakers=speakers, irons=irons, advancing=advancing,
            forfeit=(forfeits or {}).get(debate.id, ()), criteria=criteria,
        )
        for debate in round_.debates
        if debate.status != "postponed" and len(debate.sides) > 1
    }


def _four_team_ballot(scene: Scene, advancing: int | None) -> Ballot:
    settings, rng, teams = scene.settings, scene.rng, scene.teams
    order = [side.value for side in BP_SIDES]
    standing = [side for side in order if side not in scene.forfeit]
    panel = panel_severity(scene.debate, scene.talent)
    line_up = {side: choose_line_up(scene, teams[side]) for side in standing}
    marks = {
        side: mark(
            scene, line_up[side],
            MEAN_MARK + panel + _POSITION[side] + rng.gauss(0.0, TEAM_DAY_SD))
        for side in standing
    }
    stage = Stage.PRELIMINARY if advancing is None else Stage.ELIMINATION
    if advancing is not None:
        best = sorted(standing, key=lambda side: -sum(marks[side]))[:advancing]
        sheets = [Sheet(winners=[side for side in order if side in best], sides=[])]
    elif result_type(settings, stage, len(order)) is ResultType.PUBLIC_SPEAKING:
        alone = {side: [each - panel for each in row] for side, row in marks.items()}
        ghosts = {
            side: choose_ghosts(line_up[side], marks[side], settings) for side in standing}
        sheets = [
            Sheet(adjudicator=judge, sides=_sides(
                scene, line_up, hear_alone(alone, judge, scene), ghosts))
            for judge in judges_of(scene)
        ]
    elif result_type(settings, stage, len(order)) is ResultType.CONSENSUS_WINNERS:
        places = sorted(standing, key=lambda side: -sum(marks[side]))
        sheets = [Sheet(ranks={side: places.index(side) + 1 for side in standing}, sides=[])]
    else:
        sheets = [Sheet(sides=_sides(scene, line_up, marks))]
    return Ballot(
        version=1, status="confirmed",
        forfeit=[side for side in order if side in scene.forfeit], sheets=sheets,
    )


def _sides(
    scene: Scene,
    line_up: Mapping[str, Sequence[str]],
    heard: Mapping[str, Sequence[float]],
    ghosts: Mapping[str, Collection[int]] | None = None,
) -> list[SideSheet]:
    """Write a sheet of marks; the lower mark of an iron person is the ghost unless it is said."""
    settings = scene.settings
    marks = apart_in_steps([list(row) for row in heard.values()], settings, scene.rng)
    scores = dict(zip(heard, marks, strict=True))
    ranks = rank_speeches(scene, scores, heard)
    return [
        write_side(
            scene, side, line_up[side], row,
            choose_ghosts(line_up[side], row, settings) if ghosts is None else ghosts[side],
            ranks.get(side, ()))
        for side, row in scores.items()
    ]
