"""Everything that is typed of one room: a sheet, or one of each judge, and what the room has once.

A ``Bundle`` and a ``Ballot`` say the same; a form is opened by the one and stored as the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from tabapp.core.errors import Problem
from tabapp.domain.archive import Ballot, Sheet
from tabapp.services.ballot_fields import SheetForm
from tabapp.services.ballot_merge import (
    Sheets,
    merged_motion,
    merged_vetoes,
    problems_of_sheets,
)
from tabapp.services.ballot_questions import questions_of_sheets
from tabapp.services.ballot_sheet import fill_sheet, in_order, sheet_of
from tabapp.services.ballot_typed import Typed, blank

_OF_ROOM = ("based_on", "drawn", "forfeits", "comment", "reason")


@dataclass(slots=True)
class Bundle:
    """The texts of a form; everything is a value that JSON knows, to be kept as a draft.

    ``sheets`` by the archive id of a judge, or "" where the room hands in one; ``sheet`` gives one
    that knows who forfeited. ``based_on`` holds the versions of the ballot on which it was typed,
    ``drawn`` the side and team of each quarter. ``others`` holds the sheets of who is not on the
    panel any more: no part of the ballot, and there again when the judge is.
    """

    sheets: dict[str, Typed] = field(default_factory=dict)
    based_on: list[list[Any]] = field(default_factory=list)
    drawn: list[list[str]] = field(default_factory=list)
    forfeits: list[str] = field(default_factory=list)
    comment: str = ""
    reason: str = ""
    others: dict[str, Typed] = field(default_factory=dict)

    def sheet(self, ref: str = "") -> Typed:
        """Return the sheet of a judge, or of the room, to be typed in."""
        typed = self.sheets[ref]
        typed.forfeits = list(self.forfeits)
        return typed

    @property
    def is_touched(self) -> bool:
        """Tell whether anything was typed."""
        return bool(self.forfeits or self.comment or self.reason) or any(
            one.is_touched for one in self.sheets.values())

    def as_json(self) -> dict[str, Any]:
        """Return all of it, to be kept."""
        return asdict(self)

    def copy(self) -> Bundle:
        """Return the same texts, which stay when these are typed over."""
        return Bundle(
            {ref: one.copy() for ref, one in self.sheets.items()},
            [list(one) for one in self.based_on], [list(one) for one in self.drawn],
            list(self.forfeits), self.comment, self.reason,
            {ref: one.copy() for ref, one in self.others.items()})

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Bundle:
        """Read what was kept, also the draft of one sheet that an older program kept."""
        sheets, others = (
            {ref: Typed.from_json(one) for ref, one in given.items()}
            for given in (content.get("sheets", {"": content}), content.get("others", {})))
        return cls(
            sheets, others=others,
            **{name: content[name] for name in _OF_ROOM if name in content})


def blank_bundle(form: SheetForm) -> Bundle:
    """Return empty sheets, one of each judge, with each team in its usual order."""
    return Bundle({ref: blank(form) for ref in form.sheet_refs})


def fit_bundle(form: SheetForm, bundle: Bundle) -> None:
    """Let what was kept have the sheets of a panel that may have changed since.

    A judge who was taken out and is seated again finds what was typed.
    """
    found = bundle.others | bundle.sheets
    bundle.sheets = {ref: found.get(ref) or blank(form) for ref in form.sheet_refs}
    bundle.others = {
        ref: one for ref, one in found.items() if ref not in bundle.sheets and one.is_touched}


def fit_motions(form: SheetForm, bundle: Bundle) -> None:
    """Let what was kept name no motion that the round has no more, which nothing could change."""
    if not form.settings.enable_motions:
        return
    there = {ref for ref, _words in form.motions}
    for typed in bundle.sheets.values():
        if typed.motion not in there:
            typed.motion = blank(form).motion
        typed.vetoes = {side: ref for side, ref in typed.vetoes.items() if ref in there}


def bundle_of(form: SheetForm, ballot: Ballot) -> Bundle:
    """Return what would be typed for ``ballot``, to be corrected.

    What is unusual on it was answered for when it was entered.
    """
    made = blank_bundle(form)
    made.forfeits = in_order(form, ballot.forfeit)
    made.comment = ballot.comment
    for ref, typed in made.sheets.items():
        typed.motion, typed.vetoes = ballot.motion, dict(ballot.vetoes)
        fill_sheet(form, made.sheet(ref), _stored(ballot, ref))
    for question in questions(form, made):
        keep(form, made, question)
    return made


def ballot_of_bundle(form: SheetForm, bundle: Bundle, base: Ballot | None = None) -> Ballot:
    """Return the ballot that the texts make; what the form does not ask comes from ``base``."""
    head = base if base is not None else Ballot()
    typed = _sheets(form, bundle)
    motion = merged_motion(typed)
    alone = len(form.seats) - len(bundle.forfeits) < 2
    sheets = [
        sheet_of(form, one, _stored(head, ref), motion, ref)
        for ref, one in typed.items()
        # nobody votes on a forfeit
        if not (form.judges and alone and not one.is_touched)]
    return head.model_copy(update={
        "motion": motion, "comment": bundle.comment.strip(), "reason": bundle.reason.strip(),
        "vetoes": merged_vetoes(form, typed) if form.asks_vetoes else head.vetoes,
        "forfeit": in_order(form, bundle.forfeits), "sheets": sheets,
    })


def bundle_problems(
    form: SheetForm, bundle: Bundle, *, complete: bool = False, at: str = "",
    base: Ballot | None = None,
) -> list[Problem]:
    """List what is wrong with what is typed, each with the key of its field.

    Until somebody wants to save (``complete``), nothing is said of what is only missing; nothing
    ever of the field ``at``, which is being typed. ``where`` is the key of a field such as
    ``og.1`` or ``motion``, on the sheet of a judge ``A3/og.1``; "" or ``A3/`` for no field.
    """
    found = problems_of_sheets(
        form, _sheets(form, bundle), ballot_of_bundle(form, bundle, base), complete=complete)
    return [one for one in found if not at or one.where != at]


def questions(form: SheetForm, bundle: Bundle, *, at: str = "") -> list[Problem]:
    """List what somebody should look at twice, to be asked one after another; none is an error.

    A mark far from the speaker's record, marks that look swapped or turned round, and what the
    paper says otherwise of totals and places. It never says what the earlier marks were. What was
    answered for (``keep``) is not asked again until it is typed otherwise.
    """
    found = [one.problem for one in questions_of_sheets(form, _sheets(form, bundle))]
    return [one for one in found if not at or one.where != at]


def keep(form: SheetForm, bundle: Bundle, question: Problem) -> None:
    """Answer a question: the paper says so."""
    for one in questions_of_sheets(form, _sheets(form, bundle)):
        if (one.problem.where, one.problem.code) == (question.where, question.code):
            bundle.sheets[one.ref].kept.append(one.answer)


def begin_sheet(form: SheetForm, bundle: Bundle, ref: str) -> None:
    """Let the empty sheet of a judge begin with who spoke when, as the first one that was typed.

    A sheet on which something is typed, or whose speakers were changed, stays as it is.
    """
    sheets, usual = _sheets(form, bundle), blank(form)
    own = sheets[ref]
    first = next((one for one in sheets.values() if one.is_touched), None)
    changed = (own.speakers, own.substitutes, own.ghosts) != (
        usual.speakers, usual.substitutes, usual.ghosts)
    if first is None or own.is_touched or changed:
        return
    own.speakers, own.substitutes = dict(first.speakers), dict(first.substitutes)
    own.ghosts = list(first.ghosts)


def turn_forfeit(bundle: Bundle, side: str) -> None:
    """Let a side forfeit, or stand again."""
    if side in bundle.forfeits:
        bundle.forfeits = [one for one in bundle.forfeits if one != side]
    else:
        bundle.forfeits = [*bundle.forfeits, side]
    for ref, typed in bundle.sheets.items():
        if side in bundle.forfeits:
            typed.winners = [one for one in typed.winners if one != side]
        bundle.sheet(ref)


def split_where(where: str) -> tuple[str, str]:
    """Return the judge and the key of a problem's field; judge "" for what the room has once."""
    judge, slash, key = where.rpartition("/")
    return (judge, key) if slash else ("", where)


def _sheets(form: SheetForm, bundle: Bundle) -> Sheets:
    """Return the sheets of a form, whatever a draft of another panel holds."""
    fit_bundle(form, bundle)
    return {ref: bundle.sheet(ref) for ref in form.sheet_refs}


def _stored(ballot: Ballot, ref: str) -> Sheet:
    """Return the sheet of a judge on a ballot, or the one of the room."""
    if not ref:
        return ballot.sheets[0] if ballot.sheets else Sheet()
    own = (one for one in ballot.sheets if one.adjudicator == ref)
    return next(own, Sheet(adjudicator=ref))
