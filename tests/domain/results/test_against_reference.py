"""The tables against a second implementation, on random tournaments and on a real one."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.breaks import BreakCategory, qualify
from tabapp.domain.standings import (
    SPEAKER_METRICS,
    TEAM_METRICS,
    draw_order,
    speaker_standings,
    team_standings,
)
from tabapp.domain.types import Standings

Doc = dict[str, Any]
RANKABLE = sorted(key for key, metric in TEAM_METRICS.items() if not metric.extra_only)
SHOWN = sorted(set(TEAM_METRICS) - {"wbw"})
seeds = st.integers(0, 2**32 - 1)
precedences = st.lists(
    st.sampled_from(["points", "points", "wbw", "speaks_sum", *RANKABLE]), max_size=5
).map(lambda keys: [k for i, k in enumerate(keys) if k == "wbw" or k not in keys[:i]])
untils = st.sampled_from([None, 0, 1, 2, 3])


def assert_same(found: Standings, expected: Doc, ranks: Doc) -> None:
    assert {row.id: row.rank for row in found.rows} == ranks
    for row in found.rows:
        for key in (*found.metrics, *found.extra):
            value, wanted = row.values[key], expected[row.id][key]
            if wanted is None or wanted == "n/a":
                assert value == wanted, (row.id, key)
            else:
                assert value == pytest.approx(wanted, abs=1e-6), (row.id, key)
    order = [(row.rank is None, row.rank or 0, row.name) for row in found.rows]
    assert order == sorted(order)
    for row in found.rows:
        same = sum(other.rank == row.rank for other in found.rows)
        assert row.tied is (row.rank is not None and same > 1)


@given(seed=seeds, precedence=precedences, until=untils)
@settings(max_examples=120, deadline=None)
def test_team_standings_equal_the_second_implementation(
    seed: int, precedence: list[str], until: int | None,
    random_tournament: Any, reference: Any, load: Any,
) -> None:  # fmt: skip
    doc = random_tournament(seed)
    _archive, _settings, data = load(doc)
    table, _keys = reference.team_table(doc, precedence, until)
    found = team_standings(data, metrics=precedence, extra=SHOWN, until=until)
    assert_same(found, table, reference.team_ranks(doc, precedence, until))


@given(seed=seeds, precedence=precedences, until=untils)
@settings(max_examples=60, deadline=None)
def test_a_draw_reads_the_same_order_as_the_second_implementation(
    seed: int, precedence: list[str], until: int | None,
    random_tournament: Any, reference: Any, load: Any,
) -> None:  # fmt: skip
    doc = random_tournament(seed)
    table, _keys = reference.team_table(doc, precedence, until)
    ranks = reference.team_ranks(doc, precedence, until)
    for team, value, rank, subrank in draw_order(load(doc)[2], precedence, until):
        first = {"wbw": "wbw1"}.get(precedence[0], precedence[0]) if precedence else None
        wanted = table[team][first] if first else 0
        assert value == pytest.approx(wanted if isinstance(wanted, int | float) else 0)
        assert (rank, subrank) == (ranks[team], table[team]["subrank"])


@given(
    seed=seeds,
    precedence=st.lists(st.sampled_from(sorted(SPEAKER_METRICS)), max_size=4, unique=True),
    until=untils,
    missable=st.integers(-1, 2),
)
@settings(max_examples=120, deadline=None)
def test_speaker_standings_equal_the_second_implementation(
    seed: int, precedence: list[str], until: int | None, missable: int,
    random_tournament: Any, reference: Any, load: Any,
) -> None:  # fmt: skip
    doc = random_tournament(seed)
    found = speaker_standings(
        load(doc)[2], metrics=precedence, extra=sorted(SPEAKER_METRICS), until=until,
        missable=missable,
    )  # fmt: skip
    assert_same(
        found,
        reference.speaker_values(doc, until),
        reference.speaker_ranks(doc, precedence, until, missable),
    )


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
    random_tournament: Any, reference: Any, load: Any,
) -> None:  # fmt: skip
    doc = random_tournament(seed)
    slugs = {c["id"]: c["slug"] for c in doc["break_categories"]}
    plain = {
        **doc,
        "teams": [
            {**t, "break_categories": [slugs[c] for c in t["break_categories"]]}
            for t in doc["teams"]
        ],
    }
    categories = [
        BreakCategory(c["slug"], c["name"], c["size"], c["reserve_size"],
                      priority=c["priority"], general=c["general"])
        for c in doc["break_categories"]
    ]  # fmt: skip
    found = qualify(load(doc)[2], categories, metrics=precedence, ties="ask", remarks=remarks)
    wanted = reference.breaks(plain, precedence, remarks)
    assert {
        made.category: [(r.team, r.rank, r.break_rank, r.remark) for r in made.rows]
        for made in found
    } == wanted
    assert all(set(made.reasons) == {row.team for row in made.rows} for made in found)


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
    eudc: ET.Element, load: Callable[[Doc], Any], reference: Any
) -> None:
    doc = as_document(eudc)
    precedence = ["points", "speaks_sum", "firsts", "seconds", "draw_strength"]
    found = team_standings(load(doc)[2], metrics=precedence)
    table, _keys = reference.team_table(doc, precedence)
    assert_same(found, table, reference.team_ranks(doc, precedence))
