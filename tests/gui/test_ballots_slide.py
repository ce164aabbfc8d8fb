"""The slide of ballots: counts and rooms that are out, updated live, and nothing of a result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Archive
from tabapp.domain.public import PublicBallots
from tabapp.gui.present.ballots import lay_out_ballots
from tabapp.gui.present.sheet import Hall, Text
from tabapp.gui.present.state import Kind, Show, make_slide
from tabapp.services import chase, check_ins, rounds
from tabapp.services.ballot_desk import read_desk
from tests.builders import small_archive
from tests.gui.desk import open_desk
from tests.gui.projector_desk import Operator, open_projector
from tests.gui.public_rounds import public_ballots, public_round

pytestmark = pytest.mark.usefixtures("light")
SECRETS = ("College", "Judge", "Speaker", "bracket", "rank", "77.77")


@pytest.fixture
def operator(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Operator]:
    made = small_archive(16, 1, judges_per_room=2, results=False)
    for rank, one in enumerate(made["rounds"][0]["debates"]):
        one |= {"bracket": 77.77, "room_rank": rank + 1}
    with (
        open_desk(qtbot, tmp_path, archive=Archive.model_validate(made)) as desk,
        open_projector(desk, monkeypatch) as found,
    ):
        yield found


def debates(operator: Operator) -> list[int]:
    with operator.desk.workspace.database.read() as unit:
        return [one.id for one in read_desk(
            unit, operator.desk.owner.id, operator.round_id).rooms]


def take(operator: Operator) -> None:
    operator.page.playlist.choose(Kind.BALLOTS)
    operator.desk.settle()
    operator.page.take()
    operator.desk.settle()


def words(found: PublicBallots) -> str:
    sheets = lay_out_ballots(found, Hall())
    return " ".join(text for sheet in sheets for text in sheet.texts())


def test_the_hall_reads_how_many_are_in_and_which_rooms_are_out(operator: Operator) -> None:
    with operator.desk.workspace.database.read() as unit:
        first = chase.read_runners(unit, operator.desk.owner.id)[0]
    operator.write(lambda unit: chase.give_runners(
        unit, operator.desk.owner.id, {first.id: "Mia"}))
    take(operator)
    seen = operator.seen()
    assert "0 of 4 in" in seen
    assert "4 rooms out" in seen
    assert "Mia" in seen
    for secret in SECRETS:
        assert secret not in seen, secret


def test_live_counts_up_by_itself_as_sheets_come_in(operator: Operator) -> None:
    take(operator)
    for n, debate in enumerate(debates(operator), start=1):
        operator.write(lambda unit, one=debate: check_ins.receive(
            unit, operator.desk.owner.id, one))
        if n < 4:
            assert f"{n} of 4 in" in operator.seen()
    assert operator.seen() == "All ballots of Round 1 are in."
    assert operator.page.hall.show.update is None


def test_live_falls_dark_when_the_draw_is_no_longer_released(operator: Operator) -> None:
    take(operator)
    assert operator.seen()
    operator.write(lambda unit: rounds.unrelease_draw(unit, operator.round_id))
    assert operator.seen() == ""
    assert operator.page.slide(Kind.BALLOTS) is None
    assert "no longer released" in operator.told[-1].sentence


def test_minutes_count_up_on_the_slide_while_it_is_seen(operator: Operator) -> None:
    reads: list[None] = []
    operator.page.loaded.connect(lambda: reads.append(None))
    operator.page.minutes.look()
    operator.desk.settle()
    assert reads == []
    take(operator)
    reads.clear()
    operator.page.minutes.look()
    operator.desk.settle()
    assert reads == [None]


def test_the_slide_is_locked_until_its_round_is_released() -> None:
    ballots = public_ballots()
    assert make_slide(Kind.BALLOTS, public_round(draw=False), ballots=ballots) is None
    assert make_slide(Kind.BALLOTS, None, ballots=ballots) is None
    assert make_slide(Kind.BALLOTS, public_round(), ballots=None) is None
    slide = make_slide(Kind.BALLOTS, public_round(), "words", ballots=ballots)
    assert slide is not None
    assert (slide.round, slide.text, slide.ballots) == (None, "", ballots)


def test_what_comes_in_needs_no_word_and_another_slide_is_not_touched() -> None:
    show = Show()
    slide = make_slide(Kind.BALLOTS, public_round(), ballots=public_ballots())
    assert slide is not None
    show.take(slide, 5)
    assert show.round_id == 5
    fewer = replace(public_ballots(), out=public_ballots().out[1:])
    assert show.renew(public_round(), ballots=fewer) == "same"
    assert show.live is not None
    assert show.live.ballots == fewer
    assert show.update is None
    assert show.renew(None, ballots=None) == "withdrawn"
    assert show.live is None


def test_many_rooms_take_more_pages_and_names_stay_large() -> None:
    hall = Hall()
    sheets = lay_out_ballots(public_ballots(200, 120), hall)
    assert len(sheets) > 1
    shown = [
        one for sheet in sheets for one in sheet.items
        if isinstance(one, Text) and one.text.startswith("Maritime")]
    assert len(shown) == 120
    assert min(one.px for one in shown) >= hall.least
    assert all("80 of 200 in" in sheet.texts() for sheet in sheets)


def test_one_room_all_rooms_and_no_rooms_are_said_in_words() -> None:
    assert "1 room out" in words(public_ballots(22, 1))
    assert words(public_ballots(22, 0)) == "All ballots of Round 5 are in."
    assert words(public_ballots(0, 0)) == "No ballots are expected in Round 5."
    assert "18 min late" in words(public_ballots())
