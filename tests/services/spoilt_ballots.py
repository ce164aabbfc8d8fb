"""Ballots after changes that most tab rooms would never make, for Hypothesis."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

Doc = dict[str, Any]
Change = Callable[[Doc, st.DrawFn, tuple[str, ...]], object]


def _speech(ballot: Doc, draw: st.DrawFn) -> Doc:
    sides = [one for sheet in ballot["sheets"] for one in sheet["sides"] if one["speeches"]]
    return draw(st.sampled_from([s for one in sides for s in one["speeches"]])) if sides else {}


def _sheet(ballot: Doc) -> Doc:
    return ballot["sheets"][0] if ballot["sheets"] else {}


def _in_speech(**values: list[Any]) -> Change:
    def change(ballot: Doc, draw: st.DrawFn, _sides: tuple[str, ...]) -> None:
        _speech(ballot, draw).update(
            {name: draw(st.sampled_from(some)) for name, some in values.items()})

    return change


def _forfeit(ballot: Doc, draw: st.DrawFn, sides: tuple[str, ...]) -> None:
    gone = draw(st.lists(st.sampled_from(sides), min_size=1, max_size=3))
    ballot["forfeit"] = gone
    for sheet in ballot["sheets"]:
        sheet["sides"] = [one for one in sheet["sides"] if one["side"] not in gone]


def _drop_or_double(ballot: Doc, draw: st.DrawFn, _sides: tuple[str, ...]) -> None:
    listed = _sheet(ballot).get("sides")
    if listed:
        one = listed.pop(draw(st.integers(0, len(listed) - 1)))
        listed += draw(st.sampled_from([[], [one, one], [one | {"side": "bye"}], [one]]))


def _sides_anywhere(ballot: Doc, draw: st.DrawFn, sides: tuple[str, ...]) -> None:
    some = st.sampled_from([*sides, "bye", "x"])
    at = draw(st.sampled_from(["winners", "ranks", "forfeit", "vetoes"]))
    names = draw(st.lists(some, max_size=3))
    if at == "winners":
        _sheet(ballot)["winners"] = names
    elif at == "ranks":
        _sheet(ballot)["ranks"] = dict(zip(names, draw(st.permutations([1, 2, 3])), strict=False))
    else:
        ballot[at] = names if at == "forfeit" else dict.fromkeys(names, "M1")


def _all_ranks(ballot: Doc, draw: st.DrawFn, sides: tuple[str, ...]) -> None:
    places = draw(st.permutations(range(1, len(sides) + 1)))
    _sheet(ballot)["ranks"] = dict(zip(sides, places, strict=True))


def _sheets(ballot: Doc, draw: st.DrawFn, _sides: tuple[str, ...]) -> None:
    judge = draw(st.sampled_from(["A1", "A9"]))
    one = _sheet(ballot)
    ballot["sheets"] = draw(st.sampled_from(
        [[], [one | {"adjudicator": judge}], [one, one | {"adjudicator": judge}]]))


def _head(ballot: Doc, draw: st.DrawFn, sides: tuple[str, ...]) -> None:
    ballot["motion"] = draw(st.sampled_from([None, "M1", "M9"]))
    ballot["vetoes"] = {sides[0]: draw(st.sampled_from(["M1", "M9"]))}
    ballot["note"] = "kept"


CHANGES: list[Change] = [
    _in_speech(score=[None, 49, 50, 75.5, 80, 81, 99, 100, 1e6, -1]),
    _in_speech(speaker=["S1", "S2", "S3", "S16", "S99", "S777", None]),
    _in_speech(speaker=["S99", "S3"], substitute_for=["S1", "S2", "S16", "S777", None]),
    _in_speech(position=[0, 1, 2, 3], ghost=[True, False]),
    _in_speech(speaker=["S1"], ghost=[True]), _in_speech(rank=[-5, 0, 1, 9], note=["kept"]),
    _in_speech(criteria=[{}, {"C1": 30.5}, {"C9": 1}]),
    _forfeit, _drop_or_double, _sides_anywhere, _all_ranks, _sheets, _head,
]


@st.composite
def spoilt(draw: st.DrawFn, ballot: Doc, sides: tuple[str, ...]) -> Doc:
    """A ballot after some changes, most of which no tab room would make."""
    made = copy.deepcopy(ballot)
    made["status"] = draw(st.sampled_from(["confirmed", "confirmed", "draft", "discarded"]))
    for change in draw(st.lists(st.sampled_from(CHANGES), max_size=3)):
        change(made, draw, sides)
    return made
