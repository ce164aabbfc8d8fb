"""Fonts that are shipped, columns that align, names that fit, icons for every name used."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontDatabase, QFontMetricsF, QRawFont

from tabapp.core.resources import resource_path
from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.tokens import TYPES

GUI = Path(__file__).resolve().parents[2] / "tabapp" / "gui"
pytestmark = pytest.mark.usefixtures("light")


def test_all_shipped_fonts_load_with_their_licence_beside_them() -> None:
    assert fonts.load() == []
    families = QFontDatabase.families()
    assert {fonts.FAMILY, fonts.CONDENSED, "IBM Plex Sans Arabic"} <= set(families)
    assert "SIL OPEN FONT LICENSE" in resource_path("fonts", "OFL.txt").read_text().upper()
    assert all(f.stat().st_size < 400_000 for f in resource_path("fonts").glob("*.ttf"))


@pytest.mark.parametrize("style", TYPES)
def test_a_style_has_the_weight_it_asks_for(style: str) -> None:
    raw = QRawFont.fromFont(fonts.font(style))
    assert raw.weight() == TYPES[style].weight
    assert raw.familyName() in (fonts.FAMILY, fonts.CONDENSED)


@pytest.mark.parametrize("style", TYPES)
def test_all_figures_of_a_style_are_as_wide_so_that_columns_align(style: str) -> None:
    measure = QFontMetricsF(fonts.font(style))
    assert len({measure.horizontalAdvance(figure) for figure in "0123456789"}) == 1
    assert measure.horizontalAdvance("111111") == measure.horizontalAdvance("898989")


def test_a_figure_is_as_wide_in_every_weight_of_one_size() -> None:
    widths = {fonts.width(style, "0") for style in ("body", "control", "identity", "strong")}
    assert len(widths) == 1


@pytest.mark.parametrize("text", ["Þingholt", "Заря", "Θαλασσία", "الواحة", "मानसरोवर", "תל אביב"])
def test_scripts_of_many_names_have_letters(text: str) -> None:
    from PySide6.QtGui import QTextLayout

    layout = QTextLayout(text, fonts.font("body"))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    assert runs
    assert all(index != 0 for run in runs for index in run.glyphIndexes())


def test_a_name_shrinks_in_the_order_of_the_design() -> None:
    name, style = "Oluwaseun Halloran", "body"
    full = round(fonts.width(style, name)) + 1
    assert names.fit(name, style, full, person=True) == (name, style, False)
    narrow = round(fonts.width("body_condensed", name)) + 1
    assert names.fit(name, style, narrow, person=True) == (name, "body_condensed", False)
    shown, _, cut = names.fit(name, style, 80, person=True)
    assert (shown, cut) == ("O. Halloran", True)
    shown, _, cut = names.fit(name, style, 80)
    assert shown.endswith(names.ELLIPSIS)
    assert cut


@given(
    text=st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40),
    width=st.integers(0, 400),
    keep_end=st.booleans(),
)
def test_what_is_painted_fits_and_says_whether_it_is_cut(
    text: str, width: int, keep_end: bool
) -> None:
    shown, style, cut = names.fit(text, "body", width, keep_end=keep_end)
    if fonts.width(style, names.ELLIPSIS) <= width:
        assert fonts.width(style, shown) <= width + 1
    assert cut == (shown != text)


def test_the_end_that_tells_neighbours_apart_stays() -> None:
    for name in ("Lantern House 208", "Lantern House 209", "Summerisle College A"):
        shown, _, cut = names.fit(name, "identity", 90, keep_end=True)
        assert cut
        assert shown.endswith(" " + name.rpartition(" ")[2])
        assert names.ELLIPSIS in shown
    assert names.fit("Gymnasium", "identity", 40, keep_end=True)[0].endswith(names.ELLIPSIS)


def test_a_name_keeps_its_direction_inside_a_sentence() -> None:
    assert names.isolate("الواحة") == "\u2068الواحة\u2069"


@pytest.mark.parametrize(
    ("typed", "name"),
    [("sandoya", "Sandøya"), ("cinaralti", "Çınaraltı"), ("zurawinie", "Żurawinie")],
)
def test_names_are_found_without_their_marks(typed: str, name: str) -> None:
    assert names.fold(name) == typed


def icon_names_used() -> dict[str, str]:
    """Every string constant of the window that is handed to something called icon."""
    known = set(icons.names())
    used: dict[str, str] = {}
    for path in GUI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            handed = [k.value for k in node.keywords if k.arg == "icon"]
            if called in {"icons.draw", "draw"}:
                handed += node.args[1:2]
            elif called in {"icons.icon", "icons.pixmap", "icon", "pixmap", "IconButton"}:
                handed += node.args[:1]
            for given_name in handed:
                for part in ast.walk(given_name):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        used[part.value] = path.name
    tables = [*chips.TONE_ICONS.values(), *chips.KEY_ICONS.values()]
    used.update(dict.fromkeys(tables, "chips.py"))
    assert len(used) > 10
    assert known
    return used


def test_there_is_an_icon_for_every_name_used() -> None:
    missing = set(icon_names_used()) - set(icons.names())
    assert missing == set()


@pytest.mark.parametrize("name", icons.names())
def test_every_icon_is_drawn_in_the_colour_of_its_token(name: str) -> None:
    image = icons.pixmap(name, 18, "accent", 2.0).toImage()
    assert (image.width(), image.height()) == (36, 36)
    wanted = ink.color("accent")
    solid = [
        color
        for color in (image.pixelColor(x, y) for x in range(36) for y in range(36))
        if color.alpha() == 255
    ]
    assert solid
    # strokes that overlap are rounded twice
    assert all(abs(c.red() - wanted.red()) <= 2 for c in solid)
    assert all(abs(c.blue() - wanted.blue()) <= 2 for c in solid)


def test_icons_have_their_licence_beside_them() -> None:
    licence = resource_path("icons", "LICENSE").read_text(encoding="utf-8")
    assert "ISC" in licence
    assert "MIT" in licence


def test_an_icon_that_is_not_there_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=re.escape("no-such-icon.svg")):
        icons.pixmap("no-such-icon", 16, "text", 1.0)
