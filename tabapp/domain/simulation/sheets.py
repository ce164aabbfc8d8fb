"""Who gives each speech, and the ballot paper that results."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.domain.archive import Criterion, Debate, SideSheet, Speech
from tabapp.domain.formats import Settings
from tabapp.domain.simulation.rubric import split_score
from tabapp.domain.simulation.talent import SPEECH_SD, Talent

_SWAP = 0.3  # how often partners speak in the other order


@dataclass(frozen=True, slots=True)
class Scene:
    """A debate to be played: who is there, and by which rules, talents and random numbers.

    ``speakers`` and ``irons`` are by team (see ``simulate_ballot``); sides in ``forfeit`` are away.
    ``criteria`` are what substantive speeches are marked by, if anything but a score.
    """

    debate: Debate
    talent: Talent
    settings: Settings
    rng: random.Random
    speakers: Mapping[str, Sequence[str]]
    irons: Mapping[str, str]
    forfeit: Collection[str]
    criteria: Sequence[Criterion] = ()

    @property
    def teams(self) -> dict[str, str]:
        """The team of each side."""
        return {side.side: side.team for side in self.debate.sides}


def choose_line_up(scene: Scene, team: str, *, reply: bool = False) -> list[str]:
    """Return who gives each speech in speaking order, with a ``reply`` at the end.

    Whoever stands in ``irons`` gives the first and the last speech, and of two speeches both.
    Raises ``UserError`` (``simulate_no_speakers``).
    """
    members, rng = list(scene.speakers.get(team, ())), scene.rng
    if not members:
        raise UserError("simulate_no_speakers", team=team)
    count = scene.settings.substantive_speakers
    if team in scene.irons:
        alone = scene.irons[team]
        between = [member for member in members if member != alone] or [alone]
        middle = [between[place % len(between)] for place in range(max(count - 2, 0))]
        line_up = [alone, *middle, alone][:count]
    else:
        chosen = members[:count]
        if rng.random() < _SWAP:
            chosen.reverse()
        line_up = [chosen[number % len(chosen)] for number in range(count)]
    if reply:
        # many circuits do not let the last speaker reply
        able = [member for member in line_up if member != line_up[-1]]
        line_up.append(rng.choice(able or line_up))
    return line_up


def mark(scene: Scene, line_up: Sequence[str], day: float) -> list[float]:
    """Return the exact marks of a team's speeches on the scale from 50 to 99.

    ``day`` is what an average speaker of the team gets in this room.
    """
    return [
        day + scene.talent.speakers.get(speaker, 0.0) + scene.rng.gauss(0.0, SPEECH_SD)
        for speaker in line_up
    ]


def choose_ghosts(
    line_up: Sequence[str], marks: Sequence[float], settings: Settings
) -> frozenset[int]:
    """Return the places of speeches that do not count: all but the best of the same speaker.

    A reply is never one of them.
    """
    heard = range(min(settings.substantive_speakers, len(line_up)))
    best: dict[str, int] = {}
    for place in sorted(heard, key=lambda place: (-marks[place], place)):
        best.setdefault(line_up[place], place)
    return frozenset(heard) - frozenset(best.values())


def write_side(
    scene: Scene,
    side: str,
    line_up: Sequence[str],
    scores: Sequence[float],
    ghosts: Collection[int],
    ranks: Sequence[int] = (),
) -> SideSheet:
    """Write a team's speeches, with marks by criterion where there are criteria.

    ``ranks`` are those of its first speeches, where they are asked. Replies have a score alone.
    """
    heard = scene.settings.substantive_speakers
    return SideSheet(side=side, speeches=[
        Speech(
            position=place + 1, speaker=speaker, score=score, ghost=place in ghosts,
            rank=ranks[place] if place < len(ranks) else None,
            criteria=split_score(score, scene.criteria, scene.rng) if place < heard else {},
        )
        for place, (speaker, score) in enumerate(zip(line_up, scores, strict=True))
    ])


def rank_speeches(
    scene: Scene, scores: Mapping[str, Sequence[float]], heard: Mapping[str, Sequence[float]]
) -> dict[str, list[int]]:
    """Rank the substantive speeches of a room, by side; none unless ballots ask for it.

    With ``high-points`` by mark, equal ones by what was ``heard``; with ``any`` by that alone, so
    that now and then a lower mark stands above a higher one.
    """
    rule = scene.settings.speaker_ranks
    if rule == "none":
        return {}
    count = scene.settings.substantive_speakers
    order = sorted(
        ((side, place) for side in scores for place in range(count)),
        key=lambda at: (
            -scores[at[0]][at[1]] if rule == "high-points" else 0.0, -heard[at[0]][at[1]]),
    )
    return {side: [order.index((side, place)) + 1 for place in range(count)] for side in scores}
