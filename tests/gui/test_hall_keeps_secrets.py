"""No slide of any kind says what follows from silent rounds, or from a break not announced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tabapp.gui.pages.projector.released import read_released
from tabapp.gui.present.sheet import Hall
from tabapp.gui.present.slides import lay_out
from tabapp.gui.present.state import OF_ROUND, Kind, make_slide
from tabapp.services import break_edits, judge_breaks, tournament_settings
from tabapp.services.public_break import BreakWish
from tabapp.store import schema
from tabapp.store.unit import WriteUnit
from tests.gui.desk import Desk, open_desk
from tests.services.out_rounds import OutRounds, played

SILENT = "Moonless"
"""What silent rounds are called: who reads it on a slide reads what they decided."""
CATEGORY, REMARK = "Kestrel Cup", "planted words of the tab room"
JUDGE = "Perpetua Breaksworth"
WEIGHT = 1000
"""A round weighs so much that whoever counts a silent one has four figures."""


class _Room(OutRounds):
    """The tab room behind an open desk."""

    def __init__(self, desk: Desk) -> None:
        self.work, self.owner, self.category = desk.workspace, desk.owner, "open"


class Secrets:
    """A tournament of one public round and two silent ones, whose break is made."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.room = _Room(desk)
        self.write(self._plant)
        self.room.make_break()
        out = next(iter(self.room.seeds()))
        self.room.remark(out, "disqualified", REMARK)
        desk.workspace.run(
            "achievements.check_all", tournament=desk.owner.id, tournament_id=desk.owner.id)

    def write(self, change: Callable[[WriteUnit], object]) -> None:
        with self.desk.workspace.database.write(
            actor="Ann", verb="change", tournament=self.desk.owner.id
        ) as unit:
            change(unit)

    def _plant(self, unit: WriteUnit) -> None:
        owner = self.desk.owner.id
        rows = unit.rows(select(schema.round_).where(schema.round_.c.tournament_id == owner))
        unit.update(schema.round_, {
            row.id: {"silent": True, "name": f"{SILENT} {row.seq}", "weight": WEIGHT,
                     "completed": True} if row.seq > 1 else {"silent": False, "completed": True}
            for row in rows})
        (category,) = unit.rows(select(schema.break_category).where(
            schema.break_category.c.slug == "open"))
        unit.update(schema.break_category, {category.id: {"name": CATEGORY}})
        judge = next(iter(unit.rows(select(schema.adjudicator))))
        unit.update(schema.adjudicator, {judge.id: {"name": JUDGE}})
        judge_breaks.set_breaking(unit, owner, [judge.ref])
        tournament_settings.change_settings(unit, owner, {
            "public_team_standings": True, "public_results": True, "public_participants": True,
            "team_tab_released": True, "speaker_tab_released": True,
            "public_breaking_teams": True, "public_breaking_adjs": True})

    def painted(self, wish: BreakWish | None = None) -> dict[Kind, str]:
        """Return all words of every kind of slide, at every round of the tournament."""
        wish = wish or BreakWish()
        found: dict[Kind, str] = {}
        for round_ in self.desk.rounds():
            with self.desk.workspace.database.read() as unit:
                data = read_released(
                    unit, self.desk.owner.id, round_.id, None, [wish],
                    self.desk.workspace.clock.now())
            for kind in Kind:
                slide = make_slide(
                    kind, data.here, data.tournament if kind is Kind.TITLE else "Lunch",
                    data.awards, data.standings, data.breaks[wish].shown, data.ballots)
                pages = lay_out(slide, Hall()) if slide is not None else ()
                words = " ".join(text for page in pages for text in page.texts())
                found[kind] = f"{found.get(kind, '')} {words}"
        return found


@pytest.fixture
def secrets(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Secrets]:
    with open_desk(qtbot, tmp_path, archive=played(8)) as desk:
        yield Secrets(desk)


def names(secrets: Secrets) -> dict[str, str]:
    return {one.id: one.name for one in secrets.room.document().teams}


def test_silent_rounds_and_a_break_not_announced_are_on_no_slide(secrets: Secrets) -> None:
    painted = secrets.painted()
    shown = " ".join(painted.values())
    assert "Points after Round 1" in painted[Kind.STANDINGS]
    assert "Silent rounds are left out" in painted[Kind.STANDINGS]
    assert "Won a debate in Round 1" in painted[Kind.AWARDS]
    assert painted[Kind.BREAK].strip() == ""
    for kind, words in painted.items():  # its own draw, motion and ballots may name a round
        assert kind in OF_ROUND | {Kind.BALLOTS} or SILENT not in words, kind
    for secret in (CATEGORY, REMARK, JUDGE, "disqualified", "reserve"):
        assert secret.casefold() not in shown.casefold(), secret
    assert not re.search(r"\d{4}", shown)


def test_the_secrets_are_there_to_be_found(secrets: Secrets) -> None:
    owner = secrets.desk.owner.id
    secrets.write(lambda unit: tournament_settings.change_settings(
        unit, owner, {"all_results_released": True}))
    secrets.write(lambda unit: unit.update(schema.round_, {
        row.id: {"silent": False} for row in unit.rows(select(schema.round_))}))
    painted = secrets.painted()
    assert SILENT in " ".join(painted.values())
    assert re.search(r"\d{4}", painted[Kind.STANDINGS])


def test_an_announced_break_says_who_breaks_and_nothing_else(secrets: Secrets) -> None:
    shown = secrets.painted(BreakWish("open"))[Kind.BREAK]
    called = names(secrets)
    seeds = secrets.room.seeds()
    assert all(called[team] in shown for team in seeds)
    assert not any(name in shown for team, name in called.items() if team not in seeds)
    assert JUDGE in shown
    for secret in (SILENT, REMARK, "disqualified", "reserve", "point", "speaks", "because"):
        assert secret.casefold() not in shown.casefold(), secret
    assert not re.search(r"\d{3}", shown)


def test_a_break_locked_by_what_happened_since_says_nothing(secrets: Secrets) -> None:
    best = next(iter(secrets.room.seeds()))
    secrets.write(lambda unit: unit.update(schema.team, {
        row.id: {"withdrawn": True} for row in unit.rows(select(schema.team)) if row.ref == best}))
    assert secrets.painted(BreakWish("open"))[Kind.BREAK].strip() == ""
    secrets.write(lambda unit: break_edits.remake(unit, secrets.desk.owner.id, "open"))
    assert names(secrets)[best] not in secrets.painted(BreakWish("open"))[Kind.BREAK]
