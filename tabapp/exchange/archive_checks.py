"""Checks a whole archive at once, before anything of it is stored."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tabapp.core.errors import Problem, UserError
from tabapp.domain.archive import Archive, Tournament
from tabapp.domain.formats import Settings, check_overrides, resolve
from tabapp.exchange.check_breaks import check_breaks
from tabapp.exchange.check_people import check_people
from tabapp.exchange.check_results import check_results
from tabapp.exchange.check_rounds import check_rounds
from tabapp.exchange.findings import LONGEST_ID, Findings
from tabapp.exchange.known import index

MOST_SETTINGS = 1000


def check_archive(archive: Archive) -> list[Problem]:
    """Return everything that is wrong or worth a look, in the order of the document.

    Errors are what cannot be stored: references to nothing, duplicate ids, a team or judge in two
    rooms at once, two confirmed ballots of one debate, impossible settings. What a tab room could
    have done is a warning. Of each level no more are listed than a person reads.
    """
    found = Findings()
    examine(archive, found)
    return found.listed()


def examine(archive: Archive, found: Findings) -> None:
    """Note everything that ``check_archive`` tells."""
    settings = _check_tournament(archive.tournament, found)
    known = index(archive, settings)
    check_people(archive, known, found)
    check_rounds(archive, known, found)
    check_results(archive, known, found)
    check_breaks(archive, known, found)


def _check_tournament(tournament: Tournament, found: Findings) -> Settings | None:
    if not tournament.slug.strip():
        found.error("tournament", "import_blank_slug")
    found.ids("criterion", [criterion.id for criterion in tournament.criteria])
    if tournament.timezone and not _is_timezone(tournament.timezone):
        found.error("tournament", "import_unknown_timezone", timezone=tournament.timezone)
    # The nearest name is looked for in vain, and slowly, in a flood of nonsense.
    if len(tournament.settings) > MOST_SETTINGS or any(
        len(name) > LONGEST_ID for name in tournament.settings
    ):
        found.error("tournament", "import_settings_flood", limit=MOST_SETTINGS, length=LONGEST_ID)
        return None
    try:
        problems = check_overrides(tournament.preset, tournament.settings)
        for problem in problems:
            found.add(problem)
        if any(problem.level == "error" for problem in problems):
            return None
        return resolve(tournament.preset, tournament.settings)
    except UserError as error:
        found.add(Problem("error", "tournament", error.code, error.message))
        return None


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
