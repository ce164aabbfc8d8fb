"""Breaks on a real file: rules that cannot work, what follows, who may not break yet, judges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import ProblemsFound, UserError
from tabapp.domain.archive import Archive, BreakCategory
from tabapp.services import break_edits, break_views, categories, judge_breaks
from tabapp.services.workspace import JobFailed, Workspace
from tabapp.store.break_rows import read_breaks
from tests.services.out_rounds import OutRounds, pairs, played


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        yield work


ESL = BreakCategory(id="BC2", name="ESL", slug="esl", seq=2, size=2, priority=5)


def room(work: Workspace, change: Callable[[Archive], None] = lambda _one: None) -> OutRounds:
    """Eight of twelve break in Open, two more in ESL; T1 is the best."""
    archive = pairs(8, extra=[ESL])
    archive.tournament.settings["team_standings_precedence"] = ["wins", "speaks_sum"]
    change(archive)
    return OutRounds(work, archive)


def view(at: OutRounds, slug: str = "open") -> break_views.BreakView:
    with at.work.database.read() as unit:
        return break_views.read_view(unit, at.owner.id, slug)


def stored(at: OutRounds) -> dict[str, set[str]]:
    with at.work.database.read() as unit:
        return {slug: set(one.breaking) for slug, one in read_breaks(unit, at.owner.id).items()}


def run(at: OutRounds, **options: Any) -> dict[str, Any]:
    value: Any = at.work.run(
        "break.generate", tournament=at.owner.id, tournament_id=at.owner.id, **options).value
    return {one["slug"]: one for one in value["categories"]}


def teams(*numbers: int) -> set[str]:
    return {f"T{n}" for n in numbers}


def by_points(archive: Archive) -> None:
    archive.tournament.settings["team_standings_precedence"] = ["points", "speaks_sum"]
    archive.break_categories[0].rule = "aida-2016-australs"


def test_a_rule_that_cannot_work_leaves_the_other_categories_alone(work: Workspace) -> None:
    at = room(work, by_points)
    made = run(at)
    assert made["open"]["rows"] == []
    assert made["open"]["problem"]["code"] == "break_rule_needs_metric"
    assert made["esl"]["problem"] is None
    assert stored(at) == {"esl": teams(1, 2)}
    assert "needs wins" in view(at).problem
    assert view(at, "esl").problem == ""
    assert at.failures() == []


def test_a_rule_that_cannot_work_is_an_error_where_it_alone_is_asked_for(work: Workspace) -> None:
    at = room(work, by_points)
    with pytest.raises(JobFailed, match="needs wins"):
        run(at, category="open")


def test_a_capped_break_names_the_institution(work: Workspace) -> None:
    def change(archive: Archive) -> None:
        archive.break_categories[0].rule = "aida-2016-australs"
        archive.institutions.append(archive_institution())
        for team in archive.teams[:5]:
            team.institution = "I1"

    at = room(work, change)
    made = run(at)
    capped = {row["team"]: row["reason"] for row in made["open"]["rows"] if row["remark"]}
    assert capped == {
        "T4": "Fourth of Aldermere at 4th: the cap is 3 for each institution; natural cut-off 8th.",
        "T5": "Fifth of Aldermere at 5th: the cap is 3 for each institution; natural cut-off 8th."}
    assert made["open"]["cut_off"] == 8
    assert at.failures() == []


def archive_institution() -> Any:
    whole = Archive.model_validate({
        "tournament": {"name": "x", "slug": "x"},
        "institutions": [{"id": "I1", "name": "Aldermere"}]})
    return whole.institutions[0]


def test_the_category_dialog_refuses_a_rule_that_cannot_work(work: Workspace) -> None:
    at = room(work)
    with work.database.read() as unit:
        board = categories.read_board(unit, at.owner.id)
    entry = categories.CategoryEntry(name="Masters", rule="aida-2016-easters")
    assert categories.check_category(board, entry) == []
    other = categories.CategoryBoard(board.categories, 4, board.precedence)
    (problem,) = categories.check_category(other, entry)
    assert (problem.level, problem.where, problem.code) == (
        "error", "rule", "break_rule_needs_two_teams")
    assert "Standard (WUDC), AIDA 1996" in problem.message
    bp = OutRounds(work, played(16))
    with pytest.raises(ProblemsFound):
        bp.edit(lambda unit, owner, _slug: categories.save_category(unit, owner, entry))


# What follows from what


def test_a_higher_break_made_alone_tells_what_is_out_of_date_and_takes_it_along_when_told(
    work: Workspace,
) -> None:
    at = room(work)
    run(at)
    assert stored(at) == {"open": teams(*range(1, 9)), "esl": teams(9, 10)}
    at.edit(lambda unit, owner, _slug: resize(unit, owner, "open", 4))
    made = run(at, category="open")
    assert set(made) == {"open"}
    assert "ESL" in made["open"]["note"]
    assert view(at).following == ("ESL",)
    assert set(run(at, category="open", cascade=True)) == {"open", "esl"}
    assert stored(at) == {"open": teams(1, 2, 3, 4), "esl": teams(5, 6)}
    assert view(at).following == ()
    assert at.failures() == []


def resize(unit: Any, owner: int, slug: str, size: int) -> None:
    board = categories.read_board(unit, owner)
    row = next(one for one in board.categories if one.slug == slug)
    entry = categories.CategoryEntry.of(row)
    categories.save_category(
        unit, owner, categories.CategoryEntry(
            entry.name, entry.slug, str(size), entry.reserve_size, entry.rule, entry.priority,
            entry.limit, entry.general), row.id)


def test_all_that_is_out_of_date_is_made_again_at_once(work: Workspace) -> None:
    at = room(work)
    run(at)
    assert at.edit(lambda unit, owner, _slug: break_edits.remake_all(unit, owner)) == ()
    at.edit(lambda unit, owner, _slug: resize(unit, owner, "open", 4))
    assert at.edit(
        lambda unit, owner, _slug: break_edits.remake_all(unit, owner)) == ("Open", "ESL")
    assert stored(at) == {"open": teams(1, 2, 3, 4), "esl": teams(5, 6)}


def test_a_preferred_break_that_is_lost_gives_the_team_back_its_place_above(
    work: Workspace,
) -> None:
    def change(archive: Archive) -> None:
        archive.teams[1].break_preferences = ["BC2"]

    at = room(work, change)
    run(at)
    assert stored(at) == {"open": teams(1, *range(3, 10)), "esl": teams(2, 10)}
    assert view(at).lines[1].preferences == ("ESL",)
    assert "prefers to Open" in view(at).lines[1].reason
    at.category = "esl"
    made = at.remark("T2", "disqualified")
    assert made.also == ("Open",)
    assert stored(at) == {"open": teams(*range(1, 9)), "esl": teams(9, 10)}
    assert at.failures() == []


# Rounds debated


def held(archive: Archive) -> None:
    """T1 forfeited the only round, which its opponent won."""
    archive.tournament.settings["break_min_rounds"] = 1
    ballot = archive.rounds[0].debates[0].ballots[0]
    ballot.forfeit, ballot.sheets[0].winners = ["aff"], ["neg"]


def test_a_forfeited_round_is_not_debated_and_the_walkover_is(work: Workspace) -> None:
    at = room(work, held)
    made = run(at)
    rows = {row["team"]: row for row in made["open"]["rows"]}
    assert "T1" not in stored(at)["open"]
    assert rows["T7"]["break_rank"] is not None
    (line,) = [one for one in view(at).lines if one.team == "T1"]
    assert line.missing == 1
    assert at.failures() == []


def test_the_tab_director_can_let_a_held_team_in_and_take_it_back(work: Workspace) -> None:
    at = room(work, held)
    at.edit(lambda unit, owner, _slug: resize(unit, owner, "open", 12))
    run(at)
    before = stored(at)
    assert "T1" not in before["open"]

    def let_in(unit: Any, owner: int, slug: str) -> break_edits.Remade:
        return break_edits.let_in(unit, owner, slug, "T1", "She had the flu.")

    assert at.edit(let_in).came_in == ("Team 01",)
    row = next(one for one in at.stored().rows if one.team == "T1")
    assert (row.remark, row.said is not None and row.said.remark) == (None, "eligible")
    assert row.reason.endswith("as was decided by hand. She had the flu.")
    run(at, category="open")
    assert "T1" in stored(at)["open"]
    assert at.failures() == []
    at.edit(lambda unit, owner, slug: break_edits.clear_remark(unit, owner, slug, "T1"))
    assert stored(at)["open"] == before["open"]
    with pytest.raises(UserError, match="enough to break"):
        at.edit(lambda unit, owner, slug: break_edits.let_in(unit, owner, slug, "T2"))


# Judges


def judges(archive: Archive) -> None:
    whole = Archive.model_validate({"tournament": {"name": "x", "slug": "x"}, "adjudicators": [
        {"id": f"A{n}", "name": f"Judge {n}", "base_score": score, "trainee": n == 1}
        for n, score in enumerate([5.0, 4.0, 3.0, 3.0, 2.0], 1)]})
    archive.adjudicators = whole.adjudicators


def test_the_best_judges_are_suggested_and_a_tie_at_the_line_is_told(work: Workspace) -> None:
    at = room(work, judges)
    with work.database.read() as unit:
        two = judge_breaks.read_judges(unit, at.owner.id, 2)
        three = judge_breaks.read_judges(unit, at.owner.id, 3)
    assert [one.judge for one in two.lines] == ["A1", "A2", "A3", "A4", "A5"]
    assert not two.lines[0].can_break
    assert (two.suggested, two.level, two.places) == (("A2",), ("A3", "A4"), 1)
    assert (three.suggested, three.level) == (("A2", "A3", "A4"), ())


def test_judges_break_by_hand_or_by_score(work: Workspace) -> None:
    at = room(work, judges)

    def breaking() -> list[str]:
        with work.database.read() as unit:
            return [one.judge for one in judge_breaks.read_judges(unit, at.owner.id).breaking]

    assert at.edit(
        lambda unit, owner, _slug: judge_breaks.set_breaking(unit, owner, ["A5", "A1"])) == 2
    assert breaking() == ["A1", "A5"]
    assert at.edit(lambda unit, owner, _slug: judge_breaks.break_best(unit, owner, 3)) == 5
    assert breaking() == ["A2", "A3", "A4"]
    assert at.edit(lambda unit, owner, _slug: judge_breaks.set_breaking(
        unit, owner, ["A2", "A5"], breaking=False)) == 1
    assert breaking() == ["A3", "A4"]


@pytest.mark.parametrize(("change", "code"), [
    (lambda unit, owner, _slug: judge_breaks.break_best(unit, owner, 2), "break_judges_level"),
    (lambda unit, owner, _slug: judge_breaks.break_best(unit, owner, 9), "break_judge_count"),
    (lambda unit, owner, _slug: judge_breaks.set_breaking(unit, owner, ["A9"]), "record_unknown"),
])
def test_what_cannot_be_said_of_judges_is_refused(
    change: Any, code: str, work: Workspace
) -> None:
    with pytest.raises(UserError) as refused:
        room(work, judges).edit(change)
    assert refused.value.code == code
