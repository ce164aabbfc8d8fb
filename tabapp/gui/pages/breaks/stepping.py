"""Reserves that step up: who leaves, who comes, and the question before it is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from tabapp.domain.breaks import Remark
from tabapp.gui.dialogs.base import ask
from tabapp.gui.messages import tr
from tabapp.gui.session import Session
from tabapp.services import break_edits
from tabapp.services.break_edits import Remade, Stepping
from tabapp.services.break_views import BreakView


def stepping_words(stepping: Stepping) -> str:
    """Return who cannot debate, and who would take those places."""
    withdrawn = [one.name for one in stepping.leaving if one.remark == Remark.WITHDRAWN]
    absent = [one.name for one in stepping.leaving if one.remark == Remark.ABSENT]
    parts = []
    if withdrawn:
        parts.append(tr("Withdrawn after the break: {names}.", names=", ".join(withdrawn)))
    if absent:
        parts.append(
            tr("Absent in the first elimination round: {names}.", names=", ".join(absent)))
    if stepping.up:
        parts.append(tr("Next in line: {names}.", names=", ".join(stepping.up)))
    if stepping.tied:
        parts.append(tr("Level for a place: {names}.", names=", ".join(stepping.tied)))
    if not stepping.up and not stepping.tied:
        parts.append(tr("Nobody is left to step up."))
    return " ".join(parts)


def why_nobody_steps(view: BreakView) -> str:
    """Return why nobody can step up, "" where somebody can."""
    if not view.made:
        return tr("Make the break first.")
    if view.stepping.leaving:
        return ""
    return tr("Nobody who breaks is withdrawn or absent, or the first round is drawn.")


def ask_step_up(
    page: QWidget, session: Session, view: BreakView, done: Callable[[Remade], None]
) -> None:
    """Ask with the names of those who leave and those who come; make the break again then."""
    category = view.category
    if category is None:
        return
    tournament, slug, name = session.tournament, category.slug, category.name
    ask(page, tr("Let the next teams step up in {category}?", category=name),
        tr("{who} The break is made again with them. You can undo this.",
           who=stepping_words(view.stepping)),
        tr("Step up"), lambda: session.write(
            page, "let the next teams step up in the break of",
            lambda unit: break_edits.step_up(unit, tournament, slug), subject=name, done=done))
