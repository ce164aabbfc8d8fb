"""Setting pages so that whoever waits can leave: at once, with nothing kept, and never half."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.domain.types import Tick
from tabapp.services import printing
from tabapp.services.paper import Pack
from tabapp.services.printing import Paper, PrintRequest
from tabapp.services.printing import packing as packing_
from tabapp.services.printing.apart import set_apart
from tabapp.services.workspace import Workspace
from tests.services.printed import bp, round_id, store

PACK = Pack((b"%PDF",), 3, ())


class Enough(Exception):
    """Somebody cancels."""


class Press:
    """Sets three files, each only when it is let."""

    def __init__(self) -> None:
        self.let, self.began, self.over = Event(), Event(), Event()
        self.files = 0

    def paper(self) -> Paper:
        return Paper((1, 2, 3), 1, self.set)

    def set(self, items: Sequence[Any], tick: Tick) -> Pack:
        try:
            for at in range(len(items)):
                tick(at, len(items))
                self.files += 1
                self.began.set()
                assert self.let.wait(10)
            tick(len(items), len(items))
        finally:
            self.over.set()
        return PACK


@pytest.fixture
def press() -> Iterator[Press]:
    made = Press()
    yield made
    made.let.set()


def test_who_cancels_is_free_while_the_file_is_still_being_set(press: Press) -> None:
    def tick(_done: int, _total: int) -> None:
        if press.began.is_set():
            raise Enough

    began = monotonic()
    with pytest.raises(Enough):
        set_apart(press.paper(), tick)
    assert monotonic() - began < 0.5
    assert not press.over.is_set(), "it is still at it"
    press.let.set()
    assert press.over.wait(10)
    assert press.files == 1, "no other file is begun"


def test_it_is_told_often_and_of_all_only_by_its_end(press: Press) -> None:
    told: list[tuple[int, int]] = []

    def tick(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) == 3:
            press.let.set()

    assert set_apart(press.paper(), tick) == PACK
    assert len(told) >= 3
    assert all(done < total == 3 for done, total in told)


def test_what_goes_wrong_while_setting_is_raised() -> None:
    def fail(_items: Sequence[Any], _tick: Tick) -> Pack:
        raise ArithmeticError("jam")

    with pytest.raises(ArithmeticError, match="jam"):
        set_apart(Paper((1,), 1, fail))


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as opened:
        store(opened, bp())
        yield opened


def test_a_run_that_is_cancelled_leaves_no_file(
    work: Workspace, tmp_path: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing_, "read_paper", lambda *_args: press.paper())

    def tick(_done: int, _total: int) -> None:
        if press.began.is_set():
            raise Enough

    file = tmp_path / "sheets.pdf"
    request = PrintRequest(round_id=round_id(work))
    with pytest.raises(Enough):
        printing.print_file(work, work.tournament().id, request, file, tick=tick)
    press.let.set()
    assert press.over.wait(10)
    assert not list(tmp_path.glob("*.pdf*"))


def test_the_look_before_shows_where_codes_will_be_and_gives_none(work: Workspace) -> None:
    owner, round_ = work.tournament().id, round_id(work)
    for what in ("score-sheets", "feedback-forms", "signs", "badges"):
        request = PrintRequest(what, round_id=None if what in ("signs", "badges") else round_)
        with work.database.read() as unit:
            seen = printing.prepare(unit, owner, request)
        assert seen.paper is not None
        assert seen.lacking > 0
        codes = [code for one in seen.paper.items for code in codes_of(one)]
        assert sum(one.is_open for one in codes) >= seen.lacking
        assert all(one.is_open != bool(one.text) for one in codes)
        with work.database.write(actor="Ann", tournament=owner, undoable=False) as change:
            assert printing.give_codes(change, owner, request) == seen.lacking
        with work.database.read() as unit:
            after = printing.prepare(unit, owner, request)
        assert after.paper is not None
        assert after.lacking == 0
        given = [code for one in after.paper.items for code in codes_of(one)]
        assert len(given) == len(codes)
        assert not any(one.is_open for one in given)


def codes_of(paper: Any) -> list[Any]:
    """Return the codes of whatever is printed."""
    found = paper.codes if hasattr(paper, "codes") else (paper.code,)
    return [one for one in found if one is not None]
