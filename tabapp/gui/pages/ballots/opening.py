"""What the person at the keyboard may do with the ballot of a room that is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tabapp.domain.archive import Ballot
from tabapp.domain.operators import OperatorRole
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.form import Mode
from tabapp.gui.pages.ballots.keeper import Kept
from tabapp.services.ballot_bundle import Bundle
from tabapp.services.ballot_decision import Decision
from tabapp.services.ballot_desk import DeskRoom
from tabapp.services.ballot_form import DeskForm, read_form
from tabapp.services.drafts import DraftRow, decision_form, find_draft
from tabapp.services.entry_rules import Rules, Step, is_split, next_step, rules_of
from tabapp.store.unit import ReadUnit

MODES = {
    Mode.ENTER: ("First entry", "accent", "pencil"),
    Mode.SECOND: ("Second entry, blind", "accent", "list-checks"),
    Mode.CHECK: ("Second look", "accent", "list-checks"),
    Mode.DECIDE: ("Entries differ", "problem", "circle-alert"),
    Mode.CORRECT: ("Correction", "attention", "pencil"),
    Mode.OWN: ("Your entry, to check", "neutral", "hourglass"),
    Mode.SHUT: ("Somebody else's turn", "neutral", "lock"),
    Mode.LOOK: ("Confirmed", "done", "check"),
}
"""What is done with a ballot: words, tone and icon of the badge beside its room."""
VERBS = {
    Mode.ENTER: "Save and next", Mode.SECOND: "Save and next", Mode.CHECK: "Confirm",
    Mode.DECIDE: "Decide", Mode.CORRECT: "Save and next",
    Mode.OWN: "Next room", Mode.SHUT: "Next room", Mode.LOOK: "Next room",
}
"""What Ctrl+Enter does."""
_STEPS: Mapping[Step, Mode] = {
    "enter": Mode.ENTER, "own": Mode.OWN, "second": Mode.SECOND, "look": Mode.CHECK,
    "decide": Mode.DECIDE, "shut": Mode.SHUT,
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who is at the keyboard."""

    name: str
    role: OperatorRole

    @property
    def is_volunteer(self) -> bool:
        """Tell whether this person may see the entries that are not his own."""
        return self.role is OperatorRole.VOLUNTEER


@dataclass(frozen=True, slots=True)
class Opened:
    """A form with the rules of checking as they were when it was read, and for whom it was."""

    desk: DeskForm
    rules: Rules
    person: Person
    decided: DraftRow | None = None
    """What this person decided between the entries, and did not store."""

    @property
    def kept(self) -> Kept | None:
        """Return what this person typed, unless it is old, else what was decided of the entries."""
        draft = self.desk.draft
        typed = Bundle.from_json(draft.content) if draft is not None else None
        if self.decided is not None and (typed is None or not self.is_fresh(typed)):
            return Decision.from_json(self.decided.content)
        return typed

    def is_fresh(self, kept: Kept) -> bool:
        """Tell whether the versions of the ballot still are those on which it was made."""
        return kept.based_on == [list(one) for one in self.desk.seen.versions]

    @property
    def entries(self) -> tuple[tuple[int, Ballot], ...]:
        """Return what waits: one entry to be checked, or several that differ."""
        return tuple(one for one in self.desk.ballots if one[1].status == "draft")

    @property
    def differs(self) -> bool:
        """Tell whether several people's entries wait, so that somebody has to decide."""
        return is_split([one for _id, one in self.entries])

    @property
    def step(self) -> tuple[Step, str]:
        """Return what this person can do about the entries that wait, and why not more."""
        return next_step(
            self.rules, [one for _id, one in self.entries], self.person.name, self.person.role)

    def is_own(self, entry: Ballot) -> bool:
        """Tell whether this person made an entry, perhaps under a name of before."""
        return self.rules.is_author(self.person.name, entry.entered_by)

    @property
    def why_hidden(self) -> str:
        """Return why no form is shown to this person, "" where one is."""
        if self.desk.confirmed is None or self.entries or not self.person.is_volunteer:
            return ""
        return tr(
            "The ballot of {room} is confirmed. A tab director or the adjudication core opens it.",
            room=self.desk.name)

    def mode(self, *, kept: bool) -> Mode:
        """Return what is to be done here; ``kept``: a draft of it as it stands was kept."""
        if self.desk.confirmed is not None and not self.entries:
            done = Mode.SHUT if self.person.is_volunteer else Mode.LOOK
        else:
            done = _STEPS[self.step[0]]
        again = kept and done in (Mode.LOOK, Mode.CHECK, Mode.OWN, Mode.DECIDE)
        return Mode.CORRECT if again else done


def step_of(rules: Rules, person: Person, room: DeskRoom) -> tuple[Step, str]:
    """Return what a person can do about the entries that wait in a room of the list."""
    waits = [
        Ballot(status="draft", entered_by=one.entered_by, confirmed_by=one.confirmed_by)
        for one in room.row.versions if one.status == "draft"]
    return next_step(rules, waits, person.name, person.role)


def read_opened(
    unit: ReadUnit, tournament: int, debate: str, person: Person
) -> Opened:
    """Read the form of a debate, by its archive id, for whoever is at the keyboard."""
    desk = read_form(unit, tournament, debate, person.name)
    decided = find_draft(unit, decision_form(tournament, desk.room.id), person.name)
    return Opened(desk, rules_of(unit, desk.owner), person, decided)
