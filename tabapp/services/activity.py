"""The trail of what was done: its lines, and taking back one action or all since a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tabapp.core.errors import UserError
from tabapp.store.database import Database
from tabapp.store.journal import Action, read_action, read_history
from tabapp.store.overview_reads import run_titles
from tabapp.store.unit import ReadUnit

PAGE = 500
"""Actions that a look at the trail brings."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One action in the trail. One that a job did not describe has the title of its run.

    ``undone_at`` and ``undone_by`` tell that it was taken back; ``is_undo`` that it took back.
    """

    id: int
    at: datetime | None
    actor: str
    verb: str
    subject: str
    of_job: bool
    is_undo: bool
    undone_by: str
    undone_at: datetime | None
    can_undo: bool

    @property
    def is_undone(self) -> bool:
        """Tell whether somebody took it back."""
        return self.undone_at is not None or bool(self.undone_by)


def trail(unit: ReadUnit, tournament_id: int | None, *, limit: int = PAGE) -> list[Entry]:
    """Return the newest actions first, those that took something back among them."""
    actions = read_history(unit.connection, tournament_id, limit)
    known = {one.id: one for one in actions}
    for one in actions:
        if one.undone_by is not None and one.undone_by not in known:
            found = read_action(unit.connection, one.undone_by)
            if found is not None:
                known[found.id] = found
    titles = run_titles(unit, {one.run_id for one in known.values() if one.run_id is not None})
    return [_entry(one, known, titles) for one in actions if one.trail]


def _entry(one: Action, known: dict[int, Action], titles: dict[int, str]) -> Entry:
    named = one.verb.replace(".", "").isidentifier() and "." in one.verb
    of_job = one.run_id is not None and one.undoes is None and named
    title = titles.get(one.run_id or 0, "") if of_job else ""
    by = known.get(one.undone_by) if one.undone_by is not None else None
    return Entry(
        id=one.id, at=one.at, actor=one.actor, verb=one.verb, subject=title or one.subject,
        of_job=of_job,
        is_undo=one.undoes is not None, undone_by=by.actor if by else "",
        undone_at=by.at if by else None,
        can_undo=one.undoable and one.undoes is None and one.undone_by is None)


def take_back(
    database: Database, tournament_id: int | None, action_id: int, actor: str,
    check: Callable[[Action], None] | None = None,
) -> int:  # fmt: skip
    """Take one action back; ``UserError`` ``undo_blocked`` names the later one that holds it.

    ``check`` may refuse by an error of its own what is not for this person.
    """
    database.undo(tournament_id, actor=actor, action_id=action_id, check=check)
    return 1


def take_back_to(
    database: Database, tournament_id: int | None, action_id: int, actor: str,
    check: Callable[[Action], None] | None = None,
) -> int:  # fmt: skip
    """Take back everything since an action and the action itself, the newest first.

    Returns how many. ``UserError("undo_stopped")`` where one in between cannot be taken back:
    those after it are taken back then, each an action that can be done again.
    """
    with database.read() as unit:
        wanted = [one.id for one in trail(unit, tournament_id, limit=PAGE * 20)
                  if one.id >= action_id and one.can_undo]
    done = 0
    for one in wanted:
        try:
            database.undo(tournament_id, actor=actor, action_id=one, check=check)
        except UserError as error:
            raise UserError(
                "undo_stopped", done=done, wanted=len(wanted), reason=error.message) from error
        done += 1
    return done
