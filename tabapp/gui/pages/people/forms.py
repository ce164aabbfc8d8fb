"""The fields of each kind of record in a dialog, and what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QHBoxLayout, QLineEdit, QWidget

from tabapp.domain.registration import Form as Reading
from tabapp.domain.registration import Kind, rule_of
from tabapp.gui.dialogs.form import Form
from tabapp.gui.messages import tr
from tabapp.gui.pages.people.wishes import WishList
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.fields import Field
from tabapp.services.people import PeopleLists

WISHES = "break_preferences"
"""The list of break categories, which only a team has that may break in several."""
LAYOUT: Mapping[Kind, tuple[tuple[str, ...], ...]] = {
    "team": (
        ("name",), ("institution", "use_institution_prefix"), ("short_name", "code_name"),
        ("type", "seed"),
    ),
    "speaker": (
        ("name",), ("team",), ("email", "phone"), ("gender", "pronoun"), ("categories",),
        ("categories_answered", "consent"),
    ),
    "adjudicator": (
        ("name",), ("institution", "base_score"), ("email", "phone"), ("gender", "pronoun"),
        ("trainee", "independent", "adj_core", "breaking"),
        ("conflicts_declared", "consent"),
    ),
    "institution": (("name",), ("code", "region")),
    "venue": (("name",), ("priority", "capacity"), ("categories", "runner"), ("url", "barcode")),
    "speaker_category": (("name",), ("slug", "seq", "limit")),
    "venue_category": (("name",), ("description",), ("display",)),
}
"""Rows of fields by key."""
KEPT: frozenset[str] = frozenset(
    {"institution", "use_institution_prefix", "team", "type", "priority", "categories", "runner"})
"""What stays in the fields for the next one."""

Value = str | bool | tuple[str, ...]
"""What a field holds; the last is a list of names."""

_WORDS = {
    "name": "Name", "short_name": "Short name", "code_name": "Code name",
    "institution": "Institution", "use_institution_prefix": "Its name before the team's",
    "type": "Type", "seed": "Seed", "team": "Team", "email": "E-mail", "phone": "Phone",
    "gender": "Gender", "pronoun": "Pronoun", "categories": "Categories", "base_score": "Score",
    "trainee": "Always trainee", "independent": "Independent", "adj_core": "Adjudication core",
    "breaking": "Breaking", "code": "Code", "region": "Region", "priority": "Priority",
    "capacity": "Capacity", "url": "Address", "barcode": "Barcode", "runner": "Runner",
    "slug": "Short name",
    "seq": "Order", "limit": "Places shown", "description": "Description",
    "display": "In the room's name",
    "consent": "Agrees to be named in public records",
    "categories_answered": "Answered the question on categories",
    "conflicts_declared": "Declared all conflicts", WISHES: "Plays rather in",
}
_HINTS = {
    ("venue", "priority"): "Higher is used first; empty is 100",
    ("adjudicator", "base_score"): "Empty is the middle of the range",
    ("venue", "categories"): "Parted by commas",
    ("venue", "runner"): "Who fetches its ballots",
    ("speaker", "categories"): "Parted by commas",
    ("speaker_category", "slug"): "Made of the name if empty",
}


def field_words(key: str) -> str:
    """Return what a field is called, those of a team's speakers too."""
    if key.startswith("speaker"):
        number, _, part = key.removeprefix("speaker").partition("_")
        if number.isdecimal():
            words = tr("Speaker {n}", n=number)
            return f"{words}, {field_words(part).lower()}" if part else words
    return tr(_WORDS.get(key, key))


@dataclass(slots=True)
class RecordForm:
    """The fields of one kind of record, filled and read by key."""

    kind: Kind
    lists: PeopleLists
    speakers: int = 0
    form: Form = field(default_factory=Form)
    inputs: dict[str, QWidget] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = list(LAYOUT[self.kind])
        rows += [
            (f"speaker{n}", f"speaker{n}_email") for n in range(1, self.speakers + 1)]
        for keys in rows:
            self._add_row(keys)

    def add_wishes(self, categories: Sequence[str], wishes: Sequence[str]) -> None:
        """Let somebody choose in which of a team's categories it would rather break."""
        made = self.inputs[WISHES] = WishList(categories, wishes)
        hint = tr(
            "Space lists a category, Alt ↑ ↓ moves it. The team breaks in the first one that its"
            " results reach; those not listed follow by priority.")
        self.form.add(WISHES, Field(field_words(WISHES), made, hint=hint))

    def _add_row(self, keys: Sequence[str]) -> None:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.GAP)
        for key in keys:
            made = self.inputs[key] = self._input(key)
            if isinstance(made, QCheckBox):
                # its box stands level with the fields beside it, which have a name above
                made.setFixedHeight(Height.CONTROL)
                line.addWidget(made, 1, Qt.AlignmentFlag.AlignBottom)
                continue
            hint = tr(_HINTS.get((self.kind, key), ""))
            line.addWidget(self.form.adopt(key, Field(field_words(key), made, hint=hint)), 1)
        self.form.add_row(holder)

    def _input(self, key: str) -> QWidget:
        rule = rule_of(self.kind, key)
        assert rule is not None
        if rule.form is Reading.FLAG:
            made = QCheckBox(field_words(key))
            made.setAccessibleName(field_words(key))
            return made
        if rule.form is Reading.CHOICE:
            choice = QComboBox()
            choice.setFixedHeight(Height.CONTROL)
            if not rule.aliases:
                choice.addItem(tr("no"), "")
            for one in rule.choices:
                choice.addItem(tr(one), one)
            return choice
        if rule.form is Reading.REFERENCE:
            return name_box(self.names(rule.refers))
        return QLineEdit()

    def names(self, kind: Kind | None) -> list[str]:
        """Return the names that a reference may take."""
        if kind == "institution":
            return [one.name for one in self.lists.institutions]
        return [one.name for one in self.lists.teams]

    def fill(self, values: Mapping[str, Value]) -> None:
        """Put values into the fields."""
        for key, value in values.items():
            put(self.inputs[key], value)

    def values(self) -> dict[str, Value]:
        """Return what stands in the fields."""
        return {key: taken(one) for key, one in self.inputs.items()}

    def clear(self) -> None:
        """Make room for the next one; what is probably the same stays."""
        for key, one in self.inputs.items():
            if key not in KEPT:
                put(one, False if isinstance(one, QCheckBox) else "")


def name_box(names: Sequence[str]) -> QComboBox:
    """Return a field in which a name is typed or chosen; typing finds it by any part."""
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setFixedHeight(Height.CONTROL)
    box.addItem("")
    box.addItems(sorted(names, key=str.casefold))
    finder = box.completer()
    if isinstance(finder, QCompleter):
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    return box


def put(widget: QWidget, value: Value) -> None:
    """Put a value into a field."""
    if isinstance(widget, QCheckBox):
        widget.setChecked(bool(value))
    elif isinstance(widget, QComboBox) and widget.isEditable():
        widget.setEditText(str(value))
    elif isinstance(widget, QComboBox):
        widget.setCurrentIndex(max(0, widget.findData(value)))
    elif isinstance(widget, QLineEdit):
        widget.setText(str(value))


def taken(widget: QWidget) -> Value:
    """Return what stands in a field."""
    if isinstance(widget, WishList):
        return widget.wishes
    if isinstance(widget, QCheckBox):
        return widget.isChecked()
    if isinstance(widget, QComboBox):
        return widget.currentText() if widget.isEditable() else str(widget.currentData() or "")
    return widget.text() if isinstance(widget, QLineEdit) else ""
