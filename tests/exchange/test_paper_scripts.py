"""Names on paper stand out in every script that is shipped."""

from __future__ import annotations

import ctypes
from collections import defaultdict

import pypdfium2
import pytest
from pypdfium2 import raw

from tabapp.exchange.paper import Form, Scale, ScoreSheet, Speech, Team, print_forms, print_sheets

NAMES = {
    "IBMPlexSans-Bold": "Ксения", "IBMPlexSansArabic-SmBld": "محمد",
    "IBMPlexSansHebrew-SmBld": "דוד", "IBMPlexSansThai-SmBld": "สมชาย",
    "IBMPlexSansDevanagari-SmBld": "अमित",
}
"""The heavy cut that each name is set in."""


def letters_by_font(content: bytes) -> dict[str, set[str]]:
    """Return the letters of the first page by the font in which they are drawn."""
    page = pypdfium2.PdfDocument(content)[0].get_textpage()
    found: dict[str, set[str]] = defaultdict(set)
    for at in range(page.count_chars()):
        size = raw.FPDFText_GetFontInfo(page, at, None, 0, None)
        name = ctypes.create_string_buffer(size)
        raw.FPDFText_GetFontInfo(page, at, name, size, None)
        font = name.value.decode().partition("+")[2]
        found[font].add(chr(raw.FPDFText_GetUnicode(page, at)))
    return found


@pytest.mark.parametrize(("font", "name"), NAMES.items())
def test_the_team_and_the_judge_of_a_score_sheet_are_heavy(font: str, name: str) -> None:
    line = Speech("1", Scale(50, 99, 1), ("Ann", "Ben"))
    for sheet in (
        ScoreSheet("Cup", "7", "R1", (Team("OG", name, (line,)),)),
        ScoreSheet("Cup", "7", "R1", (Team("OG", "A", (line,)),), author=name),
        ScoreSheet("Cup", name, "R1", (Team("OG", "A", (line,)),)),
    ):
        (made,) = print_sheets([sheet])
        assert set(name) <= letters_by_font(made.content)[font]


@pytest.mark.parametrize(("font", "name"), NAMES.items())
def test_who_rates_whom_is_heavy_on_a_feedback_form(font: str, name: str) -> None:
    for form in (Form("Cup", "7", "R1", name, ("Ann",)), Form("Cup", "7", "R1", "Ann", (name,))):
        (made,) = print_forms([form])
        assert set(name) <= letters_by_font(made.content)[font]
