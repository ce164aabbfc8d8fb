"""One form for every format: typed, made a ballot, and typed back from it."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.ballots import decide
from tabapp.domain.types import Side, Stage
from tabapp.services.ballot_bundle import (
    Bundle,
    ballot_of_bundle,
    begin_sheet,
    blank_bundle,
    bundle_of,
    bundle_problems,
    fit_motions,
    turn_forfeit,
)
from tabapp.services.ballot_sheet import (
    Asks,
    SheetForm,
    running,
    swap_speakers,
    turn_iron_person,
)
from tests.services.form_world import CRITERIA, errors, fill, form_for, vary

Spec = dict[str, Any]
PRELIM, OUT = Stage.PRELIMINARY, Stage.ELIMINATION
PUBLIC = {"ballots_per_debate_prelim": "per-adj", "margin_includes_dissenters": True}
FORMATS: dict[str, Spec] = {
    "bp": {"preset": "bp"},
    "bp motions": {"preset": "bp", "motions": 3, "enable_motions": True},
    "bp criteria": {"preset": "bp", "criteria": CRITERIA, "score_min": 30},
    "bp ranks": {"preset": "bp", "speaker_ranks": "any"},
    "bp ranks by scores": {"preset": "bp", "speaker_ranks": "high-points"},
    "bp outround": {"preset": "bp", "stage": OUT},
    "bp final": {"preset": "bp", "stage": OUT, "last": True},
    "bp without scores": {"preset": "bp", "speakers_in_ballots": "never"},
    "australs": {"preset": "australs", "motions": 3},
    "australs outround": {"preset": "australs", "stage": OUT, "motions": 3},
    "australs votes": {"preset": "australs", "speakers_in_ballots": "never"},
    "australs votes outround": {
        "preset": "australs", "stage": OUT, "speakers_in_ballots": "prelim"},
    "australs lone judge": {"preset": "australs", "judges": 1},
    "australs criteria and ranks": {
        "preset": "australs", "criteria": CRITERIA, "speaker_ranks": "high-points",
        "score_min": 30, "score_max": 90},
    "easters": {"preset": "easters", "motions": 3},
    "easters outround": {"preset": "easters", "stage": OUT},
    "nz easters": {"preset": "nz-easters", "motions": 3},
    "joynt": {"preset": "joynt"},
    "uadc": {"preset": "uadc", "motions": 3},
    "ap": {"preset": "ap"},
    "wsdc": {"preset": "wsdc"},
    "wsdc outround": {"preset": "wsdc", "stage": OUT},
    "karl popper": {"preset": "karl-popper"},
    "apda": {"preset": "apda"},
    "apda outround": {"preset": "apda", "stage": OUT},
    "cp": {"preset": "cp"},
    "low points": {"preset": "australs", "winners_in_ballots": "low-points"},
    "tied points": {"preset": "cp", "winners_in_ballots": "tied-points"},
    "high points": {"preset": "cp", "winners_in_ballots": "high-points"},
    "two without scores": {"preset": "cp", "speakers_in_ballots": "never"},
    "public speaking": {"preset": "bp", **PUBLIC},
    "public speaking criteria": {"preset": "bp", "criteria": CRITERIA, "score_min": 30, **PUBLIC},
}  # fmt: skip


@pytest.fixture(params=FORMATS)
def form(request: pytest.FixtureRequest) -> SheetForm:
    return form_for(**FORMATS[request.param])


def complete(form: SheetForm, bundle: Bundle) -> list[tuple[str, str]]:
    return [(one.where, one.code) for one in bundle_problems(form, bundle, complete=True)
            if one.level == "error"]


def filled(form: SheetForm, seed: int = 1) -> Bundle:
    bundle = blank_bundle(form)
    fill(form, bundle, random.Random(seed))
    return bundle


# --- every format ------------------------------------------------------------------------------


def test_what_is_typed_makes_a_sound_ballot_and_is_typed_back_from_it(form: SheetForm) -> None:
    bundle = filled(form)
    assert complete(form, bundle) == []
    ballot = ballot_of_bundle(form, bundle)
    assert errors(form, ballot) == []
    back = bundle_of(form, ballot)
    assert ballot_of_bundle(form, back) == ballot
    assert ballot_of_bundle(form, back, ballot) == ballot
    assert complete(form, back) == []


def test_an_empty_form_only_misses_something_once_it_is_to_be_saved(form: SheetForm) -> None:
    bundle = blank_bundle(form)
    assert bundle_problems(form, bundle) == []
    assert complete(form, bundle) != []


def test_a_draft_comes_back_as_it_was(form: SheetForm) -> None:
    bundle = filled(form)
    turn_forfeit(bundle, form.seats[0].side.value)
    bundle.comment, bundle.reason = "a note", "misread"
    kept = json.loads(json.dumps(bundle.as_json()))
    assert Bundle.from_json(kept) == bundle
    assert bundle.copy() == bundle
    assert bundle.copy() is not bundle


def test_a_room_where_all_but_one_forfeit_needs_nothing_more(form: SheetForm) -> None:
    bundle = blank_bundle(form)
    for seat in form.seats[1:]:
        turn_forfeit(bundle, seat.side.value)
    if form.asks is Asks.PLACES:
        bundle.sheet("").places = {form.seats[0].side.value: "1"}
    assert complete(form, bundle) == []
    ballot = ballot_of_bundle(form, bundle)
    assert errors(form, ballot) == []
    result = decide(ballot, form.context, form.settings)
    assert [one.forfeit for one in result.teams] == [False] + [True] * (len(form.seats) - 1)
    assert ballot_of_bundle(form, bundle_of(form, ballot)) == ballot


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FORMATS)), st.integers(0, 2**32))
def test_whatever_happened_in_a_room_survives_the_way_there_and_back(name: str, seed: int) -> None:
    form, rng = form_for(**FORMATS[name]), random.Random(seed)
    bundle = blank_bundle(form)
    vary(form, bundle, rng)
    order = bundle.sheet(form.sheet_refs[0])
    for ref in form.sheet_refs[1:]:  # all judges saw the same
        bundle.sheet(ref).speakers = dict(order.speakers)
        bundle.sheet(ref).substitutes, bundle.sheet(ref).ghosts = (
            dict(order.substitutes), list(order.ghosts))
    fill(form, bundle, rng)
    assert complete(form, bundle) == []
    ballot = ballot_of_bundle(form, bundle)
    assert errors(form, ballot) == []
    assert ballot_of_bundle(form, bundle_of(form, ballot)) == ballot
    assert Bundle.from_json(json.loads(json.dumps(bundle.as_json()))) == bundle


# --- what a format asks ------------------------------------------------------------------------


def test_each_voting_judge_has_a_sheet_and_a_trainee_none() -> None:
    form = form_for("australs")
    assert [(one.ref, one.name) for one in form.judges] == [
        ("A1", "Judge 1"), ("A2", "Judge 2"), ("A3", "Judge 3")]
    assert list(blank_bundle(form).sheets) == ["A1", "A2", "A3"]
    assert list(blank_bundle(form_for("bp")).sheets) == [""]


@pytest.mark.parametrize(("last", "needed"), [(False, 2), (True, 1)])
def test_an_outround_of_four_asks_who_advances(last: bool, needed: int) -> None:
    form = form_for("bp", OUT, last=last)
    assert (form.asks, form.context.advancing) == (Asks.ADVANCING, needed)


def test_judges_without_scores_name_a_winner_each_and_may_differ() -> None:
    form = form_for("australs", speakers_in_ballots="never")
    bundle = blank_bundle(form)
    for ref, side in zip(form.sheet_refs, ("aff", "neg", "neg"), strict=True):
        bundle.sheet(ref).winners = [side]
    assert complete(form, bundle) == []
    result = decide(ballot_of_bundle(form, bundle), form.context, form.settings)
    assert [one.win for one in result.teams] == [False, True]


def test_public_speaking_has_marks_of_each_judge_and_no_places() -> None:
    form = form_for("bp", **PUBLIC)
    bundle = filled(form)
    for key in form.keys:
        for ref in form.sheet_refs:
            bundle.sheet(ref).scores[key] = "70"
    assert running(form, bundle.sheet("A1")).places == {}
    assert complete(form, bundle) == []  # nobody wins, so that nobody is level


def test_a_problem_on_the_sheet_of_a_judge_names_the_judge() -> None:
    form = form_for("australs")
    bundle = filled(form)
    bundle.sheet("A2").scores["aff.1"] = "7x"
    bundle.sheet("A3").scores["neg.4"] = ""
    assert complete(form, bundle) == [("A2/aff.1", "score_not_a_number"),
                                      ("A3/neg.4", "score_wanted")]
    assert bundle_problems(form, bundle, at="A2/aff.1") == []


def test_judges_of_one_name_are_not_taken_for_each_other() -> None:
    form = form_for("australs")
    names = {**form.context.names, "A2": "Judge 1"}
    form = replace(form, context=replace(form.context, names=names))
    bundle = filled(form)
    bundle.sheet("A2").speakers.pop("aff.2")
    assert ("A2/aff.2.speaker", "speaker_missing") not in complete(form, bundle)
    bundle.sheet("A1").speakers.pop("aff.2")
    assert ("A1/aff.2.speaker", "speaker_missing") in complete(form, bundle)


# --- the sheets of a panel ---------------------------------------------------------------------


def test_a_new_sheet_begins_with_who_spoke_on_the_first_one_that_was_typed() -> None:
    form = form_for("australs")
    bundle = blank_bundle(form)
    second = bundle.sheet("A2")
    swap_speakers(form, second, "aff.1")
    turn_iron_person(form, second, "neg.1")
    begin_sheet(form, bundle, "A1")
    assert bundle.sheet("A1").speakers != second.speakers  # nothing is typed there yet
    second.scores["aff.1"] = "75"
    for ref in ("A1", "A3"):
        begin_sheet(form, bundle, ref)
        assert bundle.sheet(ref).speakers == second.speakers
        assert bundle.sheet(ref).ghosts == ["neg.2"]
    bundle.sheet("A3").scores["aff.1"] = "75"
    swap_speakers(form, bundle.sheet("A3"), "aff.1")
    kept = dict(bundle.sheet("A3").speakers)
    begin_sheet(form, bundle, "A3")
    assert bundle.sheet("A3").speakers == kept


def test_what_sheets_say_differently_is_told_at_its_field() -> None:
    form = form_for("australs", motions=3)
    bundle = filled(form)
    assert complete(form, bundle) == []
    swap_speakers(form, bundle.sheet("A2"), "aff.1")
    turn_iron_person(form, bundle.sheet("A3"), "neg.2")
    bundle.sheet("A2").motion = "M2"
    bundle.sheet("A3").vetoes["aff"] = "M3"
    found = complete(form, bundle)
    assert {where for where, code in found if code == "sheets_speaker_differs"} == {
        "A2/aff.1.speaker", "A2/aff.2.speaker", "A3/neg.3.speaker"}
    assert ("A2/motion", "sheets_motion_differs") in found
    assert ("A3/aff.veto", "sheets_veto_differs") in found
    said = {one.where: one.message for one in bundle_problems(form, bundle)}
    assert said["A2/aff.1.speaker"].startswith("Judge 1 has Speaker T1 1 for this speech")


def test_other_ghosts_on_a_sheet_are_told() -> None:
    form = form_for("australs")
    bundle = blank_bundle(form)
    turn_iron_person(form, bundle.sheet("A1"), "aff.1")
    fill(form, bundle, random.Random(3))
    turn_iron_person(form, bundle.sheet("A2"), "aff.1")  # the other speech is the ghost
    assert {where for where, code in complete(form, bundle) if (
        code == "sheets_ghost_differs")} == {"A2/aff.1.speaker", "A2/aff.2.speaker"}


def test_what_one_sheet_leaves_out_is_no_difference() -> None:
    form = form_for("australs", motions=3)
    bundle = filled(form)
    for ref in ("A2", "A3"):
        bundle.sheet(ref).motion, bundle.sheet(ref).vetoes = None, {}
    assert complete(form, bundle) == []
    ballot = ballot_of_bundle(form, bundle)
    assert (ballot.motion, ballot.vetoes) == ("M1", {"aff": "M2", "neg": "M3"})


def test_a_panel_that_changed_since_a_draft_has_the_sheets_of_its_judges() -> None:
    bundle = filled(form_for("australs", judges=2))
    form = form_for("australs", judges=3)
    wanted = [where for where, code in complete(form, bundle) if code == "score_wanted"]
    assert {where.partition("/")[0] for where in wanted} == {"A3"}
    ballot = ballot_of_bundle(form_for("australs", judges=1), bundle)
    assert [one.adjudicator for one in ballot.sheets] == ["A1"]


def test_a_judge_who_is_seated_again_finds_what_was_typed_also_in_a_draft() -> None:
    three, two = form_for("australs", judges=3), form_for("australs", judges=2)
    bundle = filled(three)
    typed = bundle.copy()
    assert complete(two, bundle) == []
    assert [one.adjudicator for one in ballot_of_bundle(two, bundle).sheets] == ["A1", "A2"]
    kept = Bundle.from_json(json.loads(json.dumps(bundle.copy().as_json())))
    assert list(kept.sheets) == ["A1", "A2"]
    assert kept.others["A3"].scores == typed.sheets["A3"].scores
    assert complete(three, kept) == []
    assert kept.sheets == typed.sheets
    assert kept.others == {}


def test_an_empty_sheet_of_who_was_taken_out_is_not_kept() -> None:
    bundle = blank_bundle(form_for("australs", judges=3))
    complete(form_for("australs", judges=2), bundle)
    assert bundle.others == {}


def test_a_motion_that_the_round_has_no_more_is_forgotten() -> None:
    form = form_for("australs")
    bundle = filled(form)
    one = next(iter(bundle.sheets.values()))
    one.motion, one.vetoes = "M9", {"aff": "M9"}
    fit_motions(form, bundle)
    there = {ref for ref, _words in form.motions}
    assert one.motion in {None, *there}
    assert set(one.vetoes.values()) <= there


def test_a_sheet_whose_speakers_were_changed_keeps_them() -> None:
    form = form_for("australs")
    bundle = blank_bundle(form)
    bundle.sheet("A1").scores["aff.1"] = "75"
    swap_speakers(form, bundle.sheet("A2"), "aff.1")
    kept = dict(bundle.sheet("A2").speakers)
    begin_sheet(form, bundle, "A2")
    assert bundle.sheet("A2").speakers == kept != bundle.sheet("A1").speakers


# --- drafts and forfeits -----------------------------------------------------------------------


def test_a_draft_of_one_sheet_from_before_is_read() -> None:
    form = form_for("bp")
    bundle = Bundle.from_json({
        "scores": {"og.1": "75"}, "forfeits": ["co"], "comment": "late",
        "based_on": [[1, "draft"]], "drawn": [["og", "T1"]], "winners": []})
    assert bundle.sheet().scores == {"og.1": "75"}
    assert (bundle.forfeits, bundle.comment) == (["co"], "late")
    assert (bundle.based_on, bundle.drawn) == ([[1, "draft"]], [["og", "T1"]])
    assert ballot_of_bundle(form, bundle).forfeit == ["co"]


def test_a_side_that_forfeits_loses_its_tick_and_stands_again() -> None:
    form = form_for("bp", OUT)
    bundle = blank_bundle(form)
    bundle.sheet().winners = ["og", "oo"]
    turn_forfeit(bundle, "og")
    assert (bundle.sheet().winners, bundle.sheet().forfeits) == (["oo"], ["og"])
    turn_forfeit(bundle, "og")
    assert bundle.sheet().forfeits == []
    assert form.seats[0].side is Side.OG
