"""Paper that is tight: names too long for their lines, and codes that are not given yet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from tabapp.exchange.paper import (
    Code,
    Form,
    Printed,
    Scale,
    ScoreSheet,
    Speech,
    Team,
    print_forms,
    print_sheets,
)
from tabapp.exchange.paper.badges import Badge, print_name_badges
from tabapp.exchange.paper.signs import RoomSign, print_room_signs

LONG = "Maximiliano-Alejandro Hernández de la Cruz y Montenegro-Villanueva"
ARABIC = "محمد عبد الرحمن بن علي"
GIVEN = Code("4821593017", "593 017")
OPEN = Code("", "The code is given when this is printed", is_open=True)


def sheet(speeches: int, names: tuple[str, ...], **more: Any) -> ScoreSheet:
    lines = tuple(Speech(str(at), Scale(50, 99, 1), names) for at in range(speeches))
    return ScoreSheet(
        "Cup", "Room 7", "Round 3", (Team("Affirmative", "A", lines), Team("Negative", "B", lines)),
        **{"winner": ("A", "B"), "margin": "", "panel": LONG, "intro": "Welcome. " * 30, **more})


def page_of(made: list[Printed]) -> Any:
    assert len(made) == 1
    return pypdfium2.PdfDocument(made[0].content)[0]


def words_of(made: list[Printed]) -> str:
    text = page_of(made).get_textpage().get_text_bounded()
    return " ".join(text.replace("\u200b", "").split())


def scanned(made: list[Printed]) -> list[str]:
    found: Any = zxingcpp.read_barcodes(page_of(made).render(scale=200 / 72).to_numpy())
    return [one.text for one in found]


@pytest.mark.parametrize("two_up", [False, True])
def test_three_long_names_stand_whole_in_each_of_eight_speeches(two_up: bool) -> None:
    text = words_of(print_sheets([sheet(4, (LONG,) * 3)], two_up=two_up))
    assert text.count("Villanueva") == 8 * 3 + 1


def test_names_that_fit_in_no_size_give_way_to_a_line() -> None:
    text = words_of(print_sheets([sheet(8, (LONG,) * 6)]))
    assert text.count("Villanueva") == 1, "the judge alone"
    short = words_of(print_sheets([sheet(8, ("Ann Lee", "Ben Okafor", "Cem Ak"))]))
    assert short.count("Ben Okafor") == 16


def test_a_room_that_is_written_in_arabic_does_not_touch_the_round() -> None:
    page = page_of(print_sheets([replace(sheet(4, ("Ann", "Ben")), room=ARABIC)]))
    text = page.get_textpage()
    boxes: dict[str, list[float]] = {"room": [], "round": []}
    for at in range(text.count_chars()):
        letter, (_left, bottom, _right, top) = (
            text.get_text_range(at, 1), text.get_charbox(at, loose=False))
        if top < page.get_height() - 130:
            continue
        if "\u0600" <= letter[:1] <= "\u06ff" or "\ufb50" <= letter[:1] <= "\ufeff":
            boxes["room"].append(bottom)
        elif letter in ("R", "3"):
            boxes["round"].append(top)
    assert boxes["room"]
    assert min(boxes["room"]) > max(boxes["round"])


def test_a_code_that_is_not_given_has_its_place_and_nothing_to_scan() -> None:
    base = sheet(4, ("Ann", "Ben"))
    form = Form("Cup", "Room 7", "Round 3", "Team A", ("Ann",))
    sign, badge = RoomSign("Cup", "Room 7"), Badge("Cup", "Ann", "speaker", "Speaker")
    for given, shown in (
        (print_sheets([replace(base, code=GIVEN)]), print_sheets([replace(base, code=OPEN)])),
        (print_forms([replace(form, codes=(GIVEN, GIVEN))]),
         print_forms([replace(form, codes=(OPEN, OPEN))])),
        (print_room_signs([replace(sign, code=GIVEN)]),
         print_room_signs([replace(sign, code=OPEN)])),
        (print_name_badges([replace(badge, code=GIVEN)]),
         print_name_badges([replace(badge, code=OPEN)])),
    ):
        assert "4821593017" in scanned(given)
        assert scanned(shown) == []
        said = words_of(shown)
        assert OPEN.words in said
        rest = words_of(given).replace("593 017", "")
        assert sorted(rest.split()) == sorted(said.replace(OPEN.words, "").split())
