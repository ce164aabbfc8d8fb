"""Rounds and awards as the public knows them, for tests of slides."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.domain.public import (
    PublicAward,
    PublicBallots,
    PublicBreak,
    PublicBreaking,
    PublicMotion,
    PublicOut,
    PublicPlace,
    PublicRoom,
    PublicRound,
    PublicSide,
    PublicStandings,
    PublicWinner,
    publish,
)
from tabapp.domain.types import BP_SIDES

HIDDEN = {"team": "Aldermere 1", "motion": "This House would publish the draw"}
"""Words that only a released draw, only a released motion has."""
NAMES = (
    "Aldermere", "青嶺", "Mwanzi", "Sông Xanh", "Harrowgate Inns", "الواحة", "한빛", "Заря",
    "मानसरोवर", "Çınaraltı", "University of the Northern Archipelago and Outer Islands",
)
INFO = "Publishing means that everybody can read it. " * 3


def team_names(count: int) -> list[str]:
    return [f"{NAMES[i % len(NAMES)]} {i // len(NAMES) + 1}" for i in range(count)]


def public_round(
    teams: int = 48, *, draw: bool = True, motions: bool = True, starts: str = "14:30",
    names: Sequence[str] = (), motion: str = HIDDEN["motion"], info: str = INFO,
) -> PublicRound:
    found = list(names) or team_names(teams)
    rooms = [
        PublicRoom(f"Maritime {at // 4 + 1}", tuple(
            PublicSide(side, found[at + i]) for i, side in enumerate(BP_SIDES)))
        for at in range(0, len(found), 4)
    ]
    return publish(
        name="Round 5", starts=starts, draw_released=draw, rooms=rooms,
        motions_released=motions, motions=[PublicMotion(motion, info)])


def public_standings(teams: int = 88) -> PublicStandings:
    """Points after two rounds, the most first."""
    return PublicStandings(("Round 1", "Round 2"), False, tuple(
        PublicPlace(one, str(6 - at * 7 // teams)) for at, one in enumerate(team_names(teams))))


def public_ballots(rooms: int = 22, out: int | None = None) -> PublicBallots:
    """Every second room is out; those on stairs have a runner, and the first ones are late."""
    runners = ("Mia", "Jonas Hartmann-Reinhardt", "")
    found = (rooms + 1) // 2 if out is None else out
    return PublicBallots("Round 5", rooms, tuple(
        PublicOut(f"Maritime {at // 4 + 1}.{at + 1}", runners[at % 3], 18 - at if at < 9 else None)
        for at in range(found)))


def public_break(teams: int = 16, names: Sequence[str] = ()) -> PublicBreak:
    """An open break of which the fifth and the sixth team are level, with rooms and judges."""
    found = list(names) or team_names(teams)
    return PublicBreak(
        "Open", tuple(
            PublicBreaking(
                one, 5 if at == 5 else at + 1, shared=at in (4, 5),
                home="The Honourable Society of Harrowgate Inns of Court",
                people=("Dylan Ferreira da Silva", "Viktor Haverkamp"),
                points=str(15 - at * 6 // len(found)))
            for at, one in enumerate(found)),
        rounds=6, rooms=public_round(names=found[: len(found) // 4 * 4]),
        judges=tuple(f"Judge {one}" for one in team_names(20)))


def public_awards(winners: int = 400) -> tuple[PublicAward, ...]:
    """A legendary award first, then rare ones, and last a common one that nearly all have."""
    names = team_names(max(winners, 6))
    upset = "Finished above {}, first on the tab, from place {} in Round {}."
    return (
        PublicAward(
            "champion", "teams", "Champions", "Win the final of a break category.", "award",
            "legendary", (PublicWinner(names[-2], "Won the Open Final."),)),
        PublicAward(
            "giant_killer", "teams", "Giant killer",
            "Finish above a leader of the tab from far below: an eighth of the field, 5 places at "
            "least.", "swords", "rare", tuple(
                PublicWinner(one, upset.format(names[0], 20 + at, at + 2))
                for at, one in enumerate(names[:3]))),
        PublicAward(
            "tournament_finished", "tournament", "Finished",
            "Complete every round, and play every break out.", "circle-check", "common",
            (PublicWinner("", "All of 9 rounds were held."),)),
        PublicAward(
            "first_win", "teams", "First win", "Win a debate.", "flag", "common",
            tuple(PublicWinner(one, "Won a debate in Round 1.") for one in names[:winners])),
    )
