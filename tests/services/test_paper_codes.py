"""Codes: given once, found again, never given twice, and told apart from those of elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.app import open_workspace
from tabapp.core.clock import SystemClock
from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive
from tabapp.domain.barcodes import (
    COUNT,
    LINES,
    LOWEST,
    bar_text,
    code128,
    codes_in,
    draw_code,
    is_code,
    new_tag,
    read_scan,
)
from tabapp.services import exchange
from tabapp.services.barcodes import (
    Found,
    Kind,
    Pick,
    find_code,
    give_codes,
    lacking_codes,
    tag_of,
)
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.archive_out import read_archive
from tabapp.store.draw_rows import delete_draw
from tabapp.store.snapshots import copy_database
from tabapp.store.tournaments import find_tournament
from tests.builders import small_archive
from tests.services.round_world import open_world


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as opened:
        made = small_archive(8, 2)
        made["adjudicators"][0]["barcode"] = "JUDGE-Ä"
        made["speakers"][0]["barcode"] = "482910"
        exchange.add(
            opened.database, Archive.model_validate(made), now=SystemClock().now(), actor="test")
        yield opened


def give(work: Workspace, kind: Kind = "debate", *, pick: Pick | None = None) -> dict[int, str]:
    owner = work.tournament().id
    more = {} if pick is None else {"pick": pick}
    with work.database.write(
        actor="Ann", verb="give codes", tournament=owner, trail=False, undoable=False
    ) as unit:
        return give_codes(unit, owner, kind, **more)


def find(work: Workspace, text: str) -> Found:
    with work.database.read() as unit:
        return find_code(unit, work.tournament().id, text)


def refusal(work: Workspace, text: str) -> UserError:
    with pytest.raises(UserError) as refused:
        find(work, text)
    assert "{" not in refused.value.message
    return refused.value


def tag(work: Workspace) -> str:
    with work.database.read() as unit:
        return tag_of(unit, work.tournament().id)


# --- numbers -----------------------------------------------------------------------------------


@given(st.data(), st.integers(0, 3 * LINES))
def test_codes_of_different_lines_are_never_equal(data: st.DataObject, line: int) -> None:
    code = draw_code(line, lambda below: data.draw(st.integers(0, below - 1)))
    assert is_code(code)
    number = int(code) - LOWEST
    assert number < COUNT
    assert (number & -number).bit_length() - 1 == line % LINES


def test_every_code_of_a_line_can_be_drawn() -> None:
    for line in range(LINES):
        for number in (0, codes_in(line) - 1):
            assert is_code(draw_code(line, lambda _below, number=number: number))
        assert len({
            draw_code(line, lambda _below, at=at: at) for at in range(codes_in(line))
        }) == codes_in(line)
    assert int(draw_code(0, lambda below: below - 1)) > 999_990


def test_codes_look_like_chance() -> None:
    lot = Random(1)
    codes = [int(draw_code(0, lot.randrange)) for _ in range(2000)]
    assert len({b - a for a, b in pairwise(codes)}) > 1900
    assert min(codes) < 150_000
    assert max(codes) > 950_000


def test_a_tag_is_never_that_of_a_neighbour() -> None:
    first = new_tag("x")
    assert new_tag("x", [first]) != first
    with pytest.raises(UserError):
        new_tag("x", [str(one) for one in range(1000, 10_000)])


@pytest.mark.parametrize(
    ("text", "four", "code"),
    [
        ("4821593017", "4821", "593017"), ("4821 593 017\r\n", "4821", "593017"),
        ("593017", "", "593017"), ("093017", "", ""), ("JUDGE-7", "", ""), ("", "", ""),
        ("٤٨٢١٥٩", "", ""),
    ],
)
def test_scans_are_taken_apart(text: str, four: str, code: str) -> None:
    scan = read_scan(text)
    assert (scan.tag, scan.code) == (four, code)


def test_bars_have_the_widths_of_the_standard() -> None:
    assert sum(code128("4821593017")) == 90
    assert code128("4821593017")[:6] == (2, 1, 1, 2, 3, 2)
    assert sum(code128("AB")) == 11 * 4 + 13
    with pytest.raises(ValueError, match="no bars"):
        code128("Ä")


# --- giving and finding ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["debate", "adjudicator", "speaker", "venue"])
def test_what_is_given_is_found_by_ten_digits_and_by_six(work: Workspace, kind: Kind) -> None:
    codes = give(work, kind)
    for row, code in codes.items():
        found = find(work, bar_text(tag(work), code))
        assert (found.kind, found.id) == (kind, row)
        assert find(work, f" {code}\n") == found


def test_codes_are_different_over_all_kinds_and_stay(work: Workspace) -> None:
    kinds: tuple[Kind, ...] = ("debate", "adjudicator", "speaker", "venue")
    given_codes = {kind: give(work, kind) for kind in kinds}
    every = [code for codes in given_codes.values() for code in codes.values()]
    assert len(set(every)) == len(every) == 4 + 2 + 16 + 2
    assert {kind: give(work, kind) for kind in kinds} == given_codes
    with work.database.read() as unit:
        assert lacking_codes(unit, work.tournament().id, "speaker") == ()


def test_two_copies_of_a_file_give_their_debates_different_codes(
    work: Workspace, tmp_path: Path
) -> None:
    give(work, "venue")
    copy_database(tmp_path / "t.tabapp", tmp_path / "copy.tabapp")
    with open_workspace(tmp_path / "copy.tabapp") as copy:
        assert give(copy, "venue") == give(work, "venue")
        assert tag(copy) == tag(work)
        theirs = give(copy)
        assert set(give(work).values()).isdisjoint(theirs.values())
        for code in theirs.values():
            assert refusal(work, bar_text(tag(work), code)).code == "code_unknown"


def test_a_lot_that_is_repeated_gives_every_code_once(work: Workspace) -> None:
    drawn = iter([7, 7, 7, 8, 8, 9, 9, 9, 10, 11, 12])
    codes = give(work, pick=lambda _below: next(drawn))
    assert list(codes.values()) == [draw_code(0, lambda _below, n=n: n) for n in range(7, 11)]
    again = Random(3)
    rooms = give(work, "venue", pick=again.randrange)
    expected = Random(3)
    assert list(rooms.values()) == [draw_code(0, expected.randrange) for _ in range(2)]


def test_codes_that_came_with_a_file_are_kept_and_found(work: Workspace) -> None:
    assert "JUDGE-Ä" in give(work, "adjudicator").values()
    assert find(work, "judge-ä").name == "Judge 1"
    assert find(work, "482910").name == "Speaker 1"
    assert find(work, bar_text(tag(work), "482910")).kind == "speaker"


def test_undo_leaves_codes_alone_and_is_not_held_up_by_them(work: Workspace) -> None:
    owner = work.tournament().id
    with work.database.write(actor="Ann", verb="rename", tournament=owner) as unit:
        unit.update(schema.venue, {1: {"name": "Cellar"}})
        unit.update(schema.tournament, {owner: {"name": "New"}})
    codes, four = give(work, "venue"), tag(work)
    work.database.undo(owner, actor="Ann")
    assert (give(work, "venue"), tag(work)) == (codes, four)
    assert find(work, codes[1]).name == "Room 1"
    assert work.tournament().name == "Small Open"


def test_the_archive_keeps_codes_and_goes_on_where_it_was(
    work: Workspace, tmp_path: Path
) -> None:
    codes, four = give(work), tag(work)
    with work.database.read() as unit:
        document = read_archive(unit, work.tournament().id)
    with open_workspace(tmp_path / "copy.tabapp", create=True) as copy:
        exchange.add(copy.database, document, now=SystemClock().now(), actor="test")
        assert give(copy) == codes
        assert tag(copy) == four
        assert set(give(copy, "venue").values()).isdisjoint(codes.values())


# --- refused -----------------------------------------------------------------------------------


def test_a_code_of_nobody_is_unknown(work: Workspace) -> None:
    taken = {"482910", *give(work).values()}
    free = next(str(one) for one in range(LOWEST, LOWEST + 100) if str(one) not in taken)
    for text in (free, bar_text(tag(work), free), "Room 77", "", "0" * 10):
        assert refusal(work, text).code == "code_unknown"


def test_a_code_of_another_tournament_is_told(work: Workspace) -> None:
    code = next(iter(give(work).values()))
    strange = "1234" if tag(work) != "1234" else "4321"
    error = refusal(work, strange + code)
    assert (error.code, error.facts["other"]) == ("code_of_other_tournament", "another tournament")
    made = small_archive(4)
    made["tournament"] |= {"slug": "second", "name": "Second Open"}
    exchange.add(
        work.database, Archive.model_validate(made), now=SystemClock().now(), actor="test")
    with work.database.read() as unit:
        first, second = (find_tournament(unit, slug).id for slug in ("small", "second"))
    with work.database.write(actor="Ann", verb="give codes", tournament=second) as change:
        theirs = give_codes(change, second, "debate")
        own = tag_of(change, second)
    with work.database.read() as unit, pytest.raises(UserError) as refused:
        find_code(unit, first, own + next(iter(theirs.values())))
    assert refused.value.facts["other"] == "Second Open"


def test_two_who_share_an_imported_code_are_both_named(work: Workspace) -> None:
    with work.database.write(actor="Ann", verb="x", tournament=1) as unit:
        unit.update(schema.speaker, {2: {"barcode": "482910"}})
    assert refusal(work, "482910").facts["names"] == "Speaker 1 and Speaker 2"


def test_a_sheet_of_a_draw_that_was_replaced_says_what_to_print(tmp_path: Path) -> None:
    with open_world(tmp_path) as world:
        owner = world.owner.id

        def codes() -> dict[int, str]:
            with world.work.database.write(
                actor="Ann", verb="give codes", tournament=owner, trail=False, undoable=False
            ) as unit:
                rows = [one.id for one in world.sheet().rooms]
                return give_codes(unit, owner, "debate", rows)

        old = codes()
        world.write(lambda unit: delete_draw(unit, world.third), "delete the draw of")
        error = refusal(world.work, next(iter(old.values())))
        assert error.code == "code_of_old_draw"
        assert "not drawn now" in error.message
        world.work.run("draw.generate", tournament=owner, round_id=world.third, seed=8)
        new = codes()
        assert set(new.values()).isdisjoint(old.values())
        messages = [refusal(world.work, code).message for code in old.values()]
        assert all("Round 3" in one and "new sheet" in one for one in messages)
        for row, code in new.items():
            assert find(world.work, code).id == row
