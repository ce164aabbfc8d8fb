"""What was typed in one form, step by step, so that typing can be taken back and typed again."""

from __future__ import annotations

from tabapp.services.ballot_bundle import Bundle

LONGEST = 200
"""Steps that are remembered; a sheet has some twenty fields."""

_Step = tuple[str, Bundle]
"""The field that was typed in, and all sheets as they were."""


class Past:
    """The steps of a form. What is typed into one field at a stretch is one step."""

    def __init__(self, *, touched: bool = False) -> None:
        """``touched``: something was typed in this form before it was opened here."""
        self.touched = touched
        self._before: list[_Step] = []
        self._after: list[_Step] = []
        self._open = False

    def copy(self) -> Past:
        """Return the same steps, which stay when more is typed."""
        made = Past(touched=self.touched)
        made._before, made._after, made._open = (
            list(self._before), list(self._after), self._open)
        return made

    def note(self, key: str, before: Bundle) -> None:
        """Remember how the sheets were before somebody typed in the field ``key``."""
        self.touched = True
        self._after.clear()
        if self._open and key and self._before and self._before[-1][0] == key:
            return
        self._before = [*self._before[1 - LONGEST:], (key, before.copy())]
        self._open = True

    def end_step(self) -> None:
        """Let what is typed next be a step of its own."""
        self._open = False

    def back(self, now: Bundle) -> _Step | None:
        """Return the field and the sheets of the step before; None where there is none."""
        return self._turn(self._before, self._after, now)

    def forth(self, now: Bundle) -> _Step | None:
        """Return the field and the sheets that were taken back last; None where there is none."""
        return self._turn(self._after, self._before, now)

    def _turn(self, here: list[_Step], there: list[_Step], now: Bundle) -> _Step | None:
        self._open = False
        if not here:
            return None
        key, sheet = here.pop()
        there.append((key, now.copy()))
        return key, sheet
