"""The bubble guard against every result that the open debates can have, in small tournaments."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations, product
from typing import Any

import numpy as np
import pytest

from tabapp.domain.breaks import BreakCategory, qualify
from tabapp.domain.breaks.guard import GuardedBallot, GuardInput, OpenBallot, guard_break
from tabapp.domain.breaks.guard_fork import COLUMNS, Result, with_result
from tabapp.domain.types import ResultData, RoundInfo, TeamInfo

BP = ("points", "speaks_sum", "firsts", "seconds", "draw_strength")
TWO = ("wins", "speaks_sum")
LOW = 150.0
Broken = dict[str, tuple[frozenset[str], frozenset[str]]]


def results(size: int, scores: Sequence[float]) -> Result:
    """Return a result by scores, the best of which wins."""
    score = np.array(scores, dtype=np.float64)
    place = np.array([1 + int((score > one).sum()) for one in score], dtype=np.float64)
    nothing = np.full(size, np.nan)
    two = size == 2
    return {
        "team_points": size - place, "team_win": size - place if two else nothing,
        "team_score": score, "team_margin": score - score[::-1] if two else nothing,
        "team_votes_given": nothing, "team_votes_possible": nothing,
    }


def made_up(seed: int, size: int, rooms: int, rounds: int) -> ResultData:
    """Make a field in which scores are so close that many teams are level."""
    rng = random.Random(seed)
    count = size * rooms
    teams = tuple(
        TeamInfo(f"T{n}", f"Team {n}", break_categories=frozenset(
            slug for slug, odds in (("open", 0.95), ("esl", 0.5)) if rng.random() < odds))
        for n in range(count))
    rows = [
        (team, debate + rooms * seq, seq, debate_side)
        for seq in range(rounds)
        for order in (rng.sample(range(count), count),)
        for debate in range(rooms)
        for debate_side, team in enumerate(order[debate * size:(debate + 1) * size])
    ]
    whole = [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]
    numbers = np.full(len(rows), np.nan)
    no = np.zeros(len(rows), dtype=np.bool_)
    none, empty = np.zeros(0, dtype=np.int64), np.zeros(0)
    data = ResultData(
        teams=teams, speakers=(), rounds=tuple(RoundInfo(seq + 1) for seq in range(rounds)),
        team_team=whole[0], team_debate=whole[1], team_round=whole[2], team_side=whole[3],
        team_points=numbers, team_win=numbers, team_score=numbers, team_margin=numbers,
        team_votes_given=numbers, team_votes_possible=numbers, team_ghost=no, team_pullup=no,
        team_confirmed=no, team_averaged=no, speech_speaker=none, speech_team=none,
        speech_debate=none, speech_round=none, speech_position=none, speech_score=empty,
        speech_rank=empty, speech_ghost=np.zeros(0, dtype=np.bool_),
        speech_reply=np.zeros(0, dtype=np.bool_))
    for number in range(rooms * rounds):
        data = with_result(data, rows_of(data, number), results(
            size, rng.sample([LOW + n for n in range(size + 2)], size)))
    return data


def rows_of(data: ResultData, number: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.flatnonzero(data.team_debate == number)


def opened(data: ResultData, numbers: Sequence[int]) -> ResultData:
    """Take results away."""
    gone = np.isin(data.team_debate, numbers)
    columns: dict[str, Any] = {
        name: np.where(gone, np.nan, getattr(data, name)) for name in COLUMNS}
    return replace(data, team_confirmed=data.team_confirmed & ~gone, **columns)


def given(
    data: ResultData, size: int, *, out: Sequence[int] = (), unchecked: Sequence[int] = (),
    sizes: tuple[int, int] = (3, 2), priority: int = 5, rule: str = "standard",
) -> GuardInput:
    return GuardInput(
        data=opened(data, out),
        ballots=tuple(
            OpenBallot(f"D{number}", number, "out" if number in out else "unchecked",
                       LOW, LOW + size - 1 if number in out else LOW + 9)
            for number in (*out, *unchecked)),
        categories=(
            BreakCategory("open", "Open", sizes[0], priority=10, general=True, rule=rule),
            BreakCategory("esl", "ESL", sizes[1], priority=priority)),
        metrics=BP if size == 4 else TWO, two_team=size == 2)


def broken(found: GuardInput, data: ResultData) -> Broken:
    """Say who breaks, by the break itself."""
    lists = qualify(
        data, found.categories, metrics=found.metrics, ties="ask", two_team=found.two_team)
    return {one.category: (one.breaking, frozenset(
        row.team for row in one.rows if row.remark == "tied")) for one in lists}


def every_result(found: GuardInput, size: int) -> Iterator[tuple[tuple[int, ...], Broken]]:
    """Play every result that the debates that are out can have.

    Their scores have so narrow a range that the places say the scores too.
    """
    out = [one for one in found.ballots if one.status == "out"]
    orders = list(permutations(range(size)))
    for chosen in product(range(len(orders)), repeat=len(out)):
        data = found.data
        for ballot, number in zip(out, chosen, strict=True):
            data = with_result(data, rows_of(data, ballot.number), results(
                size, [LOW + one for one in orders[number]]))
        yield chosen, broken(found, data)


def by_id(found: GuardInput) -> dict[str, GuardedBallot]:
    return {one.id: one for one in guard_break(found)}


@pytest.mark.parametrize("seed", range(14))
def test_a_ballot_called_settled_flips_nothing_whatever_the_others_bring(seed: int) -> None:
    size = 4 if seed % 2 else 2
    rooms = 3 if size == 4 else 5
    data = made_up(seed, size, rooms, 3)
    last = [rooms * 2 + n for n in range(2 if size == 4 else 4)]
    found = given(
        data, size, out=last, sizes=(3, 2 + seed % 2), priority=(5, 10)[seed % 3 == 0])
    if size == 4:
        found = replace(found, metrics=BP[:4])
    played = list(every_result(found, size))
    for at, (ballot, said) in enumerate(
            zip(found.ballots, map(by_id(found).__getitem__, [b.id for b in found.ballots]),
                strict=True)):
        assert said.id == ballot.id
        by_others: dict[tuple[int, ...], list[Broken]] = {}
        for chosen, made in played:
            by_others.setdefault(chosen[:at] + chosen[at + 1:], []).append(made)
        flips = any(one != several[0] for several in by_others.values() for one in several)
        if flips:
            assert said.effect == "break"
        if said.effect == "nothing":
            teams = set(found.teams_of(ballot))
            assert not any(teams & inside for _c, made in played for inside, _t in made.values())


def test_settled_ballots_are_found_and_not_all_are() -> None:
    effects = {
        said.effect for seed in range(1, 14, 2)
        for said in guard_break(given(made_up(seed, 4, 6, 5), 4, out=[24, 25, 26, 27]))}
    assert effects == {"break", "order"}  # with draw strength nothing is without effect
    effects = {
        said.effect for seed in range(0, 14, 2)
        for said in guard_break(given(made_up(seed, 2, 10, 6), 2, out=[50, 51, 52, 53]))}
    assert effects == {"break", "order", "nothing"}


def small_changes(found: GuardInput, ballot: OpenBallot) -> Iterator[tuple[str, Result]]:
    """Yield the small changes of a ballot: a point for a team, or two results exchanged."""
    rows = rows_of(found.data, ballot.number)
    size = len(rows)
    now = {name: getattr(found.data, name)[rows] for name in COLUMNS}
    scores = now["team_score"].tolist()
    for at, more in product(range(size), (1.0, -1.0)):
        typed = [one + more * (at == n) for n, one in enumerate(scores)]
        if len(set(typed)) == size and LOW <= typed[at] <= LOW + 9:
            yield "point", results(size, typed)
    for one, other in product(range(size), repeat=2):
        if one < other:
            order = [other if n == one else one if n == other else n for n in range(size)]
            yield "exchange", {name: column[order] for name, column in now.items()}


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("rule", ["standard", "aida-1996"])
def test_the_least_change_of_a_ballot_that_flips_the_break_is_found(seed: int, rule: str) -> None:
    size = 4 if seed % 2 else 2
    rooms = 3 if size == 4 else 5
    data = made_up(seed + 50, size, rooms, 2)
    found = given(data, size, unchecked=range(rooms, 2 * rooms), rule=rule)
    base = broken(found, found.data)
    said = by_id(found)
    for ballot in found.ballots:
        flips = {
            kind for kind, result in small_changes(found, ballot)
            if broken(found, with_result(
                found.data, rows_of(found.data, ballot.number), result)) != base}
        change = said[ballot.id].change
        wanted = next((one for one in ("point", "exchange") if one in flips), None)
        assert (change.kind if change else None) == wanted
        assert said[ballot.id].alone == bool(flips)
        assert (said[ballot.id].effect == "break") == bool(flips)


def test_the_words_of_a_change_are_what_it_does() -> None:
    seen = set()
    for seed in range(30):
        data = made_up(seed, 4, 3, 2)
        found = given(data, 4, unchecked=range(3, 6))
        base = broken(found, found.data)
        for ballot in found.ballots:
            change = by_id(found)[ballot.id].change
            if change is None or change.kind != "point":
                continue
            seen.add(change.amount)
            rows = rows_of(data, ballot.number)
            at = list(found.teams_of(ballot)).index(change.team)
            scores = data.team_score[rows].tolist()
            scores[at] += change.amount
            made = broken(found, with_result(data, rows, results(4, scores)))
            before, after = base[change.category][0], made[change.category][0]
            assert set(change.enters) == after - before
            assert set(change.leaves) == before - after
    assert seen == {1.0, -1.0}


def test_what_flips_by_a_point_comes_first_and_what_cannot_comes_last() -> None:
    said = [
        one for seed in range(20)
        for one in guard_break(given(made_up(seed, 4, 4, 3), 4, unchecked=range(8, 12)))]
    kinds = {one.change.kind for one in said if one.change}
    assert kinds == {"point", "exchange"}
    for seed in range(20):
        order = [
            ({"break": 0, "order": 1, "nothing": 2}[one.effect],
             {"point": 0, "exchange": 1}[one.change.kind] if one.change else 2)
            for one in guard_break(given(made_up(seed, 4, 4, 3), 4, unchecked=range(8, 12)))]
        assert order == sorted(order)


def test_a_team_whose_place_in_the_last_room_decides_is_named() -> None:
    data = made_up(3, 2, 4, 3)
    named = 0
    for seed in range(12):
        data = made_up(seed, 2, 4, 3)
        found = given(data, 2, out=[8], sizes=(4, 0))
        said = by_id(found)["D8"]
        if said.change is None:
            continue
        named += 1
        at = list(found.teams_of(found.ballots[0])).index(said.change.team)
        won = [LOW + 1 if n == at else LOW for n in range(2)]
        lost = list(reversed(won))
        rows = rows_of(data, 8)
        inside = [
            said.change.team in broken(found, with_result(
                found.data, rows, results(2, scores)))[said.change.category][0]
            for scores in (won, lost)]
        assert (said.change.kind, said.change.amount, inside) == ("place", 1.0, [True, False])
    assert named > 2


def test_a_room_that_forfeited_is_not_turned_around() -> None:
    data = made_up(1, 4, 3, 2)
    rows = rows_of(data, 5)
    scores = data.team_score.copy()
    scores[rows[0]] = np.nan
    data = replace(data, team_score=scores)
    found = given(data, 4, unchecked=[5])
    assert len(guard_break(found)) == 1
