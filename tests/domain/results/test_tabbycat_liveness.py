"""Who is safe, live or dead, against the worked cases of Tabbycat's own tests.

These are real tournaments: whoever stood at the first number broke, so ``safe`` may be no lower;
some who stood just above the second one broke too, so ``dead`` may be no higher. Tabbycat counts
all teams and ignores round weights (rules.md, 13.17); the cases have rounds of weight one, and the
numbers of teams that they were given.
"""

from __future__ import annotations

import pytest

from tabapp.domain.breaks.liveness import EVERYONE_SAFE, Thresholds, thresholds


def before(
    seq: int, size: int, teams: int, rounds: int, best: int, points: list[int] | None = None
) -> Thresholds:
    """Return the thresholds of an open break, or with ``points`` of a category of its own."""
    return thresholds(
        teams=teams, size=size, best=best, weights=[1] * rounds,
        remaining=[1] * (rounds - seq + 1), general=points is None, points=points or [])


# name: round, break size, teams, rounds; at least safe, at most dead
TWO_TEAM_OPEN = {
    "Australs 2017, penultimate": (7, 16, 79, 8, 6, 2), "Australs 2017": (8, 16, 79, 8, 6, 3),
    "Easters 2017": (6, 16, 100, 6, 5, 2), "Australs 2016": (8, 16, 74, 8, 6, 3),
    "Australs 2015": (8, 16, 78, 8, 6, 3),
}
BP_OPEN = {
    "ABP 2017, penultimate": (5, 24, 100, 6, 12, 4), "ABP 2017": (6, 24, 100, 6, 12, 7),
    "AWDC 2017, penultimate": (5, 16, 68, 6, 12, 4), "AWDC 2017": (6, 16, 68, 6, 12, 7),
    "Yale 2017": (6, 16, 172, 6, 14, 9),
    "Melbourne Mini 2017, penultimate": (5, 8, 20, 6, 11, 3),
    "Melbourne Mini 2017": (6, 8, 20, 6, 11, 6),
    "USU IV 2016, penultimate": (4, 8, 30, 5, 10, 2), "USU IV 2016": (5, 8, 30, 5, 10, 5),
} | {
    f"WUDC {year}, round {seq}": (seq, 48, teams, 9, 18, 13 - 3 * (9 - seq))
    for year, teams in ((2016, 382), (2017, 371), (2018, 314)) for seq in range(4, 10)
}


@pytest.mark.parametrize("name", TWO_TEAM_OPEN)
def test_an_open_break_of_two_teams(name: str) -> None:
    seq, size, teams, rounds, safe, dead = TWO_TEAM_OPEN[name]
    found = before(seq, size, teams, rounds, best=1)
    assert found.safe >= safe
    assert found.dead <= dead


@pytest.mark.parametrize("name", BP_OPEN)
def test_an_open_break_of_four_teams(name: str) -> None:
    seq, size, teams, rounds, safe, dead = BP_OPEN[name]
    found = before(seq, size, teams, rounds, best=3)
    assert found.safe >= safe
    assert found.dead <= dead


# round, break size, teams, rounds, most of a debate, points; at least safe, at most dead
OWN = {
    "Australs 2017 ESL, penultimate": (7, 4, 79, 8, 1, [5, 4, 3, 3, 1, 1], 4, 0),
    "Australs 2017 ESL": (8, 4, 79, 8, 1, [5, 4, 3, 3, 1, 1], 3, 1),
    "Australs 2016 ESL": (8, 4, 74, 8, 1, [6, 5, 3, 3, 3, 1], 5, 1),
    "ABP 2017 EFL": (6, 8, 21, 6, 3, [10, 9, 9, 8, 7, 7, 7, 6, 6], 8, 3),
}


@pytest.mark.parametrize("name", OWN)
def test_a_category_of_its_own(name: str) -> None:
    seq, size, teams, rounds, best, points, safe, dead = OWN[name]
    found = before(seq, size, teams, rounds, best, points)
    assert found.safe >= safe
    assert found.dead <= dead


WUDC = """
2016 esl R9 16 11: 16: 5 6 4 13 24 24 30 23 15 11 8 1 0 0 0 0 2
2016 esl R8 16 8: 15: 2 4 9 10 16 29 27 24 20 14 6 2 1 0 0 2
2016 esl R7 16 5: 14: 1 2 5 7 17 27 29 28 21 17 6 3 1 0 2
2016 esl R6 16 2: 12: 1 3 4 15 25 34 26 24 17 10 4 1 2
2016 esl R5 16 -1: 9: 2 11 15 32 35 28 22 13 5 3
2016 esl R4 16 -4: 8: 1 3 15 34 29 40 24 14 6
2017 esl R9 16 12: 18: 1 2 2 8 9 9 11 26 20 16 9 9 3 2 2 2 0 0 0
2017 esl R8 16 9: 17: 1 2 0 1 6 16 15 20 19 19 11 11 4 2 3 1 0 0
2017 esl R7 16 6: 15: 1 1 2 3 9 14 17 20 23 18 12 4 5 1 1 0
2017 esl R6 16 3: 12: 1 5 6 8 14 23 27 20 14 7 5 1 0
2017 esl R5 16 0: 9: 3 7 15 21 29 26 15 9 4 2
2017 esl R4 16 -3: 8: 4 2 5 25 32 34 15 9 5
2018 esl R9 16 12: 22: 1 0 0 1 0 1 3 8 5 10 9 9 17 14 15 4 3 2 0 0 1 0 0
2018 esl R8 16 9: 19: 1 0 1 1 2 4 7 10 5 15 15 14 10 13 3 1 0 1 0 0
2018 esl R7 16 6: 16: 1 0 2 3 3 6 11 9 15 17 17 12 6 0 0 0 1
2018 esl R6 16 3: 14: 2 0 0 3 5 9 9 21 16 16 11 7 2 1 1
2018 esl R5 16 0: 12: 1 1 0 1 10 14 12 16 20 15 7 5 1
2018 esl R4 16 -3: 9: 2 2 0 9 15 19 24 17 10 5
2016 efl R9 15 10: 15: 1 0 2 8 9 11 11 10 7 6 0 0 0 0 0 0
2016 efl R8 15 7: 13: 1 3 6 8 9 12 11 9 4 2 0 0 0 0
2016 efl R7 15 4: 12: 1 1 3 8 14 9 13 11 2 2 1 0 0
2016 efl R6 15 1: 12: 1 0 0 1 6 14 12 14 7 5 4 1 0
2016 efl R5 15 -2: 9: 1 1 3 6 17 17 10 6 3 1
2016 efl R4 15 -5: 7: 2 4 6 11 18 12 8 4
2017 efl R9 14 10: 15: 2 4 1 4 10 11 6 6 7 2 1 2 2 0 0 0
2017 efl R8 14 7: 12: 5 6 8 4 11 9 7 2 2 3 1 0 0
2017 efl R7 14 4: 12: 1 3 4 4 4 14 10 8 4 4 1 1 0
2017 efl R6 14 1: 10: 2 5 1 9 11 11 9 5 4 1 0
2017 efl R5 14 -2: 8: 2 5 9 4 15 11 7 3 2
2017 efl R4 14 -5: 8: 1 0 1 7 14 12 12 6 5
2018 efl R9 14 10: 15: 2 0 5 5 5 8 8 12 3 2 2 0 0 0 0 0
2018 efl R8 14 7: 14: 1 1 5 3 6 8 8 7 10 2 1 0 0 0 0
2018 efl R7 14 4: 11: 3 4 4 5 11 11 8 6 0 0 0 0
2018 efl R6 14 1: 8: 5 10 9 14 8 4 1 1 0
2018 efl R5 14 -2: 8: 2 4 6 9 9 12 6 4 0
2018 efl R4 14 -5: 6: 4 2 11 13 13 5 4
"""
"""Round, at least safe, at most dead: the most points; how many teams have these, one less, ...

Of nine rounds, with 16 ESL and 8 EFL places; in which order the teams came does not matter.
"""
TEAMS = {"2016": 382, "2017": 371, "2018": 314}
SIZE = {"esl": 16, "efl": 8}


@pytest.mark.parametrize("line", WUDC.strip().splitlines())
def test_the_language_breaks_of_three_wudcs(line: str) -> None:
    head, most, counts = line.split(": ")
    year, category, seq, safe, dead = head.split()
    points = [
        int(most) - below for below, count in enumerate(counts.split())
        for _team in range(int(count))]
    found = before(int(seq[1:]), SIZE[category], TEAMS[year], 9, 3, points[::-1])
    assert found.safe >= int(safe)
    assert found.dead <= int(dead)


def row(rounds: int) -> list[int]:
    """Return how many of 4^n teams drop 0, 1, 2, … points, read off where an open line moves."""
    ways, found, below = 4 ** rounds, [], 0
    for dropped in range(3 * rounds + 1):
        # so many places that all who dropped fewer are in: the line stands one lower with more
        size = below
        while before(rounds, size + 1, ways, rounds, 3).safe > 3 * rounds - dropped:
            size += 1
        found.append(size + 1 - below)
        below = size + 1
    return found


@pytest.mark.parametrize(("rounds", "coefficients"), [
    (1, [1, 1, 1, 1]), (2, [1, 2, 3, 4, 3, 2, 1]), (3, [1, 3, 6, 10, 12, 12, 10, 6, 3, 1])])
def test_points_dropped_are_spread_by_the_quadrinomial_coefficients(
    rounds: int, coefficients: list[int]
) -> None:
    assert row(rounds) == coefficients


@pytest.mark.parametrize("best", [1, 3])
def test_where_all_who_can_break_do_everyone_is_safe(best: int) -> None:
    # Tabbycat says (0, -1) of two teams and (-1, -1) of four; both mean everyone
    assert before(3, 16, 12, 5, best) == EVERYONE_SAFE
    assert before(3, 8, 64, 5, best, [3, 2, 2, 1]) == EVERYONE_SAFE


@pytest.mark.parametrize("points", [None, [2, 1, 0]])
def test_without_places_everyone_is_dead(points: list[int] | None) -> None:
    # Tabbycat says nothing of breaks of one or none; here one place is a line like any other
    none = before(2, 0, 8, 3, 1, points)
    assert {none.state(number) for number in range(4)} == {"dead"}
    one = before(3, 1, 8, 3, 1, [2, 1, 0, 0])
    assert (one.safe, one.dead) == (3, 0)
