"""What one key does to who speaks: iron persons, their ghosts, and replies, which have none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.services.ballot_agreement import agree
from tabapp.services.ballot_bundle import Bundle
from tabapp.services.ballot_fields import SheetForm
from tabapp.services.ballot_sheet import (
    choose_speaker,
    follow_marks,
    has_pair,
    swap_speakers,
    turn_iron_person,
)
from tabapp.services.ballot_typed import Typed, blank
from tests.reliability.scenes import add
from tests.services.desk_scenes import document, form_of


@pytest.fixture
def form(tmp_path: Path) -> Iterator[SheetForm]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        add(work, document())
        yield form_of(work).sheet


def marked(form: SheetForm, first: str, second: str) -> Typed:
    typed = blank(form)
    typed.scores |= {"og.1": first, "og.2": second}
    return typed


@pytest.mark.parametrize(("first", "second", "ghost"), [
    ("70", "80", "og.1"), ("80", "70", "og.2"), ("75", "75", "og.2"), ("", "75", "og.2"),
    ("75", "", "og.2")])
def test_the_ghost_is_the_lower_mark_and_of_equal_ones_the_later(
    form: SheetForm, first: str, second: str, ghost: str
) -> None:
    typed = marked(form, first, second)
    turn_iron_person(form, typed, "og.1")
    assert typed.ghosts == [ghost]
    before = blank(form)
    turn_iron_person(form, before, "og.1")
    before.scores |= typed.scores
    follow_marks(form, before)
    assert before.ghosts == [ghost]


def test_a_ghost_that_was_chosen_follows_no_mark(form: SheetForm) -> None:
    typed = marked(form, "70", "80")
    turn_iron_person(form, typed, "og.1")
    turn_iron_person(form, typed, "og.1")
    typed.scores["og.2"] = "60"
    follow_marks(form, typed)
    assert typed.ghosts == ["og.2"]
    typed.scores["og.2"] = "90"
    follow_marks(form, typed)
    assert typed.ghosts == ["og.2"]


def test_a_draft_of_an_older_program_keeps_its_ghost(form: SheetForm) -> None:
    typed = marked(form, "70", "80")
    turn_iron_person(form, typed, "og.1")
    content = asdict(typed) | {"ghosts": ["og.2"]}
    del content["ghosts_by_mark"]
    kept = Typed.from_json(content)
    follow_marks(form, kept)
    assert kept.ghosts == ["og.2"]


def test_a_speaker_who_is_chosen_ends_it_all(form: SheetForm) -> None:
    typed = marked(form, "70", "80")
    usual = dict(typed.speakers)
    turn_iron_person(form, typed, "og.1")
    choose_speaker(form, typed, "og.2", usual["og.2"])
    assert (typed.speakers, typed.ghosts, typed.ghosts_by_mark) == (usual, [], [])


def test_what_judges_agree_on_follows_the_marks_of_no_sheet(form: SheetForm) -> None:
    one, other = marked(form, "70", "80"), marked(form, "80", "70")
    for typed in (one, other):
        turn_iron_person(form, typed, "og.1")
    agree(Bundle({"A1": one, "A2": other}), "A1", "og.1.speaker")
    for typed in (one, other):
        follow_marks(form, typed)
    assert one.ghosts == other.ghosts == ["og.1"]


def test_a_reply_has_no_speech_beside_it(form: SheetForm) -> None:
    typed = blank(form)
    before = typed.copy()
    assert has_pair(form, "og.2")
    assert not has_pair(form, "og.3")
    turn_iron_person(form, typed, "og.3")
    swap_speakers(form, typed, "og.3")
    assert typed == before
