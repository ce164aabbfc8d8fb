"""Sheets that differ in what all judges saw alike, and say the same after one key."""

from __future__ import annotations

from tabapp.services.ballot_agreement import agree, is_difference
from tabapp.services.ballot_bundle import Bundle, blank_bundle, bundle_problems
from tabapp.services.ballot_sheet import SheetForm, swap_speakers, turn_iron_person
from tests.services.form_world import form_for


def differing(form: SheetForm, bundle: Bundle) -> list[str]:
    return [one.where for one in bundle_problems(form, bundle) if is_difference(one)]


def two_sheets() -> tuple[SheetForm, Bundle]:
    """Return a panel of which two judges' sheets are begun."""
    form = form_for("australs", motions=3)
    bundle = blank_bundle(form)
    for ref in ("A1", "A2"):
        bundle.sheets[ref].scores["aff.1"] = "75"
    return form, bundle


def test_the_order_of_a_side_is_taken_over_as_a_whole() -> None:
    form, bundle = two_sheets()
    swap_speakers(form, bundle.sheets["A2"], "aff.1")
    assert differing(form, bundle) == ["A2/aff.1.speaker", "A2/aff.2.speaker"]
    agree(bundle, "A2", "aff.1.speaker")
    assert differing(form, bundle) == []
    assert bundle.sheets["A1"].speakers == bundle.sheets["A2"].speakers


def test_a_ghost_is_taken_over_and_the_other_side_stays() -> None:
    form, bundle = two_sheets()
    turn_iron_person(form, bundle.sheets["A1"], "aff.1")
    turn_iron_person(form, bundle.sheets["A2"], "neg.1")
    agree(bundle, "A1", "aff.2.speaker")
    assert [one.ghosts for one in bundle.sheets.values()] == [
        ["aff.2"], ["neg.2", "aff.2"], ["aff.2"]]


def test_motion_and_veto_are_taken_over_by_themselves() -> None:
    form, bundle = two_sheets()
    first, second = bundle.sheets["A1"], bundle.sheets["A2"]
    first.motion, second.motion = "M1", "M2"
    first.vetoes, second.vetoes = {"aff": "M3"}, {"aff": "M1"}
    assert differing(form, bundle) == ["A2/motion", "A2/aff.veto"]
    agree(bundle, "A1", "motion")
    assert (second.motion, second.vetoes) == ("M1", {"aff": "M1"})
    agree(bundle, "A1", "aff.veto")
    assert differing(form, bundle) == []
