"""What of the awards is shown: one family or all, what is earned, what holds some words."""

from __future__ import annotations

from dataclasses import dataclass

from tabapp.gui.messages import count, tr
from tabapp.gui.pages.awards.rows import award_row, family_row, words_of
from tabapp.gui.tables.cells import Row
from tabapp.gui.tables.order import needles
from tabapp.services.award_views import AwardLine, AwardsView
from tabapp.services.award_waits import AwardWaits

ALL = "all"
EARNED, OPEN = "earned", "open"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked to see."""

    family: str = ALL
    state: str = ALL
    words: str = ""

    @property
    def is_everything(self) -> bool:
        """Tell whether nothing is left out."""
        return (self.family, self.state) == (ALL, ALL) and not needles(self.words)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All awards with their rows, made in the thread that read them."""

    view: AwardsView
    waits: AwardWaits
    lines: dict[str, AwardLine]
    """By key: family after family, those that somebody has first."""
    rows: dict[str, Row]
    words: dict[str, tuple[str, ...]]
    """What a filter finds of each: every word has to be in one of the texts."""

    def shown(self, wanted: Wanted) -> list[AwardLine]:
        """Return the awards that fit."""
        parts = needles(wanted.words)
        return [
            line for line in self.lines.values()
            if wanted.family in (ALL, line.family)
            and (wanted.state == ALL or line.is_earned == (wanted.state == EARNED))
            and any(all(part in text for part in parts) for text in self.words[line.key])]

    def rows_of(self, lines: list[AwardLine], wanted: Wanted) -> list[Row]:
        """Return their rows; below a line for each family where there are several."""
        found: list[Row] = []
        heads = {one.family: one for one in self.view.families}
        family = ""
        for line in lines:
            if wanted.family == ALL and line.family != family:
                family = line.family
                head = heads[line.family]
                found.append(family_row(family, head.earned, len(head.awards)))
            found.append(self.rows[line.key])
        return found

    def facts(self) -> str:
        """Return how much there is in a few words."""
        view = self.view
        parts = [
            tr("{n} of {m} earned", n=view.earned, m=len(self.lines)),
            count(view.winners, "time given", "times given")]
        if view.foreign:
            parts.append(tr("{n} of another program", n=view.foreign))
        return " · ".join(parts)

    def silent_rounds(self) -> tuple[int, tuple[str, ...]]:
        """Return how many awards rest on rounds whose results are kept back, and which those are.
        """
        found = [one for one in self.waits.together() if one.need == "all_results_released"]
        return (len(found[0].keys), found[0].rounds) if found else (0, ())


def make_ledger(view: AwardsView, waits: AwardWaits) -> Ledger:
    """Return what the page shows."""
    lines = {
        line.key: line for family in view.families
        for line in sorted(family.awards, key=lambda one: not one.is_earned)}
    return Ledger(
        view, waits, lines,
        {key: award_row(line, waits) for key, line in lines.items()},
        {key: words_of(line) for key, line in lines.items()})
