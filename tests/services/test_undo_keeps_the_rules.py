"""Taking one action back from the history: what no page would do is refused there too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive
from tabapp.services import activity, exchange, rounds, tournament_settings
from tabapp.services.workspace import Workspace
from tabapp.store.tournaments import list_rounds
from tabapp.store.unit import WriteUnit
from tests.builders import small_archive
from tests.services.desk_scenes import confirm, filled, form_of, save
from tests.services.out_rounds import OutRounds, played


def _do(work: Workspace, change: Callable[[WriteUnit], object]) -> int:
    """Do something, and return the id of the action that it was."""
    owner = work.tournament().id
    with work.database.write(actor="Ann", verb="change", tournament=owner) as unit:
        change(unit)
    return work.database.history(owner, limit=1)[0].id


def _refused(work: Workspace, action: int, owner: int) -> str:
    before = work.database.history(owner, limit=1)[0].id
    with pytest.raises(UserError) as error:
        activity.take_back(work.database, owner, action, "Ben")
    assert "{" not in error.value.message
    assert work.database.history(owner, limit=1)[0].id == before
    return error.value.code


def test_a_draw_stays_confirmed_while_it_has_ballots(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        made = small_archive(8, 1, results=False)
        made["rounds"][0]["status"] = "draft"
        exchange.add(
            work.database, Archive.model_validate(made), now=work.clock.now(), actor="Ann")
        owner = work.tournament().id
        with work.database.read() as unit:
            first = list_rounds(unit, owner)[0].id
        confirmed = _do(work, lambda unit: rounds.confirm_draw(unit, first))
        form = form_of(work)
        save(work, form, filled(form))
        assert _refused(work, confirmed, owner) == "undo_under_ballots"
        confirm(work, form_of(work))
        assert _refused(work, confirmed, owner) == "undo_under_ballots"
        for _entered_and_confirmed in range(2):
            work.database.undo(owner, actor="Ben")
        assert activity.take_back(work.database, owner, confirmed, "Ben") == 1
        with work.database.read() as unit:
            assert list_rounds(unit, owner)[0].status == "draft"


def test_a_deleted_draw_with_ballots_comes_back_and_goes_again(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        document = Archive.model_validate(small_archive(8, 1))
        exchange.add(work.database, document, now=work.clock.now(), actor="Ann")
        owner = work.tournament().id
        with work.database.read() as unit:
            first = list_rounds(unit, owner)[0].id
        _do(work, lambda unit: rounds.reopen_round(unit, first))
        deleted = _do(work, lambda unit: rounds.delete_draw(unit, first))
        activity.take_back(work.database, owner, deleted, "Ben")
        work.database.redo(owner, actor="Ben")
        with work.database.read() as unit:
            assert list_rounds(unit, owner)[0].status == "none"


def test_the_format_stays_while_a_round_is_drawn_in_it(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        made = small_archive(8, 1, results=False)
        made["tournament"]["preset"] = "australs"
        made["rounds"][0].update(status="none", debates=[])
        exchange.add(
            work.database, Archive.model_validate(made), now=work.clock.now(), actor="Ann")
        owner = work.tournament().id
        changed = _do(
            work, lambda unit: tournament_settings.change_preset(unit, owner, "bp"))
        with work.database.read() as unit:
            first = list_rounds(unit, owner)[0].id
        work.run("draw.generate", tournament=owner, round_id=first, seed=1)
        assert _refused(work, changed, owner) == "undo_other_format"
        work.database.undo(owner, actor="Ben")  # the draw
        assert activity.take_back(work.database, owner, changed, "Ben") == 1


def test_a_break_stays_while_a_round_is_drawn_from_it(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        room = OutRounds(work, played(8))
        first = room.create_rounds()[0]
        room.make_break()
        made = work.database.history(room.owner.id, limit=1)[0].id
        room.draw(first)
        assert _refused(work, made, room.owner.id) == "undo_under_bracket"
        work.database.undo(room.owner.id, actor="Ben")  # the draw
        assert activity.take_back(work.database, room.owner.id, made, "Ben") == 1
