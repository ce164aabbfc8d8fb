"""What a person decides about the team with the cursor, or about those level at the line."""

from __future__ import annotations

from tabapp.gui.dialogs.base import ask
from tabapp.gui.messages import count, tr
from tabapp.gui.pages.breaks.host import BreakHost
from tabapp.gui.pages.breaks.making import Making
from tabapp.gui.pages.breaks.remark import RemarkDialog
from tabapp.gui.pages.breaks.stepping import ask_step_up, why_nobody_steps
from tabapp.gui.pages.breaks.tie import TieDialog
from tabapp.services import break_edits


class Deciding:
    """The commands about teams of a break that was made."""

    def __init__(self, page: BreakHost, making: Making) -> None:
        self._page, self._session, self._making = page, page.session, making
        page.on("break.tie", self._decide_tie, self._why_no_tie)
        page.on(
            "break.step_up",
            lambda: ask_step_up(page, page.session, page.view, making.tell_remade),
            lambda: why_nobody_steps(page.view))
        page.on("break.remark", self._set_remark, self._why_no_remark)
        page.on("break.clear_remark", self._clear_remark, self._why_nothing_to_clear)
        page.on("break.let_in", self._let_in, self._why_not_let_in)

    def _why_no_tie(self) -> str:
        if self._page.view.tied:
            return ""
        return tr("Nobody is level at the line, so there is nothing to decide.")

    def _decide_tie(self) -> None:
        page = self._page
        TieDialog(page, self._session, page.view, self._making.tell_remade).open()

    def _why_no_remark(self) -> str:
        if not self._page.view.made:
            return tr("Make the break first.")
        return "" if self._page.listing.current() is not None else tr("Choose a team first.")

    def _set_remark(self) -> None:
        line, category = self._page.listing.current(), self._page.view.category
        if line is not None and category is not None:
            RemarkDialog(
                self._page, self._session, category.slug, line,
                self._making.tell_remade).open()

    def _why_nothing_to_clear(self) -> str:
        line = self._page.listing.current()
        if line is None:
            return tr("Choose a team first.")
        if line.said is None:
            return tr("Nobody made a remark about {team}.", team=line.name)
        return ""

    def _clear_remark(self) -> None:
        line, category = self._page.listing.current(), self._page.view.category
        if line is None or category is None:
            return
        tournament, slug, team = self._session.tournament, category.slug, line.team
        self._session.write(
            self._page, "clear the remark of",
            lambda unit: break_edits.clear_remark(unit, tournament, slug, team),
            subject=line.name, done=self._making.tell_remade)

    def _why_not_let_in(self) -> str:
        reason, line = self._why_no_remark(), self._page.listing.current()
        if reason or line is None:
            return reason
        if not line.missing:
            return tr("{team} debated enough rounds to break.", team=line.name)
        return ""

    def _let_in(self) -> None:
        line, category = self._page.listing.current(), self._page.view.category
        if line is None or category is None:
            return
        tournament, slug, team = self._session.tournament, category.slug, line.team
        ask(self._page, tr("Let {team} break with too few rounds?", team=line.name),
            tr("It lacks {rounds}. If its rank says so it breaks then; the reason is kept.",
               rounds=count(line.missing, "round", "rounds")),
            tr("Let in"), lambda: self._session.write(
                self._page, "let in",
                lambda unit: break_edits.let_in(unit, tournament, slug, team),
                subject=line.name, done=self._making.tell_remade))
