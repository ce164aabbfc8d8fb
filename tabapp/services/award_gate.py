"""What an award still lacks before everybody may know of it: the one rule of what is public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tabapp.domain.achievements import Award
from tabapp.domain.formats import Settings
from tabapp.services.public import hides_results
from tabapp.store.award_rows import AwardRow
from tabapp.store.tournaments import RoundRow, get_tournament, list_rounds
from tabapp.store.unit import ReadUnit

Need = Literal[
    "public_results", "all_results_released", "completed", "team_tab_released",
    "speaker_tab_released", "public_participants", "check", "never",
]
"""The setting that is off; a round to be completed; a check that says on which rounds it rests.

In the order in which they are told.
"""
_NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Gate:
    """What of a tournament is public: its settings, and its rounds by number."""

    settings: Settings
    rounds: Mapping[int, RoundRow]

    @classmethod
    def read(cls, unit: ReadUnit, tournament_id: int) -> Gate:
        """Read it as it is now."""
        return cls(
            get_tournament(unit, tournament_id).settings,
            {one.seq: one for one in list_rounds(unit, tournament_id)})

    def passes(self, award: Award, row: AwardRow) -> bool:
        """Tell whether everybody may know that somebody has an award."""
        return not self.lacks(award, row)

    def lacks(self, award: Award, row: AwardRow) -> list[tuple[Need, frozenset[int]]]:
        """Return what an award of one winner waits for, with the numbers of the rounds.

        See ``Award.public_after``.
        """
        match award.public_after:
            case "always":
                return []
            case "never":
                return [("never", _NOTHING)]
            case "participants":
                is_open = self.settings.public_participants
                return [] if is_open else [("public_participants", _NOTHING)]
            case _:
                return self._of_results(award, frozenset(row.rounds or ()))

    def _of_results(
        self, award: Award, rests_on: frozenset[int]
    ) -> list[tuple[Need, frozenset[int]]]:
        if not rests_on:  # imported from a program that did not say on what it rests
            return [("check", _NOTHING)]
        settings, found = self.settings, list[tuple[Need, frozenset[int]]]()
        hidden = frozenset(
            seq for seq in rests_on if (one := self.rounds.get(seq)) and hides_results(one))
        if hidden and not settings.all_results_released:
            found.append(("all_results_released", hidden))
        open_ = frozenset(
            seq for seq in rests_on if (one := self.rounds.get(seq)) and not one.completed)
        if open_:
            found.append(("completed", open_))
        if award.public_after == "team_tab" and not settings.team_tab_released:
            found.append(("team_tab_released", _NOTHING))
        elif award.public_after == "speaker_tab" and not settings.speaker_tab_released:
            found.append(("speaker_tab_released", _NOTHING))
        elif (
            award.public_after == "results" and not hidden
            and not (settings.public_results or settings.all_results_released)
        ):
            found.append(("public_results", _NOTHING))
        if not found and not rests_on <= self.rounds.keys():
            found.append(("check", _NOTHING))
        return found
