"""Where a point belongs: two digits have moved on before it is typed, so it means the mark before.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from tabapp.gui.pages.ballots.score_field import ScoreField

_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier)
_MODIFIERS = (
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
    Qt.Key.Key_NumLock, Qt.Key.Key_CapsLock)


class PointKeys:
    """Hears the keys of a sheet before its fields do, and takes points and what belongs to them.

    A point right after a mark that moved on by itself is a half of that mark, wherever the keys
    are by then; so is ``.5`` typed in full, and ``.0`` is none. Where marks are whole it is told.
    """

    def __init__(
        self, half: Callable[[ScoreField], None], whole: Callable[[ScoreField], None]
    ) -> None:
        """``half`` puts a half to a field that was left; ``whole`` is told one that has none."""
        self._half, self._whole = half, whole
        self._left: ScoreField | None = None
        self._at: QWidget | None = None
        self._by_itself = False
        self._pointed: ScoreField | None = None

    @property
    def left_key(self) -> str:
        """Return the key of the mark before the keys, "" where there is none."""
        return self._left.key if self._left is not None else ""

    def go(self, left: QWidget, at: QWidget | None, *, by_itself: bool) -> None:
        """Note that the keys went on from one field to the next; ``at`` None: there is none."""
        self.forget()
        if isinstance(left, ScoreField) and at is not None:
            self._left, self._at, self._by_itself = left, at, by_itself

    def forget(self) -> None:
        """Let a point belong to no mark that was left before."""
        self._left = self._at = self._pointed = None

    def arrive(self, at: QWidget) -> None:
        """Note where the keys are: by another way than going on, no mark is before it."""
        if at is not self._at and at is not self._pointed:
            self.forget()

    def take(self, here: QWidget, event: QKeyEvent) -> bool:
        """Take a key if it is a point, or a digit right behind one; tell whether it was taken."""
        if event.key() in _MODIFIERS:
            return False
        text = "" if event.modifiers() & _HELD else event.text()
        if text in (".", ","):
            return self._point(here)
        pointed = self._pointed
        self.forget()
        if pointed is None or text not in ("5", "0"):
            return False
        if text == "0" and pointed.has_half:
            self._put_half(pointed, here)
        if pointed is here:
            pointed.went.emit(1)
        return True

    def _point(self, here: QWidget) -> bool:
        meant = self._meant(here)
        if meant is None or meant.isReadOnly():
            return False
        if meant.takes_decimals and not meant.allows_half:
            return False  # the digits that follow say how much
        self.forget()
        if not meant.allows_half:
            self._whole(meant)
            self._pointed = meant if meant is not here else None
            self._at = here
        elif meant.text():
            self._put_half(meant, here)
            self._pointed = meant if meant.has_half else None
            self._at = here
        return True

    def _put_half(self, field: ScoreField, here: QWidget) -> None:
        if field is here:
            field.put_half()
        else:
            self._half(field)

    def _meant(self, here: QWidget) -> ScoreField | None:
        own = here if isinstance(here, ScoreField) else None
        if here is self._at and self._left is not None and (
            self._by_itself or (own is not None and not own.text())
        ):  # fmt: skip
            return self._left
        return own
