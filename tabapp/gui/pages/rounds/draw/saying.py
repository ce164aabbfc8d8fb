"""What is said above the draw: one banner at a time, at times with the way to put it right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QVBoxLayout

from tabapp.gui.messages import count, tr
from tabapp.gui.page import Page
from tabapp.gui.widgets.cards import Banner
from tabapp.services.draw_sheet import DrawSheet


class Saying:
    """Puts the banner first in the column of a stage."""

    def __init__(self, stage: Page[object], column: QVBoxLayout) -> None:
        self._stage, self._column = stage, column
        self._banner: Banner | None = None
        self._stands: Callable[[DrawSheet], bool] | None = None
        self._is_seen = False

    def say(
        self, sentence: str | None, action: str = "", do: Callable[[], None] | None = None,
        tone: str = "attention",
    ) -> None:  # fmt: skip
        """Say this instead of what was said before; None says nothing."""
        if self._banner is not None:
            self._column.removeWidget(self._banner)
            self._banner.deleteLater()
            self._banner = None
        self._stands, self._is_seen = None, False
        if sentence:
            self._banner = Banner(
                sentence, tone=tone, action=action, keys=("F7",) if action else ())
            if do is not None:
                self._banner.answered.connect(do)
            self._column.insertWidget(0, self._banner)

    def show_sheet(self, sheet: DrawSheet) -> None:
        """Say that a draw is older than what it was made from; end what does not hold any more.

        What was refused may be ahead of what is read: it ends once it was seen to hold, and not.
        """
        if _is_old(sheet):
            self.say(
                tr("Results, people or settings have changed since this draw was made. "
                   "Draw again, or leave it as it is."))
            self._until(_is_old, sheet)
        elif self._stands is not None:
            holds = self._stands(sheet)
            if self._is_seen and not holds:
                self.say(None)
            else:
                self._is_seen = holds

    def _until(self, stands: Callable[[DrawSheet], bool], sheet: DrawSheet) -> None:
        """Leave the banner for as long as ``stands`` is told by what is read."""
        self._stands, self._is_seen = stands, stands(sheet)

    def forget_refusal(self) -> None:
        """Say nothing more of what was refused; what the draw itself says stays."""
        if self._stands is not _is_old:
            self.say(None)

    def refuse(self, sheet: DrawSheet, code: str, sentence: str) -> None:
        """Say why there is no draw, with the way to put it right, until it is put right."""
        run, go = self._stage.run, self._stage.session.go
        if code == "results_missing":
            if sheet.waits_for is not None:
                earlier, missing = sheet.waits_for
                sentence = tr(
                    "{round} misses {ballots}. Enter them, or draw without them.",
                    ballots=count(missing, "ballot", "ballots"), round=earlier)
            self.say(sentence, tr("Draw without them"), lambda: run("draw.without"))
        elif code in ("draw_team_count", "draw_too_few_teams"):
            self.say(
                sentence, tr("Open availability"), lambda: go("rounds/availability"),
                tone="problem")
        elif code == "draw_seen_otherwise":
            self.say(sentence, tr("Draw again"), lambda: run("draw.again"), tone="problem")
        else:
            self.say(sentence, tone="problem")
        if not sheet.rooms:
            self._until(_STANDS.get(code, _is_undrawn), sheet)


def _is_old(sheet: DrawSheet) -> bool:
    return bool(sheet.rooms) and sheet.input_changed and not sheet.round.completed


def _is_undrawn(sheet: DrawSheet) -> bool:
    return not sheet.rooms


def _waits(sheet: DrawSheet) -> bool:
    return not sheet.rooms and sheet.waits_for is not None


def _does_not_fit(sheet: DrawSheet) -> bool:
    size = sheet.owner.settings.teams_in_debate
    return not sheet.rooms and (sheet.teams_here < size or sheet.teams_here % size != 0)


_STANDS: Mapping[str, Callable[[DrawSheet], bool]] = {
    "results_missing": _waits, "draw_team_count": _does_not_fit,
    "draw_too_few_teams": _does_not_fit,
}
"""By what is read of a round that is not drawn, whether what refused the draw holds still."""
