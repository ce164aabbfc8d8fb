"""What destroys something in the window is preceded by a copy, and never held up by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from tabapp.gui.notice import Notice
from tabapp.gui.session import Session
from tabapp.services.household import Household
from tabapp.services.rounds import delete_draw
from tabapp.services.snapshots import Snapshots
from tests.gui.desk import Desk, open_desk


@dataclass
class Careful:
    """A desk whose workspace has snapshots."""

    desk: Desk
    copies: Snapshots
    notices: list[Notice]

    def delete(self) -> None:
        """Delete the draw of the first round as its page does."""
        round_ = self.desk.rounds()[0]
        self.desk.session.write(
            self.desk.session, "delete the draw of", lambda unit: delete_draw(unit, round_.id),
            subject="Round 1", snapshot="before deleting the draw of Round 1")
        self.desk.settle()

    def status(self) -> str:
        """Return how the first round stands."""
        return self.desk.rounds()[0].status


@pytest.fixture
def careful(qtbot: QtBot, tmp_path: Path) -> Iterator[Careful]:
    with open_desk(qtbot, tmp_path, teams=8) as desk:
        work = desk.workspace
        work.run(
            "draw.generate", tournament=desk.owner.id, round_id=desk.rounds()[0].id, seed=1)
        copies = Snapshots(
            work.database, tmp_path / "copies", None, work.clock, work.bus)
        house = cast(Household, SimpleNamespace(snapshots=copies))  # nothing else is asked for
        session = Session(replace(work, household=house), desk.owner.id)
        notices: list[Notice] = []
        session.told.connect(notices.append)
        try:
            yield Careful(replace(desk, session=session), copies, notices)
        finally:
            session.close()


def test_a_copy_is_there_before_the_draw_is_gone(careful: Careful) -> None:
    careful.delete()
    assert careful.status() == "none"
    (only,) = careful.copies.listed()
    assert only.reason == "before deleting the draw of Round 1"
    assert careful.notices == []


def test_a_folder_that_refuses_is_told_and_the_draw_is_deleted_all_the_same(
    careful: Careful, tmp_path: Path
) -> None:
    (tmp_path / "copies").write_text("not a folder")
    careful.delete()
    assert careful.status() == "none"
    (notice,) = careful.notices
    assert notice.tone == "attention"
    assert str(tmp_path / "copies") in notice.sentence
