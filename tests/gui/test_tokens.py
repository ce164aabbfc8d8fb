"""Colours: what look.md promises of them, and that nobody else names one."""

from __future__ import annotations

import ast
import re
from itertools import combinations
from pathlib import Path

import pytest

from tabapp.gui.tokens import HALL, PALETTES, SIDES, TYPES, Scheme

GUI = Path(__file__).resolve().parents[2] / "tabapp" / "gui"
HEX = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3,5})?\b")
GROUNDS = ("page", "surface", "raised", "sunken", "rail", "zebra", "hover", "soft")
TEXTS = ("text", "text2", "text3", "accent")
MEANINGS = ("attention", "problem", "done")


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def weak(scheme: Scheme, pairs: list[tuple[str, str]], least: float) -> dict[str, float]:
    colors = PALETTES[scheme].items()
    ratios = {f"{a} on {b}": contrast(colors[a], colors[b]) for a, b in pairs}
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least}


def test_the_measure_of_contrast_is_the_known_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", Scheme)
def test_text_can_be_read_on_every_ground(scheme: Scheme) -> None:
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS]
    assert weak(scheme, pairs, 4.5) == {}


@pytest.mark.parametrize("scheme", Scheme)
def test_meanings_can_be_read_on_their_own_ground_and_in_tables(scheme: Scheme) -> None:
    pairs = [(m, g) for m in MEANINGS for g in (f"{m}_bg", "surface", "page", "soft", "hover")]
    assert weak(scheme, pairs, 4.5) == {}


@pytest.mark.parametrize("scheme", Scheme)
def test_letters_can_be_read_in_buttons_chips_and_tips(scheme: Scheme) -> None:
    pairs = [(f"{side}_text", side) for side in set(SIDES.values())]
    pairs += [("on_accent", a) for a in ("accent", "accent_hover", "accent_press")]
    pairs += [("tip_text", "tip"), *((t, f"{s}_bg") for s in set(SIDES.values()) for t in TEXTS)]
    assert weak(scheme, pairs, 4.5) == {}


@pytest.mark.parametrize("scheme", Scheme)
def test_marks_and_edges_of_fields_can_be_seen(scheme: Scheme) -> None:
    marks = ["control", "accent", *(f"{m}_mark" for m in MEANINGS)]
    pairs = [(mark, ground) for mark in marks for ground in ("surface", "page", "raised")]
    pairs += [(f"{m}_mark", f"{m}_bg") for m in MEANINGS]
    assert weak(scheme, pairs, 3.0) == {}


@pytest.mark.parametrize(
    ("scheme", "text", "ratio"),
    [
        (Scheme.LIGHT, "text", 17.4), (Scheme.LIGHT, "text2", 8.3), (Scheme.LIGHT, "text3", 5.7),
        (Scheme.LIGHT, "accent", 6.4), (Scheme.LIGHT, "control", 3.9),
        (Scheme.DARK, "text", 14.6), (Scheme.DARK, "text2", 8.8), (Scheme.DARK, "text3", 6.1),
        (Scheme.DARK, "accent", 8.3), (Scheme.DARK, "control", 4.4),
    ],
)  # fmt: skip
def test_the_ratios_are_those_measured_in_the_design(
    scheme: Scheme, text: str, ratio: float
) -> None:
    colors = PALETTES[scheme].items()
    assert contrast(colors[text], colors["surface"]) == pytest.approx(ratio, abs=0.06)


def test_the_hall_can_be_read_from_the_back_row() -> None:
    for text in (HALL.text, HALL.text2, HALL.lead):
        assert min(contrast(text, HALL.ground), contrast(text, HALL.row)) >= 7


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_meanings_differ_in_lightness_or_in_their_shape(scheme: Scheme) -> None:
    colors = PALETTES[scheme].items()
    assert len({colors[f"{m}_mark"] for m in MEANINGS}) == 3
    assert all(colors[a] != colors[b] for a, b in combinations(("og", "oo", "cg", "co"), 2))


def test_no_colour_and_no_size_of_type_stands_outside_the_tokens() -> None:
    found = []
    for path in sorted(GUI.rglob("*.py")):
        if path.name == "tokens.py":
            continue
        source = path.read_text(encoding="utf-8")
        found += [f"{path.name}: {match}" for match in HEX.findall(source)]
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"QColor", "QFont"}:
                args = [ast.unparse(a) for a in node.args]
                if any(a[:1] in {"'", '"'} or a.startswith("Qt.GlobalColor") for a in args):
                    found.append(f"{path.name}:{node.lineno} {ast.unparse(node)}")
                if len(args) > 1:
                    found.append(f"{path.name}:{node.lineno} {ast.unparse(node)}")
            if isinstance(node, ast.Attribute) and node.attr == "setStyleSheet":
                found += [path.name] if path.name != "theme.py" else []
    assert found == []


def test_every_style_of_type_stands_on_its_line() -> None:
    assert [name for name, kind in TYPES.items() if kind.line < kind.px] == []
