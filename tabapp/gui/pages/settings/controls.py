"""The control of each kind of setting: all report one value when somebody has finished with it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from tabapp.domain.formats import SettingInfo
from tabapp.gui import fonts
from tabapp.gui.messages import tr
from tabapp.gui.pages.settings.metric_list import MetricList
from tabapp.gui.setting_words import choice_words, number_words
from tabapp.services.tournament_settings import limit_of, parse_value

_NOTHING = object()


class Control(QWidget):
    """One setting's control. It keeps what a person has typed until it is stored or taken back."""

    changed = Signal(object)
    """A value as somebody is choosing or typing it; it may be wrong."""
    finished = Signal(object)
    """A value to be stored: the field was left, or Enter pressed."""

    def __init__(self, info: SettingInfo, inner: QWidget) -> None:
        super().__init__()
        self.info = info
        self.inner = inner
        self.stored: Any = _NOTHING
        self._asked: Any = _NOTHING
        inner.setAccessibleName(info.meaning)
        inner.setFont(fonts.font("body"))
        self.setFocusProxy(inner)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inner)
        if info.kind in ("number", "whole"):
            row.addStretch(1)

    def value(self) -> Any:
        """Return what stands in it."""
        raise NotImplementedError

    def put(self, value: Any) -> None:
        """Let ``value`` stand in it, without reporting."""
        raise NotImplementedError

    @property
    def is_dirty(self) -> bool:
        """Tell whether something stands in it that is not stored."""
        return self.stored is not _NOTHING and bool(self.value() != self.stored)

    def show_stored(self, value: Any) -> None:
        """Show what is stored now; what a person is typing stays."""
        dirty = self.is_dirty
        self.stored = value
        self._asked = _NOTHING
        if not dirty or not self.is_dirty:
            self.put(value)

    def note_stored(self, value: Any) -> None:
        """Know that ``value`` is stored now, without showing it."""
        self.stored = value

    def take_back(self) -> None:
        """Show what is stored, and forget what was typed."""
        self._asked = _NOTHING
        self.put(self.stored)

    def finish(self) -> None:
        """Report the value if it is another one, once: Enter and leaving are one wish."""
        value = self.value()
        if self.is_dirty and value != self._asked:
            self._asked = value
            self.finished.emit(value)


class Typed(Control):
    """A number or a text: stored when the field is left or Enter pressed; Esc takes it back."""

    def __init__(self, info: SettingInfo) -> None:
        self.line = _Line()
        super().__init__(info, self.line)
        if info.kind in ("number", "whole"):
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.line.setFixedWidth(120)
        self.line.textEdited.connect(lambda _text: self.changed.emit(self.value()))
        self.line.editingFinished.connect(self.finish)
        self.line.escaped.connect(self._on_escape)

    def value(self) -> Any:
        return parse_value(self.info, self.line.text())

    def put(self, value: Any) -> None:
        text = value if isinstance(value, str) else number_words(value)
        if self.line.text() != text or self.line.isModified():
            self.line.setText(text)  # which also forgets the steps of typing it

    def _on_escape(self) -> None:
        self.take_back()
        self.changed.emit(self.value())


class _Line(QLineEdit):
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back what was typed by Esc, once; another Esc goes on to the page."""
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class Chosen(Control):
    """One of a few: stored when the list is left, so that arrows can pass over choices."""

    def __init__(self, info: SettingInfo) -> None:
        self.box = Choice()
        super().__init__(info, self.box)
        for one in info.choices or ():
            self.box.addItem(choice_words(info.name, one), one)
        self.box.setMaxVisibleItems(12)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.activated.connect(lambda _at: self.changed.emit(self.value()))
        self.box.left.connect(self.finish)

    def value(self) -> Any:
        return self.box.currentData()

    def put(self, value: Any) -> None:
        self.box.setCurrentIndex(self.box.findData(value))
        self.box.setToolTip(self.box.currentText())


class Choice(QComboBox):
    """A drop-down list that a passing wheel does not change, and that tells when it is left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keys have gone; its own list is a part of it."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def hidePopup(self) -> None:
        """Tell that a choice was made in the list."""
        was_open = self.view().isVisible()
        super().hidePopup()
        if was_open:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the choice by Enter; open the list by Space or F4 as ever."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Slash:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class Switch(Control):
    """On or off: stored at once."""

    def __init__(self, info: SettingInfo) -> None:
        self.check = QCheckBox(tr("On"))
        super().__init__(info, self.check)
        self.check.toggled.connect(self._on_toggled)

    def value(self) -> Any:
        return self.check.isChecked()

    def put(self, value: Any) -> None:
        self.check.blockSignals(True)
        self.check.setChecked(bool(value))
        self.check.blockSignals(False)
        self._name()

    def _name(self) -> None:
        self.check.setText(tr("On") if self.check.isChecked() else tr("Off"))
        self.check.setAccessibleName(self.info.meaning)

    def _on_toggled(self) -> None:
        self._name()
        self.finish()


class Listed(Control):
    """Metrics in order: stored when the list is left, so that several steps are one change."""

    def __init__(self, info: SettingInfo) -> None:
        self.metrics = MetricList(info.choices or (), limit_of(info.name))
        super().__init__(info, self.metrics)
        self.metrics.changed.connect(lambda: self.changed.emit(self.value()))
        self.metrics.left.connect(self.finish)

    def value(self) -> Any:
        return self.metrics.keys()

    def put(self, value: Any) -> None:
        self.metrics.set_keys(value)


_KINDS: dict[str, type[Typed | Chosen | Switch | Listed]] = {
    "number": Typed, "whole": Typed, "text": Typed, "choice": Chosen, "flag": Switch,
    "list": Listed,
}


def control_for(info: SettingInfo) -> Control:
    """Make the control of a setting."""
    return _KINDS[info.kind](info)
