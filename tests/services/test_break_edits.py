"""What a person decides about a break: remarks, ties, and a break that results have left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import ProblemsFound, UserError
from tabapp.domain.archive import Archive
from tabapp.exchange import write_archive
from tabapp.services import break_edits, break_views, breaks
from tabapp.services.break_edits import Difference, Remade
from tabapp.services.break_views import BreakView
from tabapp.services.workspace import Workspace
from tabapp.store.break_rows import HandRemark
from tests.builders import small_archive
from tests.services.out_rounds import OutRounds, played


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        yield work


@pytest.fixture
def open_break(work: Workspace) -> OutRounds:
    """Sixteen of twenty-four break, with two reserves; nobody is level."""
    archive = played(16)
    archive.break_categories[0].reserve_size = 2
    room = OutRounds(work, archive)
    room.make_break()
    return room


def level_document() -> Archive:
    """Make eight teams level on everything, of which four may break."""
    doc = small_archive(8, 1, results=False)
    doc["break_categories"] = [
        {"id": "BC1", "name": "Open", "slug": "open", "seq": 1, "size": 4, "priority": 10,
         "general": True},
        {"id": "BC2", "name": "ESL", "slug": "esl", "seq": 2, "size": 2, "priority": 5},
    ]
    for team in doc["teams"]:
        team["break_categories"] = ["BC1", "BC2"]
    return Archive.model_validate(doc)


@pytest.fixture
def level(work: Workspace) -> OutRounds:
    room = OutRounds(work, level_document())
    room.make_break(ties="ask", seed=None)
    return room


def decide(room: OutRounds, how: Any, **options: Any) -> Remade:
    made: Remade = room.edit(
        lambda unit, owner, slug: break_edits.decide_tie(unit, owner, slug, how, **options))
    return made


def view(room: OutRounds) -> BreakView:
    with room.work.database.read() as unit:
        return break_views.read_view(unit, room.owner.id, room.category)


def names(room: OutRounds) -> dict[str, str]:
    return {one.id: one.name for one in room.document().teams}


def rows(room: OutRounds) -> dict[str, Any]:
    return {row.team: row for row in room.stored().rows}


# Remarks


def test_a_team_that_withdraws_lets_the_first_reserve_in(open_break: OutRounds) -> None:
    before = open_break.stored()
    first = before.rows[2].team
    reserves = [row.team for row in before.rows if row.remark == "reserve"]
    made = open_break.remark(first, "withdrawn", "Their flight\n leaves at noon.")
    after = rows(open_break)
    called = names(open_break)
    assert made.went_out == (called[first],)
    assert made.came_in == (called[reserves[0]],)
    assert after[first].break_rank is None
    assert after[first].remark == "withdrawn"
    assert after[first].reason == "Rank 3: withdrawn. Their flight leaves at noon."
    moved = after[reserves[0]]
    assert (moved.break_rank, moved.remark) == (16, None)
    assert moved.reason.endswith(f"Moved up, since {called[first]} is withdrawn.")
    left = [row.team for row in open_break.stored().rows if row.remark == "reserve"]
    assert left[:1] == reserves[1:]
    assert len(left) == 2
    assert open_break.failures() == []


def test_a_remark_and_what_follows_from_it_are_one_action(open_break: OutRounds) -> None:
    before = write_archive(_bare(open_break))
    open_break.remark(open_break.stored().rows[0].team, "withdrawn")
    assert write_archive(_bare(open_break)) != before
    open_break.undo()
    assert write_archive(_bare(open_break)) == before


def _bare(room: OutRounds) -> Archive:
    return room.document().model_copy(update={"activity": []})


@pytest.mark.parametrize("remark", list(break_edits.HAND_REMARKS))
def test_every_remark_by_hand_holds_until_it_is_cleared(
    open_break: OutRounds, remark: str
) -> None:
    team = open_break.stored().rows[4].team
    before = open_break.stored()
    open_break.remark(team, remark, "because")
    for _again in range(2):
        row = rows(open_break)[team]
        assert (row.remark, row.break_rank) == (remark, None)
        assert row.said == HandRemark(remark, "because")
        assert len(open_break.stored().breaking) == 16
        assert open_break.failures() == []
        open_break.make_break()
    open_break.edit(
        lambda unit, owner, slug: break_edits.clear_remark(unit, owner, slug, team))
    assert open_break.stored() == before


def test_an_archive_keeps_who_said_what(open_break: OutRounds, tmp_path: Path) -> None:
    team = open_break.stored().rows[0].team
    open_break.remark(team, "capped", "Three of one college are enough.")
    with open_workspace(tmp_path / "copy.tabapp", create=True) as work:
        copy = OutRounds(work, open_break.document())
        assert copy.stored() == open_break.stored()
        copy.edit(break_edits.remake)
        assert copy.stored() == open_break.stored()
        assert copy.failures() == []


def test_a_team_without_a_remark_has_none_to_clear(open_break: OutRounds) -> None:
    team = open_break.stored().rows[0].team
    with pytest.raises(UserError, match="Nobody made a remark") as refused:
        open_break.edit(
            lambda unit, owner, slug: break_edits.clear_remark(unit, owner, slug, team))
    assert refused.value.code == "break_no_remark"


@pytest.mark.parametrize(("team", "remark", "code"), [
    ("T1", "reserve", "unknown_break_remark"), ("T1", "tired", "unknown_break_remark"),
    ("T999", "withdrawn", "record_unknown"),
])
def test_what_nobody_can_say_is_refused(
    open_break: OutRounds, team: str, remark: str, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        open_break.remark(team, remark)
    assert refused.value.code == code


def test_a_break_has_to_be_made_before_somebody_withdraws_from_it(work: Workspace) -> None:
    room = OutRounds(work, played(16))
    with pytest.raises(UserError, match="has not been made") as refused:
        room.remark("T1", "withdrawn")
    assert refused.value.code == "break_not_made"


def test_who_would_move_up_is_told_beforehand(open_break: OutRounds) -> None:
    before = open_break.stored()
    with open_break.work.database.read() as unit:
        moving = break_edits.who_moves(unit, open_break.owner.id, "open", before.rows[0].team)
    assert open_break.stored() == before
    reserve = next(row.team for row in before.rows if row.remark == "reserve")
    assert moving == break_edits.Moving((names(open_break)[reserve],), ())


def test_a_lower_break_follows_a_higher_one(work: Workspace) -> None:
    archive = level_document()
    archive.rounds[0].debates = []
    room = OutRounds(work, archive)
    room.work.run("break.generate", tournament=room.owner.id, tournament_id=room.owner.id,
                  ties="lot", seed=1)
    gone = next(iter(room.stored().breaking))
    esl = OutRounds.__new__(OutRounds)
    esl.work, esl.owner, esl.category = room.work, room.owner, "esl"
    before = esl.stored().breaking
    made = room.remark(gone, "withdrawn")
    # the lot was among the eight; with seven at the line nobody is picked in silence
    assert made.tied
    decide(room, "lot", seed=4)
    assert not room.stored().breaking & esl.stored().breaking
    assert room.failures() == []
    assert before != esl.stored().breaking or not room.stored().breaking & before


# Ties


def test_a_coin_toss_is_a_lot_that_is_kept(level: OutRounds) -> None:
    made = decide(level, "lot", seed=7)
    stored = level.stored()
    assert len(made.came_in) == 4
    assert stored.lots is not None
    assert (stored.lots.seed, set(stored.lots.order[:4])) == (7, set(stored.breaking))
    assert {row.remark for row in stored.rows} == {None, "lost_coin_toss"}
    assert level.failures() == []
    level.edit(break_edits.remake)
    assert level.stored() == stored


def test_a_choice_by_hand_names_those_who_lost(level: OutRounds) -> None:
    decide(level, "hand", chosen=["T2", "T4", "T6", "T8"])
    stored = level.stored()
    assert stored.breaking == {"T2", "T4", "T6", "T8"}
    assert {team: one.remark for team, one in stored.said.items()} == dict.fromkeys(
        ("T1", "T3", "T5", "T7"), "lost_coin_toss")
    assert stored.lots is None
    assert "lost the coin toss" in rows(level)["T1"].reason
    assert level.failures() == []
    level.make_break(ties="ask", seed=None)
    assert level.stored().breaking == stored.breaking


def test_all_at_the_line_cannot_fill_rooms_of_four(level: OutRounds) -> None:
    before = level.stored()
    with pytest.raises(UserError) as refused:
        decide(level, "all")
    assert refused.value.code == "break_ties_all_in_bp"
    assert level.stored() == before


def test_all_at_the_line_break_where_two_teams_debate(work: Workspace) -> None:
    archive = level_document()
    archive.tournament.preset = "australs"
    archive.rounds = []
    room = OutRounds(work, archive)
    room.make_break(ties="ask", seed=None)
    decide(room, "all")
    everybody = room.stored()
    assert len(everybody.breaking) == 8
    room.edit(break_edits.remake)
    assert room.stored() == everybody


@pytest.mark.parametrize(("chosen", "codes"), [
    (["T1"], ["break_tie_count"]),
    (["T1", "T2", "T3", "T4", "T5"], ["break_tie_count"]),
    (["T1", "T2", "T3", "T99"], ["break_not_level"]),
    (["T99"], ["break_not_level", "break_tie_count"]),
])
def test_a_wrong_choice_is_refused_with_all_that_is_wrong(
    level: OutRounds, chosen: list[str], codes: list[str]
) -> None:
    with pytest.raises(ProblemsFound) as refused:
        decide(level, "hand", chosen=chosen)
    assert [one.code for one in refused.value.problems] == codes
    assert {one.where for one in refused.value.problems} == {"chosen"}


def test_where_nobody_is_level_there_is_nothing_to_decide(open_break: OutRounds) -> None:
    with pytest.raises(UserError) as refused:
        decide(open_break, "lot", seed=1)
    assert refused.value.code == "break_no_tie"


@pytest.mark.parametrize("how", ["lot", "hand"])
def test_a_decision_is_taken_back_at_once(level: OutRounds, how: str) -> None:
    before = level.stored()
    decide(level, how, seed=1, chosen=["T1", "T2", "T3", "T4"])
    assert level.stored() != before
    level.undo()
    assert level.stored() == before


# Out of date


def worsened(room: OutRounds) -> tuple[OutRounds, str]:
    """Copy a tournament with worse marks for its last breaking team; return that team too."""
    archive = room.document()
    last = max(archive.breaks[0].teams, key=lambda row: row.break_rank or 0).team
    for round_ in archive.rounds:
        for debate in round_.debates:
            side = next((one.side for one in debate.sides if one.team == last), None)
            for sheet in debate.ballots[-1].sheets if side else []:
                for part in sheet.sides:
                    for speech in part.speeches if part.side == side else []:
                        speech.score = 50
    archive.tournament.slug = "worse"
    return OutRounds(room.work, archive), last


def test_a_break_holds_until_results_change(open_break: OutRounds) -> None:
    assert view(open_break).outdated == ""
    copy, last = worsened(open_break)
    with copy.work.database.read() as unit:
        found = breaks.read_input(unit, copy.owner)
    changed = break_edits.difference(found, "open")
    assert isinstance(changed, Difference)
    assert changed.would_not == (names(copy)[last],)
    assert len(changed.would_break) == 1
    said = view(copy).outdated
    assert said.startswith("Results changed since this break was made: ")
    assert f"{changed.would_break[0]} would break, {names(copy)[last]} would not" in said
    made: Remade = copy.edit(break_edits.remake)
    assert (made.came_in, made.went_out) == (changed.would_break, changed.would_not)
    assert view(copy).outdated == ""
    assert copy.failures() == []


def test_remarks_lots_and_hand_choices_are_not_taken_for_changes(level: OutRounds) -> None:
    for how, options in (("lot", {"seed": 3}), ("hand", {"chosen": ["T1", "T2", "T5", "T8"]})):
        decide(level, how, **options)
        assert view(level).outdated == ""
        level.undo()
    level.remark("T1", "withdrawn")
    assert view(level).outdated == ""
    assert len(view(level).tied) == 7


def test_an_imported_lot_without_a_seed_holds(work: Workspace) -> None:
    archive = level_document()
    doc = archive.model_dump()
    doc["breaks"] = [{"category": "open", "lots": {"seed": None, "order": ["T1", "T5"]}, "teams": [
        *({"team": f"T{n}", "rank": 1, "break_rank": 1} for n in (1, 2, 3, 4)),
        *({"team": f"T{n}", "rank": 1, "remark": "lost_coin_toss"} for n in (5, 6, 7, 8)),
    ]}]
    room = OutRounds(work, Archive.model_validate(doc))
    assert view(room).outdated == ""


# What a screen shows


def test_a_view_says_what_is_missing(work: Workspace) -> None:
    archive = played(16)
    archive.rounds[2].debates[0].ballots = []
    archive.rounds[2].debates[0].status = "none"
    archive.rounds.append(archive.rounds[2].model_copy(update={
        "seq": 4, "name": "Round 4", "debates": [], "status": "none", "completed": False}))
    found = view(OutRounds(work, archive))
    assert [(one.name, one.missing) for one in found.missing] == [("Round 3", 1)]
    assert found.undrawn == ("Round 4",)
    assert not found.made
    assert not found.any_made


def test_a_view_lists_everybody_in_standings_order(open_break: OutRounds) -> None:
    found = view(open_break)
    ranks = [line.rank for line in found.lines]
    assert ranks == sorted(ranks, key=lambda rank: rank or 0)
    assert len(found.lines) == 24
    assert [line.break_rank for line in found.breaking] == list(range(1, 17))
    assert [line.remark for line in found.lines[16:19]] == ["reserve", "reserve", None]
    assert found.metrics[0] == "points"
    open_break.remark(found.lines[0].team, "absent")
    after = view(open_break)
    moved = [line for line in after.lines if line.moved_up_for]
    assert [(line.name, line.moved_up_for) for line in moved] == [
        (found.lines[16].name, found.lines[0].name)]


def test_a_tournament_without_categories_has_an_empty_view(work: Workspace) -> None:
    archive = level_document()
    archive.break_categories = []
    for team in archive.teams:
        team.break_categories = []
    found = view(OutRounds(work, archive))
    assert (found.category, found.heads, found.lines) == (None, (), ())
