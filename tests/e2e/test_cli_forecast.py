"""``tabapp forecast`` during a tournament: its document, its seed, and that its numbers add up."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import small_archive
from tests.e2e.program import done, keys, written


@pytest.fixture
def half(tmp_path: Path) -> Path:
    """Return a tournament of 16 teams with two rounds played and two to come."""
    document = small_archive(16, 4)
    for one in document["rounds"][2:]:
        one |= {"debates": [], "status": "none", "completed": False}
    document["break_categories"].append(
        {"id": "BC2", "name": "Novice", "slug": "novice", "seq": 2, "size": 4, "priority": 9})
    for team in document["teams"][8:]:
        team["break_categories"].append("BC2")
    db = tmp_path / "half.tabapp"
    done("import", db, written(tmp_path / "half.json", document), "--accept-warnings")
    return db


def test_the_document_has_its_keys_and_its_chances_add_up(half: Path) -> None:
    document = done("forecast", half, "--runs", 300, "--seed", 7)
    assert (document["runs"], document["seed"], document["rounds_left"]) == (300, 7, 2)
    assert [one["slug"] for one in document["categories"]] == ["novice", "open"]
    for one in document["categories"]:
        keys(one, "slug threshold teams")
        keys(one["teams"], "team p")
        assert sum(team["p"] for team in one["teams"]) == pytest.approx(4, abs=1e-3)
        assert one["threshold"]["low"] <= one["threshold"]["expected"] <= one["threshold"]["high"]
    novice = {one["team"] for one in document["categories"][0]["teams"]}
    assert novice == {f"T{number}" for number in range(9, 17)}
    assert any("approximation" in one for one in document["notes"])


def test_the_same_seed_gives_the_same_numbers_and_another_one_others(half: Path) -> None:
    first, again, other = (
        done("forecast", half, "--runs", 300, "--seed", seed) for seed in (7, 7, 8))
    assert first == again
    assert first["categories"] != other["categories"]


def test_a_forecast_without_a_seed_tells_the_one_that_repeats_it(half: Path) -> None:
    document = done("forecast", half, "--runs", 100)
    assert document == done("forecast", half, "--runs", 100)
    assert document == done("forecast", half, "--runs", 100, "--seed", document["seed"])


def test_a_forecast_stores_nothing(half: Path) -> None:
    before = half.read_bytes()
    done("forecast", half, "--runs", 50)
    done("liveness", half, 3)
    assert half.read_bytes() == before
