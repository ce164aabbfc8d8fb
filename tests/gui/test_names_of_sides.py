"""Two sides are called everywhere as the tournament calls them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tabapp.domain.public import PublicRoom, PublicSide
from tabapp.domain.types import TWO_SIDES, Side
from tabapp.gui.pages.ballots.heading import Heading
from tabapp.gui.pages.ballots.quarter import side_word
from tabapp.gui.pages.people.detail_dialog import team_dialog
from tabapp.gui.pages.results.sheet import columns_of, rows_of
from tabapp.gui.pages.rounds.rooms.rows import columns as room_columns
from tabapp.gui.present.sheet import Hall
from tabapp.gui.present.slides import lay_out
from tabapp.gui.present.state import Kind, make_slide
from tabapp.gui.tables.cells import Cell
from tabapp.gui.tables.view import TableView
from tabapp.services.ballot_desk import read_desk
from tabapp.services.ballot_form import read_form
from tabapp.services.people_details import read_team
from tabapp.services.public import read_public
from tabapp.services.results import TableRequest, read_table
from tabapp.services.venues import read_rooms
from tests.gui.desk import Desk, open_desk
from tests.gui.public_rounds import public_round

pytestmark = pytest.mark.usefixtures("light")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Open a tournament of two teams, Government and Opposition, whose first round is played."""
    with open_desk(qtbot, tmp_path, teams=8, rounds=2, preset="apda") as opened:
        opened.play(1)
        yield opened


def test_on_slides(desk: Desk) -> None:
    rooms = (PublicRoom("Hall 1", (
        PublicSide(Side.AFF, "Ana"), PublicSide(Side.NEG, "Otto"))),
        PublicRoom("", (PublicSide(Side.BYE, "Uma"),)))
    with desk.workspace.database.read() as unit:
        assert read_public(unit, desk.rounds()[0].id).side_names == "gov-opp"
    for setting, first in (("gov-opp", "Gov"), ("pro-con", "Pro")):
        round_ = replace(public_round(), rooms=rooms, side_names=setting)
        for kind in (Kind.ROOMS, Kind.TEAMS):
            slide = make_slide(kind, round_)
            assert slide is not None
            words = [text for page in lay_out(slide, Hall(1920, 1080)) for text in page.texts()]
            assert first in words
            assert "Aff" not in words
            assert "Bye" in words


def test_in_the_rooms_stage_and_in_the_rounds_of_a_team(desk: Desk) -> None:
    with desk.workspace.database.read() as unit:
        board = read_rooms(unit, desk.rounds()[0].id)
        found = read_team(unit, desk.owner.id, 1)
    titles = [(one.title, one.side) for one in room_columns(TWO_SIDES, board.side_names)]
    assert ("Government", "Gov") in titles
    parent = QWidget()
    table = team_dialog(parent, found).findChild(TableView)
    assert table is not None
    assert str(table.rows.shown[0].cells[1]) in ("Gov", "Opp")
    parent.deleteLater()


def test_on_ballots_whose_heading_says_who_hands_in_a_sheet(desk: Desk) -> None:
    with desk.workspace.database.read() as unit:
        ref = read_desk(unit, desk.owner.id, desk.rounds()[0].id).rooms[0].row.ref
        form = read_form(unit, desk.owner.id, ref, "")
    assert [side_word(form.sheet, side) for side in TWO_SIDES] == ["Gov", "Opp"]
    heading = Heading()
    heading.show_form(form)
    assert heading.panel.text.endswith("one sheet for the panel")
    heading.show_form(replace(form, each_judge=True))
    assert heading.panel.text.endswith("a sheet from each judge")
    heading.deleteLater()


def test_in_results_where_a_round_is_won_or_lost(desk: Desk) -> None:
    with desk.workspace.database.read() as unit:
        table = read_table(unit, desk.owner.id, TableRequest("teams"))
    assert columns_of(table)[-1].band == "Rounds: won or lost, and score"
    marks = [row.cells[-1] for row in rows_of(table) if not row.line]
    assert all(isinstance(one, Cell) for one in marks)
    said = [(one.text, one.tip.partition(",")[0]) for one in marks if isinstance(one, Cell)]
    assert sorted(text for text, _side in said) == ["L"] * 4 + ["W"] * 4
    assert {side for _text, side in said} == {"Government", "Opposition"}
