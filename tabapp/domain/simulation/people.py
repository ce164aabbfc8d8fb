"""Made-up institutions, teams, speakers, judges and rooms: the registration of a tournament."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from tabapp.core.resources import resource_texts
from tabapp.domain.archive import (
    Adjudicator,
    BreakCategory,
    Institution,
    Motion,
    Speaker,
    SpeakerCategory,
    Team,
    Venue,
    VenueCategory,
    VenueConstraint,
)
from tabapp.domain.simulation.seeds import derive_rng, derive_seed

# Judges for each debate, as measured: 2.85 in all, of whom 0.42 are trainees.
VOTING_PER_DEBATE = 2.43
TRAINEES_PER_DEBATE = 0.42

# Shares chosen to look like an open tournament.
_TEAMS_PER_INSTITUTION = 2.3
_SECOND_LANGUAGE = 0.35  # of teams, eligible as a whole
_MIXED = 0.1  # teams of which one speaker only speaks a second language
_NOVICE = 0.15
_AFFILIATED = 0.9  # of judges, at most
_AFFILIATED_EACH = 0.04  # and at most this for each institution, so that rooms can be judged
_PERSONAL_CONFLICT = 0.06
_CHIEFS = 3
_STEP_FREE = 0.25
_SPARE_ROOMS = 0.1

OPEN, SECOND_LANGUAGE = "BC1", "BC2"
_ESL, _NOVICES = "SC1", "SC2"
_STEP_FREE_ROOMS, _NEAR_ROOMS = "VC1", "VC2"


@cache
def _lists(name: str) -> Any:
    return json.loads(resource_texts("demo", suffix=".json")[name])


def make_institutions(teams: int, seed: int) -> list[Institution]:
    """Make institutions for so many teams, each with a code of its own."""
    rng = derive_rng(seed, "institutions")
    data = _lists("institutions")
    places: list[str] = list(data["places"])
    number = max(2, round(teams / _TEAMS_PER_INSTITUTION))
    number = min(number, len(places) * len(data["forms"]))
    rng.shuffle(places)
    forms = {place: rng.sample(data["forms"], len(data["forms"])) for place in places}
    region = {place: rng.choice(data["regions"]) for place in places}
    made = []
    for index in range(number):
        again, which = divmod(index, len(places))
        place = places[which]
        form = forms[place][again]
        made.append(Institution(
            id=f"I{index + 1}",
            name=form["name"].format(place=place),
            code=form["code"].format(place=place),
            region=region[place],
        ))
    return made


def make_categories(
    size: int, second_size: int
) -> tuple[list[BreakCategory], list[SpeakerCategory]]:
    """Make the open and the second-language break, and two speaker categories."""
    breaks = [
        BreakCategory(
            id=OPEN, name="Open", slug="open", seq=1, size=size, priority=30, general=True,
        ),
        BreakCategory(
            id=SECOND_LANGUAGE, name="ESL", slug="esl", seq=2, size=second_size, priority=20,
        ),
    ]
    speakers = [
        SpeakerCategory(id=_ESL, name="ESL", slug="esl", seq=1),
        SpeakerCategory(id=_NOVICES, name="Novice", slug="novice", seq=2),
    ]
    return breaks, speakers


def make_teams(
    number: int, swings: int, per_team: int, institutions: Sequence[Institution], seed: int
) -> tuple[list[Team], list[Speaker]]:
    """Make teams with their speakers; swing teams come last and are eligible for no break."""
    rng = derive_rng(seed, "teams")
    names = iter(_names(derive_seed(seed, "speakers"), half=0))
    homes = list(institutions[:number])
    homes += rng.choices(institutions, k=number - len(homes))
    homes.sort(key=institutions.index)
    letters: dict[str, int] = {}
    eligible = set(rng.sample(range(number), max(min(number, 4), round(number * _SECOND_LANGUAGE))))
    teams: list[Team] = []
    speakers: list[Speaker] = []
    for index, home in enumerate(homes):
        letter = letters[home.id] = letters.get(home.id, -1) + 1
        name = f"{home.code} {_letter(letter)}"
        second = [index in eligible] * per_team
        if index not in eligible and rng.random() < _MIXED:
            second[0] = per_team > 1
        novice = rng.random() < _NOVICE
        teams.append(Team(
            id=f"T{index + 1}", name=name, short_name=name, institution=home.id,
            break_categories=[OPEN, SECOND_LANGUAGE] if all(second) else [OPEN],
            institution_conflicts=[home.id],
        ))
        for is_second in second:
            categories = [_ESL] * is_second + [_NOVICES] * novice
            speakers.append(_speaker(speakers, next(names), teams[-1], categories))
    for index in range(swings):
        name = f"Swing {_letter(index)}"
        teams.append(Team(
            id=f"T{number + index + 1}", name=name, short_name=name, type="swing",
        ))
        for _member in range(per_team):
            speakers.append(_speaker(speakers, next(names), teams[-1], []))
    return teams, speakers


def make_judges(
    debates: int, institutions: Sequence[Institution], teams: Sequence[Team], seed: int,
    score_range: tuple[float, float],
) -> list[Adjudicator]:
    """Make as many judges and trainees as such a tournament has, with their conflicts.

    Where there are few rooms, the chief adjudicators have none, so that each room can be judged.
    """
    rng = derive_rng(seed, "judges")
    names = iter(_names(derive_seed(seed, "judges", "names"), half=1))
    low, high = score_range
    voting = max(debates, round(debates * VOTING_PER_DEBATE))
    number = voting + round(debates * TRAINEES_PER_DEBATE)
    known = [team for team in teams if team.institution is not None]
    affiliated = min(_AFFILIATED, _AFFILIATED_EACH * len(institutions))
    made: list[Adjudicator] = []
    for index in range(number):
        trainee = index >= voting
        level = rng.uniform(0.15, 0.35) if trainee else min(max(rng.gauss(0.6, 0.17), 0.3), 0.98)
        home = rng.choice(institutions).id if rng.random() < affiliated else None
        neutral = index < _CHIEFS and debates <= _CHIEFS
        if neutral:
            home = None
        judge = Adjudicator(
            id=f"A{index + 1}", name=next(names), institution=home,
            base_score=round(low + level * (high - low), 1), trainee=trainee,
            independent=home is None, adj_core=index < _CHIEFS,
            institution_conflicts=[] if home is None else [home],
        )
        if rng.random() < _PERSONAL_CONFLICT and not neutral:
            judge.team_conflicts = [rng.choice(known).id]
        if made and rng.random() < _PERSONAL_CONFLICT and not neutral:
            judge.adjudicator_conflicts = [rng.choice(made).id]
        made.append(judge)
    return made


def make_rooms(
    debates: int, teams: Sequence[Team], judges: Sequence[Adjudicator], seed: int
) -> tuple[list[VenueCategory], list[Venue], list[VenueConstraint]]:
    """Make rooms, some to spare, and the wishes of a team and of a judge."""
    rng = derive_rng(seed, "rooms")
    buildings: list[str] = _lists("venues")["buildings"]
    number = debates + max(1, round(debates * _SPARE_ROOMS))
    categories = [
        VenueCategory(id=_STEP_FREE_ROOMS, name="Step-free"),
        VenueCategory(id=_NEAR_ROOMS, name="Near the hall"),
    ]
    rooms = []
    for index in range(number):
        building, room = divmod(index, 12)
        step_free = index == 0 or rng.random() < _STEP_FREE
        rooms.append(Venue(
            id=f"V{index + 1}",
            name=f"{buildings[building % len(buildings)]} {100 * (1 + room // 6) + room + 1}"
            + (f" ({building // len(buildings) + 1})" if building >= len(buildings) else ""),
            priority=10 if index < debates else 1,
            capacity=rng.choice((15, 20, 30)),
            categories=[_STEP_FREE_ROOMS] * step_free + [_NEAR_ROOMS] * (building == 0),
        ))
    wishes = [
        VenueConstraint(
            kind="adjudicator", subject=rng.choice(judges).id, category=_NEAR_ROOMS, priority=50,
        ),
        VenueConstraint(
            kind="team", subject=rng.choice(teams).id, category=_STEP_FREE_ROOMS, priority=100,
        ),
    ]
    return categories, rooms, wishes


def make_seeds(teams: Sequence[Team], seed: int) -> None:
    """Seed the teams from 0 (unseeded) to 3 (full); swing teams are unseeded."""
    rng = derive_rng(seed, "seeds")
    for team in teams:
        team.seed = 0.0 if team.type == "swing" else float(rng.choice((0, 0, 1, 1, 2, 3)))


def make_motions(number: int, seed: int) -> list[Motion]:
    """Make a motion for each round; the list begins again when it is used up."""
    known = _lists("motions")
    order = derive_rng(seed, "motions").sample(known, len(known))
    return [
        Motion(id=f"M{index + 1}", **order[index % len(order)]) for index in range(number)
    ]


def _speaker(
    before: Sequence[Speaker], name: str, team: Team, categories: list[str]
) -> Speaker:
    return Speaker(id=f"S{len(before) + 1}", name=name, team=team.id, categories=categories)


def _letter(index: int) -> str:
    """Return A, B, … Z, AA, AB, …"""
    more, last = divmod(index, 26)
    return (_letter(more - 1) if more else "") + chr(ord("A") + last)


@lru_cache(maxsize=4)  # a tournament is often made twice, to be compared or to be played on
def _names(seed: int, *, half: int) -> tuple[str, ...]:
    """Return names without repeats; speakers and judges take theirs from separate halves."""
    pairs = list(_pairs(half))
    random.Random(seed).shuffle(pairs)
    return tuple(pairs)


@cache
def _pairs(half: int) -> tuple[str, ...]:
    data = _lists("people")
    return tuple(
        f"{given} {family}"
        for first, given in enumerate(data["given"])
        for second, family in enumerate(data["family"])
        if (first + second) % 2 == half
    )
