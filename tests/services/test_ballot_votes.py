"""How a panel stands while its sheets are typed: totals, votes, margins, and what is decided."""

from __future__ import annotations

from typing import Any

from tabapp.domain.types import Side
from tabapp.services.ballot_bundle import Bundle, blank_bundle, turn_forfeit
from tabapp.services.ballot_sheet import SheetForm
from tabapp.services.ballot_votes import panel_stands
from tests.services.form_world import form_for
from tests.voting import two_to_one

AFF, NEG = Side.AFF, Side.NEG


def typed(form: SheetForm, sheets: list[dict[str, Any]]) -> Bundle:
    bundle = blank_bundle(form)
    for given in sheets:
        bundle.sheet(given["adjudicator"]).scores = {
            f"{part['side']}.{one['position']}": str(one["score"])
            for part in given["sides"] for one in part["speeches"]}
    return bundle


def test_each_judge_has_totals_a_vote_and_a_margin_as_soon_as_the_sheet_is_full() -> None:
    form = form_for("australs")
    stands = panel_stands(form, typed(form, two_to_one()[:2]))
    assert [(one.ref, one.totals, one.vote, one.margin, one.to_go) for one in stands.judges] == [
        ("A1", {AFF: 262.5, NEG: 259}, AFF, 3.5, 0),
        ("A2", {AFF: 263, NEG: 265.5}, NEG, 2.5, 0), ("A3", {}, None, None, 8)]
    assert (stands.winner, stands.to_come) == (None, 1)


def test_the_majority_wins_and_its_totals_count() -> None:
    form = form_for("australs")
    stands = panel_stands(form, typed(form, two_to_one()))
    assert (stands.winner, stands.given, stands.to_come) == (AFF, {AFF: 2, NEG: 1}, 0)
    assert stands.scores == {AFF: 264.25, NEG: 260.5}
    everyone = form_for("australs", margin_includes_dissenters=True)
    assert panel_stands(everyone, typed(everyone, two_to_one())).scores == {
        AFF: (262.5 + 263 + 266) / 3, NEG: (259 + 265.5 + 262) / 3}


def test_the_chair_decides_an_even_split() -> None:
    form = form_for("australs", judges=2)
    stands = panel_stands(form, typed(form, two_to_one()[:2]))
    assert (stands.winner, stands.given) == (AFF, {AFF: 1, NEG: 1})


def test_judges_without_scores_are_done_with_a_tick() -> None:
    form = form_for("australs", speakers_in_ballots="never")
    bundle = blank_bundle(form)
    bundle.sheet("A1").winners, bundle.sheet("A2").winners = ["aff"], ["neg"]
    stands = panel_stands(form, bundle)
    assert [(one.vote, one.is_done) for one in stands.judges] == [
        (AFF, True), (NEG, True), (None, False)]
    bundle.sheet("A3").winners = ["neg"]
    assert panel_stands(form, bundle).winner is NEG


def test_nobody_votes_on_a_forfeit() -> None:
    form = form_for("australs")
    bundle = blank_bundle(form)
    turn_forfeit(bundle, "neg")
    stands = panel_stands(form, bundle)
    assert (stands.winner, stands.to_come, stands.scores) == (AFF, 0, {})


def test_in_public_speaking_everybody_counts_and_nobody_wins() -> None:
    form = form_for(
        "bp", judges=2, ballots_per_debate_prelim="per-adj", margin_includes_dissenters=True)
    bundle = blank_bundle(form)
    for ref, mark in (("A1", "70"), ("A2", "71")):
        bundle.sheet(ref).scores = dict.fromkeys(form.keys, mark)
    stands = panel_stands(form, bundle)
    assert (stands.winner, stands.margin, set(stands.scores.values())) == (None, None, {141})
