"""What the commands of the page know of it."""

from __future__ import annotations

from tabapp.gui.page import Page
from tabapp.gui.pages.breaks.listing import Listing
from tabapp.gui.pages.breaks.picture import BracketCard
from tabapp.services.break_views import BreakView


class BreakHost(Page[BreakView]):
    """A page that shows one break: its table, its bracket, and the ways to elsewhere."""

    view: BreakView
    """The break on the screen."""
    listing: Listing
    picture: BracketCard

    def go_to_round(self, round_id: int, debate: str | None = None) -> None:
        """Open the draw of a round, there at a debate."""
        self.session.set_round(round_id)
        self.session.go("rounds/draw", debate)
