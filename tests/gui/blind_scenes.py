"""Rooms of three formats in which the second person types every ballot again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Archive
from tabapp.services.ballot_form import DeskForm, read_form
from tests.builders import small_archive
from tests.gui.ballot_typist import STAFF, Typist, at_the_desk
from tests.voting import voting_archive

PER_DEBATE = {"ballots_per_debate_prelim": "per-debate"}


@dataclass(frozen=True, slots=True)
class Format:
    """Marks as they are typed, sheet by sheet; ``wrong`` is another mark at ``key``."""

    name: str
    marks: tuple[str, ...]
    key: str
    judge: str
    right: str
    wrong: str
    what: str

    def typed(self, *, wrong: bool = False) -> list[str]:
        """Return what is typed, with the slip where it is ``wrong``."""
        marks = list(self.marks)
        if wrong:
            at = 1 if self.judge else 0
            marks[at] = marks[at].replace(self.right, self.wrong, 1)
        return marks


BP = Format(
    "bp", ("8180797877767574",), "og.2", "", "80", "82",
    "Opening Gov, second speaker")
TWO = Format(
    "two", ("75747337" "72717036",), "aff.2", "", "74", "76", "Affirmative, second speaker")
PANEL = Format(
    "panel", ("75757537" "74747436", "76747337" "77767537", "77757537" "73727136"),
    "aff.2", "A2", "74", "72", "Judge 2, Affirmative, second speaker")
FORMATS = (BP, TWO, PANEL)


def archive_of(format_: Format, **settings: object) -> Archive:
    """Make a released round of this format, without ballots."""
    rules = {"enable_blind_checks": True, **settings}
    if format_ is BP:
        made = small_archive(8, 1, results=False, judges_per_room=2)
        made["tournament"]["settings"] = rules
    else:
        made = voting_archive(results=False, **rules, **(PER_DEBATE if format_ is TWO else {}))
    return Archive.model_validate(made)


@contextmanager
def blind_desk(
    qtbot: QtBot, folder: Path, format_: Format, who: str = "Ann", **settings: object
) -> Iterator[Typist]:
    """Open a round whose ballots are typed twice; ``who`` sits at the keyboard."""
    with at_the_desk(
        qtbot, folder, archive=archive_of(format_, **settings), staff=STAFF, who=who
    ) as typist:
        yield typist


def enter(typist: Typist, format_: Format, *, wrong: bool = False) -> None:
    """Type every sheet of the room that is open, as its paper says or with the slip."""
    for marks in format_.typed(wrong=wrong):
        typist.type(marks)
        while typist.page.form.to_go() == 0 and not typist.page.form.is_last:
            typist.press(Qt.Key.Key_Return)
    typist.desk.settle()


def save(typist: Typist) -> None:
    """Save; a question about a mark is answered by saving once more."""
    room = typist.room
    typist.save()
    if typist.page.form.bottom.sentence and typist.room == room:
        typist.save()


def stored(typist: Typist, ref: str = "D1") -> DeskForm:
    """Return the form of a room as it would be opened now."""
    with typist.desk.workspace.database.read() as unit:
        return read_form(unit, typist.desk.owner.id, ref, typist.desk.session.actor)


def versions(typist: Typist, ref: str = "D1") -> list[tuple[str, str, str]]:
    """Return state, author and who confirmed each version of a ballot."""
    return [
        (one.status, one.entered_by, one.confirmed_by) for one in stored(typist, ref).room.versions]


def says(typist: Typist, format_: Format, ref: str = "D1") -> str:
    """Return the mark in question on the ballot that counts."""
    found = stored(typist, ref).confirmed
    assert found is not None
    sheets = found[1].sheets
    sheet = next(one for one in sheets if (one.adjudicator or "") == format_.judge)
    side, position = format_.key.split(".")
    part = next(one for one in sheet.sides if one.side == side)
    mark = next(one for one in part.speeches if one.position == int(position)).score
    return f"{mark:g}"


def texts(typist: Typist) -> str:
    """Return everything that can be read or heard of the open form."""
    found = []
    for one in typist.page.right.findChildren(QWidget):
        if one.isVisibleTo(typist.page):
            found += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
            if isinstance(one, QLabel | QLineEdit):
                found.append(one.text())
    return "\n".join(filter(None, found))


def new_words(before: str, after: str) -> set[str]:
    """Return the words that stand there now and did not before, however often."""
    return set(after.split()) - set(before.split())
