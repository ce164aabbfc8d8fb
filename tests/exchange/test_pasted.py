"""What is pasted is read cell by cell, whatever the spreadsheet and whatever the text."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.registration import FIELDS, Kind, clean
from tabapp.exchange.pasted import MOST_ROWS, ORDER, PastedTable, read_pasted

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1,
    max_size=12).filter(lambda text: clean(text) != "")


def cells(table: PastedTable) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=8), st.sampled_from("\t;,"))
@settings(max_examples=60, deadline=None)
def test_what_a_spreadsheet_writes_comes_out_as_it_was(
    rows: list[tuple[str, str, str]], delimiter: str
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
        [("name", "code", "region"), *rows])
    text = out.getvalue()
    if delimiter != "\t" and any("\t" in cell for row in rows for cell in row):
        return
    table = read_pasted(text, "institution")
    assert table.has_header
    assert cells(table) == [tuple(clean(cell) for cell in row) for row in rows]
    assert [row.line for row in table.rows] == list(range(2, len(rows) + 2))


@given(st.text(max_size=200), st.sampled_from(list(ORDER)))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_table_or_problems(text: str, kind: Kind) -> None:
    table = read_pasted(text, kind)
    known = set(FIELDS[kind])
    for key in filter(None, table.columns):
        assert key in known or key.startswith("speaker") or key in {
            "speakers", "institution", "use_institution_prefix"}
    lines = [row.line for row in table.rows]
    assert lines == sorted(set(lines))
    for row in table.rows:
        assert any(row.cells)
        assert "" not in table.values(row)


def test_cells_with_line_breaks_count_their_lines() -> None:
    table = read_pasted('Team\tSpeakers\nA\t"Ana\nOtto"\nB\tMia & Jo\n', "team")
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, ("A", "Ana\nOtto")), (4, ("B", "Mia & Jo"))]


def test_a_quote_that_never_ends_stays_in_its_cell() -> None:
    table = read_pasted('A\t"Kranich\nB\tOwls\n', "team")
    assert len(table.rows) == 1
    assert "\n" in table.rows[0].cells[1]


@pytest.mark.parametrize(("header", "columns"), [
    ("Team name\tUniversity\tDebater 1\tDebater 2", ("name", "institution", "speaker1",
                                                    "speaker2")),
    ("reference,institution,speaker1_name,speaker1_email", ("name", "institution", "speaker1",
                                                           "speaker1_email")),
    ("TEAM;Speaker 1 E-Mail;Speaker 2 Category;Shoe", ("name", "speaker1_email",
                                                      "speaker2_categories", "")),
])
def test_titles_of_columns_are_known_by_many_names(header: str, columns: tuple[str, ...]) -> None:
    table = read_pasted(header + "\nX", "team")
    assert table.has_header
    assert table.columns == columns


def test_without_a_header_the_documented_order_holds() -> None:
    table = read_pasted("Nia Mac\tOwls\t4.5\n", "adjudicator")
    assert not table.has_header
    assert table.values(table.rows[0]) == {
        "name": "Nia Mac", "institution": "Owls", "base_score": "4.5"}


def test_a_column_twice_and_rows_too_wide_are_errors() -> None:
    table = read_pasted("name,name,code\nOwls,Owl,O,extra\n", "institution")
    assert [(one.where, one.code) for one in table.problems] == [
        ("header", "column_twice"), ("line 2", "row_too_wide")]


def test_more_rows_than_any_tournament_has_are_refused() -> None:
    table = read_pasted("x\n" * (MOST_ROWS + 1), "institution")
    assert table.rows == ()
    assert [one.code for one in table.problems] == ["paste_too_many_rows"]
