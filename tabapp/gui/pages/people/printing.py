"""Badges and room signs of the rows that are selected, or of all."""

from __future__ import annotations

from tabapp.gui.dialogs.print import open_print
from tabapp.gui.pages.people.board import Board
from tabapp.gui.pages.people.lists import record_of
from tabapp.services.printing import PrintRequest


def print_badges(page: Board) -> None:
    """Open the dialog for the people of the selected rows; a team is its speakers."""
    open_print(page, PrintRequest("badges", only=_people(page)))


def print_signs(page: Board) -> None:
    """Open the dialog for the selected rooms."""
    rooms = _selected(page) if page.current.spec.kind == "venue" else ()
    open_print(page, PrintRequest("signs", only=tuple(str(one) for one in rooms) or None))


def _selected(page: Board) -> tuple[int, ...]:
    """Return the selected rows where there are several; the cursor alone selects nothing."""
    keys = page.chosen()
    return tuple(record_of(key) for key in keys) if len(keys) > 1 else ()


def _people(page: Board) -> tuple[str, ...] | None:
    kind, rows, lists = page.current.spec.kind, _selected(page), page.lists
    if not rows or lists is None:
        return None
    if kind == "team":
        return tuple(f"speaker:{one.id}" for one in lists.speakers if one.team_id in rows) or None
    if kind in ("speaker", "adjudicator"):
        return tuple(f"{kind}:{row}" for row in rows)
    return None
