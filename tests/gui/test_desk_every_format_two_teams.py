"""Formats of two teams from the paper to the result that counts, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui import desk_papers as papers
from tests.gui.desk_papers import Paper
from tests.gui.desk_shift import begin_shift, whole_shift

pytestmark = pytest.mark.usefixtures("light")


@pytest.mark.parametrize("paper", [
    papers.AUSTRALS, papers.WSDC, papers.EASTERS, papers.APDA, papers.BY_CRITERIA,
    papers.SCORELESS, papers.NZ_EASTERS,
], ids=lambda one: one.name)
def test_a_shift_at_the_desk(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, paper: Paper
) -> None:
    with begin_shift(qtbot, qapp, tmp_path, paper) as at:
        whole_shift(at)
