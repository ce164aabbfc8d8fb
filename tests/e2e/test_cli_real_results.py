"""Both real tournaments by commands: points, scores, totals and ranks equal sums over their files.

The sums are written plainly over the raw file; nothing of the program reads it here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import parse

from tests.e2e.program import done

SIZES = {"2023berkeley": (24, 5), "2023eudc": (160, 9)}


@dataclass
class Counted:
    """What a file gives each team and each speaker, debate by debate."""

    points: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    scores: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    finishes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    marks: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


@pytest.fixture(scope="module", params=sorted(SIZES))
def source(request: pytest.FixtureRequest, data_dir: Path) -> Path:
    return data_dir / "debatexml" / f"{request.param}.xml"


@pytest.fixture(scope="module")
def db(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp(source.stem) / "real.tabapp"
    done("import", db, source, "--accept-warnings")
    return db


@pytest.fixture(scope="module")
def counted(source: Path) -> Counted:
    found = Counted()
    root = parse(source).getroot()
    for team in root.iter("team"):
        found.points[str(team.get("id"))] = 0.0
    for round_ in root.iter("round"):
        assert round_.get("elimination") == "false", "the sums below are those of preliminaries"
        for side in round_.iter("side"):
            _count(found, side)
    return found


def _count(found: Counted, side: Element) -> None:
    """Add one team in one debate: 4 - place, the sum of its marks, and each speaker's best."""
    team, ballot = str(side.get("team")), side.find("ballot")
    assert ballot is not None
    place = int(str(ballot.get("rank")))
    found.points[team] += 4 - place
    found.finishes[team].append(place)
    own: dict[str, list[float]] = defaultdict(list)
    for speech in side.iter("speech"):
        text = (speech.findtext("ballot") or "").strip()
        if text:
            own[str(speech.get("speaker"))].append(float(text))
    if own:
        found.scores[team].append(sum(sum(marks) for marks in own.values()))
    for speaker, marks in own.items():
        found.marks[speaker].append(max(marks))


def table(db: Path, kind: str, metrics: str, extra: str = "") -> dict[str, Any]:
    rows = done("standings", db, "--kind", kind, "--metrics", metrics, "--extra", extra)["rows"]
    return {row["id"]: row for row in rows}


def ranks(figures: dict[str, tuple[float, ...]]) -> dict[str, int]:
    """Rank ids by their figures, higher first: equal ones share a rank (1, 2, 2, 4)."""
    order = sorted(figures, key=lambda one: figures[one], reverse=True)
    found: dict[str, int] = {}
    for _key, level in groupby(order, key=lambda one: figures[one]):
        first = len(found) + 1
        found.update(dict.fromkeys(level, first))
    return found


def mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else float("-inf")


def test_the_files_are_what_they_are_taken_for(source: Path, counted: Counted) -> None:
    teams, rounds = SIZES[source.stem]
    assert len(counted.points) == teams
    assert max(len(one) for one in counted.finishes.values()) == rounds
    assert sum(counted.points.values()) == sum(map(len, counted.finishes.values())) / 4 * 6


def test_every_team_has_the_points_and_the_score_of_its_debates(
    db: Path, counted: Counted
) -> None:
    found = table(db, "teams", "points,speaks_sum", "firsts,seconds,thirds")
    assert {team: row["values"]["points"] for team, row in found.items()} == counted.points
    for team, row in found.items():
        assert row["values"]["speaks_sum"] == pytest.approx(sum(counted.scores[team]), abs=1e-6)
        for place, key in enumerate(("firsts", "seconds", "thirds"), start=1):
            assert row["values"][key] == counted.finishes[team].count(place), (team, key)


def test_every_team_has_the_rank_of_these_sums(db: Path, counted: Counted) -> None:
    wanted = ranks({
        team: (points, round(sum(counted.scores[team]), 6))
        for team, points in counted.points.items()})
    found = table(db, "teams", "points,speaks_sum")
    assert {team: row["rank"] for team, row in found.items()} == wanted
    averages = ranks({
        team: (round(mean(counted.scores[team]), 6), points)
        for team, points in counted.points.items()})
    found = table(db, "teams", "speaks_avg,points")
    assert {team: row["rank"] for team, row in found.items()} == averages


def test_every_speaker_has_the_total_the_mean_and_the_rank_of_the_marks(
    db: Path, counted: Counted
) -> None:
    found = table(db, "speakers", "average,total", "count")
    spoke = {one: row for one, row in found.items() if row["values"]["count"]}
    assert spoke.keys() == counted.marks.keys()
    for speaker, row in spoke.items():
        marks = counted.marks[speaker]
        assert row["values"]["count"] == len(marks)
        assert row["values"]["total"] == pytest.approx(sum(marks), abs=1e-6)
        assert row["values"]["average"] == pytest.approx(mean(marks), abs=1e-6)
    wanted = ranks({
        speaker: (round(mean(marks), 6), round(sum(marks), 6))
        for speaker, marks in counted.marks.items()})
    assert {speaker: row["rank"] for speaker, row in spoke.items()} == wanted


def test_the_independent_recount_agrees(db: Path) -> None:
    document = done("check", db)
    assert [one for one in document["checks"] if one["status"] == "failed"] == []
