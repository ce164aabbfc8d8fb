"""Tables for spreadsheets: what is written is what comes back, and no text becomes a formula."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from tabapp.exchange.table_csv import write_table

_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=20)


def _read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell


@given(st.lists(st.lists(_TEXTS, min_size=3, max_size=3), max_size=5))
def test_every_text_comes_back(rows: list[list[str]]) -> None:
    found = _read(write_table(["a", "b", "c"], rows))
    assert [[_bare(cell) for cell in row] for row in found] == [["a", "b", "c"], *rows]


def test_a_name_that_looks_like_a_formula_is_text_and_a_negative_number_stays_one() -> None:
    found = _read(write_table(["name", "margin"], [["=SUM(A1:A9)", -3.5], ["@team", None]]))
    assert found[1:] == [["'=SUM(A1:A9)", "-3.5"], ["'@team", ""]]
