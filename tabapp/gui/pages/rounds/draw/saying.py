"""What is said above the draw: one banner at a time, at times with the way to put it right."""

from __future__ import annotations

from collections.abc import Callable

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
        self._of_sheet = False

    def say(
        self, sentence: str | None, action: str = "", do: Callable[[], None] | None = None,
        tone: str = "attention",
    ) -> None:  # fmt: skip
        """Say this instead of what was said before; None says nothing."""
        if self._banner is not None:
            self._column.removeWidget(self._banner)
            self._banner.deleteLater()
            self._banner = None
        self._of_sheet = False
        if sentence:
            self._banner = Banner(
                sentence, tone=tone, action=action, keys=("F7",) if action else ())
            if do is not None:
                self._banner.answered.connect(do)
            self._column.insertWidget(0, self._banner)

    def show_sheet(self, sheet: DrawSheet) -> None:
        """Say that a draw is older than what it was made from, until one is shown that is not."""
        if sheet.rooms and sheet.input_changed and not sheet.round.completed:
            self.say(
                tr("Results, people or settings have changed since this draw was made. "
                   "Draw again, or leave it as it is."))
            self._of_sheet = True
        elif self._of_sheet:
            self.say(None)

    def refuse(self, sheet: DrawSheet | None, code: str, sentence: str) -> None:
        """Say why there is no draw, with the way to put it right."""
        run, go = self._stage.run, self._stage.session.go
        if code == "results_missing":
            if sheet is not None and sheet.waits_for is not None:
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
