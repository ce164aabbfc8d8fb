"""Settings of any value are read or told, and never stop the checks of ballots."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from tabapp.domain.formats import setting_infos
from tabapp.exchange import read_archive
from tests.builders import small_archive

NAMES = [info.name for info in setting_infos()]
NUMBERS = [info.name for info in setting_infos() if info.kind in {"number", "whole"}]
CHOICES = sorted({choice for info in setting_infos() for choice in info.choices or ()})
EXTREMES = [
    0, 1, -1, 2, 4, 20, 2**31, 2**63 - 1, 1 - 2**63, 1e6, 1e6 + 1, -1e6, 0.0, -0.0, 1e-3, 1e-308,
    -1e-308, 5e-324, 1.7e308, -1.7e308, 0.1, 1e-9, 1e15,
]


def two_teams(preset: str) -> dict[str, Any]:
    """Each debate of four becomes two of two, each with the speeches that its teams gave."""
    document = small_archive()
    document["tournament"]["preset"] = preset
    debates = []
    for debate in document["rounds"][0]["debates"]:
        (ballot,) = debate["ballots"]
        for half in (slice(0, 2), slice(2, 4)):
            sides = [
                {"side": side, "team": one["team"]}
                for side, one in zip(("aff", "neg"), debate["sides"][half], strict=True)
            ]
            sheets = [
                {"side": side, "speeches": one["speeches"]}
                for side, one in zip(
                    ("aff", "neg"), ballot["sheets"][0]["sides"][half], strict=True
                )
            ]
            debates.append({
                "id": f"{debate['id']}{half.start}", "status": "confirmed", "sides": sides,
                "ballots": [{"sheets": [{"sides": sheets}]}],
            })
    document["rounds"][0]["debates"] = debates
    return document


DOCUMENTS = {
    "bp": json.dumps(small_archive()),
    **{name: json.dumps(two_teams(name)) for name in ("apda", "australs", "cp")},
}


def read(preset: str, settings: dict[str, Any]) -> None:
    changed = json.loads(DOCUMENTS[preset])
    changed["tournament"]["settings"] = settings
    imported = read_archive(json.dumps(changed).encode(), "f")
    assert imported.archive is not None
    for problem in imported.problems:
        assert problem.message.encode("utf-8")


@pytest.mark.parametrize("name", NUMBERS)
def test_an_extreme_number_in_a_setting_is_no_trouble(name: str) -> None:
    for preset in ("bp", "cp"):
        for value in EXTREMES:
            read(preset, {name: value})


@pytest.mark.parametrize("preset", ["apda", "bp", "cp"])
def test_the_ballots_of_these_documents_are_held_against_the_settings(preset: str) -> None:
    document = json.loads(DOCUMENTS[preset])
    document["tournament"]["settings"] = {"score_min": 1, "score_max": 9, "score_step": 1e-3}
    problems = read_archive(json.dumps(document).encode(), "f").problems
    assert "score_out_of_range" in {problem.code for problem in problems}


def test_a_step_too_small_to_count_is_told() -> None:
    document = small_archive()
    document["tournament"]["settings"] = {"score_step": 1e-308}
    problems = read_archive(json.dumps(document).encode(), "f").problems
    assert [(one.level, one.where) for one in problems] == [("error", "settings.score_step")]


ODD = (
    st.sampled_from(EXTREMES) | st.sampled_from(CHOICES) | st.none() | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False) | st.text("az Ü", max_size=5)
    | st.integers(-100, 100)
)
VALUES = (
    ODD | st.lists(ODD, max_size=3) | st.dictionaries(st.text("az", max_size=3), ODD, max_size=2)
)


@given(
    preset=st.sampled_from(sorted(DOCUMENTS)),
    settings=st.dictionaries(st.sampled_from(NAMES), VALUES, min_size=1, max_size=5),
)
@effort(max_examples=200, deadline=None)
def test_any_settings_are_read_or_told(preset: str, settings: dict[str, Any]) -> None:
    read(preset, settings)


SCORES = {
    name: st.sampled_from(EXTREMES) | st.floats(-1e6, 1e6) | st.floats(1e-4, 1)
    for name in NUMBERS if "score" in name
} | {"reply_scores_enabled": st.booleans(), "maximum_margin": st.floats(0, 1e308)}


@given(
    preset=st.sampled_from(sorted(DOCUMENTS)),
    settings=st.fixed_dictionaries({}, optional=SCORES),
)
@effort(max_examples=200, deadline=None)
def test_any_range_of_scores_is_read_or_told(preset: str, settings: dict[str, Any]) -> None:
    read(preset, settings)
