"""The page of a break that was made: why each team, lots, notes, lists out of date, the ways on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tabapp.gui.dialogs.base import Question
from tabapp.gui.dialogs.export import ExportDialog
from tabapp.gui.pages.breaks.rows import rank_cell
from tabapp.gui.tables.cells import Cell
from tabapp.services import people
from tabapp.store import schema
from tabapp.store.break_rows import read_breaks
from tests.gui.test_break_page import Scene, level, scene
from tests.services.out_rounds import pairs, played


def because(made: Scene) -> dict[str, str]:
    at = [one.key for one in made.page.listing.model.columns].index("because")
    return {
        str(row.key): value.text for row in made.page.listing.model.shown
        if row.cells and isinstance(value := row.cells[at], Cell)}


def test_every_row_says_why_it_breaks_or_by_how_much_it_does_not(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with scene(qtbot, tmp_path, played(16)) as made:
        made.run("break.make")
        words = because(made)
        breaking = made.room.seeds()
        assert {words[team] for team in breaking} == {"among the first 16"}
        rest = [one for team, one in words.items() if team not in breaking]
        assert rest
        assert all(one.startswith("missed by ") for one in rest)


def test_a_team_with_fewer_wins_missed_by_wins_whatever_its_speaks(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    archive = pairs(4, 12)
    with scene(qtbot, tmp_path, archive) as made:
        made.run("break.make")
        words = because(made)
        # the first six won, the others lost
        assert {words[f"T{n}"] for n in range(7, 13)} == {"missed by 1 wins"}
        assert all("wins" not in words[team] for team in ("T5", "T6"))


def test_a_lot_is_told_with_its_seed_and_order(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with scene(qtbot, tmp_path, level()) as made:
        made.room.make_break(seed=77)
        made.settle()
        lots = made.room.stored().lots
        assert lots is not None
        assert made.page.foot.text.startswith("No result is confirmed yet")
        assert "The lot with seed 77 came out in this order: " in made.page.foot.text
        names = made.page.foot.text.partition("order: ")[2].rstrip(".").split(", ")
        assert len(names) == len(lots.order) == 12
        assert {because(made)[team] for team in made.room.seeds()} == {
            "by lot, among level teams"}


def test_lists_that_are_out_of_date_together_are_made_again_together(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with scene(qtbot, tmp_path, played(16, 40)) as made:
        made.run("break.make")
        assert made.banners() == []
        second = made.page.view.heads[1].slug
        with made.room.work.database.read() as unit:
            shared = next(iter(read_breaks(unit, made.room.owner.id)[second].breaking))
        with made.room.work.database.write(tournament=made.room.owner.id) as write:
            ids = [write.scalar(select(schema.team.c.id).where(schema.team.c.ref == team))
                   for team in (shared, next(iter(made.room.seeds())))]
            people.withdraw(write, made.room.owner.id, "team", ids)
        made.settle()
        assert made.page.why_not("break.make_all") == ""
        made.run("break.make_all")
        assert made.told[-1].sentence.startswith("Made again: ")
        assert made.told[-1].action == "Undo"
        assert "is out of date" in (made.page.why_not("break.make_all") or "")


def test_the_break_goes_to_a_file_and_to_the_hall(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with scene(qtbot, tmp_path, played(16)) as made:
        assert made.page.why_not("break.announce") == "Make the break first."
        made.run("break.make")
        made.run("break.announce")
        assert made.went == [("projector", ("break", "open"))]
        made.run("break.export")
        (dialog,) = made.page.findChildren(ExportDialog)
        assert dialog.what.currentData() == "break"
        assert dialog.category.currentData() == "open"


def test_enter_opens_results_and_f2_stays_the_remark(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with scene(qtbot, tmp_path, played(16)) as made:
        made.run("break.make")
        made.press(Qt.Key.Key_Return)
        line = made.page.listing.current()
        assert line is not None
        assert made.went == [("results", ("team", line.team))]


def test_a_team_with_too_few_rounds_is_let_in(qtbot: QtBot, tmp_path: Path, light: None) -> None:
    archive = played(16)
    archive.tournament.settings["break_min_rounds"] = 4
    with scene(qtbot, tmp_path, archive) as made:
        made.run("break.make")
        assert made.page.foot.text.startswith("Nobody has debated the 4 rounds")
        line = made.page.listing.current()
        assert line is not None
        made.page.run("break.let_in")
        (question,) = made.page.findChildren(Question)
        made.press(Qt.Key.Key_Return, question.do)
        assert set(made.room.seeds()) == {line.team}
        assert made.page.why_not("break.clear_remark") == ""


def test_a_team_that_debated_enough_needs_no_letting_in(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with scene(qtbot, tmp_path, played(16)) as made:
        made.run("break.make")
        line = made.page.listing.current()
        assert line is not None
        assert made.page.why_not("break.let_in") == f"{line.name} debated enough rounds to break."


def test_level_teams_share_their_rank(qtbot: QtBot, tmp_path: Path, light: None) -> None:
    with scene(qtbot, tmp_path, level()) as made:
        made.room.make_break(seed=77)
        made.settle()
        rows = [row for row in made.page.listing.model.shown if not row.line]
        assert {row.cells[0].text for row in rows if isinstance(row.cells[0], Cell)} == {"1="}
        assert not any(isinstance(row.cells[0], int) for row in rows)


def test_a_rank_of_its_own_is_a_plain_number(qtbot: QtBot, tmp_path: Path, light: None) -> None:
    with scene(qtbot, tmp_path, played(16)) as made:
        first = made.page.view.lines[0]
        assert (rank_cell(first), first.shared) == (1, False)
