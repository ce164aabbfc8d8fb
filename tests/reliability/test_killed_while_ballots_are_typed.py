"""What was typed at the ballot desk survives a sudden death of the window, key by key."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import statistics
import sys
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL
from typing import Any

import pytest

pytest.importorskip("PySide6.QtTest", exc_type=ImportError)

from tabapp.app import open_workspace
from tabapp.domain.archive import Archive
from tabapp.gui.pages.ballots.form import Mode
from tabapp.services.ballot_form import read_form
from tabapp.services.drafts import decision_form, find_draft
from tabapp.services.operators import SealedPin, add_operator
from tests.builders import small_archive
from tests.gui.ballot_typist import STAFF
from tests.reliability.programs import begin, everything_said
from tests.reliability.scenes import THOROUGH, add, assert_results_are_derived
from tests.reliability.typists import Step, Story, type_ballot
from tests.voting import voting_archive

KILLS = 200 if THOROUGH else 30
LONGEST = 3600.0 if THOROUGH else 40.0
"""Seconds after which no further kill is begun."""
FEWEST = 8
"""Kills without which nothing is proven, however slow the machine."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")

SPEECHES = ("og.1", "og.2", "oo.1", "oo.2", "cg.1", "cg.2", "co.1", "co.2")
TWO = ("aff.1", "aff.2", "aff.3", "aff.4", "neg.1", "neg.2", "neg.3", "neg.4")
RIGHT = "9580797877767574"  # the first is unusual, so that it is asked about
WRONG = "9582797877767574"
SAVE, ANSWER = Step("save"), Step("answer")
Said = list[Any]


def marks(keys: tuple[str, ...], text: str, judge: str = "") -> tuple[Step, ...]:
    """Return the steps that type a sheet, two digits for each speech."""
    return tuple(
        Step("mark", text[2 * n:2 * n + 2], key, judge) for n, key in enumerate(keys))


BLIND = (
    Story("enter", "Ann", "D1", Mode.ENTER, (*marks(SPEECHES, RIGHT), ANSWER, SAVE, SAVE)),
    Story("second", "Ben", "D1", Mode.SECOND, (*marks(SPEECHES, RIGHT), ANSWER, SAVE, SAVE)),
    Story("correct", "Dana", "D1", Mode.CORRECT, (
        Step("correct"), Step("mark", "82", "og.1"), SAVE, Step("reason", "read wrongly"),
        SAVE, SAVE)),
    Story("enter", "Ann", "D2", Mode.ENTER, (*marks(SPEECHES, RIGHT), ANSWER, SAVE, SAVE)),
    Story("differ", "Ben", "D2", Mode.SECOND, (
        *marks(SPEECHES, WRONG), ANSWER, SAVE, SAVE, SAVE)),
    Story("decide", "Cleo", "D2", Mode.DECIDE, (Step("decide", "1"), SAVE)),
)
PANEL = (
    Story("enter", "", "D1", Mode.ENTER, (
        *marks(TWO, "7575753774747436", "A1"), *marks(TWO, "7675743877767537", "A2"),
        *marks(TWO, "7776753875757537", "A3"), Step("comment", "late start"), SAVE, SAVE)),
    Story("check", "", "D1", Mode.CHECK, (SAVE,)),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A story as it goes undisturbed: the files around it, and what is kept after each key."""

    story: Story
    before: Path
    after: list[tuple[str, str, str]]
    drafts: list[Any]


def make_file(path: Path, stories: tuple[Story, ...]) -> None:
    """Make a round that waits for its ballots: typed blind by people, or by whoever is there."""
    if stories is BLIND:
        made = small_archive(8, 1, results=False, judges_per_room=2)
        made["tournament"]["settings"] = {"enable_blind_checks": True}
    else:
        made = voting_archive(results=False)
    with open_workspace(path, create=True) as work:
        owner = add(work, Archive.model_validate(made))
        if stories is BLIND:
            with work.database.write(actor="Setup", verb="add", tournament=owner.id) as unit:
                for name, role in STAFF.items():
                    add_operator(unit, name, role, SealedPin("nobody's"))


def look(path: Path, story: Story) -> tuple[list[tuple[str, str, str]], Any]:
    """Return the versions of a ballot, and the draft of whoever types it or decides on it."""
    with open_workspace(path) as work:
        actor, owner = story.who or work.actor, work.tournament().id
        with work.database.read() as unit:
            form = read_form(unit, owner, story.ref, actor)
            draft = form.draft if story.mode is not Mode.DECIDE else find_draft(
                unit, decision_form(owner, form.room.id), actor)
        assert_results_are_derived(work.database)
    content = None if draft is None else dict(draft.content)
    return [(one.status, one.entered_by, one.confirmed_by) for one in form.room.versions], content


def assert_sound(path: Path) -> None:
    """Read the file as it was left, before the program touches it."""
    with closing(sqlite3.connect(path)) as driver:
        assert driver.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert driver.execute("PRAGMA foreign_key_check").fetchall() == []


def tell_undisturbed(path: Path, stories: tuple[Story, ...]) -> list[Told]:
    """Let every story of a file happen to its end, one after the other."""
    make_file(path, stories)
    found = []
    for n, story in enumerate(stories):
        before = path.with_name(f"{path.stem}-{n}.tabapp")
        shutil.copy(path, before)
        _versions, kept = look(path, story)
        assert kept is None
        process, hears = begin(type_ballot, path, story, 0, False)
        said = everything_said(hears)
        process.join()
        assert process.exitcode == 0, said[-3:]
        assert said[-1][0] == "finished", (story.name, said[-3:])
        drafts = [None, *(one[2] for one in said if one[0] == "typed")]
        versions, kept = look(path, story)
        assert kept is None
        found.append(Told(story, before, versions, drafts))
    return found


def killed(
    path: Path, story: Story, first: int, chance: random.Random
) -> tuple[Said, bool]:
    """Let somebody type on, kill the window at a random moment; return what it said."""
    process, hears = begin(type_ballot, path, story, first, chance.random() < 0.3)
    said: Said = []
    enough = chance.randrange(1, 3 * (story.begin_of(len(story.steps)) - story.begin_of(first)) + 3)
    try:
        while len(said) < enough:
            said.append(hears.recv())
    except EOFError:  # it came to its end
        process.join()
        return said, False
    timer = threading.Timer(chance.random() * 0.03, process.kill)
    timer.start()
    said += everything_said(hears)
    timer.join()
    process.join()
    assert process.exitcode in (-SIGKILL, 0), said[-3:]
    return said, process.exitcode == -SIGKILL


def possible(said: Said, since: int, begun: int) -> list[int]:
    """Return after how many keys the draft can be as it is.

    ``since`` is what it held when the window was opened, which then began at ``begun``: a field
    that was half typed is typed anew, and until that is kept the disk holds the old half.
    """
    kept = [line[1] for line in said if line[0] == "kept"]
    pressed = [line[1] + 1 for line in said if line[0] == "key"]
    least = kept[-1] if kept else begun + 1
    return [*([] if kept else [since]), *range(least, max(pressed, default=begun) + 1)]


def assert_came_back(told: Told, shown: Any, draft: Any) -> None:
    """Fail unless the form that was opened again shows what was kept, on the sheet it was left."""
    _open, mode, judge, bundle = shown
    story = told.story
    if draft is None:
        return
    assert mode == story.mode
    assert as_kept(bundle) == as_kept(draft)
    sheets = draft.get("sheets", {})
    keys = {step.key for step in story.steps if step.what == "mark"}
    left = [ref for ref, one in sheets.items() if not keys <= one["scores"].keys()]
    if judge and left:
        assert judge == left[0]


def as_kept(content: Any) -> Any:
    """Return what is typed as JSON has it; who forfeited is put on each sheet when it is shown."""
    return json.loads(json.dumps(content, sort_keys=True))


def test_no_key_is_lost_when_the_window_is_killed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(KILLS)
    stories = [
        *tell_undisturbed(tmp_path / "blind.tabapp", BLIND),
        *tell_undisturbed(tmp_path / "panel.tabapp", PANEL)]
    path = tmp_path / "live.tabapp"
    began = time.monotonic()
    kills, keys, ended, lost = 0, 0, 0, []
    turn = chance.sample(range(len(stories)), len(stories))
    while kills < KILLS and (kills < FEWEST or time.monotonic() - began < LONGEST):
        told = stories[turn[ended % len(turn)]]
        story = told.story
        for rest in path.parent.glob("live.tabapp*"):
            rest.unlink()
        shutil.copy(told.before, path)
        versions_before, draft = look(path, story)
        first, since, is_over = 0, 0, False
        for _kill in range(6):
            said, was_killed = killed(path, story, first, chance)
            kills += was_killed
            keys += sum(one[0] == "typed" for one in said)
            if was_killed:
                assert_sound(path)
            opened = [one for one in said if one[0] == "open"]
            if opened:
                assert_came_back(told, opened[0], draft)
            versions, draft = look(path, story)
            says_finished = any(one[0] == "finished" for one in said)
            assert says_finished <= (versions == told.after), (story.name, said[-3:], versions)
            if versions == told.after:
                assert draft is None, story.name
                is_over = True
                break
            assert versions == versions_before, story.name
            could = possible(said, since, story.begin_of(first))
            # the last key saves, and types nothing
            fits = [n for n in could if n < len(told.drafts) and told.drafts[n] == draft]
            assert fits, (story.name, could, said[-4:], draft)
            typed = [one[1] for one in said if one[0] == "typed"]
            lost.append(max(0, (typed[-1] if typed else since) - max(fits)))
            since = min(fits) if draft is not None else 0  # F2 alone leaves nothing
            first = story.step_at(since)
        ended += 1
        assert is_over or kills
    figures = (
        f"{kills} kills, {keys} keys typed at the desk; lost keys: median"
        f" {statistics.median(lost):g}, most {max(lost)}")
    with capsys.disabled():
        sys.stdout.write(f"\n{figures}; {time.monotonic() - began:.0f} s\n")
    assert kills >= FEWEST


@pytest.mark.parametrize("stories", [BLIND, PANEL], ids=["blind", "panel"])
def test_each_step_is_taken_back_and_done_again_after_a_restart(
    tmp_path: Path, stories: tuple[Story, ...]
) -> None:
    path = tmp_path / "live.tabapp"
    told = tell_undisturbed(path, stories)
    for one in reversed(told):
        before, _draft = look(one.before, one.story)
        for turn in ("undo", "redo", "undo"):
            with open_workspace(path) as work:
                getattr(work.database, turn)(work.tournament().id, actor="Dana")
            versions, _draft = look(path, one.story)
            assert versions == (before if turn == "undo" else one.after), one.story.name
        assert_sound(path)
