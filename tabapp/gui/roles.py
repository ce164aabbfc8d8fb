"""What each role may do at this window, as tables: the one place where the window asks.

=================  ===============================================================================
Tab director       everything
Adjudication core  everything but: the people at the keyboard, putting a copy back, and taking
                   back what others changed in the settings
Volunteer          the ballot desk of released rounds: what is listed here and nothing else
Nobody (locked)    to sign in, and to quit
=================  ===============================================================================

A volunteer is given what is named in ``_VOLUNTEER`` and in ``_VOLUNTEER_PLACES``; whatever is new
is shut until it is named here. Taken back are typing and what the same person entered at this
window. The setting ``assistant_access`` of Tabbycat is about the pages of its web site that its
assistants may open: it is kept for that program and has no effect here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from tabapp.core.errors import UserError
from tabapp.domain.operators import OperatorRole
from tabapp.gui.actions import Command
from tabapp.gui.identity import Identity
from tabapp.gui.messages import tr
from tabapp.store.journal import Action


class Here(Protocol):
    """What is asked about: a ``Session``."""

    tournament: int
    who: Identity

    @property
    def actor(self) -> str:
        """The name under which is written here."""


_LOCKED = frozenset({"file.quit"})

_VOLUNTEER = _LOCKED | {
    "who.lock",
    "edit.undo", "edit.redo",
    "view.palette", "view.rail", "view.light", "view.dark", "view.system", "view.messages",
    "view.menu", "help.keys",
    "pane.next", "pane.previous", "banner.answer", "problem.next", "toast.act", "toast.dismiss",
    "round.choose", "go.ballots",
    "ballots.save", "ballots.find", "ballots.iron", "ballots.forfeit", "ballots.start_over",
    "ballots.order", "ballots.receive", "ballots.progress", "ballots.next_sheet",
    "ballots.last_sheet", "ballots.correct", "ballots.versions",
}  # fmt: skip
"""Left out of the desk: what a correction changes, discarding what somebody entered, postponing,
deadlines. The page itself lets a volunteer correct nothing but the own entry that waits, and shows
of the versions who typed them and nothing else."""
_VOLUNTEER_PLACES = frozenset({"ballots", "theme"})
"""``theme`` stands for the colours of the window."""

_SHUT_COMMANDS: Mapping[OperatorRole, frozenset[str]] = {
    OperatorRole.ADJUDICATION_CORE: frozenset({
        "health.restore", "settings.operator_add", "settings.operator_edit",
        "settings.operator_pin", "settings.operator_remove", "settings.operator_back",
    }),
}
_SHUT_PLACES: Mapping[OperatorRole, frozenset[str]] = {
    OperatorRole.ADJUDICATION_CORE: frozenset({"settings/operators", "restore"}),
}
"""By role what is taken out of everything. ``restore`` puts a copy in place of the file."""
_KEPT_TOPICS: Mapping[OperatorRole, frozenset[str]] = {
    OperatorRole.ADJUDICATION_CORE: frozenset({"settings"}),
}
"""By role the topics in which only one's own changes are taken back."""


def may_open(session: Here, place: str) -> bool:
    """Tell whether a place such as ``people`` or ``rounds/draw`` may be opened here."""
    who = session.who
    if who.is_locked:
        return False
    if who.is_volunteer:
        return place in _VOLUNTEER_PLACES
    return place not in _SHUT_PLACES.get(who.role, ())


def may_give(session: Here, command: Command | str) -> bool:
    """Tell whether a command, or the one of this name, may be given here."""
    name, who = command if isinstance(command, str) else command.name, session.who
    if who.is_locked:
        return name in _LOCKED
    if who.is_volunteer:
        return name in _VOLUNTEER
    shut = _SHUT_COMMANDS.get(who.role, frozenset())
    return name not in shut


def why_not(session: Here, command: Command | str) -> str:
    """Return why a command may not be given here, "" if it may."""
    if may_give(session, command):
        return ""
    if session.who.is_locked:
        return tr("The window is locked. Sign in first.")
    if session.who.is_volunteer:
        return tr("This is not for volunteers. Ask the tab director.")
    return tr("This is for the tab director alone.")


def may_see_results(session: Here) -> bool:
    """Tell whether ranks, breaks and what a correction would change may be shown here."""
    return bool(session.tournament) and not session.who.is_volunteer


def may_correct(session: Here) -> bool:
    """Tell whether confirmed ballots may be opened and corrected here."""
    return bool(session.tournament) and not session.who.is_volunteer


def may_see_round(session: Here, status: str) -> bool:
    """Tell whether a round whose draw has this status may be looked at here."""
    return not session.who.is_volunteer or (status == "released" and not session.who.is_locked)


def may_undo_all(session: Here) -> bool:
    """Tell whether what others did may be taken back here."""
    return not session.who.is_volunteer


def check_undo(session: Here) -> Callable[[Action], None] | None:
    """Return what refuses to take back what is not for this person; None refuses nothing.

    ``UserError`` ``undo_of_settings``.
    """
    topics, actor = _KEPT_TOPICS.get(session.who.role, frozenset()), session.actor
    if not topics:
        return None

    def check(found: Action) -> None:
        if found.actor != actor and any(topic in topics for _owner, topic in found.topics):
            what = f"{found.verb} {found.subject}".strip()
            raise UserError("undo_of_settings", actor=found.actor, what=what)

    return check
