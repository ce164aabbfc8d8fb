"""Own words on certificates: each line as it usually reads, to be changed, and who signs."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from tabapp.domain.formats import PaperSize
from tabapp.gui.dialogs.form import Form, in_a_row
from tabapp.gui.messages import tr
from tabapp.gui.widgets.fields import Field
from tabapp.services.printing import (
    LINES,
    SIGNED,
    Line,
    PrintRequest,
    Wording,
    usual_words,
)

_TITLES = {
    "title": "Title", "lead": "Above the name", "detail": "Below the name",
    "headline": "In large type", "body": "Sentence",
}
_BESIDE: tuple[tuple[Line, ...], ...] = (("title", "lead"), ("detail", "headline"))


@dataclass(slots=True)
class Kept:
    """What was chosen for a tournament the last time, as long as its window is open.

    ``paper`` is None where it is what the settings say.
    ``lines`` are kept by the words that they stand for: those of other certificates are others.
    """

    own: bool = False
    lines: dict[Wording, dict[Line, str]] = field(default_factory=dict)
    signatures: str = SIGNED
    date: str = ""
    institutions: bool | None = None
    paper: PaperSize | None = None


class CertificateWords(QObject):
    """A tick, and behind it a field for each line and one for those who sign."""

    changed = Signal()

    def __init__(self, form: Form, kept: Kept, request: PrintRequest) -> None:
        super().__init__(form)
        self.kept = kept
        self.tick = QCheckBox(tr("Own wording and signatures"))
        self.tick.setAccessibleName(self.tick.text())
        self.tick.setChecked(kept.own)
        self.lines = {one: QLineEdit() for one in LINES}
        self.signed = QLineEdit(kept.signatures)
        self.signed.setAccessibleDescription(tr("Name, role; name, role…"))
        self._form = form
        self._usual = usual_words(request)
        self._lay_out(form)
        self._fill()
        self.tick.toggled.connect(self._on_tick)
        for edit in (*self.lines.values(), self.signed):
            edit.textEdited.connect(self._on_typed)

    def _lay_out(self, form: Form) -> None:
        form.add_row(self.tick)
        self._rows: list[QWidget] = [
            form.add("body", Field(
                tr(_TITLES["body"]), self.lines["body"],
                hint=tr("{team} and the like are filled in for each.", team="{team}"))),
            form.add("signatures", Field(
                tr("Who signs"), self.signed, hint=tr("Name, role; name, role. Or roles alone."))),
        ]
        for row in _BESIDE:
            made, _layout = in_a_row(*(
                form.adopt(one, Field(tr(_TITLES[one]), self.lines[one])) for one in row))
            self._rows.append(made)
            form.add_row(made)

    def show_for(self, request: PrintRequest, *, wanted: bool) -> None:
        """Show the lines of what certificates are for now; nothing unless they are ``wanted``."""
        self.tick.setVisible(wanted)
        for row in self._rows:
            row.setVisible(wanted and self.tick.isChecked())
        usual = usual_words(request)
        if usual != self._usual:
            self._usual = usual
            self._fill()

    def _fill(self) -> None:
        own = self.kept.lines.get(self._usual, {})
        for line, edit in self.lines.items():
            edit.setText(own.get(line, getattr(self._usual, line)))
            edit.setCursorPosition(0)

    def _on_tick(self) -> None:
        self.kept.own = self.tick.isChecked()
        self.changed.emit()

    def _on_typed(self) -> None:
        self.kept.signatures = self.signed.text()
        self.kept.lines[self._usual] = {
            line: text for line, edit in self.lines.items()
            if (text := edit.text().strip()) != getattr(self._usual, line)}
        self.changed.emit()

    def chosen(self) -> tuple[dict[Line, str], str]:
        """Return the lines that are worded otherwise, and who signs."""
        if not self.tick.isChecked():
            return {}, SIGNED
        return dict(self.kept.lines.get(self._usual, {})), self.signed.text().strip()
