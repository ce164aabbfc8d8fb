"""Nothing that comes in, and nothing that is said of it, is without bounds."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive
from tabapp.exchange import check_archive, parse_json, read_archive, read_bounded, read_debatexml
from tests.builders import small_archive
from tests.exchange.debatexml_samples import bp_file


class Trickle(io.RawIOBase):
    """A raw stream that gives a few bytes at a time, as a terminal or a pipe does."""

    def __init__(self, data: bytes) -> None:
        self._left = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._left.read(min(3, len(buffer)))
        buffer[: len(piece)] = piece
        return len(piece)


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("tabapp.exchange.bounded.LARGEST", 1000)
    return 1000


def test_files_and_streams_are_read_whole_up_to_the_limit(limit: int, tmp_path: Path) -> None:
    data = bytes(range(250)) * 4
    assert len(data) == limit
    path = tmp_path / "x"
    path.write_bytes(data)
    for source in (path, io.BytesIO(data), cast("BinaryIO", Trickle(data))):
        assert read_bounded(source) == data


def test_what_is_larger_is_refused_by_name(limit: int, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b" " * (limit + 1))
    for source, name in ((path, str(path)), (io.BytesIO(b" " * 5000), "Standard input")):
        with pytest.raises(UserError) as caught:
            read_bounded(source, name)
        assert caught.value.code == "import_file_too_large"
        assert name in caught.value.message


@pytest.mark.parametrize("name", ["", "no-such-file", "a\x00b", "x" * 5000])
def test_what_is_no_file_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_bounded(tmp_path / name)
    assert caught.value.code == "file_unreadable"
    assert caught.value.message.isprintable()


def test_a_document_with_too_many_values_is_not_looked_into(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tabapp.exchange.strict_json.MAX_VALUES", 100)
    assert parse_json(json.dumps(list(range(99))).encode())[1] == []
    document, problems = parse_json(json.dumps(list(range(100))).encode())
    assert document is None
    assert [problem.code for problem in problems] == ["import_too_many_values"]


def flooded() -> dict[str, Any]:
    """A document with a thousand errors and a thousand warnings."""
    document = small_archive()
    document["teams"] += [{"id": f"T{n}", "institution": "X"} for n in range(100, 1100)]
    document["break_categories"] += [
        {"id": f"BC{n}", "slug": f"s{n}", "size": 5} for n in range(2, 502)
    ]
    return document


def test_problems_are_listed_up_to_a_limit_for_each_level() -> None:
    problems = check_archive(Archive.model_validate(flooded()))
    errors = [problem for problem in problems if problem.level == "error"]
    warnings = [problem for problem in problems if problem.level == "warning"]
    assert (len(errors), len(warnings)) == (201, 201)
    assert [problem.code for problem in problems[-2:]] == [
        "import_more_problems", "import_more_warnings",
    ]
    assert "800 more" in problems[-2].message
    assert "800 more" in problems[-1].message


def test_a_flood_of_warnings_does_not_hide_an_error() -> None:
    document = flooded()
    document["teams"] = document["teams"][:8]
    document["rounds"][0]["debates"][0]["importance"] = 7
    errors = [
        problem.code for problem in read_archive(json.dumps(document).encode(), "f").problems
        if problem.level == "error"
    ]
    assert errors == ["import_bad_importance"]


def test_wrong_values_by_the_ten_thousand_are_not_worded() -> None:
    document = small_archive() | {"institutions": [{}] * 30_000}
    problems = read_archive(json.dumps(document).encode(), "f").problems
    assert [problem.code for problem in problems] == ["import_wrong_flood"]
    assert "30000 values" in problems[0].message


def test_the_reader_of_xml_shares_one_limit_with_the_checks() -> None:
    flood = "".join(f"<x{n}/>" for n in range(1000)).encode()
    data = bp_file().replace(b"<participants>", b"<participants>" + flood)
    imported = read_debatexml(data.replace(b'venue="V1"', b'venue="V77"', 1), "f")
    codes = [problem.code for problem in imported.problems]
    assert codes.count("debatexml_unknown_element") == 200
    assert codes[200:] == ["import_unknown_reference", "import_more_warnings"]
