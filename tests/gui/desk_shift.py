"""A shift at the desk: five people at one keyboard, from the paper to the result that counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.app import open_workspace
from tabapp.domain.archive import Archive
from tabapp.gui.pages.ballots.form import Mode
from tabapp.gui.pages.ballots.impact import ImpactLine
from tabapp.gui.pages.ballots.page import BallotsPage
from tabapp.gui.widgets.fields import SearchField
from tabapp.services import barcodes, exchange
from tabapp.services.checks import check_tournament, read_input
from tabapp.services.operators import add_operator
from tests.gui.desk_papers import FORFEIT, LATER, MAIN, Paper
from tests.gui.keyboard import Keyboard
from tests.gui.keyboard_steps import NEXT, at_the_program
from tests.gui.operators_room import CORE, DIRECTOR, VOLUNTEER, quick, quick_pins

PEOPLE = {
    "Dora": (DIRECTOR, "1234"), "Ann": (VOLUNTEER, "2345"), "Ben": (VOLUNTEER, "3456"),
    "Cleo": (CORE, "4567"),
}
_TOKENS = re.compile(r"<([^>]+)>|([^<]+)")


@dataclass(frozen=True, slots=True)
class Shift:
    """What people at the keyboard have in front of them, and the codes on the papers."""

    keys: Keyboard
    paper: Paper
    codes: dict[str, str]
    """What a scanner reads, by the archive id of a debate."""

    # What can be seen

    @property
    def page(self) -> BallotsPage:
        """Return the desk on the screen."""
        return self.keys.sees(BallotsPage)

    @property
    def room(self) -> str:
        """Return the room whose ballot is open, "" for none."""
        form = self.page.open_form
        return form.name if form is not None else ""

    @property
    def states(self) -> dict[str, str]:
        """Return what the list says of each room."""
        return {one.name: one.state for one in self.page.desk.rooms}

    def ref(self, room: int) -> str:
        """Return the archive id of the debate in a room."""
        return next(one.row.ref for one in self.page.desk.rooms if one.name == f"Hall {room}")

    @property
    def key_here(self) -> str:
        """Return the field that has the keys."""
        return str(getattr(self.keys.focus, "key", ""))

    # What is done

    def sit_down(self, name: str) -> None:
        """Sign in where the window is locked."""
        assert isinstance(self.keys.focus, SearchField)
        _role, pin = PEOPLE[name]
        self.keys.write(f"{name}\n")
        self.keys.write(f"{pin}\n")
        session = self.keys.app.session
        assert session is not None
        self.keys.wait(lambda: not session.who.is_locked, f"{name} has signed in")
        self.keys.settle()
        assert session.actor == name
        if self.keys.place != "ballots":
            self.keys.press("Ctrl+4")
        assert self.keys.place == "ballots"

    def change(self, name: str) -> None:
        """Lock the window; somebody else signs in."""
        self.keys.press("Ctrl+L")
        self.sit_down(name)

    def find(self, room: int) -> None:
        """Find a room by the number on its door."""
        self.keys.press("F3")
        self.keys.write(str(room))

    def open(self, room: int, mode: Mode) -> None:
        """Find a room and open its ballot, to do what has to be done there."""
        self.find(room)
        self.keys.press("Return")
        assert (self.room, self.page.form.mode) == (f"Hall {room}", mode)

    def type(self, paper: str) -> None:
        """Press what stands there, key by key."""
        for name, text in _TOKENS.findall(paper):
            if name:
                self.keys.press(name)
            else:
                self.keys.write(text)

    def save(self) -> None:
        """Press what the screen offers."""
        assert self.keys.offer == "Save and next"
        self.read()
        self.keys.press(NEXT)
        if self.page.open_form is not None and self.page.form.bottom.sentence:
            self.read()
            self.keys.press(NEXT)  # a mark that is unusual is asked about once

    def read(self) -> None:
        """Read what stopped a save, which takes a moment."""
        self.keys.wait(lambda: not self.page.form.is_unread, "what stopped the save is read")


@contextmanager
def begin_shift(
    qtbot: QtBot, qapp: QApplication, folder: Path, paper: Paper,
    archive: Archive | None = None,
) -> Iterator[Shift]:
    """Start the program on a file with people, which opens locked; its rooms are the paper's."""
    file = folder / "harbour.tabapp"
    with open_workspace(file, create=True, threads=True) as work:
        slug = exchange.add(
            work.database, archive or paper.archive(), now=work.clock.now(), actor="Dora")
        owner = work.tournament(slug)
        with work.database.write(actor="Dora", verb="prepare", tournament=owner.id) as unit:
            for name, (role, pin) in PEOPLE.items():
                add_operator(unit, name, role, quick(pin))
            given = barcodes.give_codes(unit, owner.id, "debate")
        with work.database.read() as unit:
            tag = barcodes.tag_of(unit, owner.id)
            codes = {
                barcodes.find_code(unit, owner.id, tag + code).ref: tag + code
                for code in given.values()}
    with quick_pins(), at_the_program(qtbot, qapp, folder / "home", str(file)) as keys:
        yield Shift(keys, paper, codes)


# --- the shift -----------------------------------------------------------------------------------


def postpone_a_room(at: Shift) -> None:
    at.sit_down("Dora")
    at.find(LATER)
    at.keys.press("F9")
    assert at.states[f"Hall {LATER}"] == "postponed"


def enter(at: Shift) -> None:
    """Let Ann type every paper that is there: one was scanned, the others are found by number."""
    at.change("Ann")
    for room in at.paper.rooms:
        if room == FORFEIT:
            at.keys.press("F3")
            at.keys.write(at.codes[at.ref(room)] + "\n")
            assert (at.room, at.page.form.mode) == (f"Hall {room}", Mode.ENTER)
        else:
            at.open(room, Mode.ENTER)
        at.type(at.paper.before)
        at.type(at.paper.says(room))
        at.save()
        assert at.states[f"Hall {room}"] == "check"


def enter_again(at: Shift) -> None:
    """Let Ben type the same papers: one with a slip, which he insists on."""
    at.change("Ben")
    at.open(MAIN, Mode.SECOND)
    at.type(at.paper.slip)
    at.save()
    said = at.page.form.top.sentence
    assert said.startswith("One "), said
    assert f"differs from the first entry: {at.paper.what}. Look at the paper again." in said
    assert at.room == f"Hall {MAIN}"
    if at.paper.where != "winners":
        assert at.key_here == at.paper.where
        assert at.keys.focus.property("state") == "problem"
    at.save()
    assert at.states[f"Hall {MAIN}"] == "differs"
    for room in at.paper.exceptions:
        at.open(room, Mode.SECOND)
        at.type(at.paper.says(room))
        at.save()
        assert at.states[f"Hall {room}"] == "confirmed"


def decide(at: Shift) -> None:
    """Let Cleo look at the paper and decide for the first entry."""
    at.change("Cleo")
    at.open(MAIN, Mode.DECIDE)
    assert [one.words for one in at.page.form.decision.rows] == [at.paper.what]
    assert at.keys.offer == "Decide"
    at.keys.write("1")
    at.keys.press(NEXT)
    assert at.states[f"Hall {MAIN}"] == "confirmed"


def correct(at: Shift) -> None:
    """Let Dora correct what counts: the screen says what that changes, and wants a reason."""
    at.change("Dora")
    at.open(MAIN, Mode.LOOK)
    at.keys.press("F2")
    at.type(at.paper.fix)
    line = at.keys.sees(ImpactLine)
    at.keys.wait(lambda: line.found is not None, "what the correction changes")
    assert line.found is not None
    assert line.words.text == line.found.summary
    at.keys.press("Ctrl+E")
    assert at.keys.dialog().startswith("What" if at.paper.moves else "")
    at.keys.press("Esc")
    assert at.keys.dialog() == ""
    at.keys.press(NEXT)
    assert "Reason" in at.keys.here
    at.keys.write("read wrongly")
    at.save()
    assert at.states[f"Hall {MAIN}"] == "check"


def resume(at: Shift) -> None:
    """Let Dora resume the room that waited, and type its ballot."""
    at.find(LATER)
    at.keys.press("Return", "F9")
    assert (at.room, at.page.form.mode) == (f"Hall {LATER}", Mode.ENTER)
    at.type(at.paper.before)
    at.type(at.paper.right)
    at.save()
    assert at.states[f"Hall {LATER}"] == "check"


def finish(at: Shift) -> None:
    """Let Ben type both again, take the last one back, and do it once more."""
    at.change("Ben")
    for room, paper in ((MAIN, at.paper.fixed), (LATER, at.paper.right)):
        at.open(room, Mode.SECOND)
        at.type(paper)
        at.save()
        assert at.states[f"Hall {room}"] == "confirmed"
    at.keys.press("Ctrl+Z")
    assert at.states[f"Hall {LATER}"] == "check"
    at.keys.press("Ctrl+Shift+Z")
    assert at.states[f"Hall {LATER}"] == "confirmed"


def look_at_a_bye(at: Shift) -> None:
    """Find the team that has nobody to debate: nothing can be entered for it."""
    name = next(name for name, state in at.states.items() if state == "bye")
    at.keys.press("F3")
    at.keys.write(f"{name}\n")
    assert at.keys.last_words().startswith(f"{name} has a bye")
    assert at.room == ""


# --- what is stored ------------------------------------------------------------------------------


def look_at_the_file(at: Shift) -> None:
    """Find nothing wrong, every version, and who typed and checked it."""
    file = at.keys.app.file
    assert file is not None
    (owner,) = file.tournaments
    with file.workspace.database.read() as unit:
        found = read_input(unit, owner)
    assert [one for one in check_tournament(found) if one.status == "failed"] == []
    debates = {
        int(one.venue.removeprefix("V")): one for round_ in found.archive.rounds
        for one in round_.debates if one.venue is not None}
    seen = {
        room: [(one.status, one.entered_by, one.confirmed_by) for one in debate.ballots]
        for room, debate in debates.items()}
    assert seen[MAIN] == [
        ("discarded", "Ann", ""), ("discarded", "Ben", ""), ("discarded", "Cleo", "Cleo"),
        ("confirmed", "Dora", "Ben")]
    for room in at.paper.exceptions:
        assert seen[room] == [("confirmed", "Ann", "Ben")]
    assert seen[LATER] == [("confirmed", "Dora", "Ben")]
    assert debates[MAIN].ballots[-1].reason == "read wrongly"


def whole_shift(at: Shift) -> None:
    """Do all of it."""
    postpone_a_room(at)
    enter(at)
    if len(at.paper.sides) == 2:
        look_at_a_bye(at)
    enter_again(at)
    decide(at)
    correct(at)
    resume(at)
    finish(at)
    look_at_the_file(at)
