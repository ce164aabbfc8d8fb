"""What a run waits for, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tabapp.gui.pages.jobs.words import moments_in_words, stats_in_words, waiting_in_words
from tabapp.gui.waiting_words import waits_for
from tabapp.jobs.ports import RunRecord

NOW = datetime.now().astimezone().replace(hour=15, minute=48, second=30)
PARKED = "The second folder of copies, which did not answer and is asked again at 13:48:30"


@pytest.mark.parametrize(("run", "words"), [
    ({}, "waits for its turn"),
    ({"waiting_for": "Draw of Round 5"}, "waits for Draw of Round 5"),
    ({"next_at": NOW, "attempts": 2}, "tries again at 15:48:30, 2 tries so far"),
    ({"next_at": NOW, "waiting_for": PARKED},
     "waits for the second folder of copies, tries again at 15:48:30"),
    ({"next_at": NOW, "waiting_for": PARKED, "attempts": 1},
     "waits for the second folder of copies, tries again at 15:48:30, 1 try so far"),
])
def test_a_run_says_what_it_waits_for_and_when_it_tries_again(
    run: dict[str, Any], words: str
) -> None:
    record = RunRecord(
        name="a.job", title="A job", submitted_at=NOW, state="waiting", **run)
    assert waiting_in_words(record) == words


@pytest.mark.parametrize(("what", "words"), [
    ("", "waits for its turn"),
    ("Break forecast, Open", "waits for Break forecast, Open"),
    (PARKED, "waits for the second folder of copies"),
])
def test_what_a_run_waits_for_stands_without_its_reason(what: str, words: str) -> None:
    assert waits_for(what) == words


@pytest.mark.parametrize(("stats", "words"), [
    ({"awarded": 52, "taken_back": 0}, "52 awarded"),
    ({"awarded": 0, "taken_back": 0}, "nothing changed"),
    ({"findings": 1, "finished": 1, "debates": 2}, "1 finding, 1 finished, 2 debates"),
    ({"bytes": 1_368_064}, "1 MB"),
    ({}, ""),
])
def test_what_a_run_counted_is_said_without_noughts(stats: dict[str, int], words: str) -> None:
    assert stats_in_words(stats) == words


def test_times_in_a_row_name_each_day_once() -> None:
    day = datetime(2026, 11, 24, 16, 5, tzinfo=UTC)
    times = [day, day + timedelta(minutes=10), day + timedelta(days=1)]
    assert moments_in_words(times, UTC) == "Tue 24 Nov, 16:05, 16:15; Wed 25 Nov, 16:05"
