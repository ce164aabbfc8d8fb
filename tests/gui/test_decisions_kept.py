"""What is decided between entries that differ is kept key by key, for whoever decided it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.core.errors import UserError
from tabapp.gui.pages.ballots.form import Mode
from tabapp.services import double_entry
from tabapp.services.ballot_decision import Decision
from tabapp.services.drafts import decision_form, find_draft, who_is_typing
from tests.gui.ballot_typist import Typist, sit_down
from tests.gui.blind_scenes import BP, blind_desk, enter, save, says, versions

pytestmark = pytest.mark.usefixtures("light")


@pytest.fixture
def differing(qtbot: QtBot, tmp_path: Path) -> Iterator[Typist]:
    """Ann and Ben differ on two marks of D1: og.2 and the last one."""
    with blind_desk(qtbot, tmp_path, BP) as typist:
        typist.open("D1")
        enter(typist, BP)
        save(typist)
        typist.sit("Ben")
        typist.open("D1")
        typist.type("8182797877767572")
        save(typist)
        typist.save()
        assert [one[1] for one in versions(typist)] == ["Ann", "Ben"]
        yield typist


def kept(typist: Typist, who: str) -> dict[str, tuple[int | None, str]]:
    """Return what somebody decided as the file has it: the entry, or another value."""
    form = decision_form(typist.desk.owner.id, 1)
    with typist.desk.workspace.database.read() as unit:
        found = find_draft(unit, form, who)
    if found is None:
        return {}
    chosen = Decision.from_json(found.content).chosen
    return {key: (one.entry, one.value) for (_judge, key), one in chosen.items()}


def reopened(typist: Typist, who: str) -> Typist:
    """Leave nothing in memory, as after a crash, and let somebody sit down at a new window."""
    typist.page.close()
    again = sit_down(typist.desk, typist.people, who)
    again.open("D1")
    return again


def decide_one(typist: Typist, who: str = "Cleo") -> None:
    """Open the room and take the second entry for its first field."""
    typist.sit(who)
    typist.open("D1")
    assert typist.does(Mode.DECIDE)
    assert typist.page.form.decision.to_go == 2
    typist.type("2")
    typist.desk.settle()


def test_what_was_decided_is_there_after_a_crash(differing: Typist) -> None:
    decide_one(differing)
    differing.type("3")  # the third column of the next field
    differing.type("71")
    differing.desk.settle()
    assert kept(differing, "Cleo") == {"og.2": (1, ""), "co.2": (None, "71")}
    again = reopened(differing, "Cleo")
    assert again.does(Mode.DECIDE)
    assert again.page.form.decision.to_go == 0
    assert again.banner().startswith("What you had decided at ")
    again.save()
    assert versions(again)[-1] == ("confirmed", "Cleo", "Cleo")
    assert says(again, BP) == BP.wrong
    assert kept(again, "Cleo") == {}
    again.page.close()


def test_the_next_key_after_a_crash_goes_to_the_field_that_is_open(differing: Typist) -> None:
    decide_one(differing)
    again = reopened(differing, "Cleo")
    decision = again.page.form.decision
    assert [row.chosen is not None for row in decision.rows] == [True, False]
    again.type("1")
    again.desk.settle()
    assert decision.to_go == 0
    assert again.banner().startswith("Ann and Ben entered it differently.")  # the other was read
    again.page.close()


def test_nobody_else_sees_what_somebody_decided(differing: Typist) -> None:
    decide_one(differing)
    differing.sit("Dana")
    differing.open("D1")
    assert differing.does(Mode.DECIDE)
    assert differing.page.form.decision.to_go == 2
    assert differing.banner().startswith("Ann and Ben entered it differently.")
    differing.sit("Cleo")
    differing.open("D1")
    assert differing.page.form.decision.to_go == 1


def test_what_is_decided_makes_no_draft_of_the_ballot_itself(differing: Typist) -> None:
    decide_one(differing)
    with differing.desk.workspace.database.read() as unit:
        assert who_is_typing(unit, differing.desk.owner.id) == {}


def test_what_is_taken_back_is_not_kept(differing: Typist) -> None:
    decide_one(differing)
    assert differing.page.undo_typing()
    differing.desk.settle()
    assert kept(differing, "Cleo") == {}
    again = reopened(differing, "Cleo")
    assert again.page.form.decision.to_go == 2
    assert not again.banner().startswith("What you had decided")
    again.page.close()


def test_start_over_opens_every_field_and_undo_brings_it_back(differing: Typist) -> None:
    decide_one(differing)
    again = reopened(differing, "Cleo")
    assert again.page.form.top.answer()  # F7
    again.desk.settle()
    assert again.page.form.decision.to_go == 2
    assert kept(again, "Cleo") == {}
    assert again.page.undo_typing()
    again.desk.settle()
    assert kept(again, "Cleo") == {"og.2": (1, "")}
    assert again.page.why_not("ballots.start_over") == ""
    again.page.run("ballots.start_over")
    again.desk.settle()
    assert again.page.form.decision.to_go == 2
    assert again.page.why_not("ballots.start_over") == "No ballot is being typed."
    again.page.close()


def test_what_was_decided_of_other_entries_is_not_filled_in(differing: Typist) -> None:
    decide_one(differing)
    differing.sit("Ann")
    differing.open("D1")
    differing.press(Qt.Key.Key_F2)
    differing.type("79")
    save(differing)
    differing.save()
    assert [one[0] for one in versions(differing)].count("draft") == 2
    again = reopened(differing, "Cleo")
    assert again.does(Mode.DECIDE)
    assert again.page.form.decision.to_go == 3
    assert again.banner() == "The entries changed since you began to decide. Decide anew."
    again.type("1")
    again.desk.settle()
    assert set(kept(again, "Cleo")) == {"og.1"}
    again.page.close()


def test_a_refused_decision_is_still_kept(
    differing: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide_one(differing)
    differing.type("1")
    differing.desk.settle()

    def refuse(*_args: object, **_more: object) -> None:
        raise UserError("ballot_not_waiting")

    monkeypatch.setattr(double_entry, "decide", refuse)
    differing.save()
    assert kept(differing, "Cleo") == {"og.2": (1, ""), "co.2": (0, "")}
    assert differing.page.form.decision.to_go == 0
