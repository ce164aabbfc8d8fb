"""What is checked of a random tournament: tables, breaks and results against second ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select

from tabapp.domain.formats import Settings
from tabapp.domain.types import Check, Standings
from tabapp.services import breaks, checks, standings
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.standing_rows import SUBJECT
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import ReadUnit
from tests import random_comparisons as comparisons
from tests.random_comparisons import SHOWN_OF_SPEAKERS, SHOWN_OF_TEAMS
from tests.reference import speakers as reference_speakers
from tests.reference import teams as reference_teams
from tests.reference.breaks import Terms


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
    check_tables(work, owner, document, seed, faults)


def check_tables(
    work: Workspace, owner: TournamentRow, document: dict[str, Any], seed: int, faults: Faults
) -> None:
    """Hold tables and breaks against second implementations, and the cache against the tables."""
    with work.database.read() as unit:
        found = standings.read_input(unit, owner)
        for kind in standings.KINDS:
            table = standings.compute(found, kind)
            faults.unless(
                stored_table(unit, owner, kind) == as_stored(table),
                f"the stored {kind} table is not the recomputed one")
        teams = standings.compute(found, "teams", extra=SHOWN_OF_TEAMS)
        speakers = standings.compute(found, "speakers", extra=SHOWN_OF_SPEAKERS)
        replies = standings.compute(found, "replies")
        judges = standings.compute(found, "adjudicators")
        qualifying = breaks.read_input(unit, owner)
    document = in_full(document, owner.settings)
    faults += table_differences(teams, speakers, document, owner.settings)
    order = owner.settings.team_standings_precedence
    faults += reply_differences(replies, document, owner.settings)
    faults += comparisons.judge_differences(judges, document, feedback_weight(document))
    faults += break_differences(document, qualifying, order, seed)


def in_full(document: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """Return the document with every setting in it, so that a reader needs no preset."""
    return document | {"tournament": document["tournament"] | {"settings": settings.as_json()}}


def reply_differences(
    replies: Standings, document: dict[str, Any], settings: Settings
) -> Iterator[str]:
    """Yield where the table of replies differs from that of the second implementation."""
    values = reference_speakers.figures(document, replies=True)
    yield from comparisons.table_differences(
        replies, values,
        reference_speakers.ranks(
            document, values, ["average"], missable=settings.standings_missed_replies),
        comparisons.names_of(document["speakers"]))


def feedback_weight(document: dict[str, Any]) -> float:
    """Return the weight of feedback in the latest round that was drawn."""
    return next(
        (rnd["feedback_weight"] for rnd in reversed(document["rounds"]) if rnd["status"] != "none"),
        0.0)


def table_differences(
    teams: Standings, speakers: Standings, document: dict[str, Any], settings: Settings
) -> Iterator[str]:
    """Yield where two tables differ from those of the second implementation."""
    figures, keys = reference_teams.table(document, settings.team_standings_precedence)
    places = reference_teams.places(document, keys)
    yield from comparisons.table_differences(
        teams, {team: figures[team] | place for team, place in places.items()},
        {team: place["rank"] for team, place in places.items()},
        comparisons.names_of(document["teams"]))
    values = reference_speakers.figures(document)
    yield from comparisons.table_differences(
        speakers, values,
        reference_speakers.ranks(
            document, values, settings.speaker_standings_precedence,
            missable=settings.standings_missed_debates),
        comparisons.names_of(document["speakers"]))


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


def break_differences(
    document: dict[str, Any], found: breaks.BreakInput, order: Sequence[str], seed: int
) -> Iterator[str]:
    """Yield where the breaks differ from the second implementation's, asked and drawn by lot."""
    terms = Terms(
        order, min_rounds=found.owner.settings.break_min_rounds,
        remarks={
            slug: {team: one.remark for team, one in said.items()}
            for slug, said in found.remarks.items()})
    for ties in comparisons.TIES[:2]:
        with comparisons.none_if_refused(document) as made:
            made.extend(breaks.compute(found, ties=ties, seed=seed))
        yield from comparisons.lists_of_breaks(document, terms, ties, made)
