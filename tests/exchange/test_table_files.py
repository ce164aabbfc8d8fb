"""Tables in files: what is written is what comes back, and no name becomes anything but a name."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import Any

import pypdfium2
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tabapp.exchange.tables import SUFFIXES, Column, Document, Place, Table, render
from tabapp.exchange.tables.document import plain, unique_titles

HOSTILE = (
    "=cmd|' /C calc'!A0", "@SUM(A1)", "<script>alert(1)</script>", '"><img src=x onerror=y>',
    "#include \"x\" #read(\"/etc/passwd\") $a$ *b* _c_ `d` \\ ]", "Ann\nLee\0", "X" * 400,
    "&amp;", "'quoted'", "\u202eevil", "http://example.org/", "a" + "\u0301" * 40,
)
SCRIPTS = ("محمد علي", "नमस्ते", "Иван Петров", "שלום", "สวัสดี", "Ἀθῆναι")
COLUMNS = (
    Column("rank", "Rank", kind="rank"), Column("name", "Team", names=True),
    Column("points", "Points", "sum of points", "number", 0),
    Column("speaks", "Mean speaks", "mean", "number", 2),
    Column("r1.place", "R1 place", kind="number", only="data"),
    Column("r1", "R1", only="print"),
)


def document(names: tuple[str, ...], title: str = "Teams") -> Document:
    rows = tuple(
        (Place(i // 2 + 1, tied=True), name, 20.0 - i, 78.125 + i, 1, "1 OG")
        for i, name in enumerate(names))
    return Document(
        "Team tab", (Table(title, COLUMNS, rows),), ("Northlight Open", "After Round 3"),
        records=tuple({"id": f"T{i}", "name": name} for i, name in enumerate(names)))


def csv_rows(made: Document) -> list[list[str]]:
    text = render(made, ".csv").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def book(made: Document) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(render(made, ".xlsx").content))


def pdf_of(made: Document) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(render(made, ".pdf").content)


def pdf_text(made: Document) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pdf_of(made))


class Page(HTMLParser):
    """Collects what a browser would do with a page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.cells: list[str] = []
        self._open = False
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [
            name for name, _ in attrs
            if name in ("src", "href", "action", "background") or name.startswith("on")]
        if tag in ("td", "th"):
            self.cells.append("")
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.cells[-1] += data


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_equal_tables_are_equal_files(suffix: str) -> None:
    made = document(("A", *SCRIPTS))
    kind = next(one for one in SUFFIXES if one == suffix)
    assert render(made, kind).content == render(document(("A", *SCRIPTS)), kind).content


_TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)


@given(st.lists(_TEXTS, min_size=1, max_size=6))
def test_every_name_comes_back_from_a_spreadsheet(names: list[str]) -> None:
    made = document(tuple(names))
    # whatever begins with an apostrophe had one put in front of it
    found = [row[1].removeprefix("'") for row in csv_rows(made)[1:]]
    assert found == [plain(name) for name in names]
    rows = book(made).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[1] for row in rows[1:]] == [plain(name) for name in names]


def test_what_looks_like_a_formula_is_text_and_a_negative_number_stays_one() -> None:
    made = Document("T", (Table("T", (Column("a", "a"), Column("b", "b", kind="number")), (
        ("=SUM(A1:A9)", -3.5), ("@team", None))),))
    assert csv_rows(made)[1:] == [["'=SUM(A1:A9)", "-3.5"], ["'@team", ""]]
    assert book(made).get_sheet_by_index(0).to_python()[1:] == [
        ["=SUM(A1:A9)", -3.5], ["@team", ""]]


def test_a_workbook_holds_numbers_and_a_shared_rank_among_them() -> None:
    rows = book(document(("A", "B", "C"))).get_sheet_by_name("Teams").to_python()
    assert rows[0] == ["Rank", "Team", "Points", "Mean speaks", "R1 place"]
    assert rows[1:] == [[1, "A", 20, 78.125, 1], [1, "B", 19, 79.125, 1], [2, "C", 18, 80.125, 1]]


def test_a_sheet_of_a_workbook_may_be_called_anything() -> None:
    titles = ["a" * 40, "A" * 40, "Round [1]: x/y?*\\", "'q'", "", "History", "About"]
    tables = tuple(Table(title, COLUMNS[:1], ((Place(1),),)) for title in titles)
    names = book(Document("T", tables, grouped="Round")).sheet_names
    assert len(names) == len(titles) + 1 == len({one.casefold() for one in names})
    assert all(0 < len(one) <= 31 and not set("[]:*?/\\") & set(one) for one in names)


@given(st.lists(st.text(max_size=40), max_size=8))
def test_titles_are_told_apart_whatever_their_case(titles: list[str]) -> None:
    found = unique_titles(titles, 12, forbidden="/")
    assert len({one.casefold() for one in found}) == len(titles)
    assert all(0 < len(one) <= 12 and "/" not in one for one in found)


def test_several_tables_become_one_where_a_file_holds_one() -> None:
    one = Table("Open", (Column("team", "Team"), Column("why", "Why")), (("A", "x"),))
    other = Table("Judges", (Column("judge", "Judge"),), (("Ann",),))
    assert csv_rows(Document("Break", (one, other), grouped="Category")) == [
        ["Category", "Team", "Why", "Judge"], ["Open", "A", "x", ""], ["Judges", "", "", "Ann"]]


def test_records_are_json_in_full() -> None:
    made = document(HOSTILE)
    assert json.loads(render(made, ".json").content) == list(made.records)


def test_a_page_shows_every_name_as_text_and_reaches_for_nothing() -> None:
    content = render(document((*HOSTILE, *SCRIPTS)), ".html").content
    page = Page(content)
    assert [one for one in page.cells if one in {plain(name) for name in HOSTILE}] == [
        plain(name) for name in HOSTILE]
    assert page.links == []
    assert page.tags.count("script") == 1
    assert set(page.tags).isdisjoint({"img", "link", "iframe", "object", "base", "form"})
    style, script = (
        re.search(f"<{tag}>(.*?)</{tag}>", content.decode(), re.DOTALL)
        for tag in ("style", "script"))
    assert style is not None
    assert script is not None
    assert not re.search(r"url\(|@import|https?:|fetch\(|import\(", style[1] + script[1])
    assert "default-src 'none'" in content.decode().replace("&#x27;", "'")


def test_a_page_says_a_shared_rank_and_sorts_by_the_whole_number() -> None:
    content = render(document(("A", "B")), ".html").content.decode()
    assert '<td class="n" data-v="1">1=</td>' in content
    assert '<td class="n" data-v="78.125">78.12</td>' in content


def test_paper_shows_every_name_as_text() -> None:
    text = re.sub(r"[\s\u200b\u00ad\ufffe]", "", pdf_text(document(HOSTILE[:9])))
    for name in (*HOSTILE[:5], "Ann Lee", "X" * 400, "&amp;"):
        assert name.replace(" ", "") in text
    assert "TeamtabNorthlightOpen" in text
    assert "1=" in text


def test_scripts_of_the_world_are_on_paper_without_fonts_of_this_computer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bool] = []
    compiled = typst.compile

    def watch(*args: Any, ignore_system_fonts: bool, **more: Any) -> Any:
        asked.append(ignore_system_fonts)
        return compiled(*args, ignore_system_fonts=ignore_system_fonts, **more)

    monkeypatch.setattr(typst, "compile", watch)
    text = pdf_text(document(SCRIPTS))
    assert asked == [True]
    assert "Иван Петров" in text


def test_letters_that_no_font_has_are_told() -> None:
    made = render(document(("Ann", "\U0001e900\U0001e901")), ".pdf")  # Adlam
    assert made.content.startswith(b"%PDF-")
    assert made.lacking in "\U0001e900\U0001e901"
    assert made.lacking


def test_a_page_of_paper_is_not_blank_and_the_titles_stand_on_each() -> None:
    pages = pdf_of(document(tuple(f"Team {n}" for n in range(120))))
    assert len(pages) > 1
    for page in pages:
        assert "Mean" in page.get_textpage().get_text_bounded()
        pixels = bytes(page.render(scale=0.5, grayscale=True).buffer)
        assert 0.005 < sum(one < 200 for one in pixels) / len(pixels) < 0.5


def test_a_wide_table_lies_across_and_a_narrow_one_stands() -> None:
    wide = Document("Wide", (Table("W", tuple(
        Column(f"c{n}", f"Column {n}") for n in range(30)), (("some words",) * 30,)),))
    across, upright = pdf_of(wide)[0].get_size(), pdf_of(document(("A",)))[0].get_size()
    assert across[0] > across[1]
    assert upright[0] < upright[1]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_table_without_rows_is_a_file_all_the_same(suffix: str) -> None:
    kind = next(one for one in SUFFIXES if one == suffix)
    assert render(document(()), kind).content
