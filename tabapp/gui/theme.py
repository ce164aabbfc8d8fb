"""Puts a theme in force on the whole application, and follows the system's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from tabapp.gui import fonts, ink
from tabapp.gui.style import FocusRing, TabStyle
from tabapp.gui.stylesheet import style_sheet
from tabapp.gui.tokens import STILL, THEMES, Scheme, Theme

__all__ = ["Scheme", "Theme", "active", "apply", "follow_system", "mark", "system_theme"]
active = ink.active

_ROLES = {
    QPalette.ColorRole.Window: "page",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "zebra",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "problem",
    QPalette.ColorRole.Highlight: "soft",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.ToolTipBase: "tip",
    QPalette.ColorRole.ToolTipText: "tip_text",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line2",
    QPalette.ColorRole.Dark: "control",
    QPalette.ColorRole.Shadow: "line2",
}
_DISABLED = (
    QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.HighlightedText, QPalette.ColorRole.PlaceholderText,
)  # fmt: skip


def _palette() -> QPalette:
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, ink.color(token))
    for role in _DISABLED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, ink.color("disabled"))
    return palette


def apply(app: QApplication, theme: Theme) -> None:
    """Make every widget of ``app`` look like ``theme``, those that are there already too."""
    fonts.load()
    ink.use(theme)
    if not isinstance(app.property("tabapp_ring"), FocusRing):
        app.setStyle(TabStyle())
        app.setProperty("tabapp_ring", FocusRing(app))
    app.setFont(fonts.font("body"))
    QToolTip.setFont(fonts.font("small"))
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet(theme.colors))
    for widget in app.allWidgets():
        widget.update()


def system_theme(*, still: bool = False) -> Theme:
    """Return the theme that the system asks for; without an answer the light one."""
    hints = QGuiApplication.styleHints()
    access = hints.accessibility()
    scheme = Scheme.LIGHT
    if access.contrastPreference() == Qt.ContrastPreference.HighContrast:
        scheme = Scheme.CONTRAST
    elif hints.colorScheme() == Qt.ColorScheme.Dark:
        scheme = Scheme.DARK
    theme = THEMES[scheme]
    return replace(theme, motion=STILL) if still else theme


def follow_system(
    app: QApplication, fixed: Scheme | None = None, *, still: bool = False
) -> Callable[[], None]:
    """Apply the system's theme now and whenever it changes, or ``fixed`` for good.

    Returns what stops following. ``still``: nothing moves, as the settings or the system ask.
    """
    if fixed is not None:
        apply(app, Theme(fixed, STILL) if still else THEMES[fixed])
        return lambda: None

    def refresh(*_changed: object) -> None:
        wanted = system_theme(still=still)
        if wanted != ink.active():
            apply(app, wanted)

    hints = QGuiApplication.styleHints()
    access = hints.accessibility()
    hints.colorSchemeChanged.connect(refresh)
    access.contrastPreferenceChanged.connect(refresh)
    apply(app, system_theme(still=still))

    def stop() -> None:
        hints.colorSchemeChanged.disconnect(refresh)
        access.contrastPreferenceChanged.disconnect(refresh)

    return stop


def mark(widget: QWidget, *, role: str | None = None, state: str | None = None) -> None:
    """Give ``widget`` a role (primary, quiet, danger) or a state (attention, problem; "" none)."""
    for name, value in (("role", role), ("state", state)):
        if value is not None and widget.property(name) != value:
            widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.updateGeometry()
    widget.update()
