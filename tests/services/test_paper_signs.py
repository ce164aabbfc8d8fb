"""Room signs: large names, arrows, who debates there, and a code that leads back to the room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.exchange.paper.signs import Arrow, RoomSign, SignTeam
from tabapp.services.paper.signs import (
    SignOptions,
    find_sign_rooms,
    give_sign_codes,
    print_signs,
    read_signs,
)
from tabapp.services.workspace import Workspace
from tests.services.ink import ink_of
from tests.services.printed import bp, find, look_at, round_id, store

NAMES = (
    "Room 12", "A", "Großer Hörsaal der Philologie 7", "قاعة المحاضرات الكبرى 12", "אולם 3",
    "ห้องประชุมใหญ่", "Donaudampfschifffahrtsgesellschaftskapitänsversammlungsraum",
    "The very large lecture hall on the third floor of the old building by the river " * 2,
)
TEAMS = tuple(
    SignTeam(side, name) for side, name in zip(
        ("Opening Gov", "Opening Opp", "Closing Gov", "Closing Opp"),
        ("Universität Überlingen-Sankt-Gallen Nordost, Mannschaft der Rechtswissenschaften " * 2,
         "Oriel A", "جامعة القاهرة", "Kranichfeld B"), strict=True))


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as opened:
        yield opened


def signs(work: Workspace, **options: Any) -> tuple[RoomSign, ...]:
    with work.database.read() as unit:
        return read_signs(unit, work.tournament().id, SignOptions(**options))


def give(work: Workspace, **options: Any) -> None:
    owner = work.tournament().id
    with work.database.write(
        actor="Ann", verb="give codes", tournament=owner, trail=False, undoable=False
    ) as unit:
        give_sign_codes(unit, owner, SignOptions(**options))


def rooms_of(work: Workspace, seq: int | None = None) -> dict[str, int]:
    with work.database.read() as unit:
        found = find_sign_rooms(
            unit, work.tournament().id, None if seq is None else round_id(work, seq))
        return {name: room for room, name in found.items()}


def refusal(work: Workspace, code: str, **options: Any) -> None:
    with pytest.raises(UserError) as refused:
        signs(work, **options)
    assert refused.value.code == code
    assert "{" not in refused.value.message


def test_each_room_has_a_page_and_a_code_that_is_found(work: Workspace) -> None:
    store(work, bp(40))
    give(work)
    pages = look_at(print_signs(signs(work)))
    names = [f"Room {n}" for n in range(1, 11)]
    assert [find(work, code).name for page in pages.linear for code in page] == names
    for name, text, codes in zip(names, pages.texts, pages.linear, strict=True):
        assert name in text
        assert "Small Open" in text
        assert len(codes[0]) == 10
        assert find(work, codes[0]).kind == "venue"


def test_without_teams_nothing_of_a_draw_is_said(work: Workspace) -> None:
    store(work, bp())
    assert {(one.when, one.teams, one.panel) for one in signs(work)} == {("", (), "")}


def test_a_round_shows_who_debates_where_once_its_draw_is_released(work: Workspace) -> None:
    document = bp()
    document["rounds"][1]["status"] = "confirmed"
    store(work, document)
    first = signs(work, round_id=round_id(work))[0]
    assert (first.room, first.when) == ("Room 1", "Round 1")
    assert [one.side for one in first.teams] == [
        "Opening Gov", "Opening Opp", "Closing Gov", "Closing Opp"]
    assert first.panel == "Judge 1 (chair), Judge 2, Judge 3"
    text = look_at(print_signs([first])).texts[0]
    assert all(one.name in text for one in first.teams)
    refusal(work, "sign_draw_secret", round_id=round_id(work, 2))
    bare = signs(work, round_id=round_id(work, 2), teams=False)
    assert {(one.when, one.teams, one.panel) for one in bare} == {("Round 2", (), "")}


def test_signs_name_teams_and_judges_as_the_hall_may(work: Workspace) -> None:
    document = bp(team_code_names="everywhere")
    for at, one in enumerate(document["teams"]):
        one["code_name"] = f"Otter {at}"
    document["adjudicators"][0] |= {"anonymous": True, "code_name": "Judge X"}
    store(work, document)
    found = signs(work, round_id=round_id(work))
    said = " ".join(one.panel + " ".join(team.name for team in one.teams) for one in found)
    assert "Otter" in said
    assert "College" not in said
    assert "Judge X (chair), Judge 2" in said
    assert "Judge 1" not in said


def test_a_postponed_debate_and_one_without_a_room_have_no_sign(work: Workspace) -> None:
    document = bp(12)
    first, second, _third = document["rounds"][0]["debates"]
    first["status"], second["venue"] = "postponed", None
    store(work, document)
    assert [one.room for one in signs(work, round_id=round_id(work))] == ["Room 3"]
    assert list(rooms_of(work, 1)) == ["Room 3"]


def test_sides_that_the_room_decides_are_not_on_the_sign(work: Workspace) -> None:
    document = bp()
    for one in document["rounds"][0]["debates"]:
        one["sides_confirmed"] = False
    store(work, document)
    assert {team.side for one in signs(work, round_id=round_id(work)) for team in one.teams} == {
        ""}


def test_only_chosen_rooms_with_their_arrows_and_categories(work: Workspace) -> None:
    document = bp(16)
    document["venue_categories"] = [
        {"id": "VC1", "name": "Main building"}, {"id": "VC2", "name": "Step-free"}]
    document["venues"][1]["categories"] = ["VC1", "VC2"]
    document["venues"][3]["withdrawn"] = True
    store(work, document)
    rooms = rooms_of(work)
    assert list(rooms) == ["Room 1", "Room 2", "Room 3"]
    chosen = signs(
        work, rooms=(rooms["Room 3"], rooms["Room 2"]), arrow="left")
    assert [(one.room, one.arrow, one.note) for one in chosen] == [
        ("Room 2", "left", "Main building · Step-free"), ("Room 3", "left", "")]
    give(work, rooms=(rooms["Room 2"],))
    assert [one.code is not None for one in signs(work)] == [False, True, False]


def test_what_cannot_be_printed_is_refused_in_words(work: Workspace) -> None:
    document = bp()
    for one in document["rounds"][0]["debates"]:
        one["venue"] = None
    store(work, document)
    refusal(work, "paper_nothing_chosen", rooms=())
    refusal(work, "sign_room_gone", rooms=(4711,))
    refusal(work, "sign_round_without_rooms", round_id=round_id(work))


def test_without_rooms_there_are_no_signs(work: Workspace) -> None:
    document = bp()
    document["venues"], document["rounds"] = [], []
    store(work, document)
    refusal(work, "sign_no_rooms")


@pytest.mark.parametrize("arrow", ["", "left", "right", "up", "down"])
def test_every_name_is_inside_its_one_page(arrow: Arrow) -> None:
    pack = print_signs([
        RoomSign("Small Open", name, "Round 1 · starts 14:30", arrow, "Main building", teams,
                 "Judge 1 (chair), Judge 2" if teams else "")
        for name in NAMES for teams in ((), TEAMS)])
    assert pack.lacking == ()
    assert pack.pages == 2 * len(NAMES)
    pages = ink_of(pack)
    assert len(pages) == pack.pages
    for page in pages:
        assert page.size == (297, 210)
        assert page.is_bare_outside(11.5)
        assert not page.within(12, 25.5, 285, 27), "between the head and the name"


def test_a_short_name_fills_the_page_and_text_can_be_copied() -> None:
    pack = print_signs([RoomSign("Small Open", name) for name in ("Room 12", "A")])
    assert [text.split(" Open ")[1] for text in look_at(pack).texts] == ["Room 12", "A"]
    for page in ink_of(pack):
        wide, tall = page.bounds(12, 27, 285, 180)
        assert tall > 70 or wide > 250


def test_the_arrow_stands_on_its_side() -> None:
    for arrow, filled in (("left", (12, 60)), ("right", (237, 285)), ("up", (237, 285))):
        page = ink_of(print_signs([RoomSign("Small Open", "A", arrow=arrow)]))[0]
        assert page.within(filled[0], 70, filled[1], 150)


def test_letters_that_no_font_has_are_told() -> None:
    assert print_signs([RoomSign("Small Open", "\U00012000")]).lacking


def test_many_signs_are_several_files_and_can_be_cancelled(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tabapp.exchange.paper.signs.CHUNK", 2)
    told: list[tuple[int, int]] = []
    three = [RoomSign("Small Open", f"Room {n}") for n in range(3)]
    pack = print_signs(three, tick=lambda done, of: told.append((done, of)))
    assert (told, len(pack.files), pack.pages) == ([(0, 3), (2, 3), (3, 3)], 2, 3)
    assert pack.files == print_signs(three).files

    def stop(done: int, _of: int) -> None:
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        print_signs(three, tick=stop)


def test_no_name_is_ever_markup(work: Workspace) -> None:
    hostile = '#read("/etc/passwd") *b* $x$ `c` \\ ] <label> @ref // no'
    document = bp()
    document["venues"][0]["name"] = document["teams"][0]["name"] = hostile
    store(work, document)
    text = " ".join(look_at(print_signs(signs(work, round_id=round_id(work)))).texts)
    assert text.count("<label>") == 2
