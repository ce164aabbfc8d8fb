"""The draw page of a round of two teams."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from tabapp.domain.types import Side
from tabapp.gui.pages.rounds.draw.rows import (
    ORDERS,
    Order,
    chip_of,
    columns,
    has_bracket,
    rows,
)
from tabapp.gui.pages.rounds.draw.swap import SwapDialog, swap_rows
from tabapp.gui.pages.rounds.draw.why import (
    WIDTH,
    WhyPanel,
    certificate_facts,
    quality_words,
    reasons_text,
)
from tabapp.gui.pages.rounds.draw.why_parts import Facts, Positions, SideCosts, held_words
from tabapp.gui.tables.cells import Cell
from tabapp.services.draw_sheet import DrawSheet, summary_of
from tests.services.test_two_team_rounds import POWER, RANDOM, open_pairs


@pytest.fixture
def sheet(tmp_path: Path) -> Iterator[DrawSheet]:
    with open_pairs(
        tmp_path, [RANDOM, POWER], side_names="gov-opp", draw_odd_bracket="pullup_top"
    ) as world:
        yield world.sheet()


@pytest.fixture
def matched(tmp_path: Path) -> Iterator[DrawSheet]:
    with open_pairs(
        tmp_path, [RANDOM, POWER], draw_odd_bracket="pullup_top", draw_avoid_conflicts="graph",
        side_names="1-2",
    ) as world:
        yield world.sheet()


def test_sides_have_the_names_of_the_tournament(sheet: DrawSheet) -> None:
    found = {one.key: (one.title, one.side) for one in columns(sheet, "bracket")}
    assert found["aff"] == ("Government", "Gov")
    assert found["neg"] == ("Opposition", "Opp")
    assert {str(row.cells[2]) for row in rows(sheet, "team")} == {"Gov", "Opp"}
    assert chip_of(Side.BYE, "gov-opp") == ""
    assert "Gov: " in reasons_text(sheet, sheet.rooms[0])


def test_a_team_stands_with_its_points_and_its_sides_so_far(sheet: DrawSheet) -> None:
    first = next(one for one in columns(sheet, "bracket") if one.key == "aff")
    assert (first.note, first.title) == ("Pts · Gov–Opp", "Government")
    book = sheet.book
    assert book is not None
    for row, room in zip(rows(sheet, "bracket"), sheet.rooms, strict=True):
        for team in room.teams:
            cell = row.cells[2 if team.side is Side.AFF else 3]
            before = "1–0" if book.teams[team.id].sides[0] else "0–1"
            assert isinstance(cell, Cell)
            assert cell.note == f"{team.points:g} · {before}"
    by_team = columns(sheet, "team")
    assert [one.title for one in by_team][2:4] == ["Side", "Gov–Opp"]
    assert {str(row.cells[3]) for row in rows(sheet, "team")} == {"1–0", "0–1"}


def test_a_room_of_two_is_told_in_words_of_two(
    qtbot: object, light: None, sheet: DrawSheet
) -> None:
    room = next(one for one in sheet.rooms if len({team.points for team in one.teams}) == 1)
    assert summary_of(sheet, room).startswith(f"Both stand on {room.bracket:g} points.")
    assert held_words(sheet) == "Sides held, this room included."
    panel = WhyPanel()
    panel.show_room(sheet, room)
    said = [one.text() for one in panel.findChildren(QLabel)]
    assert "With the sides swapped" in said
    assert "Cost of other sides" not in said
    assert sum(" comes to Gov " in one for one in said) == 2
    panel.deleteLater()


def test_a_long_remark_does_not_push_the_facts_out_of_the_panel(
    qtbot: object, light: None
) -> None:
    remark = "One pair of teams meets again; no draw without one was found in the cycle."
    facts = Facts([("Seed", "48213", ""), ("Remark", remark, remark)])
    assert facts.minimumSizeHint().width() < WIDTH - 32
    assert f"Remark: {remark}" in [one.text() for one in facts.findChildren(QLabel)]
    facts.deleteLater()


def test_only_points_put_a_room_into_a_bracket(sheet: DrawSheet) -> None:
    room = sheet.rooms[0]
    assert has_bracket(sheet, room)
    assert rows(sheet, "bracket")[0].cells[0] is not None
    cycle = replace(sheet, round=replace(sheet.round, draw_type="round-robin"))
    assert not has_bracket(cycle, room)
    assert rows(cycle, "bracket")[0].cells[0] is None


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_has_every_room(sheet: DrawSheet, order: Order) -> None:
    assert len(rows(sheet, order)) == (14 if order == "team" else 7)


def test_positions_and_the_turn_of_a_room_are_painted(
    qtbot: object, light: None, sheet: DrawSheet, matched: DrawSheet
) -> None:
    for found, chips in ((sheet, ("Gov", "Opp")), (matched, ("1", "2"))):
        room = found.rooms[0]
        assert found.book is not None
        positions = Positions(found, room)
        assert all(f"{chip} " in positions.accessibleDescription() for chip in chips)
        costs = SideCosts(
            found.book.side_swaps(room.number), found.owner.settings.side_names)
        assert costs.accessibleDescription().startswith(f"{chips[0]} {chips[1]} ")
        assert not positions.grab().isNull()
        assert not costs.grab().isNull()


def test_what_is_said_of_the_quality(sheet: DrawSheet, matched: DrawSheet) -> None:
    assert "institution" in quality_words(sheet)[0]
    assert "the best possible" in quality_words(matched)[0]
    for rematches, own, said in (
        (2, 0, "2 repeat meetings"), (0, 1, "1 room of one institution"),
        (1, 1, "1 repeat meeting, 1 room of one institution"),
    ):
        quality = replace(sheet.quality, rematches=rematches, same_institution=own)
        assert quality_words(replace(sheet, quality=quality))[0] == said
    assert "Optimum" not in [name for name, _value, _tip in certificate_facts(sheet)]
    assert "Optimum" in [name for name, _value, _tip in certificate_facts(matched)]


def test_the_list_of_swaps_speaks_of_pairs(
    qtbot: object, light: None, sheet: DrawSheet
) -> None:
    parent = QWidget()
    taken: list[str] = []
    team = sheet.rooms[0].teams[0].id
    dialog = SwapDialog(parent, sheet, team, taken.append)
    assert not dialog.do.isEnabled()
    dialog.show_rows(swap_rows(sheet, team))
    assert len(dialog.model.shown) == 13
    assert {str(row.cells[3]) for row in dialog.model.shown} == {"Gov", "Opp"}
    dialog.act()
    assert len(taken) == 1
    parent.deleteLater()
