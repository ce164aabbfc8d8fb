"""Formats of four in a room from the paper to the result that counts, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui import desk_papers as papers
from tests.gui.desk_papers import Paper
from tests.gui.desk_shift import begin_shift, whole_shift

pytestmark = pytest.mark.usefixtures("light")


@pytest.mark.parametrize("paper", [papers.BP, papers.SPEAKING], ids=lambda one: one.name)
def test_a_shift_at_the_desk(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, paper: Paper
) -> None:
    with begin_shift(qtbot, qapp, tmp_path, paper) as at:
        whole_shift(at)


def test_a_shift_in_an_elimination_round(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    archive = papers.outround(tmp_path)
    with begin_shift(qtbot, qapp, tmp_path, papers.OUTROUND, archive) as at:
        whole_shift(at)
