"""The proxy style: sizes, marks and the ring of the focus that a style sheet cannot say."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QTextEdit,
    QWidget,
)

from tabapp.gui import icons, ink
from tabapp.gui.tokens import Height, Radius, Ring

_BOX = 18
_METRICS = {
    QStyle.PixelMetric.PM_FocusFrameHMargin: Ring.OUTSIDE,
    QStyle.PixelMetric.PM_FocusFrameVMargin: Ring.OUTSIDE,
    QStyle.PixelMetric.PM_IndicatorWidth: _BOX,
    QStyle.PixelMetric.PM_IndicatorHeight: _BOX,
    QStyle.PixelMetric.PM_ExclusiveIndicatorWidth: _BOX,
    QStyle.PixelMetric.PM_ExclusiveIndicatorHeight: _BOX,
    QStyle.PixelMetric.PM_CheckBoxLabelSpacing: 6,
    QStyle.PixelMetric.PM_ButtonIconSize: 16,
    QStyle.PixelMetric.PM_SmallIconSize: 16,
    QStyle.PixelMetric.PM_TextCursorWidth: 2,
}
_NO = {
    QStyle.StyleHint.SH_FocusFrame_Mask,  # Qt's mask would cut the ring at round corners
    QStyle.StyleHint.SH_EtchDisabledText,
    QStyle.StyleHint.SH_UnderlineShortcut,
    QStyle.StyleHint.SH_ComboBox_Popup,
}
_RINGED = (
    QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit,
)  # fmt: skip
_ARROW = 14
_PAD = 10


class TabStyle(QProxyStyle):
    """Fusion with the marks of this program. Tables and lists paint themselves."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Answer with our sizes where they differ from Fusion's."""
        mine = _METRICS.get(metric)
        return mine if mine is not None else super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        """Say that the ring lies above its control, whole, and switched-off text is not etched."""
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        if hint in _NO:
            return 0
        return super().styleHint(hint, option, widget, returnData)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint the ring of the focus ourselves."""
        if element == QStyle.ControlElement.CE_FocusFrame:
            r = option.rect
            ink.box(
                painter, r.x(), r.y(), r.width(), r.height(),
                radius=Radius.CONTROL + Ring.OUTSIDE, edge="accent", edge_width=Ring.WIDTH,
            )  # fmt: skip
            return
        super().drawControl(element, option, painter, widget)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint ticks and dots ourselves; no second mark of the focus."""
        if element == QStyle.PrimitiveElement.PE_IndicatorCheckBox:
            _draw_check(painter, option)
        elif element == QStyle.PrimitiveElement.PE_IndicatorRadioButton:
            _draw_radio(painter, option)
        elif element != QStyle.PrimitiveElement.PE_FrameFocusRect:
            super().drawPrimitive(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint a drop-down list as a field with an arrow, a number as a field without."""
        if control == QStyle.ComplexControl.CC_ComboBox and isinstance(
            option, QStyleOptionComboBox
        ):
            _draw_combo(painter, option, _state_of(widget))
            return
        if control == QStyle.ComplexControl.CC_SpinBox:
            _draw_ground(painter, option, _state_of(widget))
            return
        super().drawComplexControl(control, option, painter, widget)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        subControl: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        """Let the words of a list and a number's digits begin where those of a field begin."""
        if control == QStyle.ComplexControl.CC_SpinBox:
            whole = subControl == QStyle.SubControl.SC_SpinBoxEditField
            return option.rect.adjusted(_PAD, 2, -_PAD, -2) if whole else QRect()
        if (
            control == QStyle.ComplexControl.CC_ComboBox
            and subControl == QStyle.SubControl.SC_ComboBoxEditField
        ):
            # 2: the edge of a field in which something is wrong stays free
            return option.rect.adjusted(_PAD - 1, 2, -_ARROW - 12, -2)
        return super().subControlRect(control, option, subControl, cast("QWidget", widget))

    def sizeFromContents(
        self,
        contents: QStyle.ContentsType,
        option: QStyleOption,
        size: QSize,
        widget: QWidget | None = None,
    ) -> QSize:
        """Give a drop-down list room for its words and its arrow, a number its height."""
        if contents == QStyle.ContentsType.CT_SpinBox:
            return QSize(size.width() + 2 * _PAD, Height.CONTROL)
        if contents == QStyle.ContentsType.CT_ComboBox:
            return QSize(size.width() + 2 * _PAD + _ARROW + 8, Height.CONTROL)
        return super().sizeFromContents(contents, option, size, cast("QWidget", widget))


def _has(option: QStyleOption, flag: QStyle.StateFlag) -> bool:
    return bool(option.state & flag)


def _edge(option: QStyleOption) -> tuple[str, str]:
    """Return the tokens of the ground and the edge of something that is filled in."""
    if not _has(option, QStyle.StateFlag.State_Enabled):
        return "sunken", "line"
    hovered = _has(option, QStyle.StateFlag.State_MouseOver)
    return ("hover" if hovered else "surface"), "control"


def _draw_check(painter: QPainter, option: QStyleOption) -> None:
    r = option.rect
    on = _has(option, QStyle.StateFlag.State_On)
    partly = _has(option, QStyle.StateFlag.State_NoChange)
    fill, edge = _edge(option)
    enabled = _has(option, QStyle.StateFlag.State_Enabled)
    if (on or partly) and enabled:
        fill = edge = "accent"
    ink.box(painter, r.x(), r.y(), _BOX, _BOX, radius=Radius.CHIP, fill=fill, edge=edge)
    if on or partly:
        mark = "on_accent" if enabled else "disabled"
        icons.draw(painter, "check" if on else "minus", _ARROW, mark, r.x() + 2, r.y() + 2)


def _draw_radio(painter: QPainter, option: QStyleOption) -> None:
    r = option.rect
    fill, edge = _edge(option)
    on = _has(option, QStyle.StateFlag.State_On)
    enabled = _has(option, QStyle.StateFlag.State_Enabled)
    if on and enabled:
        fill = edge = "accent"
    ink.box(painter, r.x(), r.y(), _BOX, _BOX, radius=_BOX / 2, fill=fill, edge=edge)
    if on:
        dot = "on_accent" if enabled else "disabled"
        ink.box(painter, r.x() + 5, r.y() + 5, 8, 8, radius=4, fill=dot)


def _draw_ground(painter: QPainter, option: QStyleOption, state: str = "") -> None:
    r = option.rect
    fill, edge = _edge(option)
    ink.box(
        painter, r.x(), r.y(), r.width(), r.height(), radius=Radius.CONTROL,
        fill=fill, edge=f"{state}_mark" if state else edge, edge_width=2 if state else 1,
    )  # fmt: skip


def _state_of(widget: QWidget | None) -> str:
    """Return the state of a field: problem, attention, or nothing."""
    return str(widget.property("state") or "") if widget is not None else ""


def _draw_combo(painter: QPainter, option: QStyleOptionComboBox, state: str) -> None:
    r = option.rect
    _draw_ground(painter, option, state)
    enabled = _has(option, QStyle.StateFlag.State_Enabled)
    token = "text2" if enabled else "disabled"
    icons.draw(
        painter, "chevron-down", _ARROW, token,
        r.right() - _ARROW - 7, r.y() + (r.height() - _ARROW) / 2,
    )  # fmt: skip


class FocusRing(QObject):
    """Moves the one ring to whatever control has the keys. Tables mark the cell themselves."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._frame: QFocusFrame | None = None
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        ringed = new if isinstance(new, _RINGED) and not new.property("ring_inside") else None
        if self._frame is not None:
            self._frame.setWidget(cast("QWidget", None))  # Qt takes none, its description does not
        if ringed is None:
            return
        if self._frame is None:
            self._frame = QFocusFrame()
            self._frame.destroyed.connect(self._on_destroyed)
        self._frame.setWidget(ringed)

    def _on_destroyed(self) -> None:
        """Forget the ring: it lives in the window of its control, and goes with it."""
        self._frame = None
