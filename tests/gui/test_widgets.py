"""The controls: names for screen readers, keys, states, and themes that change under them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tabapp.gui import ink, theme
from tabapp.gui.stylesheet import style_sheet
from tabapp.gui.tokens import DARK, PALETTES, STILL, THEMES, Scheme, Theme
from tabapp.gui.widgets.buttons import Button, IconButton, Role
from tabapp.gui.widgets.cards import Banner, EmptyState
from tabapp.gui.widgets.fields import Field, SearchField
from tabapp.gui.widgets.hints import KeyHints
from tabapp.gui.widgets.painted import Name
from tabapp.gui.widgets.progress import ProgressRow, Step
from tabapp.gui.widgets.segments import Segments
from tests.gui.make_pictures import gallery

pytestmark = pytest.mark.usefixtures("light")
Show = Callable[[QWidget], QWidget]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def put(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        widget.show()
        return widget

    return put


def test_everything_that_can_have_the_keys_has_a_name(show: Show) -> None:
    page = show(gallery())
    reached = [
        w
        for w in page.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.window() is page
        and not isinstance(w.parent(), QAbstractSpinBox | QComboBox)
    ]
    kinds = {type(w).__name__ for w in reached}
    assert {"Button", "SearchField", "Segments", "ProgressRow", "FrozenTableView"} <= kinds
    silent = [
        w
        for w in reached
        if not w.accessibleName() and not (isinstance(w, QAbstractButton) and w.text())
    ]
    assert silent == []


@pytest.mark.parametrize("scheme", Scheme)
def test_every_control_paints_in_every_theme(
    qapp: QApplication, show: Show, scheme: Scheme
) -> None:
    page = show(gallery())
    theme.apply(qapp, THEMES[scheme])
    image = page.grab().toImage()
    colors = PALETTES[scheme]
    assert image.pixelColor(2, 2).name() == colors.page.lower()
    assert qapp.palette().color(QPalette.ColorRole.Text).name() == colors.text.lower()


def test_a_theme_is_put_in_force_on_widgets_that_are_there(qapp: QApplication, show: Show) -> None:
    button = show(Button("Confirm draw", role=Role.PRIMARY))
    theme.apply(qapp, THEMES[Scheme.DARK])
    ground = button.grab().toImage().pixelColor(6, 6)
    assert ground.name() == DARK.accent.lower()
    assert theme.active() is THEMES[Scheme.DARK]


def test_enter_presses_a_button_once_however_long_it_is_held(show: Show) -> None:
    button = show(Button("Confirm"))
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    key, none = Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier
    QApplication.sendEvent(button, QKeyEvent(QEvent.Type.KeyPress, key, none))
    QApplication.sendEvent(button, QKeyEvent(QEvent.Type.KeyPress, key, none, "", True))
    assert len(pressed) == 1


def test_the_style_sheet_fills_in_every_token_it_names() -> None:
    for colors in PALETTES.values():
        sheet = style_sheet(colors)
        assert "$" not in sheet
        assert set(re.findall(r"#[0-9A-F]{6}", sheet)) <= set(colors.items().values())


def test_the_system_decides_unless_the_settings_do(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = theme.follow_system(qapp)
    assert theme.active().scheme is Scheme.LIGHT
    monkeypatch.setattr(theme, "system_theme", lambda *, still: THEMES[Scheme.DARK])
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.active().scheme is Scheme.DARK
    stop()
    theme.follow_system(qapp, Scheme.CONTRAST, still=True)
    assert theme.active() == Theme(Scheme.CONTRAST, STILL)


def test_one_ring_follows_the_keys(qtbot: QtBot, show: Show) -> None:
    holder = QWidget()
    first, second = Button("Confirm", parent=holder), Button("Cancel", parent=holder)
    first.move(20, 20)
    second.move(140, 20)
    holder.resize(300, 80)
    show(holder)
    holder.activateWindow()
    for button in (first, second):
        button.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(partial(is_ringed, holder, button))
    assert len([f for f in rings(holder) if f.isVisible()]) == 1
    image = holder.grab().toImage()
    assert image.pixelColor(140 + 40, 20 - 3) == ink.color("accent")
    assert image.pixelColor(140 + 40, 20 - 1) == ink.color("page")


def rings(holder: QWidget) -> list[QFocusFrame]:
    return holder.findChildren(QFocusFrame)


def is_ringed(holder: QWidget, button: Button) -> bool:
    return [ring.widget() for ring in rings(holder)] == [button]


def test_a_button_grows_with_its_words_and_its_keys(show: Show) -> None:
    short, keys = Button("Take"), Button("Take", keys=("Ctrl", "Enter"))
    long = Button("Ergebnisse jetzt bekannt geben…")
    assert short.sizeHint().width() < keys.sizeHint().width() < long.sizeHint().width()
    assert long.minimumSizeHint() == long.sizeHint()


def test_a_button_says_its_new_words_to_a_screen_reader_too() -> None:
    button = Button("Pause")
    button.set_words("Go on")
    assert (button.text(), button.accessibleName()) == ("Go on", "Go on")


def test_a_button_of_one_icon_names_itself() -> None:
    button = IconButton("undo-2", "Undo")
    assert (button.accessibleName(), button.toolTip()) == ("Undo", "Undo")


@pytest.mark.parametrize("make", [QLineEdit, QPlainTextEdit])
def test_a_field_says_what_is_wrong_below_and_to_a_screen_reader(
    show: Show, make: type[QWidget]
) -> None:
    field = Field("Score", make(), hint="50 to 99")
    show(field)
    assert field.sentence == "50 to 99"
    field.show_problem("104 is above 99.")
    assert (field.state, field.sentence) == ("problem", "104 is above 99.")
    assert field.field.accessibleDescription() == "104 is above 99."
    field.show_nothing()
    assert (field.state, field.sentence) == ("", "50 to 99")


def test_a_problem_edges_its_field_in_the_mark(show: Show) -> None:
    field = Field("Score", QLineEdit("104"))
    show(field)
    field.show_problem("104 is above 99.")
    image = field.field.grab().toImage()
    assert image.pixelColor(image.width() // 2, 1) == ink.color("problem_mark")


def test_a_search_goes_down_to_what_it_found_and_back_to_nothing(show: Show) -> None:
    search = SearchField("Filter", keys=("/",))
    show(search)
    down = QSignalSpy(search.left_downwards)
    QTest.keyClicks(search, "mari")
    QTest.keyClick(search, Qt.Key.Key_Down)
    assert down.count() == 1
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""


def test_segments_are_chosen_by_arrows_and_pointer_and_stop_at_the_ends(show: Show) -> None:
    row = Segments("View", [("b", "By bracket"), ("r", "By room"), ("t", "By team")])
    show(row)
    chosen = QSignalSpy(row.chosen)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Right):
        QTest.keyClick(row, key)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert [chosen.at(i)[0] for i in range(chosen.count())] == ["r", "t", "b"]
    row.choose("r")
    assert (row.key, row.accessibleDescription(), chosen.count()) == ("r", "By room", 3)
    with pytest.raises(ValueError, match="nope"):
        row.choose("nope")


def test_a_job_is_cancelled_by_its_button_and_by_del(show: Show) -> None:
    row = ProgressRow("Forecast", "by the clock", cancel="Cancel")
    show(row)
    cancelled = QSignalSpy(row.cancelled)
    row.show_steps([Step("Read", 1.0), Step("Simulate", 0.4)], "2 s left")
    assert row.accessibleDescription() == "Simulate 2 s left"
    QTest.keyClick(row, Qt.Key.Key_Delete)
    row.button.click()
    assert cancelled.count() == 2
    assert row.button.accessibleName() == "Cancel: Forecast"


def test_banners_and_empty_states_report_their_one_action(show: Show) -> None:
    banner = Banner("80 is unusual.", action="Keep 80", keys=("F7",))
    empty = EmptyState("No judges", "Import a list.", action="Import…")
    for part, signal in ((banner, banner.answered), (empty, empty.acted)):
        show(part)
        spy = QSignalSpy(signal)
        assert part.button is not None
        part.button.click()
        assert spy.count() == 1


def test_seven_hints_are_the_most_that_anybody_reads() -> None:
    hints = [(("F1",), f"key {i}") for i in range(8)]
    with pytest.raises(ValueError, match="8 key hints"):
        KeyHints(hints)
    assert KeyHints(hints[:2]).accessibleName() == "F1 key 0, F1 key 1"


def test_a_name_that_is_cut_says_itself_in_the_tooltip(show: Show) -> None:
    name = Name("Ludovica Vasquez-Montoya de la Fuente", person=True)
    show(name)
    name.resize(400, 20)
    assert name.toolTip() == ""
    name.resize(90, 20)
    assert name.toolTip() == name.text
