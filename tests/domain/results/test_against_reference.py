"""The tables against a second implementation, on random tournaments and on a real one."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.standings import (
    SPEAKER_METRICS,
    TEAM_METRICS,
    speaker_standings,
    team_standings,
)
from tabapp.domain.types import ResultData
from tests.random_comparisons import (
    BreakCase,
    break_differences,
    speaker_differences,
    team_differences,
)
from tests.reference.breaks import Terms

Doc = dict[str, Any]
RANKABLE = sorted(key for key, metric in TEAM_METRICS.items() if not metric.extra_only)
seeds = st.integers(0, 2**32 - 1)
precedences = st.lists(
    st.sampled_from(["points", "points", "wbw", "speaks_sum", *RANKABLE]), max_size=5
).map(lambda keys: [k for i, k in enumerate(keys) if k == "wbw" or k not in keys[:i]])
untils = st.sampled_from([None, 0, 1, 2, 3])


def read(doc: Doc, load: Callable[[Doc], Any]) -> tuple[Doc, ResultData]:
    """Return the document with all that it leaves out, and its results in columns."""
    archive, settings, data = load(doc)
    full = archive.model_dump(mode="json")
    return full | {"tournament": full["tournament"] | {"settings": settings.as_json()}}, data


def nothing(differences: Iterable[str]) -> None:
    assert list(differences) == []


@given(seed=seeds, precedence=precedences, until=untils)
@settings(max_examples=120, deadline=None)
def test_team_standings_equal_the_second_implementation(
    seed: int, precedence: list[str], until: int | None,
    random_tournament: Any, load: Any,
) -> None:  # fmt: skip
    nothing(team_differences(*read(random_tournament(seed), load), precedence, until))


@given(
    seed=seeds,
    precedence=st.lists(st.sampled_from(sorted(SPEAKER_METRICS)), max_size=4, unique=True),
    until=untils,
    missable=st.integers(-1, 2),
)
@settings(max_examples=120, deadline=None)
def test_speaker_standings_equal_the_second_implementation(
    seed: int, precedence: list[str], until: int | None, missable: int,
    random_tournament: Any, load: Any,
) -> None:  # fmt: skip
    doc, data = read(random_tournament(seed), load)
    nothing(speaker_differences(doc, data, precedence, until, missable))


REMARKS = st.dictionaries(
    st.sampled_from(["open", "esl"]),
    st.dictionaries(
        st.integers(0, 3).map("T{}".format),
        st.sampled_from(["withdrawn", "absent", "disqualified", "lost_coin_toss"]),
    ),
)


@given(seed=seeds, remarks=REMARKS, precedence=precedences)
@settings(max_examples=120, deadline=None)
def test_breaks_equal_the_second_implementation(
    seed: int, remarks: Doc, precedence: list[str],
    random_tournament: Any, load: Any,
) -> None:  # fmt: skip
    doc, data = read(random_tournament(seed), load)
    case = BreakCase(doc, data, Terms(precedence, remarks), seed=seed, two_team=False)
    nothing(break_differences(case))


# --- a real tournament -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def eudc(data_dir: Path) -> ET.Element:
    return ET.parse(data_dir / "debatexml" / "2023eudc.xml").getroot()


def as_document(root: ET.Element) -> Doc:
    rounds = []
    for seq, rnd in enumerate(root.findall("round"), 1):
        debates = []
        for debate in rnd.findall("debate"):
            sides, sheets, ranks = [], [], {}
            for name, side in zip(("og", "oo", "cg", "co"), debate.findall("side"), strict=True):
                sides.append({"side": name, "team": side.get("team")})
                ranks[name] = int(side.find("ballot").get("rank"))
                speeches = [
                    {"position": n, "speaker": speech.get("speaker"),
                     "score": float(speech.find("ballot").text)}
                    for n, speech in enumerate(side.findall("speech"), 1)
                ]  # fmt: skip
                sheets.append({"side": name, "speeches": speeches})
            sheet = {"adjudicator": None, "ranks": ranks, "sides": sheets}
            debates.append({
                "id": debate.get("id"), "status": "confirmed", "sides": sides,
                "ballots": [{"status": "confirmed", "sheets": [sheet]}],
            })  # fmt: skip
        rounds.append({"seq": seq, "stage": "preliminary", "status": "released",
                       "debates": debates})  # fmt: skip
    teams = root.findall("participants/team")
    return {
        "tournament": {"name": "EUDC", "slug": "eudc", "preset": "bp"},
        "teams": [{"id": t.get("id"), "name": t.get("name")} for t in teams],
        "speakers": [
            {"id": s.get("id"), "name": s.text, "team": t.get("id")}
            for t in teams for s in t.findall("speaker")
        ],
        "rounds": rounds,
    }  # fmt: skip


def test_every_point_and_score_of_a_real_tournament_is_counted(
    eudc: ET.Element, load: Callable[[Doc], Any]
) -> None:
    points: dict[str | None, float] = defaultdict(float)
    marks: dict[str | None, float] = defaultdict(float)
    for side in eudc.iter("side"):
        points[side.get("team")] += 4 - int(side.find("ballot").get("rank"))
        for speech in side.findall("speech"):
            marks[speech.get("speaker")] += float(speech.find("ballot").text)
    data = load(as_document(eudc))[2]
    teams = team_standings(data, metrics=["points", "speaks_sum"])
    speakers = speaker_standings(data, metrics=["total"])
    assert len(teams.rows) == 160
    found = {row.id: row.values["points"] for row in teams.rows}
    assert found == {team: points[team] for team in found}
    assert {r.id: r.values["total"] for r in speakers.rows} == {
        r.id: marks[r.id] for r in speakers.rows
    }
    assert sum(points.values()) == 339 * 6
    assert max(points.values()) == teams.rows[0].values["points"]


def test_a_real_tournament_ranks_as_the_second_implementation_does(
    eudc: ET.Element, load: Callable[[Doc], Any]
) -> None:
    precedence = ["points", "speaks_sum", "firsts", "seconds", "draw_strength"]
    nothing(team_differences(*read(as_document(eudc), load), precedence, None))
