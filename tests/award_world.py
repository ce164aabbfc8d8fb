"""Small tournaments of which every figure is known, for tests of awards."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np

from tabapp.domain.achievements import AwardFacts, Earned, PanelColumns, RoundFact, evaluate
from tabapp.domain.achievements.facts import CHAIR, PANELLIST
from tabapp.domain.types import ResultData, RoundInfo, SpeakerInfo, Stage, TeamInfo

Marks = Sequence[Sequence[float | None]]
FOUR = (0, 1, 2, 3)
ORDER = (1, 2, 3, 4)


@dataclass(frozen=True)
class Room:
    """A debate: teams by side, their places in it from 1, and marks by side and position.

    ``speakers`` are numbers where others spoke than the team's own in order; a number that comes
    twice is an iron person, whose later speech counts for nothing. A bye has one team.
    """

    teams: tuple[int, ...]
    places: tuple[int, ...] = ()
    marks: Marks | None = None
    speakers: Sequence[Sequence[int]] | None = None
    replies: Sequence[tuple[int, float]] = ()
    panel: Sequence[tuple[int, int]] = ()
    votes: Sequence[tuple[int, int]] | None = None
    forfeits: frozenset[int] = frozenset()
    confirmed: bool = True
    name: str = ""


@dataclass(frozen=True)
class Played:
    """A round of rooms."""

    rooms: Sequence[Room]
    completed: bool = True
    stage: Stage = Stage.PRELIMINARY
    category: str | None = None
    silent: bool = False
    expected_end: datetime | None = None
    finished_at: datetime | None = None


@dataclass
class World:
    """A tournament of so many teams, each with so many speakers; ``swings`` are no real teams."""

    teams: int
    sides: int = 4
    line_up: int = 2
    judges: int = 2
    swings: frozenset[int] = frozenset()
    precedence: tuple[str, ...] = ("points", "speaks_sum")
    finished: bool = False
    sizes: Sequence[int] | None = None
    speakers_complete: frozenset[int] = frozenset()
    judges_complete: frozenset[int] = frozenset()
    rounds: list[Played] = field(default_factory=list)

    def play(self, *rooms: Room, **more: object) -> World:
        """Add a round."""
        self.rounds.append(replace(Played(rooms), **more))  # type: ignore[arg-type]
        return self

    def speaker(self, team: int, position: int) -> int:
        """Return the number of a team's speaker, by position from 0."""
        return team * self.line_up + position

    def facts(self) -> AwardFacts:
        """Lay the tournament out in columns."""
        team_rows: list[tuple[object, ...]] = []
        speech_rows: list[tuple[object, ...]] = []
        panels: list[tuple[int, int, int]] = []
        names: list[str] = []
        for at, played in enumerate(self.rounds):
            for room in played.rooms:
                number = len(names)
                names.append(room.name or f"D{number + 1}")
                team_rows += self._teams(number, at, played, room)
                speech_rows += self._speeches(number, at, room)
                panels += [(judge, number, role) for judge, role in room.panel]
        return self._made(team_rows, speech_rows, panels, names)

    def _teams(
        self, number: int, at: int, played: Played, room: Room
    ) -> list[tuple[object, ...]]:
        bye = len(room.teams) == 1
        rows: list[tuple[object, ...]] = []
        for side, team in enumerate(room.teams):
            place = room.places[side] if room.places else None
            points: float | None = None
            win: float | None = None
            if place is not None and room.confirmed and not bye:
                if played.stage is Stage.ELIMINATION and self.sides > 2:
                    win = float(place == 1)
                elif self.sides > 2:
                    points = float(self.sides - place)
                else:
                    points = win = float(place == 1)
            marks = room.marks[side] if room.marks and room.confirmed else ()
            known = [mark for mark in marks if mark is not None]
            votes = room.votes[side] if room.votes else (None, None)
            rows.append((
                team, number, at, -1 if bye else side, points, win, sum(known) if known else None,
                votes[0], votes[1], room.confirmed and bool(room.places), side in room.forfeits))
        return rows

    def _speeches(self, number: int, at: int, room: Room) -> list[tuple[object, ...]]:
        if not room.confirmed or room.marks is None:
            return []
        rows: list[tuple[object, ...]] = []
        for side, team in enumerate(room.teams):
            spoke: set[int] = set()
            for position, mark in enumerate(room.marks[side]):
                who = (
                    room.speakers[side][position] if room.speakers
                    else self.speaker(team, position))
                rows.append((who, team, number, at, position + 1, mark, who in spoke, False))
                spoke.add(who)
        rows += [
            (who, who // self.line_up, number, at, self.line_up + 1, mark, False, True)
            for who, mark in room.replies]
        return rows

    def _made(
        self, team_rows: Sequence[tuple[object, ...]], speech_rows: Sequence[tuple[object, ...]],
        panels: Sequence[tuple[int, int, int]], names: Sequence[str],
    ) -> AwardFacts:
        teams = list(zip(*team_rows, strict=True)) or [()] * 11
        spoken = list(zip(*speech_rows, strict=True)) or [()] * 8

        def whole(column: object) -> Any:
            return np.array(column, dtype=np.int64)

        def number(column: object) -> Any:
            return np.array(column, dtype=np.float64)

        def flag(column: object) -> Any:
            return np.array(column, dtype=np.bool_)

        size, speeches = len(team_rows), len(speech_rows)
        seated = np.array(panels, dtype=np.int64).reshape(len(panels), 3)
        speakers = self.teams * self.line_up
        return AwardFacts(
            results=ResultData(
                teams=tuple(
                    TeamInfo(f"T{i}", f"Team {i}", type="swing" if i in self.swings else "normal")
                    for i in range(self.teams)),
                speakers=tuple(
                    SpeakerInfo(f"S{i}", f"Speaker {i}", i // self.line_up)
                    for i in range(speakers)),
                rounds=tuple(
                    RoundInfo(at, one.stage, 1, one.silent)
                    for at, one in enumerate(self.rounds, start=1)),
                team_team=whole(teams[0]), team_debate=whole(teams[1]), team_round=whole(teams[2]),
                team_side=whole(teams[3]), team_points=number(teams[4]), team_win=number(teams[5]),
                team_score=number(teams[6]), team_margin=np.full(size, np.nan),
                team_votes_given=number(teams[7]), team_votes_possible=number(teams[8]),
                team_ghost=np.zeros(size, dtype=np.bool_),
                team_pullup=np.zeros(size, dtype=np.bool_), team_confirmed=flag(teams[9]),
                team_averaged=np.zeros(size, dtype=np.bool_),
                speech_speaker=whole(spoken[0]), speech_team=whole(spoken[1]),
                speech_debate=whole(spoken[2]), speech_round=whole(spoken[3]),
                speech_position=whole(spoken[4]), speech_score=number(spoken[5]),
                speech_rank=np.full(speeches, np.nan), speech_ghost=flag(spoken[6]),
                speech_reply=flag(spoken[7]),
            ),
            rounds=tuple(
                RoundFact(at, one.completed, one.category, one.expected_end, one.finished_at)
                for at, one in enumerate(self.rounds, start=1)),
            debates=tuple(names), team_forfeit=flag(teams[10]),
            judges=tuple(f"A{i}" for i in range(self.judges)),
            panels=PanelColumns(seated[:, 0], seated[:, 1], seated[:, 2]),
            precedence=self.precedence, sides=self.sides, line_up=self.line_up, step=1.0,
            team_sizes=whole(self.sizes or [self.line_up] * self.teams),
            speaker_complete=flag([i in self.speakers_complete for i in range(speakers)]),
            judge_complete=flag([i in self.judges_complete for i in range(self.judges)]),
            finished=self.finished,
        )

    def winners(self, key: str) -> dict[str, Earned]:
        """Return who has an award, by archive id."""
        found = evaluate(self.facts(), [key])
        assert len({(one.subject, one.round_seq) for one in found}) == len(found)
        return {one.subject: one for one in found}


def duel(
    one: int, other: int, winner: int = 0, marks: tuple[float, float] | None = None, **more: object
) -> Room:
    """Return a debate of two teams with one speaker each; ``winner`` is the side."""
    places = (1, 2) if winner == 0 else (2, 1)
    found = Room((one, other), places, marks=None if marks is None else [[m] for m in marks])
    return replace(found, **more)  # type: ignore[arg-type]


def duels(*winners: tuple[int, int], teams: int = 4, **more: object) -> World:
    """Return a tournament of two-team debates; each round has 0 against 1 and 2 against 3.

    A pair says which side wins in each of the two rooms.
    """
    world = World(teams, sides=2, line_up=1, **more)  # type: ignore[arg-type]
    for first, second in winners:
        world.play(duel(0, 1, first), duel(2, 3, second))
    return world


def fours(*places: tuple[int, ...]) -> World:
    """Return a BP tournament of one room: the places of the same four teams, round by round."""
    world = World(4)
    for one in places:
        world.play(Room(FOUR, one))
    return world


def finals(*, rooms: int = 1, completed: bool = True, category: str = "open") -> World:
    """Return three rounds, a semi-final and a final, or what should be one."""
    world = fours(*[ORDER] * 3)
    world.play(Room(FOUR, (1, 1, 3, 4)), stage=Stage.ELIMINATION, category="open")
    world.play(
        *(Room(FOUR, ORDER, panel=[(0, CHAIR), (1, PANELLIST)]) for _ in range(rooms)),
        stage=Stage.ELIMINATION, category=category, completed=completed)
    return world


def random_world(
    rng: random.Random, *, sides: int, line_up: int, scored: bool, replies: bool, rooms: int,
    rounds: int,
) -> World:
    """Return a tournament whose results are drawn by lot, with byes, forfeits and missing ones."""
    world = World(sides * rooms + 1, sides=sides, line_up=line_up, judges=rooms * 2)
    for number in range(rounds):
        order = rng.sample(range(world.teams), world.teams)
        judges = rng.sample(range(world.judges), world.judges)
        made = [Room((order[-1],), (1,))]
        for at in range(rooms):
            teams = tuple(order[at * sides:(at + 1) * sides])
            made.append(_random_room(rng, world, teams, judges[at * 2:at * 2 + 2], scored, replies))
        world.play(*made, completed=number < rounds - 1 or rng.random() < 0.7)
    return world


def _random_room(
    rng: random.Random, world: World, teams: tuple[int, ...], judges: Sequence[int],
    scored: bool, replies: bool,
) -> Room:
    marks = [[float(rng.randint(70, 80)) for _ in range(world.line_up)] for _ in teams]
    return Room(
        teams, tuple(rng.sample(range(1, len(teams) + 1), len(teams))),
        marks=marks if scored else None,
        replies=[(world.speaker(team, 0), float(rng.randint(35, 40))) for team in teams]
        if replies and scored else (),
        panel=[(judges[0], CHAIR), (judges[1], PANELLIST)],
        forfeits=frozenset({0}) if rng.random() < 0.05 else frozenset(),
        confirmed=rng.random() < 0.97,
    )
