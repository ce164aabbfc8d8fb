"""What two entries of one ballot say differently, told in words of the desk."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.domain.archive import Ballot, Criterion
from tabapp.domain.ballots import DebateContext, Difference, differences, same_content
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.types import TWO_SIDES, Role
from tests.domain.results.papers import ballot, debate, good_sheet

JUDGES = (None, "A1", "A2")
PANEL = replace(
    debate(sides=TWO_SIDES), panel=(("A2", Role.CHAIR), ("A1", Role.PANELLIST)),
    names={"A1": "Judge One", "A2": "Judge Two", "S0a": "Ann", "S0b": "Bob"},
    criteria={"K2": Criterion(id="K2", name="Style")})


def sheet(judge: str | None = None, **first: Any) -> dict[str, Any]:
    """A sheet of two speeches a side; ``first`` is what stands at the first."""
    return {"adjudicator": judge, "sides": [
        {"side": side, "speeches": [
            {"position": 1, "speaker": f"S{n}a", "score": 75, **(first if n == 0 else {})},
            {"position": 2, "speaker": f"S{n}b", "score": 74}]}
        for n, side in enumerate(("aff", "neg"))]}


def two(*sheets: Any, **more: Any) -> Ballot:
    return Ballot.model_validate({"sheets": sheets, **more})


def told(one: Ballot, other: Ballot, where: DebateContext = PANEL) -> list[tuple[str, ...]]:
    rules = resolve("australs", {"side_names": "gov-opp"})
    return [(d.key, d.what, d.first, d.second) for d in differences(one, other, where, rules)]


@pytest.mark.parametrize(
    ("first", "line"),
    [
        ({"score": 75.5}, ("aff.1", "Government, first speaker", "75", "75.5")),
        ({"score": None}, ("aff.1", "Government, first speaker", "75", "")),
        ({"speaker": "S0b"}, ("aff.1.speaker", "Government, first speaker, name", "Ann", "Bob")),
        ({"ghost": True}, ("aff.1.ghost", "Government, first speaker, ghost", "", "yes")),
        ({"substitute_for": "S0b"},
         ("aff.1.substitute", "Government, first speaker, stands in for", "", "Bob")),
        ({"rank": 3}, ("aff.1.rank", "Government, first speaker, rank", "", "3")),
        ({"criteria": {"K2": 25}}, ("aff.1.K2", "Government, first speaker, Style", "", "25")),
        ({"criteria": {"K9": 25}}, ("aff.1.K9", "Government, first speaker, K9", "", "25")),
        ({"position": 4}, ("aff.4", "Government, reply", "", "75")),
    ],
)  # fmt: skip
def test_a_speech_is_told_field_by_field(first: dict[str, Any], line: tuple[str, ...]) -> None:
    found = told(two(sheet()), two(sheet(**first)))
    assert line in found
    assert len(found) == (4 if "position" in first else 1)


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"motion": "M2"}, ("motion", "Motion", "", "M2")),
        ({"vetoes": {"neg": "M1"}}, ("neg.veto", "Opposition, veto", "", "M1")),
        ({"forfeit": ["neg"]}, ("neg.forfeit", "Opposition, forfeit", "", "yes")),
    ],
)
def test_what_a_room_says_once_is_told_of_no_judge(
    more: dict[str, Any], line: tuple[str, ...]
) -> None:
    one, other = two(sheet("A1"), sheet("A2")), two(sheet("A1"), sheet("A2"), **more)
    assert told(one, other) == [line]
    assert differences(one, other, PANEL, resolve("bp", {}))[0].judge is None


@pytest.mark.parametrize(
    ("own", "line"),
    [
        ({"winners": ["neg"]}, ("winners", "Winner", "", "Opposition")),
        ({"ranks": {"neg": 2}}, ("neg.place", "Opposition, place", "", "2")),
    ],
)
def test_winners_and_places_are_told(own: dict[str, Any], line: tuple[str, ...]) -> None:
    assert told(two(sheet()), two({**sheet(), **own})) == [line]


def test_the_sum_of_marks_is_not_told_beside_the_mark() -> None:
    one, other = (two(sheet(criteria={"K2": mark}, score=mark)) for mark in (75, 76))
    assert told(one, other) == [("aff.1.K2", "Government, first speaker, Style", "75", "76")]


def test_sheets_are_told_in_the_order_of_seats_and_a_missing_one_as_a_whole() -> None:
    one = two(sheet("A1"), sheet("A2"))
    found = differences(one, two(sheet("A2", score=70)), PANEL, resolve("australs", {}))
    assert [(d.key, d.judge, d.what, d.first, d.second) for d in found] == [
        ("aff.1", "A2", "Affirmative, first speaker", "75", "70"),
        ("sheet", "A1", "The sheet of Judge One", "entered", "")]


def test_marks_that_nobody_would_write_apart_are_told_apart() -> None:
    ((_key, _what, first, second),) = told(two(sheet()), two(sheet(score=75.0000001)))
    assert (first, second) == ("75.0", "75.0000001")


def test_speeches_come_as_they_are_given(bp: Settings) -> None:
    other = good_sheet()
    for side in other["sides"]:
        for speech in side["speeches"]:
            speech["score"] += 1
    found = differences(ballot(good_sheet()), ballot(other), debate(), bp)
    assert [one.key for one in found] == [
        f"{side}.{n}" for side in ("og", "oo", "cg", "co") for n in (1, 2)]


@pytest.mark.parametrize(
    "other",
    [
        {"entered_by": "Ben", "comment": "late", "reason": "why", "version": 3},
        {"forfeit": [], "vetoes": {}},
    ],
)
def test_who_entered_it_and_why_is_no_content(other: dict[str, Any]) -> None:
    assert same_content(two(sheet()), two(sheet(), **other))


def test_the_order_in_which_things_are_listed_is_no_content() -> None:
    turned = sheet("A1")
    turned["sides"] = [
        {**side, "speeches": side["speeches"][::-1]} for side in turned["sides"][::-1]]
    assert same_content(two(sheet("A1"), sheet("A2")), two(sheet("A2"), turned))
    assert same_content(two(winners_of("aff", "neg")), two(winners_of("neg", "aff")))


def winners_of(*sides: str) -> dict[str, Any]:
    return {**sheet(), "winners": list(sides)}


# --- any two ballots -----------------------------------------------------------------------------


def any_sheet(rng: random.Random) -> dict[str, Any]:
    def some(*values: Any) -> Any:
        return rng.choice(values)

    return {
        "adjudicator": some(*JUDGES), "winners": some(None, [], ["aff"], ["neg", "aff"]),
        "ranks": some(None, {}, {"aff": 1, "neg": 2}),
        "sides": [
            {"side": side, "speeches": [
                {"position": n, "speaker": some(None, "S0a", "S9"), "score": some(None, 75, 75.5),
                 "ghost": some(False, False, True), "rank": some(None, 1),
                 "criteria": some({}, {"K2": 3}, {"K2": 4}), "substitute_for": some(None, "S0a"),
                 **some({}, {"note": "of another program"})}
                for n in rng.sample((1, 2, 4), rng.randint(0, 3))]}
            for side in rng.sample(("aff", "neg"), rng.randint(0, 2))],
    }  # fmt: skip


def any_ballot(rng: random.Random) -> Ballot:
    return Ballot.model_validate({
        "motion": rng.choice((None, "M1")), "vetoes": rng.choice(({}, {"aff": "M1"})),
        "forfeit": rng.choice(([], ["neg"])), "comment": rng.choice(("", "late")),
        "sheets": [any_sheet(rng) for _ in range(rng.randint(0, 3))],
    })


def one_more_change(rng: random.Random, made: Ballot) -> Ballot:
    """Return the ballot, or one that says something else at one place of one sheet."""
    if not made.sheets or rng.random() < 0.3:
        return made
    sheets = list(made.sheets)
    at = rng.randrange(len(sheets))
    fields = any_ballot(rng).sheets[:1] or sheets[:1]
    name = rng.choice(("winners", "ranks", "sides"))
    sheets[at] = sheets[at].model_copy(update={name: getattr(fields[0], name)})
    return made.model_copy(update={"sheets": sheets})


@given(seed=st.integers(0, 2**32))
def test_there_are_none_exactly_where_two_ballots_say_the_same(seed: int) -> None:
    rng, rules = random.Random(seed), resolve("australs", {})
    one = any_ballot(rng)
    other = rng.choice((any_ballot(rng), one_more_change(rng, one)))
    found = differences(one, other, PANEL, rules)
    assert (found == ()) == same_content(one, other)
    assert all(each.first != each.second for each in found)
    turned = differences(other, one, PANEL, rules)
    assert sorted(map(str, turned)) == sorted(str(Difference(
        each.key, each.judge, each.what, each.second, each.first)) for each in found)
    assert differences(one, one, PANEL, rules) == ()
