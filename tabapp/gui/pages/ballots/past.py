"""What was typed in one form, step by step, so that typing can be taken back and typed again."""

from __future__ import annotations

from tabapp.services.ballot_sheet import Typed

LONGEST = 200
"""Steps that are remembered; a sheet has some twenty fields."""

_Step = tuple[str, Typed]
"""The field that was typed in, and the whole sheet as it was."""


class Past:
    """The steps of a form. What is typed into one field at a stretch is one step."""

    def __init__(self, *, touched: bool = False) -> None:
        """``touched``: something was typed in this form before it was opened here."""
        self.touched = touched
        self._before: list[_Step] = []
        self._after: list[_Step] = []
        self._open = False

    def note(self, key: str, before: Typed) -> None:
        """Remember how the sheet was before somebody typed in the field ``key``."""
        self.touched = True
        self._after.clear()
        if self._open and key and self._before and self._before[-1][0] == key:
            return
        self._before = [*self._before[1 - LONGEST:], (key, before.copy())]
        self._open = True

    def end_step(self) -> None:
        """Let what is typed next be a step of its own."""
        self._open = False

    def back(self, now: Typed) -> _Step | None:
        """Return the field and the sheet of the step before; None where there is none."""
        return self._turn(self._before, self._after, now)

    def forth(self, now: Typed) -> _Step | None:
        """Return the field and the sheet that were taken back last; None where there is none."""
        return self._turn(self._after, self._before, now)

    def _turn(self, here: list[_Step], there: list[_Step], now: Typed) -> _Step | None:
        self._open = False
        if not here:
            return None
        key, sheet = here.pop()
        there.append((key, now.copy()))
        return key, sheet
