"""What roles are called on the screen, and what a tab director is told once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tabapp.domain.operators import OperatorRole
from tabapp.gui.messages import tr
from tabapp.services.operators import Reset

ROLES: Mapping[OperatorRole, str] = {
    OperatorRole.VOLUNTEER: "Volunteer",
    OperatorRole.ADJUDICATION_CORE: "Adjudication core",
    OperatorRole.TAB_DIRECTOR: "Tab director",
}
"""The roles from the least to the most trusted, as they are chosen."""

_SHOWN = 3


def role_words(role: OperatorRole) -> str:
    """Return what a role is called."""
    return tr(ROLES[role])


def reset_words(resets: Sequence[Reset]) -> str:
    """Return what a tab director is told at the next sign-in; "" where nothing happened."""
    if not resets:
        return ""
    told = [
        tr("{by} {at}: {verb} {subject}", by=one.by, at=_when(one), verb=tr(one.verb),
           subject=one.subject)
        for one in resets[-_SHOWN:]]
    more = len(resets) - len(told)
    if more:
        told.append(tr("and {n} more in the activity trail", n=more))
    return tr("While you were away: {what}.", what="; ".join(told))


def _when(one: Reset) -> str:
    return f"{one.at.astimezone():%d.%m. %H:%M}" if one.at is not None else ""
