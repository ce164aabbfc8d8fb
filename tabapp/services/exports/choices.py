"""What a person can choose before something is written to a file."""

from __future__ import annotations

from dataclasses import dataclass

from tabapp.services.exports.request import What
from tabapp.services.rounds import title_of
from tabapp.store.results_page_reads import read_namings
from tabapp.store.tournaments import get_tournament, list_rounds
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """Rounds as (sequence, name), categories as (slug, name); ``slug`` is the tournament's."""

    slug: str
    rounds: tuple[tuple[int, str], ...]
    break_categories: tuple[tuple[str, str], ...]
    speaker_categories: tuple[tuple[str, str], ...]

    def categories(self, what: What) -> tuple[tuple[str, str], ...]:
        """Return the categories of which there is a table alone."""
        if what in ("teams", "break"):
            return self.break_categories
        return self.speaker_categories if what in ("speakers", "replies") else ()


def read_choices(unit: ReadUnit, tournament_id: int) -> ExportChoices:
    """Read what there is to choose."""
    names = read_namings(unit, tournament_id)
    return ExportChoices(
        slug=get_tournament(unit, tournament_id).slug,
        rounds=tuple(
            (one.seq, title_of(one)) for one in list_rounds(unit, tournament_id)
            if one.status != "none"),
        break_categories=names.break_categories, speaker_categories=names.speaker_categories)
