"""The catalogue in all formats, against a second implementation of some of its awards."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from statistics import pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.core.resources import resource_texts
from tabapp.domain.achievements import AWARDS, Earned, evaluate, tell
from tabapp.domain.formats import load_preset, presets, resolve
from tests.award_world import World, random_world


def test_there_are_more_than_25_awards_in_four_families() -> None:
    assert len(AWARDS) == 35
    assert {one.family for one in AWARDS.values()} == {
        "teams", "speakers", "adjudicators", "tournament"}
    assert all(key == one.key for key, one in AWARDS.items())


def test_every_award_has_words_an_icon_and_a_rarity() -> None:
    icons = {name.removesuffix(".svg") for name in resource_texts("icons", suffix=".svg")}
    for one in AWARDS.values():
        assert one.icon in icons, one.key
        assert one.title, one.key
        assert one.sentence.endswith("."), one.key
        assert one.told.endswith("."), one.key
        assert one.rarity in ("common", "uncommon", "rare", "legendary")
        assert one.predicate.__doc__, one.key
    assert len({one.title for one in AWARDS.values()}) == len(AWARDS)


# --- all formats -------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", [one.name for one in presets()])
@pytest.mark.parametrize("scored", [True, False])
def test_every_format_has_its_awards(preset: str, scored: bool) -> None:
    settings = resolve(preset, {})
    assert load_preset(preset).name == preset
    world = random_world(
        random.Random(preset), sides=settings.teams_in_debate,
        line_up=settings.substantive_speakers, scored=scored,
        replies=settings.reply_scores_enabled, rooms=3, rounds=4)
    found = evaluate(world.facts())
    assert {"first_win", "first_chair", "team_complete"} <= {one.key for one in found}
    replied = any(one.key == "best_reply" for one in found)
    assert replied == (scored and settings.reply_scores_enabled and world.rounds[-1].completed)
    assert scored or not {"best_of_the_room", "steady_hand", "widest_win"} & {
        one.key for one in found}
    rounds = {at: f"Round {at}" for at in range(1, 5)}
    for one in found:
        told = tell(AWARDS[one.key], one.facts, rounds, {})
        assert "{" not in told, one.key
        assert told.endswith("."), one.key


def test_nothing_is_earned_where_nothing_was_played() -> None:
    assert evaluate(World(0, judges=0).facts()) == []
    assert {one.key for one in evaluate(World(4).facts())} == {"team_complete"}


def test_a_winner_whose_facts_are_missing_is_told_the_award_itself() -> None:
    award = AWARDS["first_win"]
    assert tell(award, {}, {}, {}) == award.sentence
    assert tell(award, {"round": "x"}, {}, {}) == "Won a debate in x."
    killed: dict[str, str | int | float] = {"round": 2, "opponent": "T4", "place": 9}
    assert tell(AWARDS["giant_killer"], killed, {2: "Round 2"}, {"T4": "Ada"}) == (
        "Finished above Ada, first on the tab, from place 9 in Round 2.")


# --- a second implementation -------------------------------------------------------------------


def wins(world: World, team: int) -> list[bool | None]:
    """Return for each round whether a team won; None where it did not debate, as read by hand."""
    found: list[bool | None] = []
    for played in world.rounds:
        result: bool | None = None
        for room in played.rooms:
            if team in room.teams and len(room.teams) > 1 and room.confirmed:
                side = room.teams.index(team)
                if side not in room.forfeits and len(room.teams) - len(room.forfeits) > 1:
                    result = room.places[side] == 1
        found.append(result)
    return found


def streaks(world: World) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for team in range(world.teams):
        row = wins(world, team)
        for at in range(len(row) - 2):
            if all(row[at:at + 3]):
                found[f"T{team}"] = tuple(range(1, at + 4))
                break
    return found


def firsts(world: World) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for team in range(world.teams):
        row = wins(world, team)
        if True in row:
            found[f"T{team}"] = tuple(range(1, row.index(True) + 2))
    return found


def steadiest(world: World) -> dict[str, tuple[int, ...]]:
    if not all(one.completed for one in world.rounds) or len(world.rounds) < 3:
        return {}
    marks: dict[int, list[float]] = {}
    for played in world.rounds:
        for room in played.rooms:
            if room.confirmed and room.marks is not None:
                for side, team in enumerate(room.teams):
                    for position, mark in enumerate(room.marks[side]):
                        assert mark is not None
                        marks.setdefault(world.speaker(team, position), []).append(mark)
    spread = {
        who: round(pstdev(row), 6) for who, row in marks.items() if len(row) == len(world.rounds)}
    rounds = tuple(range(1, len(world.rounds) + 1))
    return {f"S{who}": rounds for who, one in spread.items() if one == min(spread.values())}


def fresh(world: World) -> dict[str, tuple[int, ...]]:
    if not all(one.completed for one in world.rounds) or len(world.rounds) < 3:
        return {}
    met: list[frozenset[int]] = []
    for played in world.rounds:
        for room in played.rooms:
            stood = [
                team for team in room.teams
                if wins(World(world.teams, rounds=[replace(played, rooms=[room])]), team) != [None]]
            met += [frozenset({one, two}) for one in stood for two in stood if one < two]
    rounds = tuple(range(1, len(world.rounds) + 1))
    return {"": rounds} if met and len(set(met)) == len(met) else {}


NAIVE: dict[str, Callable[[World], dict[str, tuple[int, ...]]]] = {
    "first_win": firsts, "on_a_roll": streaks, "steady_hand": steadiest, "new_faces": fresh,
}


@given(
    seed=st.integers(0, 2**32), sides=st.sampled_from([2, 4]), rooms=st.integers(1, 4),
    rounds=st.integers(1, 6))
def test_a_second_implementation_finds_the_same_winners(
    seed: int, sides: int, rooms: int, rounds: int
) -> None:
    world = random_world(
        random.Random(seed), sides=sides, line_up=2, scored=True, replies=False, rooms=rooms,
        rounds=rounds)
    facts = world.facts()
    found = evaluate(facts)
    for key, naive in NAIVE.items():
        mine = {one.subject: one.rounds for one in found if one.key == key}
        assert mine == naive(world), key
    assert evaluate(facts) == found
    assert _identities(found) == len(found)


def _identities(found: list[Earned]) -> int:
    return len({
        (one.key, one.subject, one.round_seq if AWARDS[one.key].each_round else None)
        for one in found})
