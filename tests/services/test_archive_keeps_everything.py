"""What goes into the database as a document comes out as the same document, to the byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.domain import archive as doc
from tabapp.exchange import check_archive, read_archive, write_archive
from tabapp.services import exchange
from tests.services.full_document import full_document, parts_of


@pytest.fixture(scope="module")
def full() -> doc.Archive:
    return full_document()


def test_the_full_document_has_a_part_of_every_kind(full: doc.Archive) -> None:
    kinds = {one for one in vars(doc).values() if isinstance(one, type)
             and issubclass(one, doc.Part)} - {doc.Part, doc.Person}
    assert {type(part) for part in parts_of(full)} == kinds
    assert [one for one in check_archive(full) if one.level == "error"] == []


def test_nothing_is_lost_on_the_way_through_the_database(
    full: doc.Archive, tmp_path: Path
) -> None:
    with open_workspace(tmp_path / "full.tabapp", create=True) as work:
        exchange.add(work.database, full, now=work.clock.now(), actor="test")
        with work.database.read() as unit:
            back = exchange.read(unit, work.tournament())
    assert json.loads(write_archive(back)) == json.loads(write_archive(full))
    assert write_archive(back) == write_archive(full)


@pytest.mark.parametrize("until", [1, 2, 3])
def test_a_document_that_ends_early_can_be_read_again(
    full: doc.Archive, tmp_path: Path, until: int
) -> None:
    with open_workspace(tmp_path / "full.tabapp", create=True) as work:
        exchange.add(work.database, full, now=work.clock.now(), actor="test")
        with work.database.read() as unit:
            cut = exchange.read(unit, work.tournament(), until=until)
    assert [one.seq for one in cut.rounds] == list(range(1, until + 1))
    again = read_archive(write_archive(cut), "cut.json")
    assert [one for one in again.problems if one.level == "error"] == []
