"""In which categories teams would rather break: what is stored, refused, dropped and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import ProblemsFound
from tabapp.domain.archive import Archive
from tabapp.services import exchange, people, people_categories
from tabapp.services.people_details import read_team
from tabapp.services.workspace import Workspace
from tabapp.store.people_lists import TeamRow
from tabapp.store.result_reads import read_numbered_results
from tests.builders import small_archive

OPEN, ESL, EFL = "Open", "ESL", "EFL"


class Wishes:
    """Eight teams that may break in all three categories, but for the last: Open alone."""

    def __init__(self, work: Workspace) -> None:
        self.work, self.owner = work, work.tournament()

    def read(self, query: Callable[..., Any]) -> Any:
        with self.work.database.read() as unit:
            return query(unit, self.owner.id)

    def write(self, change: Callable[..., Any]) -> Any:
        with self.work.database.write(
            actor="Ann", verb="change", tournament=self.owner.id
        ) as unit:
            return change(unit, self.owner.id)

    def team(self, at: int) -> TeamRow:
        lists = self.read(people.read_lists)
        found: TeamRow = next(one for one in lists.teams if one.ref == f"T{at}")
        return found

    def edit(self, at: int, **values: object) -> None:
        self.write(lambda unit, owner: people.edit(
            unit, owner, "team", self.team(at).id, values))

    def refused(self, at: int, **values: object) -> dict[str, str]:
        with pytest.raises(ProblemsFound) as found:
            self.edit(at, **values)
        return {one.code: one.message for one in found.value.problems}

    def undo(self) -> None:
        self.work.database.undo(self.owner.id, actor="Ann")

    def told(self) -> tuple[str, str | None, str | None]:
        (one,) = self.work.database.history(self.owner.id, limit=1)
        return one.subject, one.old, one.new


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Wishes]:
    made = small_archive(8, 1, results=False)
    made["break_categories"] = [
        {"id": f"BC{n}", "name": name, "slug": name.lower(), "seq": n, "size": 4,
         "priority": 10 - n} for n, name in enumerate((OPEN, ESL, EFL), 1)]
    for team in made["teams"]:
        team["break_categories"] = ["BC1", "BC2", "BC3"]
    made["teams"][-1]["break_categories"] = ["BC1"]
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        exchange.add(
            work.database, Archive.model_validate(made), now=work.clock.now(), actor="test")
        yield Wishes(work)


def test_the_order_of_the_list_is_stored_told_and_taken_back(tab: Wishes) -> None:
    tab.edit(1, break_preferences=(EFL, OPEN))
    assert tab.team(1).wishes == (EFL, OPEN)
    assert tab.told() == (tab.team(1).name, "", "EFL, Open")
    tab.edit(1, break_preferences=(OPEN, EFL))
    assert tab.team(1).wishes == (OPEN, EFL)
    assert tab.told() == (tab.team(1).name, "EFL, Open", "Open, EFL")
    tab.undo()
    assert tab.team(1).wishes == (EFL, OPEN)
    tab.undo()
    assert tab.team(1).wishes == ()


def test_the_break_and_the_record_know_the_wishes(tab: Wishes) -> None:
    tab.edit(2, break_preferences="esl, open")
    with tab.work.database.read() as unit:
        data, _numbers = read_numbered_results(unit, tab.owner, speeches=False)
        detail = read_team(unit, tab.owner.id, tab.team(2).id)
    assert {one.id: one.break_preferences for one in data.teams}["T2"] == ("esl", "open")
    assert detail.team.wishes == (ESL, OPEN)


def test_a_category_that_the_team_cannot_break_in_is_refused(tab: Wishes) -> None:
    assert tab.refused(8, break_preferences=(OPEN, ESL)) == {
        "wish_not_eligible": "The team cannot break in ESL. Take it off this list, or let the team"
                             " break there first."}
    assert tab.team(8).wishes == ()
    tab.edit(8, break_categories=(OPEN, ESL), break_preferences=(ESL, OPEN))
    assert tab.team(8).wishes == (ESL, OPEN)
    assert set(tab.refused(1, break_categories=OPEN, break_preferences=ESL)) == {
        "wish_not_eligible"}


def test_a_category_that_is_not_known_is_told(tab: Wishes) -> None:
    assert tab.refused(1, break_preferences=("Novice",)) == {
        "name_unknown": 'No break category is called "Novice". Add it first, or correct the name.'}


def test_a_wish_goes_with_eligibility_and_comes_back_with_it(tab: Wishes) -> None:
    tab.edit(1, break_preferences=(EFL, ESL))
    tab.edit(1, break_categories=(OPEN, ESL))
    assert tab.team(1).wishes == (ESL,)
    assert tab.told() == (tab.team(1).name, "Open, ESL, EFL", "Open, ESL")
    tab.undo()
    assert tab.team(1).wishes == (EFL, ESL)


def test_ticks_that_are_taken_take_the_wishes_of_those_teams_alone(tab: Wishes) -> None:
    for at in (1, 2):
        tab.edit(at, break_preferences=(EFL, ESL))
    grid = tab.read(lambda unit, owner: people_categories.read_grid(unit, owner, "team"))
    ids = {name: one for one, name in grid.categories}
    tab.write(lambda unit, owner: people_categories.set_eligibility(
        unit, owner, "team", {tab.team(1).id: frozenset({ids[OPEN], ids[ESL]})}))
    assert tab.team(1).wishes == (ESL,)
    assert tab.team(2).wishes == (EFL, ESL)
    tab.undo()
    assert tab.team(1).wishes == (EFL, ESL)


def test_a_new_team_may_come_with_wishes_among_its_categories(tab: Wishes) -> None:
    def add(**more: object) -> None:
        tab.write(lambda unit, owner: people.add(unit, owner, "team", {"name": "New", **more}))

    with pytest.raises(ProblemsFound):
        add(break_categories=OPEN, break_preferences=ESL)
    add(break_categories="Open, ESL", break_preferences="ESL, Open")
    lists = tab.read(people.read_lists)
    assert next(one for one in lists.teams if one.name == "New").wishes == (ESL, OPEN)
