"""``tabapp liveness`` and ``tabapp forecast`` as a person and as a script call them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.program import call, done, keys


def test_liveness_has_the_thresholds_of_each_category(played: Path) -> None:
    document = done("liveness", played, 3)
    assert [one["slug"] for one in document["categories"]] == ["open", "esl"]
    for one in document["categories"]:
        assert isinstance(one["safe"], int)
        assert isinstance(one["dead"], int)
        assert {team["state"] for team in one["teams"]} <= {"safe", "live", "dead"}


def test_a_forecast_has_its_keys_and_repeats_itself(played: Path) -> None:
    document = done("forecast", played, "--runs", 200, "--seed", 4)
    assert document == done("forecast", played, "--runs", 200, "--seed", 4)
    assert (document["runs"], document["seed"]) == (200, 4)
    for one in document["categories"]:
        keys(one, "slug size threshold teams")
        keys(one["threshold"], "expected low high by_points")
        keys(one["teams"], "team p se certain")
        assert all(0 <= team["p"] <= 1 for team in one["teams"])


@pytest.mark.parametrize("words", [("liveness", 3), ("forecast", "--runs", 50)])
def test_people_get_tables(played: Path, words: tuple[str | int, ...]) -> None:
    outcome = call(words[0], played, *words[1:])
    assert outcome.code == 0
    assert "open" in outcome.out.lower()


def test_a_round_that_is_not_there_is_said(played: Path) -> None:
    outcome = call("liveness", played, 9)
    assert outcome.code == 1
    assert "9" in outcome.err
    assert outcome.out == ""
