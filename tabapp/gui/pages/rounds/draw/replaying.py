"""Drawing the stored round again to see whether the same comes out; the panel says what did."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tabapp.gui.messages import count, sentence_of, tr
from tabapp.gui.pages.rounds.draw.why import WhyPanel
from tabapp.gui.session import Session
from tabapp.services.draw_replay import Replayed, Verdict, read_replay, replay
from tabapp.services.draw_sheet import DrawSheet

_TOPICS = {
    "results": "results", "people": "people", "settings": "settings", "rounds": "the rounds"}
_SHOWN = 6


class Replaying(QObject):
    """Replays the draw that is shown, and forgets the answer as soon as anything has changed."""

    def __init__(self, session: Session, stage: QWidget, why: WhyPanel) -> None:
        super().__init__(stage)
        self._session, self._stage, self._why = session, stage, why
        self._sheet: DrawSheet | None = None
        self.runs = False

    def show_sheet(self, sheet: DrawSheet) -> None:
        """Replay this draw from now on."""
        before, self._sheet = self._sheet, sheet
        known = before is not None and (before.round.id, before.revision) == (
            sheet.round.id, sheet.revision)
        if not known:
            self._why.show_replay("", "")

    def replay(self) -> None:
        """Draw the round again in another thread, and say what came of it."""
        sheet = self._sheet
        if sheet is None or self.runs:
            return
        database, round_id = self._session.workspace.database, sheet.round.id
        self.runs = True
        self._why.show_replay(tr("being drawn again"), "")

        def work() -> Replayed:
            with database.read() as unit:
                case = read_replay(unit, round_id)
            return replay(case)

        def show(found: Replayed) -> None:
            self._ended(sheet, *replay_words(found))

        def failed(error: Exception) -> None:
            self._ended(sheet, tr("not possible"), sentence_of(error))

        self._session.call(self._stage, work, show, failed)

    def _ended(self, sheet: DrawSheet, value: str, sentence: str) -> None:
        self.runs = False
        if self._sheet is sheet or (self._sheet and self._sheet.revision == sheet.revision):
            self._why.show_replay(value, sentence)


def replay_words(found: Replayed) -> tuple[str, str]:
    """Return what came of a replay in a few words, and the sentence that belongs to it."""
    many, listed = count(len(found.rooms), "room", "rooms"), _listed(found.rooms)
    but, differ = tr("the same but for {rooms}", rooms=many), tr("{rooms} differ", rooms=many)
    words: Mapping[Verdict, tuple[str, str]] = {
        "same": (tr("the same to the byte"), tr(
            "The settings of the draw have changed since; it was replayed by those of then.")
            if found.changed_rule else ""),
        "edited": (but, tr("Edited by hand and declared: {rooms}.", rooms=listed)),
        "sides": (but, tr("Sides were decided after the draw: {rooms}.", rooms=listed)),
        "input": (tr("not possible"), _what_moved(found)),
        "engine": (differ, tr("Another version of the program made this draw.")),
        "unknown": (tr("nothing to replay"), tr(
            "The draw was imported or made by hand, so it has no seed and no rule.")),
        "differs": (differ, tr(
            "This is a fault: the same input, rule and seed give another draw ({rooms}). Report "
            "it with the file.", rooms=listed)),
    }
    return words[found.verdict]


def _what_moved(found: Replayed) -> str:
    moved = [tr(_TOPICS.get(topic, "availability")) for topic in found.moved]
    if not moved:
        return tr("What the draw was made from is otherwise now, so the same cannot come out.")
    listed = moved[0] if len(moved) == 1 else tr(
        "{first} and {last}", first=", ".join(moved[:-1]), last=moved[-1])
    return tr("Changed since the draw: {what}. So the same cannot come out.", what=listed)


def _listed(rooms: tuple[int, ...]) -> str:
    shown = ", ".join(tr("debate {n}", n=one) for one in rooms[:_SHOWN])
    return tr("{shown} and others", shown=shown) if len(rooms) > _SHOWN else shown
