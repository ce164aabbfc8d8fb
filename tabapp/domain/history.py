"""Which debates of an archive made people meet, and whom a judge has met in them."""

from __future__ import annotations

from collections.abc import Iterator

from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive, Debate, Round

DRAWN = ("confirmed", "released")


def find_round(archive: Archive, seq: int) -> Round:
    """Return the round with this number; raises ``UserError`` (``no_round_in_archive``)."""
    for round_ in archive.rounds:
        if round_.seq == seq:
            return round_
    raise UserError("no_round_in_archive", seq=seq)


def debates_that_count(archive: Archive, before: int) -> Iterator[Debate]:
    """Yield the debates of earlier rounds in which people have met.

    The round's draw was confirmed or released and the debate was not postponed; elimination
    rounds are included.
    """
    for round_ in archive.rounds:
        if round_.seq < before and round_.status in DRAWN:
            for debate in round_.debates:
                if debate.status != "postponed":
                    yield debate


def judge_meetings(
    archive: Archive, before: int
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return for each judge the teams it has judged and the judges it has sat with."""
    teams: dict[str, set[str]] = {judge.id: set() for judge in archive.adjudicators}
    judges: dict[str, set[str]] = {judge.id: set() for judge in archive.adjudicators}
    for debate in debates_that_count(archive, before):
        panel = {member.adjudicator for member in debate.panel}
        for judge in panel:
            teams.setdefault(judge, set()).update(side.team for side in debate.sides)
            judges.setdefault(judge, set()).update(panel - {judge})
    return teams, judges
