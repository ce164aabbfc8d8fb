"""The balance of motions and positions on real files: what counts, what is left out, tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive
from tabapp.domain.fairness import Verdict
from tabapp.services import exchange
from tabapp.services.fairness import FairnessView, MotionBalance, read_fairness
from tabapp.services.fairness_tables import motion_rows, position_rows
from tabapp.services.workspace import Workspace
from tests.builders import small_archive
from tests.services.out_rounds import OutRounds, best, played
from tests.voting import voting_archive

Doc = dict[str, Any]
SIDES = ("og", "oo", "cg", "co")


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as opened:
        yield opened


def read(work: Workspace, document: Doc, until: int | None = None) -> FairnessView:
    slug = exchange.add(
        work.database, Archive.model_validate(document), now=work.clock.now(), actor="Ann")
    owner = work.tournament(slug)
    with work.database.read() as unit:
        return read_fairness(unit, owner.id, until)


def places_in(document: Doc, seqs: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Count places by position from the document, where the lower number is the better team."""
    counts = [[0] * 4 for _ in SIDES]
    for round_ in document["rounds"]:
        if round_["seq"] not in seqs:
            continue
        for debate in round_["debates"]:
            order = sorted(debate["sides"], key=lambda one: int(one["team"][1:]))
            for place, one in enumerate(order):
                counts[SIDES.index(one["side"])][place] += 1
    return tuple(map(tuple, counts))


def motion(view: FairnessView, ref: str) -> MotionBalance:
    return next(one for one in view.motions if one.ref == ref)


def first_debate(document: Doc) -> Doc:
    found: Doc = document["rounds"][0]["debates"][0]
    return found


def test_places_are_those_of_the_ballots(work: Workspace) -> None:
    document = small_archive(16, 3)
    view = read(work, document)
    assert view.is_four
    assert view.shorts == ("OG", "OO", "CG", "CO")
    assert view.whole.table.counts == places_in(document, (1, 2, 3))
    assert [one.balance.table.counts for one in view.rounds] == [
        places_in(document, (seq,)) for seq in (1, 2, 3)]
    assert [(one.ref, one.rounds, one.balance.debates) for one in view.motions] == [
        ("M1", ("R1",), 4), ("M2", ("R2",), 4), ("M3", ("R3",), 4)]
    assert motion(view, "M2").balance.table.counts == places_in(document, (2,))
    marks = [  # speech 2 of a team is given one mark more than its first
        view.whole.speeches[side, 2, False] - view.whole.speeches[side, 1, False]
        for side in range(4)]
    assert marks == pytest.approx([1] * 4)


def test_later_rounds_are_left_out_and_silent_ones_are_told(work: Workspace) -> None:
    document = small_archive(8, 3)
    document["rounds"][1]["silent"] = True
    view = read(work, document, until=2)
    assert view.whole.table.counts == places_in(document, (1, 2))
    assert view.silent == ("Round 2",)
    assert motion(view, "M3").rounds == ()
    assert motion(view, "M3").balance.debates == 0


def test_round_weights_change_nothing(work: Workspace) -> None:
    document = small_archive(8, 2)
    document["rounds"][1]["weight"] = 3
    assert read(work, document).whole.table.counts == places_in(document, (1, 2))


def test_what_is_not_confirmed_or_postponed_does_not_count(work: Workspace) -> None:
    document = small_archive(12, 1)
    one, other, _third = document["rounds"][0]["debates"]
    one["ballots"][0]["status"] = "draft"
    one["status"] = "draft"
    other["status"] = "postponed"
    view = read(work, document)
    assert view.whole.debates == 1
    assert view.forfeits == 0


def test_a_forfeit_is_left_out_with_its_marks_and_counted(work: Workspace) -> None:
    document = small_archive(8, 1)
    full = read(work, small_archive(8, 1) | {"tournament": {
        **small_archive()["tournament"], "slug": "full"}})
    first_debate(document)["ballots"][0]["forfeit"] = ["og"]
    view = read(work, document)
    assert (view.whole.debates, view.forfeits) == (1, 1)
    assert full.whole.speeches[1, 1, False] != view.whole.speeches[1, 1, False]


def test_a_bye_is_no_debate(work: Workspace) -> None:
    document = voting_archive()
    document["teams"].append({"id": "T5", "name": "Alone", "institution": "I1"})
    document["rounds"][0]["debates"].append(
        {"id": "D9", "room_rank": 9, "status": "confirmed",
         "sides": [{"side": "bye", "team": "T5"}]})
    assert read(work, document).rounds[0].balance.debates == 2


def test_a_ballot_without_a_motion_debated_the_only_one_of_its_round(work: Workspace) -> None:
    document = small_archive(8, 2)
    for round_ in document["rounds"]:
        for debate in round_["debates"]:
            debate["ballots"][0]["motion"] = None
    document["rounds"][1]["motions"] = ["M1", "M2"]
    document["tournament"]["settings"] = {"enable_motion_reuse": True}
    view = read(work, document)
    assert motion(view, "M1").balance.debates == 2
    assert motion(view, "M1").rounds == ("R1", "R2")
    assert motion(view, "M2").balance.debates == 0
    assert view.unnamed == 2
    assert view.whole.debates == 4


def two_sided(**settings: Any) -> Doc:
    """Aff, aff in round 1; neg, and aff by the casting vote in round 2; two motions, vetoes."""
    document = voting_archive(**settings)
    document["motions"] = [
        {"id": f"M{n}", "reference": "", "text": f"That we vote {n}."} for n in (1, 2)]
    for round_ in document["rounds"]:
        round_["motions"] = ["M1", "M2"]
        for debate in round_["debates"]:
            debate["ballots"][0] |= {
                "motion": "M1", "vetoes": {"aff": "M2"} if debate["id"] == "D1" else
                {"aff": "M2", "neg": "M1"}}
    return document


def test_wins_and_vetoes_of_two_sides(work: Workspace) -> None:
    view = read(work, two_sided(side_names="gov-opp", enable_motion_reuse=True))
    assert view.shorts == ("Gov", "Opp")
    first, second = view.motions
    assert first.title == "That we vote 1."
    assert first.balance.debates == 4
    won = (first.balance.wins.aff, first.balance.wins.neg)
    assert won == (view.whole.wins.aff, view.whole.wins.neg)
    assert [(one.balance.wins.aff, one.balance.wins.neg) for one in view.rounds] == [
        (2, 0), (1, 1)]
    assert (first.vetoes, second.vetoes) == ((0, 3), (4, 0))
    assert (second.veto_test.aff, second.veto_test.neg) == (0, 4)
    assert second.balance.debates == 0
    assert {key for key in view.whole.speeches if key[2]} == {(0, 4, True), (1, 4, True)}


def test_who_goes_on_is_counted_by_position(work: Workspace) -> None:
    room = OutRounds(work, played(8))
    room.make_break()
    rooms = room.play(best(room))
    with work.database.read() as unit:
        view = read_fairness(unit, room.owner.id)
    assert [one.elimination for one in view.rounds] == [False] * 3 + [True] * len(rooms)
    assert view.outrounds.debates == sum(map(len, rooms)) == 3
    assert sum(one.won for one in view.outrounds.advanced) == 2 + 2 + 1
    assert {one.number for one in view.outrounds.advanced} == {3}
    assert view.whole.debates == sum(one.balance.debates for one in view.rounds[:3])
    assert view.rounds[-1].balance.table.number == 0
    seeds = room.seeds()
    going = [0] * 4
    for debates in rooms:
        for debate in debates:
            teams = sorted(debate.drawn.teams, key=lambda team: (seeds[team], team))
            for team in teams[:1 if debates is rooms[-1] else 2]:
                going[debate.drawn.teams.index(team)] += 1
    assert [one.won for one in view.outrounds.advanced] == going


@pytest.mark.parametrize("four", [True, False])
def test_tables_for_files_have_a_title_for_each_value(work: Workspace, four: bool) -> None:
    view = read(work, small_archive(8, 2) if four else two_sided())
    for header, rows in (motion_rows(view), position_rows(view)):
        assert len(set(header)) == len(header)
        assert rows
        assert {len(row) for row in rows} == {len(header)}
    header, rows = motion_rows(view)
    assert [row[header.index("Motion")] for row in rows] == ["M1", "M2"]
    assert rows[0][header.index("Balance")] == "inconclusive"
    header, rows = position_rows(view)
    assert rows[-1][0] == "All preliminary rounds"
    assert rows[-1][header.index("Debates")] == 4
    if four:
        assert rows[-1][header.index("OG 1st")] == view.whole.table.counts[0][0]
        assert rows[-1][header.index("OG went on")] is None
    else:
        assert rows[-1][header.index("Aff share")] == 0.75
        assert view.whole.verdict is Verdict.INCONCLUSIVE


def test_a_format_without_sides_has_no_balance(work: Workspace) -> None:
    document = voting_archive(results=False)
    document["tournament"] |= {"preset": "public-speaking", "settings": {}}
    document["rounds"] = []
    view = read(work, document)
    assert (view.sides, view.rounds) == ((), ())


def test_before_any_result_everything_is_empty(work: Workspace) -> None:
    view = read(work, small_archive(8, 1, results=False))
    assert view.rounds == ()
    assert motion(view, "M1").balance.debates == 0
    assert view.whole.verdict is Verdict.INCONCLUSIVE
    assert position_rows(view)[1] == []


def test_a_tournament_that_is_gone_is_told(work: Workspace) -> None:
    with work.database.read() as unit, pytest.raises(UserError):
        read_fairness(unit, 99)
