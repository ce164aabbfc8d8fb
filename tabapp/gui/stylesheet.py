"""The one style sheet, generated from the tokens, for plain controls with a role and a state."""

from __future__ import annotations

from string import Template

from tabapp.gui.tokens import TYPES, Colors, Height, Radius, Space

_SHEET = Template("""
QToolTip { background: $tip; color: $tip_text; border: 1px solid $tip; padding: 4px 8px; }

QPushButton {
  background: $surface; color: $text; border: 1px solid $line2; border-radius: ${r}px;
  min-height: ${inner}px; padding: 0 12px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $soft; }
QPushButton:disabled { background: $sunken; color: $disabled; border-color: $line; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:pressed { background: $accent_press; border-color: $accent_press; }
QPushButton[role="danger"] { color: $problem; border-color: $problem_line; }
QPushButton[role="danger"]:hover { background: $problem_bg; }
QPushButton[role="danger"]:pressed { background: $problem_bg; border-color: $problem_mark; }
QPushButton[role="quiet"] { background: transparent; color: $text2; border-color: transparent; }
QPushButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:pressed { background: $soft; }
QPushButton[role="link"] { background: transparent; color: $accent; border-color: transparent; }
QPushButton[role="link"]:hover { color: $accent_hover; background: $hover; }
QPushButton[role="primary"]:disabled, QPushButton[role="danger"]:disabled {
  background: $sunken; color: $disabled; border-color: $line;
}
QPushButton[role="quiet"]:disabled, QPushButton[role="link"]:disabled {
  background: transparent; color: $disabled; border-color: transparent;
}

QPushButton[small="true"] { min-height: 0; }

QLineEdit, QPlainTextEdit, QTextEdit {
  background: $surface; color: $text; border: 1px solid $control; border-radius: ${r}px;
  selection-background-color: $accent; selection-color: $on_accent;
  placeholder-text-color: $text3;
}
QLineEdit { min-height: ${inner}px; padding: 0 9px; }
QAbstractSpinBox QLineEdit {
  background: transparent; border: 0; border-radius: 0; min-height: 0; padding: 0;
}
QPlainTextEdit, QTextEdit { padding: 6px 7px; }
QPlainTextEdit[role="log"] { background: $sunken; border-color: $line; }
QLineEdit[state="problem"], QPlainTextEdit[state="problem"] { border: 2px solid $problem_mark; }
QLineEdit[state="attention"], QPlainTextEdit[state="attention"] {
  border: 2px solid $attention_mark;
}
QLineEdit[state="problem"], QLineEdit[state="attention"] {
  min-height: ${inner2}px; padding: 0 8px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {
  background: $sunken; color: $disabled; border-color: $line;
}
QLineEdit[role="cell"] {
  border: 2px solid $accent; border-radius: 0; min-height: 0; padding: 0 5px;
}

QLineEdit[role="bare"] { background: transparent; border: 0; padding: 0; }

QLabel { color: $text; background: transparent; }
QLabel[role="secondary"] { color: $text2; }
QLabel[role="hint"] { color: $text3; }
QLabel[role="accent"] { color: $accent; }
QLabel[state="problem"] { color: $problem; font-weight: $said; }
QLabel[state="attention"] { color: $attention; font-weight: $said; }
QLabel[state="done"] { color: $done; font-weight: $said; }
QCheckBox, QRadioButton { color: $text; background: transparent; spacing: 6px; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }

QListWidget { background: transparent; color: $text; border: 0; outline: 0; }
QListWidget[role="list"] {
  background: $surface; border: 1px solid $control; border-radius: ${r}px; padding: 2px;
}
QListWidget[role="list"]:focus { border: 2px solid $accent; padding: 1px; }
QListWidget[role="list"]::item { height: 24px; padding: 0 8px; border-radius: 4px; }
QListWidget[role="list"]::item:hover { background: $hover; }
QListWidget[role="list"]::item:selected { background: $soft; color: $text; }
QListWidget[role="list"]:disabled { background: $sunken; color: $disabled; border-color: $line; }

QProgressBar { background: $sunken; border: 0; border-radius: 3px; max-height: ${track}px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QMenu { background: $raised; color: $text; border: 1px solid $line2; padding: 4px 0; }
QMenu::item { height: ${menu}px; padding: 0 28px 0 12px; }
QMenu::item:selected { background: $soft; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
QComboBox QAbstractItemView {
  background: $raised; color: $text; border: 1px solid $line2; outline: 0;
  selection-background-color: $soft; selection-color: $text; padding: 4px 0;
}
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; }

QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $line2; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $control; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget { background: transparent; }
QSplitter::handle { background: transparent; }
""")


def style_sheet(colors: Colors) -> str:
    """Return the style sheet of a set of colours."""
    return _SHEET.substitute(
        colors.items(),
        r=Radius.CONTROL,
        inner=Height.CONTROL - 2,
        inner2=Height.CONTROL - 4,
        said=TYPES["note"].weight,
        track=Height.TRACK,
        menu=Height.ROW_WIDE - Space.HALF,
    )
