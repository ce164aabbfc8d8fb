"""Entering ballots on a real file: what is taken is sound, what is not leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, select, update

from tabapp.app import open_workspace
from tabapp.core.errors import ProblemsFound
from tabapp.domain.archive import Archive, Ballot
from tabapp.domain.simulation import generate_tournament
from tabapp.exchange import check_archive
from tabapp.services import checks
from tabapp.services.ballots import Entry, enter_ballots
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.archive_out import read_archive
from tests.builders import small_archive
from tests.reliability.scenes import add, assert_results_are_derived, exports
from tests.services.spoilt_ballots import Doc, spoilt

SIDES = {"bp": ("og", "oo", "cg", "co"), "australs": ("aff", "neg")}
TWO_TEAMS = {
    "ballots_per_debate_prelim": "per-debate", "substantive_speakers": 2,
    "reply_scores_enabled": False, "score_min": 50, "score_max": 99, "score_step": 1,
}
STATEMENTS = (14, 17)
"""Database statements that a confirmed ballot and a correction may cost, whatever the size."""


# --- tournaments and what is in them -----------------------------------------------------------


def document(preset: str) -> Doc:
    """A drawn round without results; S99 is in no team, and there is a scoring criterion."""
    made = small_archive(8, 1, results=False)
    made["tournament"]["preset"] = preset
    made["tournament"]["criteria"] = [{"id": "C1", "name": "Style"}]
    made["speakers"].append({"id": "S99", "name": "Reserve"})
    if preset == "bp":
        return made
    made["tournament"]["settings"] = TWO_TEAMS
    debates = made["rounds"][0]["debates"]
    made["rounds"][0]["debates"] = [
        one | {
            "id": f"{one['id']}{half}", "venue": None, "panel": [],
            "sides": [
                {"side": side, "team": place["team"]}
                for side, place in zip(("aff", "neg"), one["sides"][start:], strict=False)
            ],
        }
        for one in debates for half, start in (("", 0), ("b", 2))
    ]  # fmt: skip
    return made


def good(work: Workspace, debate: str = "D1", **more: Any) -> Doc:
    """A sound ballot, on which the first side is the best."""
    (found,) = [one for one in archive_of(work).rounds[0].debates if one.id == debate]
    sides = [
        {"side": side.side, "speeches": [
            {"position": k, "speaker": f"S{2 * int(side.team[1:]) - 2 + k}", "score": 80.0 - n}
            for k in (1, 2)
        ]}
        for n, side in enumerate(found.sides)
    ]  # fmt: skip
    return {"status": "confirmed", "motion": "M1", "sheets": [{"sides": sides}], **more}


def archive_of(work: Workspace) -> Archive:
    with work.database.read() as unit:
        return read_archive(unit, work.tournament().id)


def enter(work: Workspace, *given: Doc, debate: str = "D1") -> int:
    """Enter ballots for one debate, all of them or none."""
    owner = work.tournament()
    entries = [Entry(1, debate, Ballot.model_validate(one)) for one in given]
    with work.database.write(actor="Ann", verb="confirm ballots", tournament=owner.id) as unit:
        return enter_ballots(unit, owner, entries)[0]


def assert_sound(work: Workspace) -> None:
    """Fail where the export would be refused, the checker finds something, or rows are stale."""
    assert [one for one in check_archive(archive_of(work)) if one.level == "error"] == []
    with work.database.read() as unit:
        stored = checks.read_input(unit, work.tournament())
    assert [one for one in checks.check_tournament(stored) if one.status == "failed"] == []
    assert_results_are_derived(work.database)


def versions(work: Workspace, debate: str = "D1") -> tuple[str, list[str]]:
    """Return the status of a debate and of its ballots by version."""
    (found,) = [one for one in archive_of(work).rounds[0].debates if one.id == debate]
    return found.status, [one.status for one in found.ballots]


def points(work: Workspace) -> dict[str, float]:
    """Return side -> points as they are stored, of all debates that have a result."""
    table = schema.result_team
    with work.database.read() as unit:
        return dict(unit.fetch(select(table.c.side, table.c.points)))


@pytest.fixture(scope="module", params=["bp", "australs"])
def shared(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("ballots") / "t.tabapp"
    with open_workspace(path, create=True) as work:
        add(work, Archive.model_validate(document(request.param)))
        yield work


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        add(work, Archive.model_validate(document("bp")))
        yield work


# --- any ballot --------------------------------------------------------------------------------

@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_whatever_is_taken_leaves_a_sound_tournament_and_can_be_taken_back(
    data: st.DataObject, shared: Workspace
) -> None:
    before = exports(shared.database)
    sides = SIDES[shared.tournament().preset]
    first, then = (data.draw(spoilt(good(shared), sides)) for _ in range(2))
    entered = 0
    for one in (first, then):
        stood = exports(shared.database)
        try:
            entered += enter(shared, one)
        except ProblemsFound:
            assert exports(shared.database) == stood
        else:
            assert_sound(shared)
    for _ in range(entered):
        shared.database.undo(shared.tournament().id, actor="Ann")
        assert_results_are_derived(shared.database)
    assert exports(shared.database) == before


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"vetoes": {"aff": "M1"}}, "unknown_side"), ({"vetoes": {"og": "M9"}}, "motion_unknown"),
        ({"forfeit": ["og", "og"]}, "forfeit_twice"),
    ],
)
def test_what_an_import_would_refuse_is_not_entered(
    more: Doc, code: str, work: Workspace
) -> None:
    ballot = good(work, **more)
    with pytest.raises(ProblemsFound) as caught:
        enter(work, ballot)
    assert code in {one.code for one in caught.value.problems}
    assert versions(work) == ("none", [])


def test_an_unknown_criterion_is_told(work: Workspace) -> None:
    ballot = good(work)
    ballot["sheets"][0]["sides"][0]["speeches"][0]["criteria"] = {"C9": 1}
    with pytest.raises(ProblemsFound) as caught:
        enter(work, ballot)
    assert {(one.level, one.code) for one in caught.value.problems} == {
        ("error", "criterion_unknown")}


# --- life cycle --------------------------------------------------------------------------------


def correction(work: Workspace) -> Doc:
    """The first side now has the lowest total."""
    ballot = good(work)
    ballot["sheets"][0]["sides"][0]["speeches"][0]["score"] = 70.0
    return ballot


def test_a_correction_counts_and_each_step_can_be_taken_back_and_done_again(
    work: Workspace,
) -> None:
    assert enter(work, good(work)) == 1
    first = points(work)
    assert enter(work, correction(work)) == 1
    second = points(work)
    assert (first, second) == (
        {"og": 3, "oo": 2, "cg": 1, "co": 0}, {"og": 0, "oo": 3, "cg": 2, "co": 1})
    assert versions(work) == ("confirmed", ["discarded", "confirmed"])
    owner = work.tournament().id
    for step, expected in (
        (work.database.undo, first), (work.database.undo, {}),
        (work.database.redo, first), (work.database.redo, second),
    ):
        step(owner, actor="Ann")
        assert points(work) == expected
        assert_sound(work)


def test_a_repeated_ballot_does_not_take_a_correction_along(work: Workspace) -> None:
    enter(work, good(work))
    assert enter(work, good(work, status="draft"), correction(work)) == 1
    assert versions(work) == ("confirmed", ["discarded", "confirmed"])
    assert points(work)["og"] == 0
    assert enter(work, correction(work)) == 0
    assert_sound(work)


@pytest.mark.parametrize(("status", "state"), [("draft", "draft"), ("discarded", "none")])
def test_only_a_confirmed_ballot_counts_and_a_discarded_one_moves_nothing(
    status: str, state: str, work: Workspace
) -> None:
    assert enter(work, good(work, status=status)) == 1
    assert versions(work) == (state, [status])
    assert points(work) == {}
    assert enter(work, good(work)) == 1
    assert versions(work) == ("confirmed", [status, "confirmed"])
    assert_sound(work)


def test_a_draft_beside_a_confirmed_ballot_changes_no_result(work: Workspace) -> None:
    enter(work, good(work))
    assert enter(work, correction(work) | {"status": "draft"}) == 1
    assert versions(work) == ("confirmed", ["confirmed", "draft"])
    assert points(work)["og"] == 3


# --- what else decides a result ----------------------------------------------------------------


def change(work: Workspace, table: Any, where: Any, **values: Any) -> None:
    """Write one row as a later editor of debates, rounds or settings will."""
    with work.database.write(actor="Ann", verb="edit", tournament=work.tournament().id) as unit:
        row_id = unit.scalar(select(table.c.id).where(where))
        unit.update(table, {row_id: values})


@pytest.mark.parametrize(
    ("table", "values", "expected"),
    [
        (schema.debate, {"status": "postponed"}, {}),
        (schema.round_, {"stage": "elimination", "draw_type": "elimination",
                         "break_category_id": 1}, dict.fromkeys(SIDES["bp"])),
        (schema.tournament, {"settings": {"speakers_in_ballots": "never"}},
         {"og": 3, "oo": 2, "cg": 1, "co": 0}),
    ],
)  # fmt: skip
def test_results_follow_whatever_decides_them(
    table: Any, values: Doc, expected: Doc, work: Workspace
) -> None:
    enter(work, good(work))
    stood = points(work)
    where = table.c.ref == "D1" if table is schema.debate else table.c.id > 0
    change(work, table, where, **values)
    assert points(work) == expected
    assert_results_are_derived(work.database)
    work.database.undo(work.tournament().id, actor="Ann")
    assert points(work) == stood
    assert_results_are_derived(work.database)


def test_a_new_name_of_the_tournament_derives_nothing_anew(work: Workspace) -> None:
    enter(work, good(work))
    with work.database.write(actor="Ann", verb="test", tournament=1) as unit:
        unit.execute(update(schema.result_team).values(points=7))
    change(work, schema.tournament, schema.tournament.c.id > 0, name="Renamed")
    assert set(points(work).values()) == {7}


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect all statements that the database is given."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_a_confirmed_ballot_costs_few_statements_and_reads_no_table_as_a_whole(
    tmp_path: Path,
) -> None:
    made = generate_tournament(preset="bp", teams=100, rounds=1, seed=1)
    debate = made.rounds[0].debates[0]
    ballot = debate.ballots[-1].model_copy(update={"motion": made.motions[0].id})
    debate.ballots, debate.status = [], "none"
    corrected = ballot.model_copy(deep=True)
    totals = [sum(s.score or 0 for s in side.speeches) for side in corrected.sheets[0].sides]
    best = corrected.sheets[0].sides[totals.index(max(totals))].speeches[0]
    best.score = (best.score or 0) + 1
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        owner = add(work, made)
        for one, most in zip((ballot, corrected), STATEMENTS, strict=True):
            with counted() as seen, work.database.write(
                actor="Ann", verb="confirm ballots", tournament=owner.id
            ) as unit:
                assert enter_ballots(unit, owner, [Entry(1, debate.id, one)])[0] == 1
            assert len(seen) <= most, "\n".join(seen)
        assert versions(work, debate.id) == ("confirmed", ["discarded", "confirmed"])
        assert_results_are_derived(work.database)
