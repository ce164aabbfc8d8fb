"""Drafts of forms: there after reopening, one for each person, no part of the day's work."""

from __future__ import annotations

from pathlib import Path

from tabapp.app import open_workspace
from tabapp.domain.archive import Archive
from tabapp.services import drafts
from tabapp.services.workspace import Workspace
from tests.builders import small_archive
from tests.reliability.scenes import add

FORM = drafts.ballot_form(1, 7)


def keep(work: Workspace, actor: str, content: dict[str, object]) -> None:
    with work.database.write(actor=actor, verb="keep a draft", tournament=1) as unit:
        drafts.keep_draft(unit, FORM, content)


def found(work: Workspace, actor: str) -> object:
    with work.database.read() as unit:
        draft = drafts.find_draft(unit, FORM, actor)
    return None if draft is None else draft.content


def test_a_draft_is_there_when_the_file_is_opened_again(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        add(work, Archive.model_validate(small_archive()))
        keep(work, "Ann", {"scores": {"og.1": "7"}})
        keep(work, "Ann", {"scores": {"og.1": "78"}})
    with open_workspace(tmp_path / "t.tabapp") as work:
        assert found(work, "Ann") == {"scores": {"og.1": "78"}}
        with work.database.read() as unit:
            draft = drafts.find_draft(unit, FORM, "Ann")
        assert draft is not None
        assert draft.saved_at is not None


def test_each_person_has_an_own_draft_of_a_form(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        keep(work, "Ann", {"comment": "mine"})
        keep(work, "Ben", {"comment": "his"})
        with work.database.write(actor="Ann", verb="enter", tournament=1) as unit:
            drafts.drop_draft(unit, FORM)
        assert (found(work, "Ann"), found(work, "Ben")) == (None, {"comment": "his"})
        with work.database.read() as unit:
            assert drafts.who_is_typing(unit, 1) == {7: ["Ben"]}
            assert drafts.who_is_typing(unit, 11) == {}


def test_a_draft_is_no_action_and_moves_no_revision(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        owner = add(work, Archive.model_validate(small_archive()))
        before = work.database.history(owner.id)
        with work.database.read() as unit:
            stood = unit.revision(owner.id, "results", "draws")
        keep(work, "Ann", {"comment": "typing"})
        assert work.database.history(owner.id) == before
        with work.database.read() as unit:
            assert unit.revision(owner.id, "results", "draws") == stood
