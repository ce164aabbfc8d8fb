"""The European championship of 2023 by commands, against sums taken from its file by other code."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from time import perf_counter
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.e2e.program import call, done

OPTIMUM = 3337
"""Sum of the least position costs of rounds 2 to 9, found by an exact solver elsewhere."""

GENEROUS = 60.0
"""Seconds; it takes two."""


@pytest.fixture(scope="module")
def source(data_dir: Path) -> Path:
    return data_dir / "debatexml" / "2023eudc.xml"


@pytest.fixture(scope="module")
def eudc(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("eudc") / "eudc.tabapp"
    began = perf_counter()
    document = done("import", db, source, "--accept-warnings")
    assert perf_counter() - began < GENEROUS
    assert {one["level"] for one in document["problems"]} == {"warning"}
    return db


def preliminaries(source: Path) -> list[ElementTree.Element]:
    root = ElementTree.parse(source).getroot()  # our own file, beside the repository
    return [one for one in root.iter("round") if one.get("elimination") != "true"]


def rows_of(db: Path, kind: str, key: str) -> dict[str, Any]:
    rows = done("standings", db, "--kind", kind, "--metrics", key, "--extra", "")["rows"]
    return {row["id"]: row["values"][key] for row in rows}


def test_warnings_keep_the_file_out_until_they_are_accepted(
    source: Path, tmp_path: Path
) -> None:
    outcome = call("import", tmp_path / "x.tabapp", source, "--json")
    assert (outcome.code, outcome.json["created"]) == (3, {})
    assert not (tmp_path / "x.tabapp").exists()


def test_everything_in_the_file_is_there(source: Path, eudc: Path) -> None:
    root = ElementTree.parse(source).getroot()
    created = done("import", eudc, source, "--accept-warnings", "--dry-run", "--slug", "x")[
        "created"]
    for kind, tag in (("teams", "team"), ("speakers", "speaker"), ("rounds", "round"),
                      ("adjudicators", "adjudicator"), ("debates", "debate"),
                      ("institutions", "institution"), ("venues", "venue")):
        assert created[kind] == len(list(root.iter(tag))), kind


def test_the_points_of_every_team_are_those_of_its_places(source: Path, eudc: Path) -> None:
    points = {str(team.get("id")): 0 for team in ElementTree.parse(source).iter("team")}
    for side in (side for one in preliminaries(source) for side in one.iter("side")):
        ballot = side.find("ballot")
        assert ballot is not None
        points[str(side.get("team"))] += 4 - int(str(ballot.get("rank")))
    found = rows_of(eudc, "teams", "points")
    assert found == points
    assert len(found) == 160
    assert sum(found.values()) == 6 * sum(1 for one in preliminaries(source)
                                          for _ in one.iter("debate"))


def test_the_total_of_every_speaker_is_the_sum_of_the_marks(source: Path, eudc: Path) -> None:
    totals: dict[str, float] = defaultdict(float)
    for speech in (speech for one in preliminaries(source) for speech in one.iter("speech")):
        mark = speech.find("ballot")
        assert mark is not None
        totals[str(speech.get("speaker"))] += float(str(mark.text))
    found = rows_of(eudc, "speakers", "total")
    spoke = {ref: total for ref, total in found.items() if total}
    assert spoke == dict(totals)
    assert len(spoke) > 300


def test_every_power_paired_round_can_be_drawn_again_at_the_optimum(eudc: Path) -> None:
    optima = []
    for seq in range(2, 10):
        document = done("draw", eudc, seq, "--dry-run", "--seed", 1)
        quality = document["quality"]
        assert quality["position_cost"] == pytest.approx(
            quality["position_cost_optimum"], abs=1e-6)
        assert document["audit"]["ok"]
        assert len(document["debates"]) * 4 == sum(
            len(one["sides"]) for one in document["debates"])
        optima.append(quality["position_cost_optimum"])
    assert round(sum(optima)) == OPTIMUM


def test_an_archive_of_it_comes_back_byte_by_byte(eudc: Path, tmp_path: Path) -> None:
    first, second, db = (tmp_path / name for name in ("a.json", "b.json", "b.tabapp"))
    done("export", eudc, "archive", "-o", first)
    done("import", db, first, "--accept-warnings")
    done("export", db, "archive", "-o", second)
    assert first.read_bytes() == second.read_bytes()


def test_the_checker_finds_nothing_wrong(eudc: Path) -> None:
    document = done("check", eudc)
    assert document["ok"]
    assert not [one for one in document["checks"] if one["status"] == "failed"]
