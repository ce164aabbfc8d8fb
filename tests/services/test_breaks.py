"""Breaks as they are stored: what a second run keeps, and what it finds anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tabapp.app import open_workspace
from tabapp.domain.archive import Archive
from tabapp.domain.types import Check
from tabapp.jobs.errors import JobValidationError
from tabapp.services import checks, exchange
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.tournaments import TournamentRow
from tests.builders import small_archive

Rows = dict[str, tuple[int | None, int | None, str | None]]


class TabRoom:
    """A tournament on a real file, with an open break of four and an ESL break of two."""

    def __init__(self, work: Workspace, doc: Mapping[str, Any]) -> None:
        self.work = work
        archive = Archive.model_validate(doc)
        self.owner: TournamentRow = work.tournament(
            exchange.add(work.database, archive, now=work.clock.now(), actor="Ann"))

    def run(self, **options: Any) -> dict[str, Any]:
        """Make breaks by the job and return its answer by slug."""
        value: Any = self.work.run(
            "break.generate", tournament=self.owner.id, tournament_id=self.owner.id, **options
        ).value
        return {one["slug"]: one for one in value["categories"]}

    def make(self, **options: Any) -> dict[str, Any]:
        """Make breaks, and hold all that is stored then against the records."""
        made = self.run(**options)
        assert self.failures() == []
        return made

    def failures(self) -> list[Check]:
        with self.work.database.read() as unit:
            found = checks.check_tournament(checks.read_input(unit, self.owner))
        return [one for one in found if one.status == "failed"]

    def stored(self, slug: str) -> Rows:
        """Return team -> rank, break rank and remark, in the order of the rows."""
        listed, category, team = schema.break_team, schema.break_category, schema.team
        with self.work.database.read() as unit:
            return {
                ref: (rank, break_rank, remark) for ref, rank, break_rank, remark in unit.fetch(
                    select(team.c.ref, listed.c.rank, listed.c.break_rank, listed.c.remark)
                    .join(team, team.c.id == listed.c.team_id)
                    .join(category, category.c.id == listed.c.break_category_id)
                    .where(category.c.slug == slug).order_by(listed.c.id))
            }

    def breaking(self, slug: str) -> set[str]:
        return {team for team, (_, place, _) in self.stored(slug).items() if place is not None}

    def remarked(self, slug: str, remark: str) -> set[str]:
        return {team for team, (_, _, said) in self.stored(slug).items() if said == remark}

    def lots(self, slug: str) -> Any:
        lots, category = schema.break_lots, schema.break_category
        with self.work.database.read() as unit:
            (found,) = unit.rows(
                select(lots.c.lots)
                .join(category, category.c.id == lots.c.break_category_id)
                .where(category.c.slug == slug))
        return found.lots

    def say(self, slug: str, **remarks: str) -> None:
        """Write a remark beside listed teams, as the tab director does."""
        listed, category, team = schema.break_team, schema.break_category, schema.team
        with self.work.database.write(
            actor="Ann", verb="decide", subject="break", tournament=self.owner.id
        ) as unit:
            rows = dict(unit.fetch(
                select(team.c.ref, listed.c.id)
                .join(team, team.c.id == listed.c.team_id)
                .join(category, category.c.id == listed.c.break_category_id)
                .where(category.c.slug == slug)))
            unit.update(listed, {rows[ref]: {"remark": said} for ref, said in remarks.items()})

    def resize(self, slug: str, size: int) -> None:
        category = schema.break_category
        with self.work.database.write(
            actor="Ann", verb="edit", subject="break category", tournament=self.owner.id
        ) as unit:
            ((row,),) = unit.fetch(select(category.c.id).where(category.c.slug == slug))
            unit.update(category, {row: {"size": size}})


def document(*, results: bool) -> dict[str, Any]:
    """Make eight teams that may break in both categories."""
    doc = small_archive(8, 1, results=results)
    doc["break_categories"] = [
        {"id": "BC1", "name": "Open", "slug": "open", "seq": 1, "size": 4, "priority": 10,
         "general": True},
        {"id": "BC2", "name": "ESL", "slug": "esl", "seq": 2, "size": 2, "priority": 5},
    ]
    for team in doc["teams"]:
        team["break_categories"] = ["BC1", "BC2"]
    return doc


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        yield work


@pytest.fixture
def level(work: Workspace) -> TabRoom:
    """Eight teams without results, so that they are level on every metric."""
    return TabRoom(work, document(results=False))


@pytest.fixture
def ranked(work: Workspace) -> TabRoom:
    """Eight teams of which no two are level: in the second room all speak a little worse."""
    doc = document(results=True)
    for side in doc["rounds"][0]["debates"][1]["ballots"][0]["sheets"][0]["sides"]:
        for speech in side["speeches"]:
            speech["score"] -= 1
    return TabRoom(work, doc)


def test_a_lower_break_made_alone_takes_the_stored_higher_one(level: TabRoom) -> None:
    level.make(ties="lot", seed=1)
    above = level.breaking("open")
    for seed in range(2, 6):
        made = level.make(category="esl", ties="lot", seed=seed)
        assert set(made) == {"esl"}
        assert "Open" not in made["esl"]["note"]
        assert level.breaking("open") == above
        assert level.breaking("esl").isdisjoint(above)
        assert level.remarked("esl", "different_break") == above


def test_a_tie_left_open_above_bars_nobody_until_all_is_made_again(level: TabRoom) -> None:
    level.make()
    assert len(level.remarked("open", "tied")) == 8
    level.make(category="esl", ties="lot", seed=1)
    assert level.remarked("esl", "different_break") == set()
    assert "ESL" in level.run(category="open", ties="lot", seed=1)["open"]["note"]
    level.make(ties="lot", seed=1)
    assert level.breaking("open").isdisjoint(level.breaking("esl"))


def test_a_lower_break_made_first_says_so_and_leaves_the_higher_one_unclear(
    level: TabRoom,
) -> None:
    made = level.make(category="esl", ties="lot", seed=1)
    assert "Open" in made["esl"]["note"]
    assert level.stored("open") == {}
    after = level.make(category="open", ties="lot", seed=1)
    assert "ESL" in after["open"]["note"]
    assert level.breaking("open") == level.remarked("esl", "different_break")


def test_the_tab_directors_coin_toss_settles_a_tie_for_good(level: TabRoom) -> None:
    level.make(category="open")
    level.say("open", T2="lost_coin_toss", T3="lost_coin_toss", T5="lost_coin_toss",
              T8="lost_coin_toss")
    for _ in range(2):
        level.make(category="open")
        assert level.breaking("open") == {"T1", "T4", "T6", "T7"}
        assert level.remarked("open", "lost_coin_toss") == {"T2", "T3", "T5", "T8"}
        assert level.lots("open") is None


def test_a_lot_among_the_rest_leaves_the_tab_directors_word(level: TabRoom) -> None:
    level.make(category="open")
    level.say("open", T2="lost_coin_toss", T3="lost_coin_toss")
    for seed in (1, 1, 2):
        level.make(category="open", ties="lot", seed=seed)
        assert sorted(level.lots("open")["order"]) == ["T1", "T4", "T5", "T6", "T7", "T8"]
        assert level.remarked("open", "lost_coin_toss") > {"T2", "T3"}


def test_who_lost_a_lot_is_asked_about_again(level: TabRoom) -> None:
    level.make(category="open", ties="lot", seed=1)
    assert len(level.remarked("open", "lost_coin_toss")) == 4
    level.make(category="open", ties="ask")
    assert len(level.remarked("open", "tied")) == 8


def test_the_same_seed_makes_the_same_break_again(level: TabRoom) -> None:
    first = level.make(ties="lot", seed=5)
    before = level.stored("open"), level.stored("esl"), level.lots("open")
    assert level.make(ties="lot", seed=5) == first
    assert (level.stored("open"), level.stored("esl"), level.lots("open")) == before


def test_who_withdraws_makes_room_and_stays_withdrawn_below_the_line(ranked: TabRoom) -> None:
    ranked.make()
    order = list(ranked.stored("open"))
    assert [place for _, place, _ in ranked.stored("open").values()] == [1, 2, 3, 4]
    last = order[-1]
    ranked.say("open", **{last: "withdrawn"})
    ranked.make()
    next_one = list(ranked.stored("open"))[-1]
    assert ranked.breaking("open") == {*order[:3], next_one}
    assert ranked.stored("open")[last] == (4, None, "withdrawn")

    ranked.resize("open", 3)
    for _ in range(2):
        made = ranked.make()
        assert ranked.breaking("open") == set(order[:3])
        assert last not in {row["team"] for row in made["open"]["rows"]}
        assert ranked.stored("open")[last] == (4, None, "withdrawn")
        assert list(ranked.stored("open")) == order


def test_an_imported_break_keeps_what_a_person_said_of_it(work: Workspace) -> None:
    doc = document(results=False)
    doc["breaks"] = [{"category": "open", "lots": {"seed": None, "order": ["T4", "T5"]}, "teams": [
        {"team": "T5", "rank": None, "break_rank": None, "remark": "lost_coin_toss"},
        {"team": "T6", "rank": None, "break_rank": None, "remark": "lost_coin_toss"},
        {"team": "T7", "rank": 1, "break_rank": None, "remark": "ineligible"},
    ]}]
    room = TabRoom(work, doc)
    room.make(category="open")
    assert room.remarked("open", "lost_coin_toss") == {"T6"}
    assert room.remarked("open", "tied") == {"T1", "T2", "T3", "T4", "T5", "T7", "T8"}


def test_an_imported_break_without_ranks_passes_the_checker(work: Workspace) -> None:
    doc = document(results=False)
    doc["breaks"] = [{"category": "open", "lots": {"seed": None, "order": ["T7", "T8"]}, "teams": [
        *({"team": f"T{n}", "break_rank": 1} for n in (7, 1, 2, 3)),
        *({"team": f"T{n}", "remark": "lost_coin_toss"} for n in (8, 4, 5, 6)),
    ]}]
    room = TabRoom(work, doc)
    assert room.failures() == []
    assert "Open" not in room.make(category="esl", ties="lot", seed=1)["esl"]["note"]
    assert room.remarked("esl", "different_break") == {"T1", "T2", "T3", "T7"}


def test_a_seed_that_no_database_keeps_is_refused(level: TabRoom) -> None:
    for seed in (-1, 2**63):
        with pytest.raises(JobValidationError, match="seed"):
            level.run(ties="lot", seed=seed)
    level.make(ties="lot", seed=2**63 - 1)
