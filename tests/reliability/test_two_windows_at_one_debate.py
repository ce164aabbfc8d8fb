"""Two programs have the same ballot open: each notices the other, and nothing typed is lost."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtTest", exc_type=ImportError)

from tabapp.app import open_workspace
from tabapp.domain.archive import Archive
from tabapp.gui.pages.ballots.form import Mode
from tabapp.services.ballot_bundle import ballot_of_bundle, blank_bundle
from tabapp.services.ballot_desk import read_desk
from tabapp.services.ballot_form import read_form
from tabapp.services.ballots import Entry, save_ballot
from tabapp.services.operators import SealedPin, add_operator
from tabapp.services.workspace import Workspace
from tabapp.store.tournaments import list_rounds
from tests.builders import small_archive
from tests.gui.ballot_typist import STAFF
from tests.reliability.programs import begin, servers
from tests.reliability.scenes import add
from tests.reliability.typists import PATIENCE, Step, Story, read_open

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs are forked here")

ANN = Story("enter", "Ann", "D1", Mode.ENTER, (Step("mark", "81", "og.1"),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A released round without ballots; three volunteers sit at the desk."""
    path = tmp_path / "shared.tabapp"
    with open_workspace(path, create=True) as work:
        owner = add(work, Archive.model_validate(
            small_archive(8, 1, results=False, judges_per_room=2)))
        with work.database.write(actor="Setup", verb="add", tournament=owner.id) as unit:
            for name, role in STAFF.items():
                add_operator(unit, name, role, SealedPin("nobody's"))
    return path


class Other:
    """Somebody at another computer, whose window has D1 open and typed the first mark."""

    def __init__(self, path: Path, story: Story) -> None:
        heard, self._says = servers().Pipe(duplex=False)
        self.process, self._hears = begin(read_open, heard, path, story)
        self.opened = self._hear()
        self.typed = self._hear()

    def _hear(self) -> Any:
        assert self._hears.poll(PATIENCE)
        return self._hears.recv()

    def asks(self, line: str) -> Any:
        """Press or look, and return the mode, the banner and what is typed."""
        self._says.send(line)
        return self._hear()

    def leave(self) -> None:
        self._says.send("end")
        self.process.join(PATIENCE)
        assert self.process.exitcode == 0


def enter(work: Workspace, actor: str) -> None:
    """Save another ballot of D1 in this program."""
    owner = work.tournament()
    with work.database.read() as unit:
        form = read_form(unit, owner.id, "D1", actor)
    bundle = blank_bundle(form.sheet)
    for n, key in enumerate(form.sheet.keys):
        bundle.sheet().scores[key] = str(79 - n)
    entry = Entry(form.round.seq, "D1", ballot_of_bundle(form.sheet, bundle))
    with work.database.write(actor=actor, verb="enter", tournament=owner.id) as unit:
        save_ballot(unit, owner, entry, seen=form.seen)


def test_a_draft_of_another_program_is_seen_in_the_list(path: Path) -> None:
    other = Other(path, ANN)
    with open_workspace(path) as work, work.database.read() as unit:
        first = list_rounds(unit, work.tournament().id)[0].id
        rooms = {one.row.ref: one for one in read_desk(unit, work.tournament().id, first).rooms}
    assert rooms["D1"].state == "draft"
    assert rooms["D1"].by == ("Ann",)
    other.leave()


def test_who_has_a_ballot_open_learns_that_it_was_entered_elsewhere_and_keeps_the_typing(
    path: Path,
) -> None:
    other = Other(path, ANN)
    with open_workspace(path) as work:
        enter(work, "Ben")
        mode, banner, bundle = other.asks("look")
        assert mode == "enter"
        assert banner.startswith("This ballot was changed elsewhere")
        assert bundle["sheets"][""]["scores"] == {"og.1": "81"}
        other.leave()
        with work.database.read() as unit:
            form = read_form(unit, work.tournament().id, "D1", "Ann")
    assert [one.entered_by for one in form.room.versions] == ["Ben"]
    assert form.draft is not None
    assert form.draft.content["sheets"][""]["scores"] == {"og.1": "81"}


def test_two_windows_type_one_ballot_and_only_one_entry_is_made(path: Path) -> None:
    full = Story("enter", "Ann", "D1", Mode.ENTER, (Step("mark", "8180797877767574", "og.1"),))
    second = Story("enter", "Ben", "D1", Mode.ENTER, (Step("mark", "8180797877767573", "og.1"),))
    ann, ben = Other(path, full), Other(path, second)
    ann.asks("save")
    mode, banner, bundle = ben.asks("look")
    assert (mode, banner.startswith("This ballot was changed elsewhere")) == ("enter", True)
    mode, banner, bundle = ben.asks("save")
    assert "changed this ballot" in banner
    assert bundle["sheets"][""]["scores"]["co.2"] == "73"
    ann.leave()
    ben.leave()
    with open_workspace(path) as work, work.database.read() as unit:
        form = read_form(unit, work.tournament().id, "D1", "Ben")
    assert [one.entered_by for one in form.room.versions] == ["Ann"]
    assert form.draft is not None
    assert form.draft.content["sheets"][""]["scores"]["co.2"] == "73"
