"""A dialog whose fields are checked as they are typed in, and that stores only what is right."""

from __future__ import annotations

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from tabapp.core.errors import Problem
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.dialogs.form import Form


class EntryDialog(Dialog):
    """Fields in ``form``; a subclass says what is wrong and stores.

    A field is judged once somebody has typed in it, all of them when the dialog is to act.
    Warnings are shown and do not keep it from acting.
    """

    def __init__(
        self, parent: QWidget | None, title: str, verb: str, *, width: int = 560
    ) -> None:
        super().__init__(parent, title, verb, width=width)
        self.form = Form()
        self.touched: set[str] = set()

    def problems(self) -> list[Problem]:
        """Return what is wrong with what stands in the fields; ``where`` is the field's key."""
        raise NotImplementedError

    def save(self) -> None:
        """Store it, then ``accept``; or ``refuse`` what the store says."""
        raise NotImplementedError

    def watch(self, key: str, signal: SignalInstance) -> None:
        """Judge the field ``key`` from now on whenever ``signal`` is emitted."""
        signal.connect(lambda *_value: self.judge(key))

    def judge(self, *keys: str) -> None:
        """Show what is wrong with the fields that somebody has been in, these among them."""
        self.touched.update(keys)
        self.form.show_problems(
            [one for one in self.problems() if one.where in self.touched], focus=False)
        self._grow()

    def act(self) -> None:
        """Show all that is wrong, or store."""
        found = self.problems()
        self.touched.update(self.form.fields)
        if any(one.level == "error" for one in found):
            self.form.show_problems(found)
            self._grow()
            return
        self.do.setEnabled(False)
        self.save()

    def refuse(self, error: Exception) -> None:
        """Show why it was not stored; nothing that was typed is lost."""
        self.do.setEnabled(True)
        self.form.show_error(error)
        self._grow()

    def _grow(self) -> None:
        """Make room for the sentences below the fields."""
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        wanted = layout.totalHeightForWidth(self.width())
        if wanted > self.height():
            self.resize(self.width(), wanted)
