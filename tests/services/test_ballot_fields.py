"""Single fields of the form: motion and vetoes, criteria, ranks of speeches, and numbers."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.services.ballot_bundle import (
    Bundle,
    ballot_of_bundle,
    blank_bundle,
    bundle_of,
    bundle_problems,
)
from tabapp.services.ballot_sheet import SheetForm, number, ranks_of, running, whole
from tests.services.form_world import CRITERIA, errors, fill, form_for


def complete(form: SheetForm, bundle: Bundle) -> list[tuple[str, str]]:
    return [(one.where, one.code) for one in bundle_problems(form, bundle, complete=True)
            if one.level == "error"]


def filled_in(form: SheetForm) -> Bundle:
    bundle = blank_bundle(form)
    fill(form, bundle, random.Random(1))
    return bundle


# --- motion and vetoes -------------------------------------------------------------------------


def test_nobody_vetoed_what_was_debated() -> None:
    form = form_for("nz-easters", motions=3)
    bundle = filled_in(form)
    first = form.sheet_refs[0]
    bundle.sheet(first).vetoes["neg"] = "M1"
    where = f"{first}/neg.veto" if first else "neg.veto"
    assert (where, "veto_debated") in complete(form, bundle)


def test_a_motion_is_wanted_on_the_first_sheet_where_there_are_several() -> None:
    form = form_for("australs", motions=3)
    bundle = filled_in(form)
    for ref in form.sheet_refs:
        bundle.sheet(ref).motion = None
    assert complete(form, bundle) == [("A1/motion", "motion_missing")]
    assert not form_for("australs", motions=1).asks_vetoes


def test_criteria_make_the_score_by_their_weights_and_each_is_judged() -> None:
    form = form_for("bp", criteria=CRITERIA)
    assert form.criterion_keys(1) == ("C1", "C2")
    assert form.keys_of_marks("og.1") == ["og.1.C1", "og.1.C2"]
    bundle = filled_in(form)
    typed = bundle.sheet()
    typed.criteria |= {"og.1.C1": "20,5", "og.1.C2": "31"}
    ballot = ballot_of_bundle(form, bundle)
    speech = ballot.sheets[0].sides[0].speeches[0]
    assert (speech.score, speech.criteria) == (61.75, {"C1": 20.5, "C2": 31})
    typed.criteria |= {"og.1.C1": "26", "og.1.C2": "", "og.2.C1": "20.25", "og.2.C2": "3l"}
    assert complete(form, bundle)[:4] == [
        ("og.1.C1", "score_above"), ("og.1.C2", "criterion_wanted"),
        ("og.2.C1", "score_between_steps"), ("og.2.C2", "score_not_a_number")]
    assert running(form, typed).to_go == 2


def test_a_sum_of_criteria_outside_the_marks_is_told_at_the_speech() -> None:
    form = form_for("bp", criteria=CRITERIA, score_min=70)
    bundle = blank_bundle(form)
    bundle.sheet().criteria = {"og.1.C1": "20", "og.1.C2": "30"}
    (found,) = bundle_problems(form, bundle)
    assert (found.where, found.code) == ("og.1", "criteria_out_of_range")
    assert found.message == "The criteria make 60, but a score here is 70 to 99. Check them."


def test_a_speech_that_was_marked_as_a_whole_keeps_its_mark() -> None:
    ballot = ballot_of_bundle(form_for("bp"), filled_in(form_for("bp")))
    form = form_for("bp", criteria=CRITERIA)
    assert ballot_of_bundle(form, bundle_of(form, ballot)) == ballot


def test_replies_have_one_mark_where_speeches_have_criteria() -> None:
    form = form_for("australs", criteria=CRITERIA)
    assert form.criterion_keys(4) == ()
    assert form.keys_of_marks("aff.4") == ["aff.4"]


def ranked() -> tuple[SheetForm, Bundle]:
    form = form_for("bp", speaker_ranks="high-points")
    bundle = blank_bundle(form)
    bundle.sheet().scores = dict(zip(
        form.keys, ["80", "79", "78", "77", "76", "75", "74", "73"], strict=True))
    return form, bundle


def test_ranks_follow_from_scores_and_follow_a_score_that_is_corrected() -> None:
    form, bundle = ranked()
    assert ranks_of(form, bundle.sheet()) == dict(zip(form.keys, "12345678", strict=True))
    ballot = ballot_of_bundle(form, bundle)
    assert errors(form, ballot) == []
    back = bundle_of(form, ballot)
    back.sheet().scores["co.2"] = "82"
    assert complete(form, back) == []
    speeches = {f"{part.side}.{one.position}": one.rank
                for part in ballot_of_bundle(form, back, ballot).sheets[0].sides
                for one in part.speeches}
    assert speeches == dict(zip(form.keys, (2, 3, 4, 5, 6, 7, 8, 1), strict=True))


def test_of_equal_marks_somebody_types_which_is_better() -> None:
    form, bundle = ranked()
    typed = bundle.sheet()
    typed.scores["oo.2"] = "78"
    assert complete(form, bundle) == [
        ("oo.1.rank", "speech_rank_missing"), ("oo.2.rank", "speech_rank_missing")]
    typed.ranks["oo.2"] = "3"
    assert ranks_of(form, typed)["oo.1"] == "4"
    ballot = ballot_of_bundle(form, bundle)
    assert errors(form, ballot) == []
    assert ballot_of_bundle(form, bundle_of(form, ballot)) == ballot


def test_a_rank_on_the_paper_that_contradicts_the_scores_is_told() -> None:
    form, bundle = ranked()
    bundle.sheet().ranks |= {"og.1": "2", "og.2": "1"}
    assert complete(form, bundle) == [("og.1.rank", "speech_rank_against_score")]
    bundle.sheet().ranks = {"og.1": "9", "og.2": "x"}
    assert {("og.1.rank", "rank_wrong"), ("og.2.rank", "rank_wrong")} <= set(
        complete(form, bundle))


# --- numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "value"), [
    ("75", 75), (" 75 ", 75), ("75,5", 75.5), ("75.5", 75.5), ("75½", 75.5), (".5", 0.5),
    ("７５", 75), ("７５．５", 75.5), ("٧٥", 75), ("-3", -3), ("75.", 75), ("007", 7),
    ("75l", None), ("7O", None), ("", None), ("1e2", None), ("7_5", None), ("nan", None),
    ("inf", None), ("1.2.3", None), ("7,5,1", None), ("75 76", None), ("9" * 400, None),
    ("9999999", None), ("⁷⁵", 75), ("7²", None), ("①5", None), ("Ⅻ", None), ("\x00", None),
])  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, value: float | None) -> None:
    assert number(text) == value


@given(st.text())
def test_no_text_breaks_a_field(text: str) -> None:
    form = form_for("apda", criteria=CRITERIA, motions=3, enable_motions=True)
    bundle = blank_bundle(form)
    typed = bundle.sheet()
    typed.scores = dict.fromkeys(form.keys, text)
    typed.criteria = {
        mark: text for key in form.keys for mark in form.keys_of_marks(key)}
    typed.ranks = dict.fromkeys(form.keys, text)
    typed.paper = typed.paper_places = dict.fromkeys(("aff", "neg"), text)
    found = bundle_problems(form, bundle, complete=True)
    assert all(len(one.message) < 400 for one in found)
    assert ballot_of_bundle(form, bundle).model_dump_json()
    assert whole(text) is None or number(text) == whole(text)


def test_a_place_is_a_whole_number() -> None:
    form = form_for("bp", speakers_in_ballots="never")
    bundle = blank_bundle(form)
    bundle.sheet().places = {"og": "1.5", "oo": "2", "cg": "3", "co": "4"}
    assert complete(form, bundle) == [("places", "places_wrong")]
