"""What is typed is written at once; while one write is under way only the newest waits."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.ballots import keeper
from tabapp.services.ballot_form import read_form
from tabapp.services.drafts import keep_draft
from tabapp.store.unit import WriteUnit
from tests.gui.ballot_typist import STAFF, Typist, at_the_desk

pytestmark = pytest.mark.usefixtures("light")


class SlowDisk:
    """Lets no draft be written before its gate opens, and notes what was."""

    def __init__(self) -> None:
        self.gate, self.written = Event(), list[dict[str, object]]()

    def keep(
        self, unit: WriteUnit, form: str, content: dict[str, object], operator: str = ""
    ) -> None:
        """Keep a draft once the gate is open."""
        assert self.gate.wait(15)
        self.written.append(content)
        keep_draft(unit, form, content, operator)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> SlowDisk:
    made = SlowDisk()
    monkeypatch.setattr(keeper, "keep_draft", made.keep)
    return made


def drafts(typist: Typist, who: str = "Ann", ref: str = "D1") -> dict[str, str]:
    """Return the marks of somebody's draft as the file has them."""
    with typist.desk.workspace.database.read() as unit:
        found = read_form(unit, typist.desk.owner.id, ref, who).draft
    return dict(found.content["sheets"][""]["scores"]) if found is not None else {}


def test_each_key_is_in_the_file_before_the_next_one(qtbot: QtBot, tmp_path: Path) -> None:
    with at_the_desk(qtbot, tmp_path, staff=STAFF, who="Ann") as typist:
        typist.open("Room 1")
        for keys, kept in (
            ("7", {"og.1": "7"}), ("8", {"og.1": "78"}), ("7", {"og.1": "78", "og.2": "7"})
        ):
            typist.type(keys)
            typist.desk.settle()
            assert drafts(typist) == kept


def test_while_a_write_takes_its_time_only_the_newest_waits(
    qtbot: QtBot, tmp_path: Path, disk: SlowDisk
) -> None:
    with at_the_desk(qtbot, tmp_path, staff=STAFF, who="Ann") as typist:
        typist.open("Room 1")
        typist.type("787776")
        disk.gate.set()
        typist.desk.settle()
        assert len(disk.written) == 2
        assert drafts(typist) == {"og.1": "78", "og.2": "77", "oo.1": "76"}


def test_a_draft_is_written_under_the_name_of_who_typed_it(
    qtbot: QtBot, tmp_path: Path, disk: SlowDisk
) -> None:
    with at_the_desk(qtbot, tmp_path, staff=STAFF, who="Ann") as typist:
        typist.open("Room 1")
        typist.type("7877")
        typist.desk.session.who.sign_in(typist.people["Ben"])
        disk.gate.set()
        typist.desk.settle()
        assert drafts(typist) == {"og.1": "78", "og.2": "77"}
        assert drafts(typist, "Ben") == {}


def test_what_waits_is_written_when_the_page_goes(
    qtbot: QtBot, tmp_path: Path, disk: SlowDisk
) -> None:
    with at_the_desk(qtbot, tmp_path, staff=STAFF, who="Ann") as typist:
        typist.open("Room 1")
        typist.type("7877")
        typist.page.hide()
        disk.gate.set()
        typist.desk.session.close()
        assert drafts(typist) == {"og.1": "78", "og.2": "77"}
