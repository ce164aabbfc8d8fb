"""What is typed on a sheet: its problems at their fields, its totals, its eliminations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tabapp.app import open_workspace
from tabapp.domain.types import Side
from tabapp.services.ballot_bundle import (
    Bundle,
    blank_bundle,
    bundle_of,
    bundle_problems,
    questions,
    turn_forfeit,
)
from tabapp.services.ballot_sheet import (
    Asks,
    running,
    swap_speakers,
    turn_iron_person,
)
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tests.reliability.scenes import add
from tests.services.desk_scenes import codes, confirm, document, filled, form_of, save
from tests.services.test_ballots import change, points


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as opened:
        add(opened, document())
        yield opened


# --- what is typed -----------------------------------------------------------------------------


def test_problems_stand_at_their_fields_all_at_once(work: Workspace) -> None:
    form = form_of(work)
    bundle = filled(form)
    typed = bundle.sheet()
    typed.scores |= {"og.1": "104", "og.2": "4", "oo.1": "75.5", "oo.2": "x", "cg.1": ""}
    del typed.speakers["co.1"]
    typed.speakers["co.2"] = typed.speakers["og.1"]
    typed.paper["co"] = "999"
    assert codes(form, bundle) == {
        ("og.1", "score_above"), ("og.2", "score_below"), ("oo.1", "score_between_steps"),
        ("oo.2", "score_not_a_number"), ("cg.1", "score_wanted"),
        ("co.1.speaker", "speaker_missing"), ("co.2.speaker", "speaker_not_in_team"),
    }  # fmt: skip
    half_done = codes(form, bundle, complete=False)
    assert not {"score_wanted", "speaker_missing"} & {code for _where, code in half_done}


def test_the_sentences_are_those_of_the_desk(work: Workspace) -> None:
    form = form_of(work)
    bundle = filled(form)
    typed = bundle.sheet()
    typed.scores |= {"og.1": "104", "oo.1": "76", "oo.2": "75", "cg.1": "75", "cg.2": "76"}
    said = {one.where: one.message for one in bundle_problems(form.sheet, bundle)}
    assert said == {
        "og.1": "104 is above 99, the highest score here. Type 50 to 99.",
        "order": "OO and CG both have 151. BP has no ties: check the four scores.",
    }


def test_the_field_that_is_being_typed_is_not_judged(work: Workspace) -> None:
    form = form_of(work)
    bundle = blank_bundle(form.sheet)
    typed = bundle.sheet()
    typed.scores["og.1"] = "7"
    assert bundle_problems(form.sheet, bundle, at="og.1") == []
    assert [one.code for one in bundle_problems(form.sheet, bundle)] == ["score_below"]


def test_totals_and_places_follow_what_is_typed(work: Workspace) -> None:
    form = form_of(work)
    bundle = filled(form)
    typed = bundle.sheet()
    typed.scores["co.2"] = ""
    stands = running(form.sheet, typed)
    assert stands.totals == {Side.OG: 160, Side.OO: 158, Side.CG: 156, Side.CO: 77}
    assert (stands.places, stands.to_go) == ({Side.OG: 1, Side.OO: 2, Side.CG: 3}, 1)


def test_an_iron_person_speaks_twice_with_the_ghost_on_the_second(work: Workspace) -> None:
    form = form_of(work)
    bundle = filled(form)
    typed = bundle.sheet()
    first, second = typed.speakers["og.1"], typed.speakers["og.2"]
    turn_iron_person(form.sheet, typed, "og.2")
    assert (typed.speakers["og.1"], typed.speakers["og.2"]) == (second, second)
    assert typed.ghosts == ["og.2"]
    assert codes(form, bundle) == set()
    save(work, form, bundle)
    confirm(work, form_of(work))
    table = schema.result_team
    with work.database.read() as unit:
        ghosts = dict(unit.fetch(select(table.c.side, table.c.has_ghost)))
    assert ghosts == {"og": 1, "oo": 0, "cg": 0, "co": 0}
    turn_iron_person(form.sheet, typed, "og.2")
    assert typed.ghosts == ["og.1"]
    turn_iron_person(form.sheet, typed, "og.2")
    assert (typed.speakers["og.1"], typed.speakers["og.2"], typed.ghosts) == (first, second, [])


def test_the_same_speaker_twice_without_the_mark_is_a_problem(work: Workspace) -> None:
    form = form_of(work)
    bundle = filled(form)
    typed = bundle.sheet()
    typed.speakers["og.2"] = typed.speakers["og.1"]
    assert codes(form, bundle, complete=False) == {("og.2.speaker", "speaker_twice")}


def test_speakers_change_places(work: Workspace) -> None:
    form = form_of(work)
    bundle = blank_bundle(form.sheet)
    typed = bundle.sheet()
    before = dict(typed.speakers)
    swap_speakers(form.sheet, typed, "cg.1")
    assert (typed.speakers["cg.1"], typed.speakers["cg.2"]) == (before["cg.2"], before["cg.1"])
    assert typed.speakers["og.1"] == before["og.1"]


def test_a_team_that_forfeits_is_asked_for_nothing(work: Workspace) -> None:
    form = form_of(work)
    bundle = filled(form)
    turn_forfeit(bundle, "co")
    assert codes(form, bundle) == set()
    save(work, form, bundle)
    again = form_of(work)
    assert again.waiting is not None
    assert bundle_of(again.sheet, again.waiting[1]).forfeits == ["co"]


def test_an_unusual_mark_is_asked_for_until_it_was_answered(work: Workspace) -> None:
    form = form_of(work)
    bundle = filled(form)
    typed = bundle.sheet()
    assert questions(form.sheet, bundle) == []
    typed.scores["og.1"] = "96"
    (asked,) = questions(form.sheet, bundle)
    assert asked.where == "og.1"
    assert asked.message.startswith("96 is unusual for Speaker ")
    typed.kept.append("og.1=96")
    assert questions(form.sheet, bundle) == []


def test_what_is_usual_follows_the_speaker(work: Workspace) -> None:
    save(work, form_of(work), filled(form_of(work)))
    confirm(work, form_of(work))
    form = form_of(work)
    spoke = set(bundle_of(form.sheet, form.ballots[0][1]).sheet().speakers.values())
    for debate in ("D3", "D4"):
        form = form_of(work, debate)
        bundle = blank_bundle(form.sheet)
        typed = bundle.sheet()
        mine = [key for key in form.sheet.keys if typed.speakers[key] in spoke]
        typed.scores = dict.fromkeys(form.sheet.keys, "68")
        assert [one.where for one in questions(form.sheet, bundle)] == mine


def test_what_was_typed_comes_back_from_its_draft(work: Workspace) -> None:
    form = form_of(work)
    bundle = filled(form)
    typed = bundle.sheet()
    turn_iron_person(form.sheet, typed, "og.1")
    assert Bundle.from_json(bundle.as_json() | {"of_a_newer_program": 1}) == bundle


# --- eliminations and other sheets -------------------------------------------------------------


def elimination(work: Workspace) -> None:
    """Make an elimination round of each of the two rounds: a semifinal and a final."""
    with work.database.write(actor="Ann", verb="test", tournament=1) as unit:
        ids = [row for (row,) in unit.fetch(select(schema.round_.c.id))]
        unit.update(schema.round_, {one: {
            "stage": "elimination", "draw_type": "elimination", "break_category_id": 1,
        } for one in ids})


@pytest.mark.parametrize(("debate", "needed"), [("D1", 2), ("D3", 1)])
def test_an_elimination_asks_who_advances(debate: str, needed: int, work: Workspace) -> None:
    elimination(work)
    form = form_of(work, debate)
    assert form.sheet.asks is Asks.ADVANCING
    bundle = blank_bundle(form.sheet)
    typed = bundle.sheet()
    assert codes(form, bundle) == {("winners", "advancing_wrong")}
    typed.winners = ["og", "oo", "cg"]
    assert codes(form, bundle, complete=False) == {("winners", "advancing_wrong")}
    typed.winners = ["og", "co"][:needed]
    assert codes(form, bundle) == set()
    save(work, form, bundle)
    confirm(work, form_of(work, debate))
    with work.database.read() as unit:
        won = dict(unit.fetch(select(schema.result_team.c.side, schema.result_team.c.win)))
    assert {side for side, win in won.items() if win} == set(typed.winners)


def test_without_scores_a_preliminary_room_is_placed(work: Workspace) -> None:
    change(work, schema.tournament, schema.tournament.c.id > 0,
           settings={"speakers_in_ballots": "never"})
    form = form_of(work)
    assert form.sheet.asks is Asks.PLACES
    bundle = blank_bundle(form.sheet)
    typed = bundle.sheet()
    typed.places = {"og": "1", "oo": "2", "cg": "2", "co": "4"}
    assert codes(form, bundle) == {("places", "places_wrong")}
    typed.places["cg"] = "3"
    save(work, form, bundle)
    confirm(work, form_of(work))
    assert points(work) == {"og": 3, "oo": 2, "cg": 1, "co": 0}


def test_one_of_several_motions_has_to_be_chosen(tmp_path: Path) -> None:
    made = document(enable_motions=True)
    made.rounds[0].motions = ["M1", "M2"]
    made.rounds[1].motions = []
    with open_workspace(tmp_path / "m.tabapp", create=True) as work:
        add(work, made)
        form = form_of(work)
        bundle = filled(form)
        typed = bundle.sheet()
        assert codes(form, bundle) == {("motion", "motion_missing")}
        typed.motion = "M2"
        save(work, form, bundle)
        saved = form_of(work)
        assert saved.waiting is not None
        assert saved.waiting[1].motion == "M2"
