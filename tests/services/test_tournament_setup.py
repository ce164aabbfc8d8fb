"""New tournaments: everything is checked before a file is made, and a file is never half made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import ProblemsFound, UserError
from tabapp.domain.formats import presets, resolve
from tabapp.domain.setup import check_break_size, fits_four
from tabapp.services import exchange
from tabapp.services.entries import Reader, parse_number, parse_start
from tabapp.services.tournaments import (
    NewEntry,
    NewTournament,
    check_new,
    create_tournament,
    opened_or_made,
    proposed_path,
    read_new,
)
from tabapp.store.tournaments import list_rounds
from tests.services.setup_room import codes


def entry(folder: Path, **changes: str) -> NewEntry:
    return replace(
        NewEntry(
            name="Northlight Open 2026", preset="bp", rounds="5", break_size="16",
            path=str(folder / "northlight.tabapp")),
        **changes)


@pytest.mark.parametrize("preset", [one.name for one in presets()])
def test_a_tournament_can_be_made_from_each_preset(tmp_path: Path, preset: str) -> None:
    wanted = read_new(entry(tmp_path, preset=preset, rounds="6", reserve="2", short_name="NLO"))
    slug = create_tournament(open_workspace, wanted)
    assert slug == "northlight-open-2026"
    with open_workspace(wanted.path) as work:
        owner = work.tournament()
        with work.database.read() as unit:
            archive = exchange.read(unit, owner)
            rounds = list_rounds(unit, owner.id)
    assert owner.settings == resolve(preset, {})
    assert archive.tournament.short_name == "NLO"
    assert [one.name for one in rounds] == [f"Round {n}" for n in range(1, 7)]
    assert [one.draw_type for one in rounds] == ["random"] + ["power"] * 5
    assert [one.silent for one in rounds] == [False] * 4 + [True] * 2
    (category,) = archive.break_categories
    assert (category.name, category.size, category.reserve_size) == ("Open", 16, 2)
    assert category.general


def test_all_that_is_wrong_is_told_at_once_each_at_its_field(tmp_path: Path) -> None:
    taken = tmp_path / "there.tabapp"
    taken.touch()
    wrong = entry(
        tmp_path, name="  ", short_name="x" * 26, rounds="31", break_size="ten", reserve="",
        path=str(taken))
    assert codes(check_new(wrong)) == {
        "name": "name_missing", "short_name": "entry_too_long", "rounds": "entry_out_of_range",
        "break_size": "entry_not_whole", "reserve": "entry_blank", "path": "path_taken",
    }
    with pytest.raises(ProblemsFound):
        read_new(wrong)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("", "path_missing"), ("{}/plain", "path_suffix"), ("{}/none/new.tabapp",
        "path_folder_missing"), ("new.tabapp", "path_folder_missing"),
        ("{}/" + "x" * 300 + ".tabapp", "path_impossible"),
        ("{}/null\0.tabapp", "path_impossible"),
    ],
)
def test_a_file_that_cannot_be_is_told_before_anything_is_made(
    tmp_path: Path, path: str, code: str
) -> None:
    wrong = entry(tmp_path, path=path.format(tmp_path))
    assert codes(check_new(wrong)) == {"path": code}


@pytest.mark.parametrize(
    ("preset", "size", "code"),
    [
        ("bp", "10", "break_size_without_bracket"), ("bp", "2", "break_size_without_bracket"),
        ("bp", "0", ""), ("bp", "24", ""), ("bp", "48", ""), ("australs", "10", ""),
        ("australs", "1", "break_size_too_small"), ("bp", "-4", "entry_out_of_range"),
    ],
)
def test_the_break_has_to_fit_the_rooms_of_the_format(
    tmp_path: Path, preset: str, size: str, code: str
) -> None:
    found = codes(check_new(entry(tmp_path, preset=preset, break_size=size)))
    assert found == ({"break_size": code} if code else {})


def test_the_nearest_sizes_with_a_bracket_are_named() -> None:
    (problem,) = check_break_size(10, 4, where="size")
    assert "8 or 12" in problem.message
    assert [size for size in range(100) if fits_four(size)] == [4, 6, 8, 12, 16, 24, 32, 48, 64, 96]


def test_a_file_that_somebody_made_in_the_meantime_is_left_alone(tmp_path: Path) -> None:
    wanted = read_new(entry(tmp_path))
    wanted.path.write_text("mine")
    with pytest.raises(UserError) as caught:
        create_tournament(open_workspace, wanted)
    assert caught.value.code == "path_taken"
    assert wanted.path.read_text() == "mine"


def test_a_file_that_was_made_in_vain_is_removed_again(tmp_path: Path) -> None:
    path = tmp_path / "vain.tabapp"
    with pytest.raises(KeyError), opened_or_made(open_workspace, path):
        raise KeyError("somebody pulled the plug")
    assert not path.exists()


def test_what_goes_wrong_in_a_file_that_was_there_leaves_it_there(tmp_path: Path) -> None:
    wanted = NewTournament("Small", "bp", 3, 0, tmp_path / "small.tabapp")
    create_tournament(open_workspace, wanted)
    with pytest.raises(KeyError), opened_or_made(open_workspace, wanted.path):
        raise KeyError("somebody pulled the plug")
    with open_workspace(wanted.path) as work:
        assert work.tournament().name == "Small"


def test_the_proposed_file_is_named_after_the_tournament_and_is_free(tmp_path: Path) -> None:
    assert proposed_path(tmp_path, "Zürich Open") == tmp_path / "zurich-open.tabapp"
    (tmp_path / "zurich-open.tabapp").touch()
    (tmp_path / "zurich-open-2.tabapp").touch()
    assert proposed_path(tmp_path, "Zürich Open") == tmp_path / "zurich-open-3.tabapp"
    assert proposed_path(tmp_path, "").name == "tournament.tabapp"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("72", 72), (" 72,5 ", 72.5), ("−1", -1), ("-1", -1), (".5", 0.5), ("7x", None),
        ("1e3", None), ("nan", None), ("inf", None), ("", None), ("1 000", None), ("٣", None),
    ],
)
def test_numbers_are_read_as_people_type_them(text: str, value: float | None) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("9:05", "09:05"), ("14.30", "14:30"), ("1430", "14:30"), ("24:00", None),
        ("12:60", None), ("2026-01-31 14:30", "2026-01-31T14:30"),
        ("2026-01-31T9:05", "2026-01-31T09:05"), ("2026-02-29 10:00", None),
        ("2028-02-29 10:00", "2028-02-29T10:00"), ("2026-13-01 10:00", None), ("noon", None),
    ],
)
def test_start_times_are_read_as_people_type_them(text: str, stored: str | None) -> None:
    assert parse_start(text) == stored


def test_a_sentence_about_a_number_names_it_and_the_range() -> None:
    reader = Reader()
    reader.whole("rounds", "three", 1, 30)
    reader.number("weight", "1.5", 0, 1)
    assert [one.message for one in reader.problems] == [
        "three is no whole number. Type one from 1 to 30.",
        "1.5 is out of range. Type a number from 0 to 1.",
    ]
