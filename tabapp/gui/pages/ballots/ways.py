"""Why a command of the desk cannot be given now; "" where it can."""

from __future__ import annotations

from collections.abc import Callable

from tabapp.gui import roles
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.form import Mode
from tabapp.gui.pages.ballots.saving import SavingForm
from tabapp.gui.session import Session
from tabapp.services.ballot_form import DeskForm


class Ways:
    """What can be done with the ballot that is open, each as a sentence that says why not."""

    def __init__(
        self, session: Session, form: SavingForm, opened: Callable[[], DeskForm | None],
        has_next: Callable[[], bool],
    ) -> None:
        """``opened``: the ballot on the screen; ``has_next``: whether Ctrl+Enter leads on."""
        self.session, self.form = session, form
        self._opened, self._has_next = opened, has_next

    @property
    def open_form(self) -> DeskForm | None:
        """Return the ballot that is open."""
        return self._opened()

    def can_save(self) -> str:
        """Say why nothing can be saved or gone on with; of a key that only bounced nothing."""
        form = self.open_form
        if form is None:
            return "" if self._has_next() else tr("No room waits for a ballot.")
        if form.refused:
            return form.refused
        return tr("The ballot is being saved.") if self.form.is_slow else ""

    def is_typed(self) -> str:
        """Say why nothing is being typed."""
        if self.open_form is None or self.form.is_fixed:
            return tr("No ballot is being typed.")
        return tr("The ballot is being saved.") if self.form.busy else ""

    def can_start_over(self) -> str:
        """Say why there is nothing to begin anew."""
        decides = self.open_form is not None and self.form.mode is Mode.DECIDE
        return "" if decides and self.form.in_hand() is not None else self.is_typed()

    def can_correct(self) -> str:
        """Say why the open ballot cannot be typed."""
        if self.open_form is None or self.open_form.refused:
            return self.is_open() or tr("Nothing can be entered in this room; its page says why.")
        if self.form.mode is Mode.SHUT:
            return tr("Somebody else has to go on with this ballot.")
        if self.form.mode is Mode.LOOK and not roles.may_correct(self.session):
            return tr("This is not for volunteers. Ask the tab director.")
        return "" if self.form.is_fixed else tr("This ballot is being typed already.")

    def is_open(self) -> str:
        """Say why there is no ballot."""
        return "" if self.open_form is not None else tr("No ballot is open. Choose a room.")

    def waits(self) -> str:
        """Say why there is no entry to discard."""
        if self.open_form is None or self.open_form.waiting is None:
            return tr("No entry of this room waits for a second look.")
        return ""
