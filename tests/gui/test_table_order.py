"""Sorting, filtering, finding and copying on plain lists."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.gui.tables import order, widths
from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value, number_text
from tabapp.gui.tables.order import Sorting

COLUMNS = (
    Column("room", "Room", Kind.IDENTITY),
    Column("team", "Team", stretch=True),
    Column("points", "Points", Kind.NUMBER),
)


def row(room: str, team: Value = "", points: Value = None) -> Row:
    return Row(room, (room, team, points))


def rooms(rows: list[Row]) -> list[object]:
    return [r.key for r in rows]


def test_numbers_in_names_sort_as_numbers() -> None:
    rows = [row("Room 10"), row("Room 9"), row("room 9b"), row("Annex")]
    assert rooms(order.sorted_rows(rows, Sorting(0))) == ["Annex", "Room 9", "room 9b", "Room 10"]


def test_numbers_sort_by_value_and_not_by_their_letters() -> None:
    rows = [row("a", points=9), row("b", points=10.5), row("c", points=-2)]
    assert rooms(order.sorted_rows(rows, Sorting(2))) == ["c", "a", "b"]
    assert rooms(order.sorted_rows(rows, Sorting(2, descending=True))) == ["b", "a", "c"]


@pytest.mark.parametrize("descending", [False, True])
def test_what_is_missing_comes_last_in_both_directions(descending: bool) -> None:
    rows = [row("a"), row("b", points=1), row("c", points=Cell("")), row("d", points=2)]
    found = rooms(order.sorted_rows(rows, Sorting(2, descending=descending)))
    assert found[2:] == ["a", "c"]


def test_a_cell_sorts_by_what_it_is_told_to() -> None:
    rows = [row("a", Cell("18 min late", sort=18)), row("b", Cell("9 min late", sort=9))]
    assert rooms(order.sorted_rows(rows, Sorting(1))) == ["b", "a"]


@given(st.lists(st.integers(0, 3), max_size=30), st.booleans())
def test_equal_rows_stay_as_they_were(points: list[int], descending: bool) -> None:
    rows = [row(f"{i:03}", points=p) for i, p in enumerate(points)]
    found = order.sorted_rows(rows, Sorting(2, descending=descending))
    sign = -1 if descending else 1
    assert rooms(found) == rooms(sorted(rows, key=lambda r: (sign * int(str(r.cells[2])), r.key)))


def test_a_line_between_rows_stands_in_the_given_order_only() -> None:
    rows = [row("a", points=2), Row("break", line="1 breaks"), row("b", points=1)]
    assert "break" in rooms(order.sorted_rows(rows, None))
    assert rooms(order.sorted_rows(rows, Sorting(2))) == ["b", "a"]


def test_typing_finds_names_that_begin_so_before_those_that_hold_it() -> None:
    rows = [row("Old Maritime", "x"), row("Maritime 1", "y"), row("Hall", "Sandøya A")]
    assert order.find_row(rows, COLUMNS, "mar", 0) == 1
    assert order.find_row(rows, COLUMNS, "sandoya", 0) == 2
    assert order.find_row(rows, COLUMNS, "zzz", 0) is None


def test_typing_goes_on_from_the_cursor_and_around_the_end() -> None:
    rows = [row("Annex 1"), row("Hall"), row("Annex 2")]
    assert order.find_row(rows, COLUMNS, "annex", 1) == 2
    assert order.find_row([*rows[:2]], COLUMNS, "annex", 1) == 0


def test_a_copied_table_pastes_into_a_spreadsheet() -> None:
    rows = [
        row("Hall\t1", Cell("Zarya A", note="9"), Cell(number_text(-4), sort=-4)),
        Row("break", line="1 breaks"),
        row("Annex", "two\nlines"),
    ]
    assert order.as_table_text(rows, COLUMNS) == (
        "Room\tTeam\tPoints\nHall 1\tZarya A 9\t-4\nAnnex\ttwo lines\t\n"
    )


def test_two_rows_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="'a'"):
        order.unique_keys([row("a"), row("a")])


@given(st.sets(st.integers(0, 40)))
def test_runs_hold_all_positions_and_leave_gaps_between_them(positions: set[int]) -> None:
    found = order.runs(sorted(positions))
    assert [i for a, b in found for i in range(a, b + 1)] == sorted(positions)
    assert all(b + 1 < c for (_, b), (c, _) in pairwise(found))


@given(
    natural=st.lists(st.integers(40, 400), min_size=3, max_size=3),
    room=st.integers(100, 2000),
    chosen=st.dictionaries(st.sampled_from(["room", "team"]), st.integers(30, 300)),
)
def test_widths_fill_the_table_or_give_way_to_the_least(
    natural: list[int], room: int, chosen: dict[str, int]
) -> None:
    found = widths.shared_out(COLUMNS, natural, room, chosen)
    assert found[2] == natural[2]
    assert all(found[i] == chosen[k] for i, k in enumerate(("room", "team")) if k in chosen)
    if "team" not in chosen:
        least = min(natural[1], widths.LEAST_STRETCH)
        assert sum(found) == room or (sum(found) > room and found[1] == least)


def test_rows_made_anew_are_the_known_ones_where_nothing_differs() -> None:
    known = [row("Aula", Cell("A", note="3")), row("Keller", "B", 2)]
    made = [row("Keller", "B", 3), row("Aula", Cell("A", note="3")), row("Turm", "C")]
    found = order.known_again(made, known)
    assert found == made
    assert [one is old for one, old in zip(found, (made[0], known[0], made[2]), strict=True)] == [
        True, True, True]
    assert order.are_same(found, list(found))
    assert not order.are_same(found, found[:2])
    assert not order.are_same([made[1]], [known[0]])
