"""Two real tournaments: what their files say and what the archives say is the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tabapp.domain.archive import Archive, Debate
from tabapp.exchange import Imported, read_archive, read_source, write_archive

NAMES = ["2023berkeley", "2023eudc"]
EXPECTED = {"score_missing", "debatexml_total_differs", "debatexml_ranks_differ", "tied_totals",
            "ranks_against_totals"}


@pytest.fixture(scope="module", params=NAMES)
def source(request: pytest.FixtureRequest, data_dir: Path) -> Path:
    return data_dir / "debatexml" / f"{request.param}.xml"


@pytest.fixture(scope="module")
def imported(source: Path) -> Imported:
    return read_source([source])


@pytest.fixture(scope="module")
def archive(imported: Imported) -> Archive:
    assert imported.archive is not None
    return imported.archive


def played(archive: Archive) -> Iterator[Debate]:
    for round_ in archive.rounds:
        yield from round_.debates


def test_only_what_is_really_odd_in_them_is_told(imported: Imported) -> None:
    assert imported.kind == "debatexml"
    assert imported.storable
    assert {problem.code for problem in imported.problems} <= EXPECTED


def test_people_rooms_and_rounds_are_all_there(source: Path, archive: Archive) -> None:
    text = source.read_text(encoding="utf-8")
    for tag, things in (
        ("<team ", archive.teams), ("<speaker ", archive.speakers),
        ("<adjudicator ", archive.adjudicators), ("<institution ", archive.institutions),
        ("<venue ", archive.venues), ("<round ", archive.rounds),
        ("<debate ", list(played(archive))), ("<break-category ", archive.break_categories),
    ):
        assert text.count(tag) == len(things), tag
    assert all(round_.completed for round_ in archive.rounds)


def test_every_speakers_scores_add_up_to_the_same(source: Path, archive: Archive) -> None:
    said: dict[str, float] = defaultdict(float)
    for speech in ElementTree.parse(source).getroot().iter("speech"):
        said[speech.attrib["speaker"]] += float(speech.findtext("ballot") or "nan")
    read: dict[str, float] = defaultdict(float)
    for debate in played(archive):
        for side in debate.ballots[0].sheets[0].sides:
            for speech_read in side.speeches:
                read[speech_read.speaker or ""] += speech_read.score or 0.0
    assert read == said


def test_every_teams_places_are_the_announced_ones(source: Path, archive: Archive) -> None:
    said = {
        (debate.attrib["id"], side.attrib["team"]): int(next(side.iter("ballot")).attrib["rank"])
        for debate in ElementTree.parse(source).getroot().iter("debate")
        for side in debate.iter("side")
    }
    read = {}
    for debate in played(archive):
        sheet = debate.ballots[0].sheets[0]
        totals = {
            side.side: sum(speech.score or 0.0 for speech in side.speeches) for side in sheet.sides
        }
        order = sorted(totals, key=lambda side: -totals[side])
        for side in debate.sides:
            by_total = order.index(side.side) + 1
            read[debate.id, side.team] = sheet.ranks[side.side] if sheet.ranks else by_total
    assert read == said


def test_they_survive_being_written_and_read(archive: Archive) -> None:
    written = write_archive(archive)
    again = read_archive(written, "again")
    assert again.storable
    assert again.archive is not None
    assert write_archive(again.archive) == written
