"""What is checked of a random tournament: tables, breaks and results against second ones."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from sqlalchemy import select

from tabapp.domain.breaks import BreakList
from tabapp.domain.formats import Settings
from tabapp.domain.standings import SPEAKER_METRICS, TEAM_METRICS
from tabapp.domain.types import Check, Standings
from tabapp.services import breaks, checks, standings
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.standing_rows import SUBJECT
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import ReadUnit

reference = import_module("tests.reference.bp_reference")
TOLERANCE = 1e-6
SHOWN_OF_TEAMS = tuple(sorted(set(TEAM_METRICS) - {"wbw"}))
SHOWN_OF_SPEAKERS = tuple(sorted(SPEAKER_METRICS))


class Faults(list[str]):
    """What is wrong with one tournament, and how much of it could not be judged."""

    def __init__(self, found: Iterable[str] = ()) -> None:
        super().__init__(found)
        self.unclear: list[str] = []

    def unless(self, true: bool, text: str) -> None:
        """Note a fault unless something is true."""
        if not true:
            self.append(text)

    def judge(self, checks: Iterable[Check]) -> None:
        """Note what failed, and apart from it what is unclear."""
        for one in checks:
            text = f"check {one.status}: {one.name}, {one.scope}: {one.detail}"
            if one.status == "failed":
                self.append(text)
            elif one.status == "unclear":
                self.unclear.append(text)



def check_everything(
    work: Workspace, owner: TournamentRow, document: dict[str, Any], seed: int, faults: Faults
) -> None:
    """Hold tables, breaks, draws and derived results against second implementations."""
    with work.database.read() as unit:
        faults.judge(checks.check_tournament(checks.read_input(unit, owner)))
        found = standings.read_input(unit, owner)
        for kind in standings.KINDS:
            table = standings.compute(found, kind)
            faults.unless(
                stored_table(unit, owner, kind) == as_stored(table),
                f"the stored {kind} table is not the recomputed one")
        teams = standings.compute(found, "teams", extra=SHOWN_OF_TEAMS)
        speakers = standings.compute(found, "speakers", extra=SHOWN_OF_SPEAKERS)
        qualifying = breaks.read_input(unit, owner)
    document = in_full(document, owner.settings)
    faults += table_differences(teams, speakers, document, owner.settings)
    order = owner.settings.team_standings_precedence
    faults += break_differences(document, qualifying, order, seed)


def in_full(document: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """Return the document with every setting in it, so that a reader needs no preset."""
    return document | {"tournament": document["tournament"] | {"settings": settings.as_json()}}


def table_differences(
    teams: Standings, speakers: Standings, document: dict[str, Any], settings: Settings
) -> Iterator[str]:
    """Yield where two tables differ from those of the second implementation."""
    order = settings.team_standings_precedence
    table, keys = reference.team_table(document, order)
    yield from differences(teams, table, reference.rank_by(list(keys), keys))
    values = reference.speaker_values(document)
    yield from differences(
        speakers, values,
        reference.speaker_ranks(
            document, settings.speaker_standings_precedence,
            missable=settings.standings_missed_debates, table=values))


def as_stored(table: Standings) -> list[tuple[Any, ...]]:
    """Return a table as the cache keeps it."""
    return [
        (place, row.id, row.rank, row.tied, dict(row.values))
        for place, row in enumerate(table.rows, start=1)
    ]


def stored_table(
    unit: ReadUnit, owner: TournamentRow, kind: standings.Kind
) -> list[tuple[Any, ...]]:
    """Read a table from the cache."""
    row, subject = schema.standing.c, schema.metadata.tables[SUBJECT[kind]]
    return [
        tuple(found) for found in unit.rows(
            select(row.place, subject.c.ref, row.rank, row.tied, row["values"])
            .join(subject, subject.c.id == row.subject_id)
            .where(row.tournament_id == owner.id, row.kind == kind)
            .order_by(row.place))
    ]


def differences(
    found: Standings, expected: Mapping[str, Mapping[str, Any]], ranks: Mapping[str, int | None]
) -> Iterator[str]:
    """Yield every rank and figure that the second implementation does not share."""
    if {row.id for row in found.rows} != set(ranks):
        yield f"{found.kind}: other rows than in the second implementation"
        return
    for row in found.rows:
        if row.rank != ranks[row.id]:
            yield f"{found.kind}: {row.id} has rank {row.rank}, not {ranks[row.id]}"
        for key in (*found.metrics, *found.extra):
            value, wanted = row.values[key], expected[row.id][key]
            if not same_figure(value, wanted):
                yield f"{found.kind}: {key} of {row.id} is {value}, not {wanted}"


def same_figure(one: Any, other: Any) -> bool:
    """Compare two values of a table, of which either may be missing or a word."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=0.0, abs_tol=TOLERANCE)
    return bool(one == other)


def break_differences(
    document: dict[str, Any], found: breaks.BreakInput, order: Sequence[str], seed: int
) -> Iterator[str]:
    """Yield where the break differs from the second implementation's, and where a lot is unfair.

    Below a category with a tie at its line nothing is compared: who breaks there follows the lot.
    """
    slugs = {one["id"]: one["slug"] for one in document["break_categories"]}
    plain = document | {"teams": [
        team | {"break_categories": [slugs[one] for one in team["break_categories"]]}
        for team in document["teams"]
    ]}
    wanted = reference.breaks(plain, order)
    asked = {one.category: one for one in breaks.compute(found, ties="ask", seed=seed)}
    drawn = {one.category: one for one in breaks.compute(found, ties="lot", seed=seed)}
    for category in sorted(document["break_categories"], key=lambda one: -one["priority"]):
        slug = category["slug"]
        rows = [(row.team, row.rank, row.break_rank, row.remark) for row in asked[slug].rows]
        if rows != wanted[slug]:
            yield f"break {slug}: not as in the second implementation"
        yield from lot_differences(asked[slug], drawn[slug])
        if any(row.remark == "tied" for row in asked[slug].rows):
            return


def lot_differences(asked: BreakList, drawn: BreakList) -> Iterator[str]:
    """Yield where a lot took a place from a team that had it, or gave one to a team not tied."""
    sure, chosen = breaking(asked), breaking(drawn)
    tied = {row.team for row in asked.rows if row.remark == "tied"}
    if not sure <= chosen <= sure | tied:
        yield f"break {asked.category}: the lot decided about teams that were not tied"
    if len(chosen) != min(asked.size, len(sure) + len(tied)):
        yield f"break {asked.category}: {len(chosen)} teams break, not {asked.size}"


def breaking(one: BreakList) -> set[str]:
    """Return the teams with a place in the break."""
    return {row.team for row in one.rows if row.break_rank is not None}
