"""When a tournament is over, and which are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.domain.archive import Archive
from tabapp.services import exchange
from tabapp.services.active import active_tournaments, is_complete
from tests.builders import small_archive


def add(work: Any, slug: str, rounds: int, *, played: bool, **more: Any) -> int:
    made = small_archive(8, rounds, results=played)
    made["tournament"]["slug"] = slug
    made |= {key: value for key, value in more.items() if key != "finals"}
    made["rounds"] += more.get("finals", [])
    exchange.add(
        work.database, Archive.model_validate(made), now=work.clock.now(), actor="test")
    return int(work.tournament(slug).id)


def final(seq: int, *, completed: bool, rooms: int = 1) -> dict[str, Any]:
    teams = iter(range(1, 9))
    return {
        "seq": seq, "name": "Final", "stage": "elimination", "draw_type": "elimination",
        "break_category": "open", "status": "released", "completed": completed,
        "debates": [
            {"id": f"F{seq}{room}", "room_rank": room, "sides": [
                {"side": side, "team": f"T{next(teams)}"} for side in ("og", "oo", "cg", "co")]}
            for room in range(1, rooms + 1)],
    }


BREAK = [{"category": "open", "lots": None, "teams": [
    {"team": "T1", "rank": 1, "break_rank": 1, "remark": None}]}]


@pytest.mark.parametrize(("rounds", "played", "more", "over"), [
    (0, False, {}, False),
    (2, False, {}, False),
    (2, True, {}, True),
    (2, True, {"breaks": BREAK}, False),
    (2, True, {"breaks": BREAK, "finals": [final(3, completed=False)]}, False),
    (2, True, {"breaks": BREAK, "finals": [final(3, completed=True, rooms=2)]}, False),
    (2, True, {"breaks": BREAK, "finals": [final(3, completed=True)]}, True),
    (2, True, {"breaks": BREAK, "finals": [
        final(3, completed=True, rooms=2), final(4, completed=True)]}, True),
])
def test_a_tournament_is_over_when_all_is_played_and_each_break_has_its_final(
    tmp_path: Path, rounds: int, played: bool, more: dict[str, Any], over: bool
) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        owner = add(work, "one", rounds, played=played, **more)
        with work.database.read() as unit:
            assert is_complete(unit, owner) is over
            assert active_tournaments(unit) == (() if over else (owner,))


def test_those_that_go_on_come_oldest_first(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        one = add(work, "one", 1, played=False)
        add(work, "over", 1, played=True)
        two = add(work, "two", 1, played=False)
        with work.database.read() as unit:
            assert active_tournaments(unit) == (one, two)
            assert not is_complete(unit, 99)
