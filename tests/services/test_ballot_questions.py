"""What is asked once and never forbidden: marks off the record, swapped ones, other papers."""

from __future__ import annotations

from typing import Any

import pytest

from tabapp.services.ballot_bundle import (
    Bundle,
    ballot_of_bundle,
    blank_bundle,
    bundle_of,
    bundle_problems,
    keep,
    questions,
)
from tabapp.services.ballot_sheet import SheetForm
from tests.services.form_world import CRITERIA, form_for

MEANS = {"T1s1": 80.0, "T1s2": 70.0, "T2s1": 75.0, "T2s2": 75.0}
USUAL = {
    "og.1": "82", "og.2": "70", "oo.1": "76", "oo.2": "75", "cg.1": "74", "cg.2": "75",
    "co.1": "73", "co.2": "75",
}  # fmt: skip


def room(**typed: Any) -> tuple[SheetForm, Bundle]:
    form = form_for("bp", means=MEANS)
    bundle = blank_bundle(form)
    bundle.sheet().scores = dict(USUAL)
    for key, text in typed.items():
        bundle.sheet().scores[key.replace("_", ".")] = text
    return form, bundle


def asked(form: SheetForm, bundle: Bundle) -> list[tuple[str, str]]:
    found = questions(form, bundle)
    assert {one.level for one in found} <= {"warning"}
    assert not any(one.level == "error" for one in bundle_problems(form, bundle, complete=True))
    return [(one.where, one.code) for one in found]


def test_nothing_is_asked_of_a_usual_ballot() -> None:
    assert asked(*room()) == []


def test_a_mark_far_from_the_record_is_asked_about_once() -> None:
    form, bundle = room(oo_1="88")
    assert asked(form, bundle) == [("oo.1", "score_unusual")]
    keep(form, bundle, questions(form, bundle)[0])
    assert asked(form, bundle) == []
    bundle.sheet().scores["oo.1"] = "88,0"
    assert asked(form, bundle) == []  # the same mark
    bundle.sheet().scores["oo.1"] = "89"
    assert asked(form, bundle) == [("oo.1", "score_unusual")]


def test_marks_that_look_swapped_are_one_question() -> None:
    form, bundle = room(og_1="70", og_2="82")
    assert asked(form, bundle) == [("og.1", "scores_swapped")]
    (question,) = questions(form, bundle)
    assert question.message == (
        "Speaker T1 1 has 70 and Speaker T1 2 has 82. Does the paper say that, or the other way"
        " round?")
    keep(form, bundle, question)
    assert asked(form, bundle) == []
    bundle.sheet().scores["og.2"] = "83"
    assert asked(form, bundle) == [("og.1", "scores_swapped")]


def test_marks_between_the_records_are_not_taken_for_swapped() -> None:
    form, bundle = room(og_1="74", og_2="78")
    assert asked(form, bundle) == []


def test_speakers_without_a_record_are_not_taken_for_swapped() -> None:
    form, bundle = room(cg_1="66", cg_2="83")
    assert asked(form, bundle) == []


def test_digits_that_look_turned_round_are_asked_about() -> None:
    form, bundle = room(oo_2="57")
    (question,) = questions(form, bundle)
    assert (question.where, question.code) == ("oo.2", "score_turned")
    assert question.message == (
        "57 is unusual for Speaker T2 2. Does the paper say 57, or 75?")
    keep(form, bundle, question)
    assert asked(form, bundle) == []


def test_a_turned_mark_that_does_not_fit_is_only_unusual() -> None:
    assert asked(*room(oo_2="59")) == [("oo.2", "score_unusual")]


def test_a_mark_that_cannot_be_is_told_and_not_asked_about() -> None:
    form, bundle = room(oo_1="5")
    assert questions(form, bundle) == []


def test_a_total_on_the_paper_that_differs_is_asked_about_and_not_forbidden() -> None:
    form, bundle = room()
    bundle.sheet().paper = {"og": "152", "oo": "153"}
    assert asked(form, bundle) == [("oo.paper", "paper_total_differs")]
    (question,) = questions(form, bundle)
    assert "The paper says 153, the scores of OO make 151." in question.message
    keep(form, bundle, question)
    assert asked(form, bundle) == []
    bundle.sheet().scores["oo.1"] = "77.5"
    assert [one.where for one in questions(form, bundle)] == ["oo.paper"]  # another total by now


def test_a_paper_total_is_not_compared_before_every_mark_is_there() -> None:
    form, bundle = room(oo_1="")
    bundle.sheet().paper = {"oo": "152"}
    assert questions(form, bundle) == []


def test_a_place_on_the_paper_that_differs_is_asked_about() -> None:
    form, bundle = room()
    bundle.sheet().paper_places = {"og": "1", "oo": "3"}
    assert asked(form, bundle) == [("oo.paper_place", "paper_place_differs")]
    bundle.sheet().paper_places = {"oo": "5"}
    assert [one.code for one in bundle_problems(form, bundle)] == ["paper_place_wrong"]


def test_the_winner_on_the_paper_is_compared_with_who_is_declared() -> None:
    form = form_for("cp", winners_in_ballots="low-points")
    bundle = blank_bundle(form)
    typed = bundle.sheet()
    typed.scores = {"aff.1": "75", "aff.2": "75", "neg.1": "74", "neg.2": "74"}
    typed.winners, typed.paper_places = ["neg"], {"aff": "1"}
    assert asked(form, bundle) == [("aff.paper_place", "paper_place_differs")]
    typed.paper_places = {"neg": "1"}
    assert asked(form, bundle) == []


def test_questions_come_sheet_by_sheet_with_the_judge() -> None:
    form = form_for("australs", means={"T1s1": 75.0, "T2s1": 75.0})
    bundle = blank_bundle(form)
    for n, ref in enumerate(form.sheet_refs):
        bundle.sheet(ref).scores = {
            key: "37" if key.endswith("4") else str(74 + (key == "aff.2") + n)
            for key in form.keys}
    bundle.sheet("A2").scores["neg.1"] = "79"
    bundle.sheet("A1").paper = {"aff": "200"}
    assert [one.where for one in questions(form, bundle)] == ["A1/aff.paper", "A2/neg.1"]
    assert [one.where for one in questions(form, bundle, at="A2/neg.1")] == ["A1/aff.paper"]
    keep(form, bundle, questions(form, bundle)[1])
    assert [one.where for one in questions(form, bundle)] == ["A1/aff.paper"]


def test_the_sum_of_criteria_is_what_is_unusual() -> None:
    form = form_for("bp", criteria=CRITERIA, means={"T1s1": 75.0}, score_min=30)
    bundle = blank_bundle(form)
    bundle.sheet().criteria = {"og.1.C1": "15", "og.1.C2": "30"}
    (question,) = questions(form, bundle)
    assert (question.where, question.message.partition(" ")[0]) == ("og.1", "52.5")


@pytest.mark.parametrize("preset", ["bp", "australs"])
def test_what_an_earlier_version_says_was_answered_for(preset: str) -> None:
    form = form_for(preset, means={"T1s1": 50.0, "T2s1": 50.0})
    bundle = blank_bundle(form)
    for ref in form.sheet_refs:
        for n, key in enumerate(form.keys):
            limits = form.limits(int(key[-1]))
            bundle.sheet(ref).scores[key] = f"{limits.high - n * limits.step:g}"
    assert questions(form, bundle)
    again = bundle_of(form, ballot_of_bundle(form, bundle))
    assert questions(form, again) == []


def test_nothing_is_asked_where_no_marks_are_given() -> None:
    form = form_for("bp", speakers_in_ballots="never")
    assert questions(form, blank_bundle(form)) == []


def test_a_sheet_without_any_rank_is_asked_about_once_all_marks_are_there() -> None:
    form = form_for("bp", means=MEANS, speaker_ranks="any")
    bundle = blank_bundle(form)
    bundle.sheet().scores = USUAL | {"co.2": ""}
    assert questions(form, bundle) == []
    bundle.sheet().scores = dict(USUAL)
    assert asked(form, bundle) == [("og.1.rank", "ranks_not_typed")]
    keep(form, bundle, questions(form, bundle)[0])
    assert asked(form, bundle) == []


def test_a_reply_by_who_spoke_last_is_one_question_for_all_judges() -> None:
    form = form_for("australs")
    bundle = blank_bundle(form)
    for ref in form.sheet_refs:
        typed = bundle.sheet(ref)
        typed.speakers["neg.4"] = typed.speakers["neg.3"]
    assert [(one.where, one.code) for one in questions(form, bundle)] == [
        ("A1/neg.4.speaker", "reply_by_last")]
