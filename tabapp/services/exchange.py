"""Whole tournaments in and out of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.domain.archive import Archive
from tabapp.exchange import Imported, read_source, write_archive
from tabapp.services import exports
from tabapp.store.archive_in import store_archive
from tabapp.store.archive_out import read_archive
from tabapp.store.database import Database
from tabapp.store.times import to_text
from tabapp.store.tournaments import TournamentRow, tournament_slugs
from tabapp.store.unit import ReadUnit

COUNTED = (
    "institutions", "break_categories", "speaker_categories", "teams", "speakers",
    "adjudicators", "venue_categories", "venues", "venue_constraints", "motions", "questions",
    "rounds", "breaks", "feedback", "achievements", "activity",
)


def read_sources(
    sources: Sequence[Path], *, kind: str | None = None, slug: str | None = None
) -> Imported:
    """Read and check files without a database; ``slug`` takes the place of the document's."""
    found = read_source(sources, kind)
    if slug is None or found.archive is None:
        return found
    head = found.archive.tournament.model_copy(update={"slug": slug})
    return replace(found, archive=found.archive.model_copy(update={"tournament": head}))


def slug_problems(unit: ReadUnit, archive: Archive) -> list[Problem]:
    """Report a slug that another tournament of this database has."""
    slug = archive.tournament.slug
    if slug in tournament_slugs(unit):
        return [Problem.of("error", "tournament", "slug_taken", slug=slug)]
    return []


def may_store(
    archive: Archive | None, problems: Sequence[Problem], *, accept_warnings: bool
) -> bool:
    """Decide by the rules of imports: no error, and no warning that was not accepted."""
    return archive is not None and not any(
        one.level == "error" or not accept_warnings for one in problems
    )


def add(database: Database, archive: Archive, *, now: datetime, actor: str) -> str:
    """Store a checked document as a new tournament, in one transaction; return its slug.

    The trail of the tournament is the document's own, so that an export gives the document back.
    """
    slug = archive.tournament.slug
    with database.write(actor=actor, verb="import", subject=slug, trail=False) as unit:
        problems = slug_problems(unit, archive)
        if problems:
            raise ProblemsFound(problems)
        tournament_id = store_archive(unit, archive, now=to_text(now))
        unit.header.tournament = tournament_id
    return slug


def export(
    database: Database, owner: TournamentRow, what: str, output: Path, *, until: int | None = None,
    category: str | None = None, public: bool = False,
) -> exports.Exported:
    """Write a part of a tournament to a file, the whole of it as ``archive``."""
    if what == "archive":
        for option, given in (("--public", public), ("--category", category is not None)):
            if given:
                raise UserError("export_archive_whole", option=option)
        return _export_archive(database, owner, output, until)
    if what not in exports.WHATS:
        raise UserError(
            "export_not_available", what=what, known=", ".join(("archive", *exports.WHATS)))
    request = exports.ExportRequest(
        exports.WHATS[exports.WHATS.index(what)], until, category, public)
    exports.check_suffix(output)
    with database.read() as unit:
        document = exports.build(unit, owner.id, request)
    return exports.write_file(document, output)


def _export_archive(
    database: Database, owner: TournamentRow, output: Path, until: int | None
) -> exports.Exported:
    if output.suffix.lower() != ".json":
        raise UserError(
            "export_kind_unknown", what="archive", suffix=output.suffix or output.name)
    with database.read() as unit:
        archive = read(unit, owner, until=until)
    exports.write_bytes(output, write_archive(archive))
    return exports.Exported(output, sum(counts(archive).values()))


def counts(archive: Archive) -> dict[str, int]:
    """Return how many records of each kind a document holds."""
    found = {name: len(getattr(archive, name)) for name in COUNTED}
    debates = [one for round_ in archive.rounds for one in round_.debates]
    found["debates"] = len(debates)
    found["ballots"] = sum(len(one.ballots) for one in debates)
    return found


def read(unit: ReadUnit, owner: TournamentRow, *, until: int | None = None) -> Archive:
    """Read a tournament as a document; with ``until``, without the rounds after it."""
    archive = read_archive(unit, owner.id)
    if until is None:
        return archive
    if until not in {one.seq for one in archive.rounds}:
        raise UserError(
            "round_unknown", seq=until, known=", ".join(str(one.seq) for one in archive.rounds))
    kept = [one for one in archive.rounds if one.seq <= until]
    debates = {debate.id for one in kept for debate in one.debates}
    gone = {debate.id for one in archive.rounds for debate in one.debates} - debates
    return archive.model_copy(update={
        "adjudicators": [
            judge.model_copy(update={"base_score_history": [
                entry for entry in judge.base_score_history
                if entry.round is None or entry.round <= until
            ]})
            for judge in archive.adjudicators
        ],
        "rounds": kept,
        "breaks": archive.breaks if len(kept) == len(archive.rounds) else [],
        "feedback": [
            one for one in archive.feedback
            if (one.round is None or one.round <= until)
            and (one.debate is None or one.debate in debates)
        ],
        "achievements": [
            one for one in archive.achievements
            if (one.round is None or one.round <= until) and one.subject not in gone
        ],
    })
