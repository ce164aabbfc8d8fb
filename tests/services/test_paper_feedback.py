"""Feedback forms: one for each who is expected to rate somebody, with all kinds of answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.feedback_paths import judge_paths, team_paths
from tabapp.domain.formats import resolve
from tabapp.domain.types import Role
from tabapp.services.paper import print_feedback
from tabapp.services.workspace import Workspace
from tests.builders import small_archive
from tests.services.printed import (
    QUESTIONS,
    find,
    forms,
    look_at,
    printed_forms,
    store,
)
from tests.voting import Doc

PANEL = [(Role.CHAIR, "c"), (Role.PANELLIST, "p"), (Role.PANELLIST, "q"), (Role.TRAINEE, "t")]


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as opened:
        yield opened


def bp(questions: list[Doc], **settings: Any) -> Doc:
    made = small_archive(8, 1, results=False, judges_per_room=3)
    made["tournament"]["settings"] = settings
    made["questions"] = questions
    return made


@pytest.mark.parametrize(
    ("setting", "pairs"),
    [
        ("no-adjs", ""), ("minimal", "cp cq ct"), ("with-p-on-c", "cp cq ct pc qc"),
        ("with-t-on-c", "cp cq ct pc qc tc"), ("with-p-on-p", "cp cq ct pc pq qc qp tc"),
        ("all-adjs", "cp cq ct pc pq pt qc qp qt tc tp tq"),
    ],
)
def test_judges_rate_whom_the_setting_says(setting: str, pairs: str) -> None:
    settings = resolve("bp", {"feedback_paths": setting})
    found = {one.source + one.targets[0] for one in judge_paths(PANEL, settings)}
    assert found == set(pairs.split())


@pytest.mark.parametrize(
    ("setting", "silent", "targets"),
    [
        ("orallist", False, [("c", "p", "q")]), ("orallist", True, []), ("no-one", False, []),
        ("all-adjs", False, [("c",), ("p",), ("q",), ("t",)]),
    ],
)
def test_teams_rate_whom_the_setting_says(
    setting: str, silent: bool, targets: list[tuple[str, ...]]
) -> None:
    settings = resolve("bp", {"feedback_from_teams": setting})
    assert [one.targets for one in team_paths(["T"], PANEL, settings, silent=silent)] == targets


def test_every_expected_pair_has_its_form_with_both_codes(work: Workspace) -> None:
    store(work, bp(QUESTIONS[:2]))
    made = forms(work)
    assert len(made) == 2 * (4 + 4)
    pages = printed_forms(work)
    assert len(pages.texts) == 8
    again = forms(work)
    for form in again:
        kinds = [find(work, code.text).kind for code in form.codes]
        assert kinds == (["debate"] if len(form.targets) > 1 else ["debate", "adjudicator"])
    shown = [code for page in pages.linear for code in page]
    assert sorted(shown) == sorted(code.text for form in again for code in form.codes)


def test_all_nine_types_of_answers_are_printed(work: Workspace) -> None:
    store(work, bp(QUESTIONS, feedback_introduction="Be fair.",
                   feedback_return_location="the box", feedback_from_teams="all-adjs"))
    text = printed_forms(work).texts[0]
    for question in QUESTIONS:
        assert question["text"] in text
    for word in ("Be fair.", "Bring this form to: the box", "Yes", "No", "1 2 3 4 5", "Chair it",
                 "Score of the judge *", "0 to 10", "has to be answered", "College 1 B"):
        assert word in text
    judges = [one for one in forms(work) if one.source.startswith("Judge")]
    assert all("Question bc?" not in {one.words for one in form.answers} for form in judges)


def test_many_questions_stay_on_one_page(work: Workspace) -> None:
    many = [one | {"id": f"{one['id']}-{n}", "text": f"Question {n} " + "of many words " * 9}
            for n in range(3) for one in QUESTIONS]
    document = bp(many, feedback_introduction="Please read this. " * 40)
    for one in document["adjudicators"]:
        one["name"] = "Prof. Dr. Aleksandra Kowalczyk-Nowakowska von der Heide " + one["id"]
    store(work, document)
    pages = printed_forms(work)
    assert len(pages.texts) == len(forms(work))
    assert all(page for page in pages.linear)


def test_equal_forms_make_equal_files(work: Workspace) -> None:
    store(work, bp(QUESTIONS))
    assert print_feedback(forms(work)).files == print_feedback(forms(work)).files
    one = forms(work, rooms=[1])
    assert look_at(print_feedback(one)).texts[0].count("Room 1") >= 1
    assert len(one) == 8


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"feedback_paths": "no-adjs", "feedback_from_teams": "no-one"}, "neither teams nor"),
    ],
)
def test_why_there_are_no_forms_is_said(
    work: Workspace, settings: dict[str, str], words: str
) -> None:
    store(work, bp([], **settings))
    with pytest.raises(UserError, match=words):
        forms(work)


def test_without_judges_there_is_nobody_to_rate(work: Workspace) -> None:
    document = bp([])
    for one in document["rounds"][0]["debates"]:
        one["panel"] = []
    store(work, document)
    with pytest.raises(UserError, match="Allocate judges first"):
        forms(work)
