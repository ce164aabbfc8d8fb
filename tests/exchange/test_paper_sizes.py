"""Paper in A4 and in US Letter, letters that no font has, and criteria on sheets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from tabapp.domain.formats import PaperSize
from tabapp.exchange.paper import (
    Answer,
    Code,
    Form,
    Mark,
    Printed,
    Scale,
    ScoreSheet,
    Speech,
    Team,
    fit_halves,
    print_forms,
    print_sheets,
)
from tabapp.exchange.paper.badges import ON_PAGE, Badge, print_name_badges
from tabapp.exchange.paper.certificates import Certificate, print_all_certificates
from tabapp.exchange.paper.signs import RoomSign, SignTeam, print_room_signs
from tabapp.exchange.tables import Document, Table, render
from tabapp.exchange.tables.document import Column

LONG = "Maximiliano-Alejandro Hernández de la Cruz y Montenegro-Villanueva"
POINTS: dict[PaperSize, tuple[float, float]] = {
    "a4": (595.28, 841.89), "us-letter": (612.0, 792.0)}
CODE = Code("4821593017", "593 017")
SCALE = Scale(50, 99, 0.5)
WORDS = "Kommunikationssigmaringenfähigkeitsbewertung"


def sheet(speeches: int = 4, names: tuple[str, ...] = (LONG,) * 3, **more: Any) -> ScoreSheet:
    lines = tuple(Speech(str(at), SCALE, names) for at in range(speeches))
    return ScoreSheet(
        "Cup", "Room 7", "Round 3", (Team("Affirmative", "A", lines), Team("Negative", "B", lines)),
        **{"winner": ("A", "B"), "margin": "", "panel": LONG, "bring": "Bring it", "code": CODE,
           **more})


def by_criteria(name: str = "Matter", speeches: int = 3) -> ScoreSheet:
    marks = tuple(
        Mark(one, "24–32", step="step 0.5", scale=Scale(24, 32, 0.5))
        for one in (name, "Manner", "Method"))
    line = Speech("1st", Scale(60, 80, 0.5), ("Ann Lee", "Ben Okafor"), criteria=marks)
    return replace(sheet(), teams=tuple(
        Team(side, side, (line,) * speeches) for side in ("Affirmative", "Negative")))


def pages_of(made: list[Printed]) -> list[Any]:
    return [page for one in made for page in pypdfium2.PdfDocument(one.content)]


def words_of(page: Any) -> str:
    text = page.get_textpage().get_text_bounded().replace("\u200b", "").replace("\u00ad", "")
    return " ".join(text.split())


def reach(page: Any) -> tuple[float, float, float, float]:
    """Return how far the letters of a page are from its edges: left, below, right, above."""
    text, (wide, tall) = page.get_textpage(), page.get_size()
    boxes = [text.get_charbox(at) for at in range(text.count_chars())]
    return (
        min(one[0] for one in boxes), min(one[1] for one in boxes),
        wide - max(one[2] for one in boxes), tall - max(one[3] for one in boxes))


def every_kind(paper: PaperSize) -> dict[str, list[Printed]]:
    form = Form(
        "Cup", "Room 7", "Round 3", LONG, (LONG,),
        answers=(Answer("How was it?", "long text"),), bring="Bring it", codes=(CODE,))
    sign = RoomSign(
        "Cup", LONG, "Round 3 · starts 10:00", note="Step-free", code=CODE, panel=LONG,
        teams=tuple(SignTeam(side, LONG) for side in ("OG", "OO", "CG", "CO")))
    certificate = Certificate("Cup", "Certificate", "given to", LONG, body="took part in Cup.")
    badges = [Badge("Cup", LONG, "speaker", "Speaker", LONG, LONG, CODE)] * 10
    return {
        "sheets": print_sheets([sheet()], paper=paper),
        "two": print_sheets([sheet(), sheet()], two_up=True, paper=paper),
        "criteria": print_sheets([by_criteria()], paper=paper),
        "forms": print_forms([form], two_up=False, paper=paper),
        "halves": print_forms([form, form], two_up=True, paper=paper),
        "signs": print_room_signs([sign], paper=paper),
        "badges": print_name_badges(badges, paper=paper),
        "certificates": print_all_certificates([certificate], paper=paper),
    }


@pytest.mark.parametrize("paper", POINTS)
def test_every_kind_is_laid_out_for_the_paper(paper: PaperSize) -> None:
    across = {"two", "halves", "signs", "certificates"}
    for kind, made in every_kind(paper).items():
        wanted = POINTS[paper][::-1] if kind in across else POINTS[paper]
        for page in pages_of(made):
            assert page.get_size() == pytest.approx(wanted, abs=0.5), kind
            assert min(reach(page)) > 17, f"{kind}: what printers cannot reach"
        assert len(pages_of(made)) == sum(one.pages for one in made), kind


def test_badges_are_as_many_as_the_page_holds() -> None:
    assert ON_PAGE == {"a4": 10, "us-letter": 8}
    badges = [Badge("Cup", f"Ann{at}", "judge", "Judge") for at in range(10)]
    for paper, most in ON_PAGE.items():
        first = words_of(pages_of(print_name_badges(badges, paper=paper))[0])
        assert [f"Ann{at}" in first for at in range(10)] == [at < most for at in range(10)]


@pytest.mark.parametrize("two_up", [False, True])
def test_every_line_of_a_tight_sheet_stands_on_the_shorter_page(two_up: bool) -> None:
    made = print_sheets(
        [sheet(intro="Welcome. " * 30, scale="Marks. " * 20)], two_up=two_up, paper="us-letter")
    (page,) = pages_of(made)
    assert words_of(page).count("Villanueva") == 8 * 3 + 1
    assert "Checked" in words_of(page)


def test_lines_fill_what_the_page_leaves() -> None:
    """The last team ends a finger's width above the foot, however much stands above."""
    for more in ({}, {"intro": "Welcome. " * 60}):
        (page,) = pages_of(print_sheets([sheet(5, ("Ann", "Ben"), **more)]))
        text = page.get_textpage()
        said = text.get_text_range()
        winner = text.get_charbox(said.index("Winner"))[1]
        foot = text.get_charbox(said.index("Tab room"))[3]
        assert 0 < winner - foot < 60


def test_forms_are_halved_only_where_they_fit_on_half_of_that_paper() -> None:
    form = Form("Cup", "7", "R1", "A", ("Ann",), answers=(Answer("Why?", "long text"),) * 4)
    assert fit_halves([form], "a4")
    found = [
        count for count in range(1, 30)
        if fit_halves([replace(form, answers=(Answer("?", "checkbox"),) * count)], "a4")
        != fit_halves([replace(form, answers=(Answer("?", "checkbox"),) * count)], "us-letter")]
    assert found == [18], "the half of a Letter page is a little higher"


def test_tables_are_laid_out_for_the_paper() -> None:
    table = Table("Teams", (Column("team", "Team"),), (("A",), ("B",)))
    document = Document("Teams", (table,))
    for paper, wanted in POINTS.items():
        content = render(replace(document, paper=paper), ".pdf").content
        assert pypdfium2.PdfDocument(content)[0].get_size() == pytest.approx(wanted, abs=0.5)


def test_one_letter_of_each_script_without_a_font_is_told() -> None:
    adlam, cuneiform = "\U0001e900\U0001e901", "\U00012000\U00012001"
    (made,) = print_room_signs([RoomSign(adlam, adlam + cuneiform, cuneiform)])
    assert len(made.lacking) == 2
    assert all(any(one in made.lacking for one in script) for script in (adlam, cuneiform))
    table = Table("T", (Column("team", "Team"),), ((adlam[:1],), (cuneiform[:1],)))
    told = render(Document("T", (table,)), ".pdf").lacking
    assert told == "\U0001e900, \U00012000"


@pytest.mark.parametrize("paper", POINTS)
def test_criteria_have_their_steps_and_the_sum_its_circles(paper: PaperSize) -> None:
    (page,) = pages_of(print_sheets([by_criteria()], paper=paper))
    said = words_of(page)
    assert said.count("24–32 step 0.5") == 6 * 3
    assert said.count("sum 6 7 8") == 6
    assert said.count(".5") == 6 * 3 + 6
    assert said.count("Ben Okafor") == 6
    (bare,) = pages_of(print_sheets([replace(by_criteria(), digits=False)], paper=paper))
    assert "6 7 8" not in words_of(bare)


def test_where_lines_are_too_low_for_both_criteria_keep_their_boxes_and_leave_the_circles_out(
) -> None:
    (page,) = pages_of(print_sheets([by_criteria(speeches=8)]))
    assert words_of(page).count("step 0.5") == 16 * 3
    assert "6 7 8" not in words_of(page)


def test_a_long_criterion_goes_on_in_another_line_with_a_hyphen() -> None:
    (page,) = pages_of(print_sheets([by_criteria(WORDS)]))
    text = page.get_textpage().get_text_bounded()
    parts = [line for line in text.splitlines() if line.startswith("Kommunikation")]
    assert len(parts) == 6
    assert all("\x02" in one for one in parts), "a hyphen at the end of a line"


def test_a_name_on_a_badge_keeps_clear_of_a_tournament_on_two_lines() -> None:
    tournament = "Weltmeisterschaft im Debattieren in deutscher Sprache, Stuttgart und " * 2
    (page,) = pages_of(print_name_badges([Badge(tournament, "Nguyễn Ễ Ễ Ễ", "judge", "Judge")]))
    text = page.get_textpage()
    said = text.get_text_range()
    letters = range(said.index("Nguy"), said.index("Judge"))
    above = min(
        text.get_charbox(at)[1] for at in range(said.index("Nguy")) if said[at].isalpha())
    assert max(text.get_charbox(at)[3] for at in letters) < above
