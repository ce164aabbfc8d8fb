"""Random lives of one room's ballot, held at every step against a plain list of versions."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tabapp.app import open_workspace
from tabapp.core.errors import ProblemsFound, UserError
from tabapp.domain.archive import Archive, Ballot
from tabapp.domain.operators import OperatorRole
from tabapp.services import double_entry, postponing
from tabapp.services.ballot_desk import read_desk
from tabapp.services.ballots import Entry, Seen, discard_ballot, same_content, save_ballot
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.operator_rows import insert_operator, list_operator_rows, update_operator
from tests.reference.ballot_room import PaperRoom, points
from tests.reliability.scenes import THOROUGH, add, assert_results_are_derived
from tests.services.desk_scenes import form_of, write
from tests.services.double_scene import PEOPLE, scene
from tests.services.test_ballots import counted
from tests.voting import sheets, voting_archive

Doc = dict[str, Any]
STEPS = 400 if THOROUGH else 60
STATEMENTS = 32
"""What a write at the desk may cost at most, however long the life of its room was."""
STRANGER = "Zed"
RULES: dict[str, Doc] = {
    "blind": {"enable_blind_checks": True},
    "blind, core confirms": {
        "enable_blind_checks": True, "ballot_confirmed_by": "adjudication_core"},
    "a look": {"enable_blind_checks": False},
    "one person": {"enable_blind_checks": True, "ballot_one_person": True},
    "direct": {"disable_ballot_confirms": True},
}


def papers(format_: str) -> tuple[Archive, list[Doc]]:
    """Return a drawn round and four sound ballots of its D1 that say other things."""
    if format_ == "two":
        made = voting_archive(results=False, ballots_per_debate_prelim="per-debate")
        archive = Archive.model_validate(made)
        right: Doc = {"sheets": [{**copy.deepcopy(sheets()["D1"][0]), "adjudicator": None}]}
    else:
        archive, right, _wrong = scene(format_)
    given = []
    for mark in (None, 70, 71, 72):
        one = copy.deepcopy(right)
        for sheet in one["sheets"]:
            if mark is not None:
                sheet["sides"][0]["speeches"][0]["score"] = mark
        given.append({**one, "reason": "as the paper says"})
    return archive, given


class Life:
    """The room in the program beside the one on the list."""

    def __init__(self, work: Workspace, format_: str, rules: Doc, seed: int) -> None:
        archive, self.papers = papers(format_)
        archive.tournament.settings = {
            **archive.tournament.settings, "enable_postponements": True, **rules}
        self.work, self.owner, self.rng = work, add(work, archive), random.Random(seed)
        write(work, "Dee", lambda unit: [
            insert_operator(unit, name, role.value) for name, role in PEOPLE.items()])
        self.model = PaperRoom(
            blind=rules.get("enable_blind_checks", False),
            one_person=rules.get("ballot_one_person", False),
            direct=rules.get("disable_ballot_confirms", False),
            confirms=rules.get("ballot_confirmed_by", "volunteer"),
            people={name: role.value for name, role in PEOPLE.items()})
        self.old: Seen | None = None
        self.most = 0
        """The most versions that there ever were."""
        self.debate = form_of(work).room.id

    def entry(self, content: int) -> Entry:
        return Entry(1, "D1", Ballot.model_validate(self.papers[content]))

    def did(self, who: str, do: Callable[[Any], object]) -> object:
        """Return what a write gave, or None where it was refused."""
        found: list[object] = []
        try:
            with counted() as seen:
                write(self.work, who, lambda unit: found.append(do(unit)))
        except (UserError, ProblemsFound):
            return None
        assert len(seen) <= STATEMENTS, "\n".join(seen)
        return found[0] or True

    def step(self) -> str:
        """Do something by lot on both sides; return what."""
        rng, model = self.rng, self.model
        who = rng.choice([*PEOPLE, STRANGER])
        role = OperatorRole(model.role(who))
        content, insist = rng.randrange(len(self.papers)), rng.random() < 0.6
        owner, form = self.work.tournament(), form_of(self.work, actor=who)
        seen, stale = form.seen, False
        if self.old is not None and rng.random() < 0.1:
            seen, stale = self.old, self.old != form.seen
        self.old = form.seen
        number = rng.randrange(len(model.versions)) if model.versions else -1
        what = rng.choice([
            *["enter"] * 4, *["second"] * 5, "decide", "decide", *["confirm"] * 3, "discard",
            "undo", "redo", "redo", "postpone", "resume", "resume", "people"])
        if number < 0 and what in ("confirm", "discard"):
            what = "enter"
        told = f"{what} by {who} of {content}, version {number + 1}"
        row = form.room.versions[number].id if number >= 0 else 0
        match what:
            case "enter":
                expected: object = not stale and model.enter(who, content)
                done = self.did(who, lambda unit: save_ballot(
                    unit, owner, self.entry(content), seen=seen))
            case "second":
                expected = "" if stale else model.second(who, content, insist=insist)
                done = self.did(who, lambda unit: double_entry.save_second(
                    unit, owner, self.entry(content), seen=seen, role=role, insist=insist))
                done = getattr(done, "outcome", "")
                assert done == expected, told
            case "decide":
                expected = not stale and model.decide(who, content)
                done = self.did(who, lambda unit: double_entry.decide(
                    unit, owner, self.entry(content), seen=seen, role=role))
            case "confirm":
                expected = not stale and model.confirm(who, number)
                done = self.did(who, lambda unit: double_entry.confirm(
                    unit, owner, "D1", row, seen=seen, role=role))
            case "discard":
                expected = not stale and model.discard(who, number)
                done = self.did(who, lambda unit: discard_ballot(
                    unit, owner, "D1", row, seen=seen))
            case "postpone" | "resume":
                expected = getattr(model, what)()
                done = self.did("Dee", lambda unit: getattr(postponing, what)(unit, self.debate))
            case "people":
                expected = done = True
                self.move(rng.choice(list(PEOPLE)))
            case _:
                expected = done = bool(model.past if what == "undo" else model.future)
                if done:
                    getattr(model, what)()
                    getattr(self.work.database, what)(owner.id, actor="Dee")
        assert bool(done) == bool(expected), f"{told}: {done}, expected {expected}"
        return told

    def move(self, name: str) -> None:
        """Let a person go, or come back."""
        gone = self.model.gone
        gone.symmetric_difference_update({name})
        with self.work.database.write(actor="Dee", trail=False, undoable=False) as unit:
            row = next(one for one in list_operator_rows(unit) if one.name == name)
            update_operator(unit, row.id, active=name not in gone)

    def compare(self, told: str) -> None:
        """Hold everything that is stored against the list."""
        form, model = form_of(self.work), self.model
        stored = [one for _row, one in form.ballots]
        assert [(one.status, one.entered_by, one.confirmed_by) for one in stored] == [
            (one.status, one.by, one.signed) for one in model.versions], told
        self.most = max(self.most, len(stored))
        assert [one.version for one in stored] == list(range(1, len(stored) + 1)), told
        for one, version in zip(stored, model.versions, strict=True):
            assert same_content(one, self.entry(version.content).ballot), told
        assert [one.status for one in stored].count("confirmed") <= 1
        counts = model.confirmed
        table = schema.result_team
        with self.work.database.read() as unit:
            state = next(
                one.state for one in read_desk(unit, self.owner.id, None).rooms
                if one.row.ref == "D1")
            found = dict(unit.fetch(
                select(table.c.side, table.c.points)
                .where(table.c.debate_id == self.debate)))
        assert state == model.state, told
        expected = points(self.papers[counts.content]["sheets"]) if counts else {}
        assert found == expected, told


@pytest.mark.parametrize("format_", ["bp", "two", "panel"])
@pytest.mark.parametrize("rules", RULES)
def test_a_room_lives_as_the_rules_of_the_desk_say(
    rules: str, format_: str, tmp_path: Path
) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        life = Life(work, format_, RULES[rules], seed=len(rules) + len(format_))
        done = []
        for _ in range(STEPS):
            done.append(life.step())
            life.compare("\n".join(done[-6:]))
        assert_results_are_derived(work.database)
        assert life.most >= 2
