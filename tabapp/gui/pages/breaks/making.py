"""Making the break and its rounds: the next step, what is asked before, what is told after."""

from __future__ import annotations

import secrets
from typing import Any

from tabapp.gui.dialogs.base import ask
from tabapp.gui.messages import count, tr
from tabapp.gui.pages.breaks.host import BreakHost
from tabapp.gui.pages.breaks.notices import missing_words, remade_words
from tabapp.services import break_edits, elimination
from tabapp.services.break_edits import Remade
from tabapp.services.elimination import BracketRound

_SEEDS = 2**48


class Making:
    """What the buttons at the top of the page do."""

    def __init__(self, page: BreakHost) -> None:
        self._page, self._session = page, page.session
        self._is_making = self._is_foreseeing = False
        page.on("break.step", self.step, self.why_no_step)
        page.on("break.make", self.make, self.why_no_break)
        page.on("break.make_all", self._make_all, self._why_not_all)
        page.on("break.rounds", self._create_rounds, self.why_no_rounds)
        page.on("break.forecast", self._foresee, self._why_no_forecast)

    # What comes next

    def next_round(self) -> BracketRound | None:
        """Return the next elimination round to be drawn or decided, None where none is made."""
        bracket = self._page.view.bracket
        open_ = (
            one for one in (bracket.rounds if bracket is not None else ())
            if not one.drawn or not all(room.decided for room in one.rooms))
        return next((one for one in open_ if one.id is not None), None)

    def words(self) -> str:
        """Return what the next step is called."""
        following = self.next_round()
        if self._page.view.made and following is not None:
            return tr("Open {round}", round=following.title)
        return tr("Create elimination rounds") if self._page.view.made else tr("Make break")

    @property
    def has_step(self) -> bool:
        """Tell whether there is a next step at all, or one that is not too early."""
        view = self._page.view
        if not view.made:
            return view.is_over
        return self.next_round() is not None or not self.why_no_rounds()

    def step(self) -> None:
        """Do what comes next."""
        following = self.next_round()
        if not self._page.view.made:
            self._page.run("break.make")
        elif following is not None and following.id is not None:
            self._page.go_to_round(following.id)
        else:
            self._page.run("break.rounds")

    def why_no_step(self) -> str:
        """Return why there is no next step, "" where there is one."""
        if not self._page.view.made:
            return self.why_no_break()
        bracket = self._page.view.bracket
        if bracket is not None and bracket.champion is not None:
            return tr("{team} won. Nothing is left to do here.", team=bracket.champion.name)
        return "" if self.next_round() is not None else self.why_no_rounds()

    # The break

    def why_no_break(self) -> str:
        """Return why no break can be made, "" where it can."""
        if self._page.view.category is None:
            return tr("There is no break category. Add one in the settings.")
        return tr("The break is being made.") if self._is_making else ""

    def make(self) -> None:
        """Make the break; ask first where results are missing."""
        waits = missing_words(self._page.view)
        if waits and not self._page.view.made:
            ask(self._page, tr("Make the break without all results?"),
                tr("{missing} Who breaks may change when they come in; the page says so then.",
                   missing=waits),
                tr("Make break"), self.make_now)
        else:
            self.make_now()

    def make_now(self) -> None:
        """Make the break: all of them the first time, else this one with what was decided."""
        view = self._page.view
        if view.category is None or self._is_making:
            return
        slug, name = view.category.slug, view.category.name
        if view.any_made:
            tournament = self._session.tournament
            self._session.write(
                self._page, "remake the break of",
                lambda unit: break_edits.remake(unit, tournament, slug), subject=name,
                done=self.tell_remade, snapshot=f"before remaking the break of {name}")
            return
        self._set_making(on=True)
        seed = secrets.randbelow(_SEEDS) if view.ties_by_lot else None
        self._session.submit(
            self._page, "break.generate", tournament_id=self._session.tournament, seed=seed,
            done=lambda _result: self._set_making(on=False), failed=self._on_failed)

    def _on_failed(self, result: Any) -> None:
        self._set_making(on=False)
        self._tell_failure(result)

    def _tell_failure(self, result: Any) -> None:
        if result.error is not None and result.status != "cancelled":
            self._session.tell(result.error.message, "problem")

    def _set_making(self, *, on: bool) -> None:
        self._is_making = on
        self._page.refresh_commands()

    def tell_remade(self, made: Remade) -> None:
        """Tell what became of a break, with the way back."""
        self._session.tell_undoable(remade_words(made))

    def _why_not_all(self) -> str:
        view = self._page.view
        if view.outdated or view.following:
            return ""
        return tr("No break that was made is out of date.")

    def _make_all(self) -> None:
        tournament = self._session.tournament
        self._session.write(
            self._page, "make all breaks again that are out of date",
            lambda unit: break_edits.remake_all(unit, tournament), done=self._tell_all,
            snapshot="before making all breaks again")

    def _tell_all(self, names: tuple[str, ...]) -> None:
        if names:
            self._session.tell_undoable(tr("Made again: {names}.", names=", ".join(names)))
        else:
            self._session.tell(tr("No break was out of date any more."))

    # The forecast

    def _why_no_forecast(self) -> str:
        view = self._page.view
        if view.category is None:
            return tr("There is no break category. Add one in the settings.")
        if view.made:
            return tr("The break is made; nothing is left to foresee.")
        if view.preliminary and view.is_over:
            return tr("All results are in; nothing is left to foresee.")
        if self._is_foreseeing:
            return tr("The forecast is being made.")
        return "" if view.preliminary else tr("There is no round to play.")

    def _foresee(self) -> None:
        self._set_foreseeing(on=True)
        self._session.submit(
            self._page, "break.forecast", tournament_id=self._session.tournament,
            done=self._on_foreseen, failed=self._on_not_foreseen)

    def _set_foreseeing(self, *, on: bool) -> None:
        self._is_foreseeing = on
        self._page.refresh_commands()

    def _on_foreseen(self, result: Any) -> None:
        self._set_foreseeing(on=False)
        value = result.value or {}
        if not value.get("stored") and value.get("runs"):
            self._session.tell(tr("The forecast is that of the results as they are."))

    def _on_not_foreseen(self, result: Any) -> None:
        self._set_foreseeing(on=False)
        self._tell_failure(result)

    # Elimination rounds

    def why_no_rounds(self) -> str:
        """Return why elimination rounds cannot be made, "" where they can."""
        bracket = self._page.view.bracket
        if bracket is None:
            return tr("There is no break category. Add one in the settings.")
        if bracket.note:
            return bracket.note
        return tr("The elimination rounds are there already.") if bracket.is_made else ""

    def _create_rounds(self) -> None:
        category = self._page.view.category
        if category is None:
            return
        tournament, slug = self._session.tournament, category.slug
        self._session.write(
            self._page, "create the elimination rounds of",
            lambda unit: elimination.create_rounds(unit, tournament, slug),
            subject=category.name, done=self._on_created)

    def _on_created(self, ids: list[int]) -> None:
        self._session.tell(
            tr("{rounds} made.", rounds=count(
                len(ids), "elimination round", "elimination rounds")), "done",
            tr("Open the first"), lambda: self._page.go_to_round(ids[0]))
        self._page.picture.bracket.setFocus()
