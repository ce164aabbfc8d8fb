"""An archive into rows: registration and set-up; ``archive_in_rounds`` adds what was played.

The document was checked before, so a reference to nothing cannot occur here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table

from tabapp.domain.archive import Achievement, Adjudicator, Archive, Speaker, Team, Venue
from tabapp.store import schema
from tabapp.store.archive_in_rounds import store_rounds
from tabapp.store.refs import Refs
from tabapp.store.unit import WriteUnit

CATEGORY = ("name", "slug", "seq", "limit")
COLUMNS: dict[str, tuple[str, ...]] = {
    "criterion": ("name", "weight", "min", "max", "step"),
    "break_category": (*CATEGORY, "size", "reserve_size", "rule", "priority", "general"),
    "speaker_category": CATEGORY,
    "institution": ("name", "code", "region"),
    "team": (
        "name", "short_name", "code_name", "emoji", "use_institution_prefix", "type", "seed",
        "withdrawn",
    ),
    "speaker": (
        "name", "email", "phone", "gender", "pronoun", "anonymous", "code_name", "barcode",
        "consent", "categories_answered",
    ),
    "adjudicator": (
        "name", "email", "phone", "gender", "pronoun", "anonymous", "code_name", "barcode",
        "base_score", "trainee", "independent", "adj_core", "breaking", "withdrawn", "consent",
        "conflicts_declared",
    ),
    "venue_category": ("name", "description", "display"),
    "venue": ("name", "priority", "capacity", "url", "barcode", "withdrawn", "runner"),
    "motion": ("reference", "text", "info_slide"),
    "question": (
        "name", "text", "type", "from_teams", "from_adjudicators", "required", "min_value",
        "max_value", "choices",
    ),
}
"""Columns that stand in a row as they stand in the document, by table."""


def store_archive(unit: WriteUnit, archive: Archive, *, now: str) -> int:
    """Insert a whole tournament and return its row id. ``now`` is ISO 8601 in UTC."""
    head = archive.tournament
    (tournament_id,) = unit.insert(schema.tournament, [{
        "slug": head.slug, "name": head.name, "short_name": head.short_name,
        "preset": head.preset, "preset_version": head.preset_version, "active": head.active,
        "timezone": head.timezone, "settings": head.settings,
        "created_at": now, "extra": head.model_extra or {},
        "document_extra": archive.model_extra or {},
    }])
    loader = Loader(unit, tournament_id, Refs())
    loader.set_up(archive)
    loader.people(archive)
    loader.rooms(archive)
    store_rounds(unit, archive, tournament_id, loader.refs)
    loader.breaks(archive)
    loader.awards(archive.achievements)
    loader.trail(archive)
    return tournament_id


class Loader:
    """Inserts the parts of one archive; ``refs`` learns the ids that they receive."""

    def __init__(self, unit: WriteUnit, tournament_id: int, refs: Refs) -> None:
        self.unit = unit
        self.tournament_id = tournament_id
        self.refs = refs

    def entities(
        self, table: Table, parts: Sequence[Any], more: Iterable[dict[str, Any]] | None = None
    ) -> None:
        """Insert ``parts``, each with the columns of ``more`` that name other records."""
        name = table.name
        rows = [
            {column: getattr(part, column) for column in COLUMNS[name]}
            | {"tournament_id": self.tournament_id, "ref": part.id, "extra": part.model_extra or {}}
            for part in parts
        ]
        for row, added in zip(rows, more or ({} for _ in rows), strict=True):
            row.update(added)
        ids = self.unit.insert(table, rows) if rows else []
        self.refs.add(name, {part.id: row for part, row in zip(parts, ids, strict=True)})

    def links(
        self, table: Table, owner: str, other: str, parts: Sequence[Any], attribute: str,
        column: str | None = None, *, ordered: bool = False,
    ) -> None:
        """Insert the rows of a many-to-many list that stands in ``attribute`` of each part."""
        rows = []
        for part in parts:
            own = self.refs.id(owner, part.id)
            for seq, ref in enumerate(getattr(part, attribute), start=1):
                row = {f"{owner}_id": own, column or f"{other}_id": self.refs.id(other, ref)}
                rows.append(row | {"seq": seq} if ordered else row)
        if rows:
            self.unit.insert(table, rows)

    def set_up(self, archive: Archive) -> None:
        """Insert criteria, categories, motions and questions."""
        self.entities(schema.criterion, archive.tournament.criteria)
        self.entities(schema.break_category, archive.break_categories)
        self.entities(schema.speaker_category, archive.speaker_categories)
        self.entities(schema.motion, archive.motions)
        self.entities(
            schema.question, archive.questions,
            ({"seq": seq} for seq in range(1, len(archive.questions) + 1)),
        )

    def people(self, archive: Archive) -> None:
        """Insert institutions, teams, speakers and judges with their categories and conflicts."""
        self.entities(schema.institution, archive.institutions)
        self.entities(schema.team, archive.teams, map(self.team_row, archive.teams))
        self.team_links(archive.teams)
        self.entities(schema.speaker, archive.speakers, map(self.speaker_row, archive.speakers))
        self.speaker_links(archive.speakers)
        judges = archive.adjudicators
        self.entities(schema.adjudicator, judges, map(self.adjudicator_row, judges))
        self.adjudicator_links(judges)

    def team_row(self, team: Team) -> dict[str, Any]:
        """Return the columns of a team that name other records."""
        return {"institution_id": self.refs.maybe_id("institution", team.institution)}

    def speaker_row(self, speaker: Speaker) -> dict[str, Any]:
        """Return the columns of a speaker that name other records."""
        return {"team_id": self.refs.maybe_id("team", speaker.team)}

    def adjudicator_row(self, judge: Adjudicator) -> dict[str, Any]:
        """Return the columns of a judge that name other records."""
        return {"institution_id": self.refs.maybe_id("institution", judge.institution)}

    def team_links(self, teams: Sequence[Team]) -> None:
        """Insert what hangs on teams."""
        self.links(schema.team_break_category, "team", "break_category", teams,
                   "break_categories")
        self.links(schema.team_break_preference, "team", "break_category", teams,
                   "break_preferences", ordered=True)
        self.links(schema.team_institution_conflict, "team", "institution", teams,
                   "institution_conflicts")
        self.links(schema.team_team_conflict, "team", "team", teams, "team_conflicts", "other_id")

    def speaker_links(self, speakers: Sequence[Speaker]) -> None:
        """Insert what hangs on speakers."""
        self.links(schema.speaker_speaker_category, "speaker", "speaker_category", speakers,
                   "categories")

    def adjudicator_links(self, judges: Sequence[Adjudicator]) -> None:
        """Insert what hangs on judges."""
        self.links(schema.adjudicator_institution_conflict, "adjudicator", "institution", judges,
                   "institution_conflicts")
        self.links(schema.adjudicator_team_conflict, "adjudicator", "team", judges,
                   "team_conflicts")
        self.links(schema.adjudicator_adjudicator_conflict, "adjudicator", "adjudicator", judges,
                   "adjudicator_conflicts", "other_id")
        history = [
            {"adjudicator_id": self.refs.id("adjudicator", judge.id), "round_seq": entry.round,
             "score": entry.score, "seq": seq, "extra": entry.model_extra or {}}
            for judge in judges for seq, entry in enumerate(judge.base_score_history, start=1)
        ]
        if history:
            self.unit.insert(schema.base_score, history)

    def rooms(self, archive: Archive) -> None:
        """Insert venues with their categories, and who wants which."""
        self.entities(schema.venue_category, archive.venue_categories)
        self.entities(schema.venue, archive.venues)
        self.venue_links(archive.venues)
        constraints = [
            {"tournament_id": self.tournament_id, "kind": item.kind, "team_id": None,
             "adjudicator_id": None, "institution_id": None,
             f"{item.kind}_id": self.refs.id(item.kind, item.subject),
             "venue_category_id": self.refs.id("venue_category", item.category),
             "priority": item.priority, "extra": item.model_extra or {}}
            for item in archive.venue_constraints
        ]
        if constraints:
            self.unit.insert(schema.venue_constraint, constraints)

    def venue_links(self, venues: Sequence[Venue]) -> None:
        """Insert what hangs on venues."""
        self.links(schema.venue_venue_category, "venue", "venue_category", venues, "categories")

    def breaks(self, archive: Archive) -> None:
        """Insert the lists of teams that break."""
        slugs = {
            category.slug: self.refs.id("break_category", category.id)
            for category in archive.break_categories
        }
        for item in archive.breaks:
            category_id = slugs[item.category]
            self.unit.insert(schema.break_lots, [{
                "break_category_id": category_id,
                "seed": item.lots.seed if item.lots else None,
                "lots": item.lots.model_dump() if item.lots else None,
                "extra": item.model_extra or {},
            }])
            rows = [
                {"break_category_id": category_id, "team_id": self.refs.id("team", row.team),
                 "rank": row.rank, "break_rank": row.break_rank, "remark": row.remark,
                 "reason": row.reason,
                 "extra": row.model_extra or {}}
                for row in item.teams
            ]
            if rows:
                self.unit.insert(schema.break_team, rows)

    def awards(self, achievements: Sequence[Achievement]) -> None:
        """Insert achievements."""
        awards = [
            {"tournament_id": self.tournament_id, "key": item.key, "subject": item.subject,
             "round_seq": item.round, "awarded_at": item.awarded_at,
             "extra": item.model_extra or {}}
            for item in achievements
        ]
        if awards:
            self.unit.insert(schema.achievement, awards)

    def trail(self, archive: Archive) -> None:
        """Insert the activity as actions that nobody can undo."""
        trail = [
            {"tournament_id": self.tournament_id, "at": item.at, "actor": item.actor,
             "verb": item.what, "old": item.old, "new": item.new, "undoable": False,
             "extra": item.model_extra or {}}
            for item in archive.activity
        ]
        if trail:
            self.unit.insert(schema.action, trail)

