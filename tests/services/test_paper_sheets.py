"""Score sheets of every format: what stands on them, and what a scanner reads back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.exchange.paper.codes import shapes_of
from tabapp.services.paper import (
    print_score_sheets,
    write_pack,
)
from tabapp.services.workspace import Workspace
from tabapp.store.schema import tournament
from tests.builders import small_archive
from tests.services.printed import (
    bp,
    find,
    give,
    look_at,
    printed,
    rooms_of,
    sheets,
    store,
)
from tests.voting import voting_archive


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as opened:
        yield opened


# --- codes -------------------------------------------------------------------------------------


def test_every_sheet_is_read_back_by_a_scanner_and_found(work: Workspace) -> None:
    store(work, bp(16))
    pages = printed(work)
    assert len(pages.texts) == 4
    rooms = list(rooms_of(work))
    for page, room in zip(pages.codes, rooms, strict=True):
        kinds = dict(page)
        assert kinds.keys() == {"Code128", "QRCode"}
        assert kinds["Code128"] == kinds["QRCode"]
        assert len(kinds["Code128"]) == 10
        found = find(work, kinds["Code128"])
        assert (found.kind, found.id) == ("debate", room)


def test_two_on_a_page_are_read_as_safely(work: Workspace) -> None:
    store(work, bp(12))
    pages = printed(work, two_up=True)
    assert [len(page) for page in pages.linear] == [2, 1]
    assert {find(work, one).id for page in pages.linear for one in page} == set(
        rooms_of(work))


def test_a_code_that_came_with_a_file_stands_on_the_sheet(work: Workspace) -> None:
    document = bp()
    debates = document["rounds"][0]["debates"]
    debates[0]["barcode"], debates[1]["barcode"] = "ROOM-A", "Räume/" + "9" * 30
    store(work, document)
    first, second = printed(work).codes
    assert dict(first)["Code128"] == "ROOM-A"
    assert dict(second).keys() == {"QRCode"}
    assert {find(work, dict(page)["QRCode"]).name for page in (first, second)} == {
        "Room 1", "Room 2"}


def test_without_codes_sheets_are_printed_bare(work: Workspace) -> None:
    store(work, bp())
    assert look_at(print_score_sheets(sheets(work))).codes == [[], []]
    give(work)
    assert [len(page) for page in look_at(print_score_sheets(sheets(work))).linear] == [1, 1]


def test_letters_without_bars_are_a_square_alone() -> None:
    assert shapes_of("Ä")["bars"] is None
    assert shapes_of("4821593017")["width"] == 90


# --- formats -----------------------------------------------------------------------------------


def test_a_bp_sheet_says_who_speaks_where_and_for_how_many_points(work: Workspace) -> None:
    store(work, bp(score_return_location="the blue desk", ballot_introduction="Smile."))
    text = printed(work).texts[0]
    for word in (
        "Small Open", "Room 1", "Round 1", "Score sheet, chair Judge 1",
        "Judge 1 (chair), Judge 2, Judge 3", "Opening Gov", "Opening Opp", "Closing Gov",
        "Closing Opp", "50 to 99 in steps of 1", "Smile.", "Bring this sheet to: the blue desk",
        "Entered", "Checked", "1 · PM", "2 · OW", "total", "place",
    ):
        assert word in text
    sheet = sheets(work)[0]
    assert [team.name for team in sheet.teams] == [f"College {n}" for n in (
        "1 B", "2 B", "3 B", "4 B")]
    for team in sheet.teams:
        assert team.name in text
        for speech in team.speeches:
            assert all(text.count(name) >= 2 for name in speech.names)


def test_the_place_of_return_is_hidden_while_nobody_knows_it(work: Workspace) -> None:
    store(work, bp(score_return_location=" tba "))
    assert "Bring this" not in printed(work).texts[0]


def test_each_voting_judge_has_a_sheet_and_the_chair_the_code(work: Workspace) -> None:
    store(work, voting_archive(results=False))
    pages = printed(work)
    assert len(pages.texts) == 3 + 5
    assert [bool(page) for page in pages.linear] == [True, *[False] * 2, True, *[False] * 4]
    for text, judge in zip(pages.texts, ("1", "2", "3", "4", "5", "6", "7", "8"), strict=True):
        role = "chair" if judge in "14" else "panellist"
        assert f"Score sheet of the {role} Judge {judge}" in text
        assert all(word in text for word in (
            "Affirmative", "Negative", "Reply", "Winner", "margin",
            "70 to 80 in steps of 1; replies 35 to 40 in steps of 0.5", "debated", "Aff veto"))
    assert "trainee Judge 9" in pages.texts[0]
    everywhere = look_at(print_score_sheets(sheets(work, codes_on_all=True)))
    assert all(page for page in everywhere.linear)


def test_a_consensus_of_two_teams_is_one_sheet(work: Workspace) -> None:
    store(work, voting_archive(
        results=False, ballots_per_debate_prelim="per-debate", winners_in_ballots="low-points",
        maximum_margin=12))
    text, _other = printed(work).texts
    assert "The winner stands whatever the totals say. Largest margin 12." in text
    assert "Score sheet, chair Judge 1" in text


def test_public_speaking_places_nobody(work: Workspace) -> None:
    store(work, bp(ballots_per_debate_prelim="per-adj", margin_includes_dissenters=True))
    found = sheets(work)
    assert len(found) == 6
    assert {(one.places, one.advance, one.winner, one.margin) for one in found} == {
        (0, 0, (), None)}
    assert "place" not in printed(work).texts[0]


def test_criteria_have_their_boxes_and_replies_have_not(work: Workspace) -> None:
    document = voting_archive(results=False)
    document["tournament"]["criteria"] = [
        {"id": "C1", "name": "Content", "weight": 2, "min": 10, "max": 25},
        {"id": "C2", "name": "Style", "min": 20, "max": 40}]
    store(work, document)
    text = printed(work).texts[0]
    assert text.count("Content 10–25") == text.count("Style 20–40") == 6
    assert "The score is the sum of Content × 2, Style." in text


def test_speeches_are_ranked_where_the_settings_say(work: Workspace) -> None:
    store(work, voting_archive(results=False, speaker_ranks="any"))
    text = printed(work).texts[0]
    assert text.count("rank ") == 6
    assert "the best is 1" in text


def test_elimination_rounds_without_scores_ask_who_goes_on(work: Workspace) -> None:
    document = bp()
    for one in document["rounds"]:
        one |= {"stage": "elimination", "draw_type": "elimination", "break_category": "open"}
    store(work, document)
    assert {(one.advance, one.scores) for one in sheets(work)} == {(2, False)}
    text = printed(work).texts[0]
    assert "Tick the two teams that go on. No scores." in text
    assert text.count("goes on") == 4
    assert "Tick the one team that wins" in printed(work, 2).texts[0]


def test_prelims_without_scores_ask_for_places(work: Workspace) -> None:
    store(work, bp(speakers_in_ballots="never"))
    sheet = sheets(work)[0]
    assert (sheet.places, sheet.scores, sheet.scale) == (4, False, "")
    assert "total" not in printed(work).texts[0]


def test_sides_that_the_room_decides_are_ticked(work: Workspace) -> None:
    document = voting_archive(results=False)
    for one in document["rounds"][0]["debates"]:
        one["sides_confirmed"] = False
    store(work, document)
    text = printed(work).texts[0]
    assert text.count("Affirmative") == text.count("Negative") == 2
    assert sheets(work)[0].winner == ("College 1", "College 2")


def test_digits_are_circled_unless_the_setting_is_off(work: Workspace) -> None:
    store(work, bp())
    assert "0 1 2 3 4 5 6 7 8 9" in printed(work).texts[0]
    with work.database.write(actor="Ann", verb="x", tournament=1) as unit:
        unit.update(tournament, {1: {"settings": {"ballots_confirm_digits": False}}})
    assert "0 1 2 3 4 5 6 7 8 9" not in printed(work).texts[0]


# --- motions, names, reminders -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("hidden", "released", "wanted", "shown"),
    [
        (False, True, None, True), (True, True, None, False), (False, False, None, False),
        (True, False, True, True), (False, True, False, False),
    ],
)
def test_motions_stand_there_once_they_are_released(
    work: Workspace, hidden: bool, released: bool, wanted: bool | None, shown: bool
) -> None:
    document = bp(ballots_hide_motions=hidden, enable_motions=True)
    document["rounds"][0]["motions_released"] = released
    store(work, document)
    text = printed(work, motions=wanted).texts[0]
    assert ("That we test 1." in text) is shown
    assert "Motion" in text


def test_codes_stand_for_names_where_the_hall_reads_codes(work: Workspace) -> None:
    document = bp(team_code_names="admin-tooltips-code", participant_code_names="everywhere")
    for part in ("teams", "speakers", "adjudicators"):
        for at, one in enumerate(document[part]):
            one["code_name"] = f"{part[:-1].title()} code {at}"
    store(work, document)
    text = " ".join(printed(work).texts)
    assert "Team code 1" in text
    assert "Speaker code 2" in text
    assert "Adjudicator code 0" in text
    assert "College" not in text
    assert "Judge 1" not in text


def test_iron_persons_of_the_last_round_are_called_to_mind(work: Workspace) -> None:
    document = small_archive(8, 2)
    speeches = document["rounds"][0]["debates"][0]["ballots"][0]["sheets"][0]["sides"][0]
    speeches["speeches"][1] |= {
        "speaker": speeches["speeches"][0]["speaker"], "ghost": True}
    store(work, document)
    team = document["rounds"][0]["debates"][0]["sides"][0]["team"]
    name = next(one["name"] for one in document["teams"] if one["id"] == team)
    noted = [one for sheet in sheets(work, 2) for one in sheet.teams if one.note]
    assert [one.name for one in noted] == [name]
    assert "Iron person in Round 1." in " ".join(printed(work, 2).texts)


def test_names_of_every_script_are_printed(work: Workspace) -> None:
    document = bp()
    for one, name in zip(
        document["teams"], ("محمد علي", "नमस्ते", "Иван Петров", "שלום", "สวัสดี", "Ἀθῆναι"),
        strict=False,
    ):
        one["name"] = name
    store(work, document)
    pack = print_score_sheets(sheets(work))
    assert pack.lacking == ()
    text = " ".join(look_at(pack).texts)
    assert "Иван Петров" in text
    assert "Ἀθῆναι" in text


def test_letters_that_no_font_has_are_told(work: Workspace, tmp_path: Path) -> None:
    document = bp()
    document["teams"][0]["name"] = "\U00012000 \u4f60\u597d"
    store(work, document)
    pack = print_score_sheets(sheets(work))
    assert pack.lacking
    files, remark = write_pack(pack, tmp_path / "ballots.pdf")
    assert files == [tmp_path / "ballots.pdf"]
    assert "ballots.pdf shows boxes" in remark


def test_no_name_is_ever_markup(work: Workspace) -> None:
    document = bp()
    hostile = '#read("/etc/passwd") *b* $x$ `c` \\ ] <label> @ref // no'
    for part in ("teams", "speakers", "adjudicators", "venues"):
        document[part][0]["name"] = hostile
    store(work, document)
    text = " ".join(printed(work).texts)
    assert '#read("/etc/passwd") *b* $x$ `c` \\ ] <label> @ref // no' in text


# --- refused -----------------------------------------------------------------------------------


def test_a_round_without_a_draw_has_no_sheets(work: Workspace) -> None:
    document = bp()
    document["rounds"][1] |= {"debates": [], "status": "none"}
    store(work, document)
    with pytest.raises(UserError, match="Round 2 has no draw yet"):
        sheets(work, 2)


def test_a_room_of_another_round_is_refused(work: Workspace) -> None:
    store(work, bp())
    with pytest.raises(UserError, match="Its rooms are: Room 1, Room 2"):
        sheets(work, 1, rooms=(99,))
