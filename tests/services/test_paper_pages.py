"""Packs of score sheets: one page each, in the order of rooms, reprinted, with a sample."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.exchange.paper import print_sheets
from tabapp.services.paper import print_score_sheets, read_sample, read_spares, write_pack
from tabapp.services.workspace import Workspace
from tests.services.printed import (
    bp,
    give,
    look_at,
    printed,
    rooms_of,
    round_id,
    sheets,
    store,
)
from tests.voting import Doc, voting_archive

LONG = {
    "teams": "Universität Überlingen-Sankt-Gallen Nordost, Mannschaft der Rechtswissenschaften",
    "speakers": "Maximiliano-Alejandro Hernández de la Cruz y Montenegro-Villanueva",
    "adjudicators": "Prof. Dr. Aleksandra Kowalczyk-Nowakowska von der Heide zu Lichtenstein",
    "venues": "Großer Hörsaal der Philologie ",
}


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as opened:
        yield opened


def with_long_names(document: Doc) -> Doc:
    for part, name in LONG.items():
        for at, one in enumerate(document[part]):
            one["name"] = f"{name} {at}"
    for one in document["motions"]:
        one["text"] = "This house would " + "rather go by train than by car, and " * 12
    document["tournament"]["settings"] |= {"ballot_introduction": "Welcome to all of you. " * 20}
    return document


@pytest.mark.parametrize("two_up", [False, True])
@pytest.mark.parametrize("replies", [False, True])
def test_the_longest_names_stay_on_one_page(
    work: Workspace, *, two_up: bool, replies: bool
) -> None:
    store(work, with_long_names(bp(
        reply_scores_enabled=replies, substantive_speakers=3 if replies else 2)))
    pages = printed(work, two_up=two_up)
    assert len(pages.texts) == (1 if two_up else 2)
    text = pages.texts[0]
    for name in ("Rechtswissenschaften 1", "Villanueva 2", "Hörsaal der Philologie 0"):
        assert name in text
    assert all(page for page in pages.linear)
    assert "Checked" in text


def test_rooms_are_in_the_order_in_which_people_count(work: Workspace) -> None:
    document = bp(16)
    for one, name in zip(
        document["venues"], ("Room 10", "room 9", "Élan 2", "Aula"), strict=True
    ):
        one["name"] = name
    store(work, document)
    assert [one.room for one in sheets(work)] == ["Aula", "Élan 2", "room 9", "Room 10"]


def test_a_reprint_is_the_page_of_the_pack(work: Workspace) -> None:
    store(work, bp(16))
    pack = printed(work)
    rooms = list(rooms_of(work))
    again = printed(work, rooms=(rooms[2],))
    assert again.texts == [pack.texts[2]]
    assert again.codes == [pack.codes[2]]
    assert sheets(work, rooms=(rooms[2],)) == (sheets(work)[2],)


def test_equal_sheets_make_equal_files(work: Workspace) -> None:
    store(work, bp())
    give(work)
    assert print_score_sheets(sheets(work)).files == print_score_sheets(sheets(work)).files


def test_the_sample_is_filled_in_and_spares_are_empty(work: Workspace) -> None:
    store(work, bp())
    give(work)
    with work.database.read() as unit:
        round_ = round_id(work)
        pack = (*read_sample(unit, round_), *sheets(work), *read_spares(unit, round_, 2))
    pages = look_at(print_score_sheets(pack))
    assert len(pages.texts) == 1 + 2 + 2
    assert "HOW TO FILL IN" in pages.texts[0]
    assert "Circle the place of each team" in pages.texts[0]
    assert "155" in pages.texts[0]
    assert [len(page) for page in pages.linear] == [0, 1, 1, 0, 0]
    assert "College" not in pages.texts[0] + pages.texts[3]


@pytest.mark.parametrize("preset", [
    "ap", "apda", "australs", "bp-2025", "bp", "cp", "easters", "joynt", "karl-popper",
    "nz-easters", "public-speaking", "uadc", "wsdc-2025", "wsdc",
])
def test_every_preset_has_a_sample_that_adds_up(work: Workspace, preset: str) -> None:
    document = voting_archive(results=False) if preset != "bp" else bp()
    document["tournament"]["preset"] = preset
    store(work, document)
    with work.database.read() as unit:
        (sample,) = read_sample(unit, round_id(work))
    for team in sample.teams:
        if team.speeches:
            assert sum(float(one.score) for one in team.speeches) == float(team.total)
        for one in team.speeches:
            assert one.scale.low <= float(one.score) <= one.scale.high
    assert "HOW TO FILL IN" in look_at(print_score_sheets([sample])).texts[0]


def test_each_team_of_the_sample_has_speakers_of_its_own(work: Workspace) -> None:
    store(work, bp())
    with work.database.read() as unit:
        (sample,) = read_sample(unit, round_id(work))
    names = [name for team in sample.teams for name in team.speeches[0].names]
    assert len(names) == len(set(names)) == 8


def test_the_sample_keeps_to_the_marks_of_criteria_and_adds_them_up_by_weight(
    work: Workspace,
) -> None:
    document = bp()
    document["tournament"]["criteria"] = [
        {"id": "K1", "name": "Style", "weight": 2.0, "min": 10, "max": 14, "step": 0.5},
        {"id": "K2", "name": "Content", "weight": 1.0, "min": 30, "max": 40, "step": 1}]
    store(work, document)
    with work.database.read() as unit:
        (sample,) = read_sample(unit, round_id(work))
    for speech in (one for team in sample.teams for one in team.speeches):
        style, content = speech.criteria
        assert 10 <= float(style.value) <= 14
        assert 30 <= float(content.value) <= 40
        assert float(speech.score) == 2 * float(style.value) + float(content.value)


def test_a_long_pack_is_several_files_and_can_be_cancelled(
    work: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store(work, bp(16))
    monkeypatch.setattr("tabapp.exchange.paper.score_sheets.CHUNK", 3)
    told: list[tuple[int, int]] = []
    pack = print_score_sheets(sheets(work), tick=lambda done, of: told.append((done, of)))
    assert told == [(0, 4), (3, 4), (4, 4)]
    files, remark = write_pack(pack, tmp_path / "b.pdf")
    assert [one.name for one in files] == ["b-1.pdf", "b-2.pdf"]
    assert (pack.pages, remark) == (4, "")

    def stop(done: int, _of: int) -> None:
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        print_score_sheets(sheets(work), tick=stop)


def test_wide_ranges_and_steps_leave_the_circles_out(work: Workspace) -> None:
    store(work, bp())
    sheet = sheets(work)[0]
    wide = replace(sheet, teams=tuple(
        replace(team, speeches=tuple(
            replace(one, scale=replace(one.scale, low=0, high=400)) for one in team.speeches))
        for team in sheet.teams))
    pages = print_sheets([wide])
    assert pages[0].pages == 1
