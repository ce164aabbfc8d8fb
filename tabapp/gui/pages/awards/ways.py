"""Where the place awards leads to: a person, the hall, and what keeps an award from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tabapp.gui.dialogs.print import open_print
from tabapp.gui.messages import tr
from tabapp.gui.page import Page
from tabapp.services.award_views import AwardLine, Winner
from tabapp.services.award_waits import Lack
from tabapp.services.printing import PrintRequest

_KINDS = {"teams": "team", "speakers": "speaker", "adjudicators": "adjudicator"}
"""What the place people calls the winners of a family."""
Way = tuple[str, object]
"""A place, and what to show there."""


def why_no_person(line: AwardLine | None) -> str:
    """Return why no winner of an award can be opened; "" if one can."""
    if line is None or not line.is_earned:
        return tr("Nobody has this award yet.")
    return "" if line.family in _KINDS else tr("The tournament itself has this award.")


def to_person(line: AwardLine, winner: Winner) -> Way:
    """Return where a winner is found."""
    return "people", (_KINDS[line.family], winner.subject)


def why_not_in_the_hall(line: AwardLine | None) -> str:
    """Return why an award cannot be prepared for the hall."""
    if line is None:
        return tr("Choose an award first.")
    return "" if line.is_earned else tr("Nobody has this award yet.")


def why_no_release(lacks: Sequence[Lack]) -> str:
    """Return why nothing can be released for an award."""
    if not lacks:
        return tr("This award waits for nothing.")
    return tr("This award is never public.") if lacks[0].need == "never" else ""


def to_release(lacks: Sequence[Lack]) -> Way | None:
    """Return where that is released which an award waits for first; None for a check."""
    need = lacks[0].need
    if need == "check":
        return None
    return ("rounds/complete", None) if need == "completed" else ("settings", need)


def print_winners(page: Page[Any], line: AwardLine | None) -> None:
    """Open the certificates of an award; those of all who took part where nobody has it."""
    subject = f"award:{line.key}" if line is not None and line.is_earned else "participation"
    open_print(page, PrintRequest("certificates", subject=subject))
