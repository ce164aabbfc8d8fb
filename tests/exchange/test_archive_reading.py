"""Hostile and broken archives: a list of problems, never an exception."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.exchange import Imported, read_archive, write_archive
from tests.builders import small_archive

VALID = json.dumps(small_archive(teams=8, rounds=2)).encode()


def codes(imported: Imported) -> set[str]:
    return {problem.code for problem in imported.problems}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "import_bad_json"),
        (b"{", "import_bad_json"),
        (b'{"a": 1,}', "import_bad_json"),
        (b"\xff\xfe{\x00}\x00", "import_not_utf8"),
        (b"[]", "import_not_archive"),
        (b"null", "import_not_archive"),
        (b"17", "import_not_archive"),
        (b'{"format": "other"}', "import_not_archive"),
        (b'{"format": ["tabapp-archive"]}', "import_not_archive"),
        (b'{"format": "tabapp-archive", "version": 2}', "import_newer_version"),
        (b'{"format": "tabapp-archive", "version": "1"}', "import_bad_version"),
        (b'{"format": "tabapp-archive", "version": true}', "import_bad_version"),
        (b'{"format": "tabapp-archive", "version": 0}', "import_bad_version"),
        (b'{"format": "tabapp-archive", "version": 1}', "import_missing_key"),
        (b"[" * 100_000, "import_too_deep"),
        (b"[" * 100 + b"]" * 100, "import_too_deep"),
    ],
)
def test_what_is_no_archive_is_refused(data: bytes, code: str) -> None:
    imported = read_archive(data, "file.json")
    assert imported.archive is None
    assert code in codes(imported)
    assert all(problem.level == "error" for problem in imported.problems)


def test_broken_json_is_told_by_line_and_column() -> None:
    problem = read_archive(b'{\n "format": "tabapp-archive",\n "x" 1}', "f").problems[0]
    assert problem.where == "line 3, column 6"


def test_a_newer_version_is_refused_in_plain_words() -> None:
    document = small_archive() | {"version": 99}
    imported = read_archive(json.dumps(document).encode(), "f")
    assert imported.archive is None
    assert "newer tabapp" in imported.problems[0].message
    assert "Update" in imported.problems[0].message


def test_a_byte_order_mark_is_tolerated() -> None:
    assert read_archive(b"\xef\xbb\xbf" + VALID, "f").problems == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('"seed": NaN', "import_not_a_number"),
        ('"seed": -Infinity', "import_not_a_number"),
        ('"seed": 1e999', "import_number_too_large"),
        ('"zz": 1e999', "import_number_too_large"),
        ('"zz": ' + "9" * 5000, "import_number_too_large"),
        ('"seed": 99999999999999999999', "import_number_too_large"),
        ('"seed": 1, "seed": 2', "import_duplicate_key"),
        ('"zz": "\\ud800"', "import_bad_character"),
        ('"zz": "a\\u0000b"', "import_bad_character"),
        ('"\\udfff": 1', "import_bad_character"),
    ],
)
def test_what_json_allows_but_no_database_holds_is_refused(text: str, code: str) -> None:
    data = VALID.replace(b'"id": "T3"', b'"id": "T3", ' + text.encode(), 1)
    imported = read_archive(data, "f")
    assert imported.archive is None
    assert code in codes(imported)
    imported.problems[0].message.encode("utf-8")


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("teams", 2, "seed"), "high", "team T3: seed"),
        (("teams", 2, "type"), "other", "team T3: type"),
        (("teams", 2, "break_categories"), "BC1", "team T3: break_categories"),
        (("teams", 2, "break_categories"), [None], "team T3: break_categories[0]"),
        (("teams", 2), "T3", "teams[2]"),
        (("teams", 2), {"name": "x"}, "teams[2].id"),
        (("rounds", 0, "weight"), 1.5, "round 1: weight"),
        (("rounds", 0, "debates", 1, "sides", 0, "team"), None, "debate D2: sides[0].team"),
        (("rounds", 0, "debates", 0, "status"), "perhaps", "debate D1: status"),
        (("tournament", "settings"), [], "tournament.settings"),
        (("tournament", "name"), None, "tournament.name"),
    ],
)
def test_a_wrong_value_is_told_by_its_place(path: tuple[Any, ...], value: Any, where: str) -> None:
    document = small_archive()
    part: Any = document
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    imported = read_archive(json.dumps(document).encode(), "f")
    assert imported.archive is None
    assert [problem.where for problem in imported.problems] == [where]


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("rounds", 0, "weight"), 2**31, "a number of at most 2147483647"),
        (("rounds", 0, "weight"), -(2**31) - 1, "a number of at least -2147483648"),
        (("rounds", 0, "weight"), 1.5, "a whole number"),
        (("rounds", 0, "draw_seed"), -1, "a number of at least 0"),
        (("rounds", 0, "silent"), "perhaps", "true or false"),
        (("adjudicators", 0, "base_score"), 1.7e308, "a number of at most 1000000"),
        (("adjudicators", 0, "base_score"), "high", "a number"),
        (("teams", 0, "name"), [], "a text"),
        (("teams", 0, "type"), "X", "'normal', 'composite' or 'swing'"),
        (("teams", 0, "break_categories"), "BC1", "a list"),
        (("teams", 0), "T1", "an object"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_wanted(
    path: tuple[Any, ...], value: Any, expected: str
) -> None:
    document = small_archive()
    part: Any = document
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    (problem,) = read_archive(json.dumps(document).encode(), "f").problems
    assert problem.code == "import_wrong_value"
    assert f" where {expected} is wanted." in problem.message


def test_all_wrong_values_are_told_at_once_up_to_a_limit() -> None:
    document = small_archive()
    document["institutions"] = [{} for _ in range(5000)]
    problems = read_archive(json.dumps(document).encode(), "f").problems
    assert len(problems) == 201
    assert problems[-1].code == "import_more_problems"


def test_numbers_as_ids_are_read_as_texts() -> None:
    document = small_archive()
    text = json.dumps(document)
    for n in range(8, 0, -1):
        text = text.replace(f'"T{n}"', str(n))
    imported = read_archive(text.encode(), "f")
    assert imported.problems == ()
    assert imported.archive is not None
    assert imported.archive.teams[0].id == "1"


def test_null_and_absent_scalars_have_their_empty_value() -> None:
    document = small_archive()
    document["teams"][0] |= {"name": None, "break_categories": None, "seed": None, "type": None}
    document["rounds"][0] |= {"weight": None, "silent": None, "kind": None}
    imported = read_archive(json.dumps(document).encode(), "f")
    assert imported.problems == ()


def _mutated(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        place = rng.randrange(len(changed))
        match rng.randrange(4):
            case 0:
                changed[place] = rng.randrange(256)
            case 1:
                del changed[place : place + rng.randint(1, 40)]
            case 2:
                changed[place:place] = changed[place : place + rng.randint(1, 200)]
            case _:
                changed[place:place] = rng.choice(
                    [b"null", b"-1", b'"', b"{}", b"[[", b"9e9", b"1e-320", b"\xc3", b"T1", b"},{"]
                )
        if not changed:
            break
    return bytes(changed)


@given(seed=st.integers(0, 2**48), cut=st.integers(0, 4 * len(VALID)))
@settings(max_examples=120, deadline=None)
def test_mutated_and_truncated_archives_never_raise(seed: int, cut: int) -> None:
    imported = read_archive(_mutated(VALID, random.Random(seed))[:cut], "f")
    assert imported.archive is not None or imported.problems
    for problem in imported.problems:
        problem.message.encode("utf-8")
    if imported.storable and imported.archive is not None:
        written = write_archive(imported.archive)
        again = read_archive(written, "again")
        assert again.archive is not None
        assert write_archive(again.archive) == written


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["T1", "S1", "A1", "D1", "og", "bye", "open", "elimination", "confirmed"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        for key, item in value.items():
            found += _paths(item, (*path, key))
    elif isinstance(value, list):
        for place, item in enumerate(value[:2]):
            found += _paths(item, (*path, place))
    return found


PATHS = _paths(small_archive(teams=4))


@given(changes=st.lists(st.tuples(st.sampled_from(PATHS), VALUES), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_any_value_anywhere_is_read_or_told(
    changes: list[tuple[tuple[Any, ...], Any]]
) -> None:
    document: Any = small_archive(teams=4)
    for path, value in changes:
        part = document
        for step in path[:-1]:
            if not isinstance(part, dict | list):
                break
            try:
                part = part[step]
            except (KeyError, IndexError, TypeError):
                break
        else:
            if isinstance(part, dict) or (isinstance(part, list) and path[-1] in range(len(part))):
                part[path[-1]] = value
    imported = read_archive(json.dumps(document).encode(), "f")
    assert imported.archive is not None or imported.problems
    if imported.storable and imported.archive is not None:
        assert write_archive(imported.archive)
