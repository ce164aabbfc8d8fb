"""Archives are canonical: nothing is lost, and equal tournaments have equal bytes."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.archive import Archive
from tabapp.exchange import canonical, read_archive, write_archive
from tests.builders import small_archive

ORDERED = {"break_preferences", "choices", "order", "winners", "why", "activity",
           "base_score_history"}


def rich() -> dict[str, Any]:
    document = small_archive(teams=8, rounds=2, judges_per_room=3)
    document["tournament"]["settings"] = {"score_max": 100.0, "bp_renyi_order": 2}
    document["tournament"]["criteria"] = [{"id": "C2", "name": "Style"}, {"id": "C1", "name": "X"}]
    document["teams"][0] |= {"break_preferences": ["BC2", "BC1"], "team_conflicts": ["T7", "T3"]}
    document["break_categories"].append({"id": "BC2", "name": "ESL", "slug": "esl", "size": 4})
    document["venue_categories"] = [{"id": "VC2", "name": "b"}, {"id": "VC1", "name": "a"}]
    document["venue_constraints"] = [
        {"kind": "team", "subject": "T2", "category": "VC1", "priority": 3},
        {"kind": "adjudicator", "subject": "A1", "category": "VC2", "priority": 1},
    ]
    document["adjudicators"][0] |= {
        "institution_conflicts": ["I2", "I1"], "adjudicator_conflicts": ["A6", "A5"],
        "base_score_history": [{"round": 1, "score": 4}, {"round": 2, "score": 5}],
    }
    document["questions"] = [{"id": "Q1", "name": "q", "type": "ss", "choices": ["z", "a"]}]
    document["feedback"] = [
        {"id": "F10", "round": 1, "debate": "D1", "target": "A1", "source_adjudicator": "A2",
         "score": 4.5, "answers": {"Q1": "z"}},
        {"id": "F9", "round": 1, "debate": "D1", "target": "A2", "source_team": "T1", "score": 4},
    ]
    rows = [
        {"team": "T2", "rank": 2, "break_rank": 2}, {"team": "T1", "rank": 1, "break_rank": 1},
        {"team": "T5", "rank": None, "remark": "withdrawn"},
    ]
    lots = {"seed": 5, "order": ["T3", "T1"]}
    document["breaks"] = [{"category": "open", "lots": lots, "teams": rows}]
    document["achievements"] = [{"key": "k", "subject": "T2"}, {"key": "k", "subject": "T1"}]
    document["activity"] = [{"at": "2", "what": "b"}, {"at": "1", "what": "a"}]
    document["rounds"][1]["absent_venues"] = ["V2", "V1"]
    return document


def shuffled(value: Any, rng: random.Random, name: str = "") -> Any:
    """Return the document with every list and every object in another order."""
    if isinstance(value, dict):
        keys = list(value)
        rng.shuffle(keys)
        return {key: shuffled(value[key], rng, key) for key in keys}
    if isinstance(value, list):
        items = [shuffled(item, rng) for item in value]
        if name not in ORDERED and not (name == "motions" and items and items[0] == "M1"):
            rng.shuffle(items)
        return items
    return value


def read(document: dict[str, Any]) -> Archive:
    imported = read_archive(json.dumps(document).encode(), "test")
    assert imported.archive is not None, imported.problems
    return imported.archive


def test_a_written_archive_reads_back_and_writes_the_same_bytes() -> None:
    written = write_archive(read(rich()))
    again = read_archive(written, "again")
    assert again.storable
    assert again.archive is not None
    assert write_archive(again.archive) == written


@given(seed=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_input_does_not_reach_the_bytes(seed: int) -> None:
    document = rich()
    assert write_archive(read(shuffled(document, random.Random(seed)))) == write_archive(
        read(document)
    )


def test_whole_numbers_are_written_without_a_fraction_and_names_as_they_are() -> None:
    document = small_archive()
    document["teams"][0]["name"] = "Zoë & 東京"
    document["tournament"]["settings"] = {"score_max": 100.0, "bp_renyi_order": 0.5}
    text = write_archive(read(document)).decode()
    assert '"score_max": 100\n' in text
    assert '"bp_renyi_order": 0.5' in text
    assert "Zoë & 東京" in text
    assert text.endswith("}\n")
    assert ".0" not in text


def test_keys_stand_in_the_order_of_the_contract() -> None:
    document = json.loads(write_archive(read(rich())))
    assert list(document)[:5] == [
        "format", "version", "tournament", "institutions", "break_categories",
    ]
    assert list(document["speakers"][0])[:4] == ["id", "name", "team", "email"]
    assert list(document["adjudicators"][0])[:5] == [
        "id", "name", "institution", "base_score", "base_score_history",
    ]
    speech = document["rounds"][0]["debates"][0]["ballots"][0]["sheets"][0]["sides"][0]["speeches"]
    assert list(speech[0]) == [
        "position", "speaker", "score", "ghost", "rank", "criteria", "substitute_for",
    ]


def test_lists_stand_in_their_canonical_order() -> None:
    document = rich()
    document["teams"].reverse()
    document["rounds"].reverse()
    for round_ in document["rounds"]:
        round_["debates"].reverse()
        for debate in round_["debates"]:
            debate["sides"].reverse()
            debate["panel"].reverse()
    archive = canonical(read(document))
    assert [team.id for team in archive.teams] == [f"T{n}" for n in range(1, 9)]
    assert [round_.seq for round_ in archive.rounds] == [1, 2]
    debate = archive.rounds[0].debates[0]
    assert debate.room_rank == 1
    assert [side.side for side in debate.sides] == ["og", "oo", "cg", "co"]
    assert [seat.role for seat in debate.panel] == ["chair", "panellist", "panellist"]
    assert [feedback.id for feedback in archive.feedback] == ["F9", "F10"]
    assert [row.team for row in archive.breaks[0].teams] == ["T1", "T2", "T5"]
    assert archive.teams[0].break_preferences == ["BC2", "BC1"]
    assert archive.questions[0].choices == ["z", "a"]
    assert [entry.at for entry in archive.activity] == ["2", "1"]
    assert archive.breaks[0].lots is not None
    assert archive.breaks[0].lots.order == ["T3", "T1"]


def test_making_an_archive_canonical_leaves_the_given_one_alone() -> None:
    document = rich()
    document["teams"].reverse()
    archive = read(document)
    before = archive.model_dump_json()
    canonical(archive)
    assert archive.model_dump_json() == before


def objects(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths of all objects that are parts of the contract, not maps by id or name."""
    maps = {"settings", "answers", "criteria", "vetoes", "side_allocations", "ranks"}
    found: list[tuple[Any, ...]] = []
    if isinstance(value, dict):
        if path[-1:] and path[-1] in maps:
            return found
        found.append(path)
        for key, item in value.items():
            found += objects(item, (*path, key))
    elif isinstance(value, list):
        for place, item in enumerate(value[:1]):
            found += objects(item, (*path, place))
    return found


def named(path: tuple[Any, ...]) -> str:
    return ".".join(map(str, path)) or "top"


@pytest.mark.parametrize("path", objects(rich()), ids=named)
def test_unknown_keys_are_written_back_where_they_stood(path: tuple[Any, ...]) -> None:
    document = json.loads(write_archive(read(rich())))
    part = document
    for step in path:
        part = part[step]
    part["zebra"] = {"b": [1, {"c": None}], "a": 0.5}
    part["aardvark"] = "kept"
    written = json.loads(write_archive(read(document)))
    assert written == document
    for step in path:
        written = written[step]
    assert list(written)[-2:] == ["aardvark", "zebra"]


def test_an_empty_tournament_is_an_archive() -> None:
    tournament = {"name": "Empty", "slug": "empty"}
    document = {"format": "tabapp-archive", "version": 1, "tournament": tournament}
    imported = read_archive(json.dumps(document).encode(), "x")
    assert imported.problems == ()
    assert imported.storable
