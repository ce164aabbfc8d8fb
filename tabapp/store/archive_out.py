"""Rows into an archive: everything that the database knows of one tournament but its runs."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, select

from tabapp.domain import archive as doc
from tabapp.store import schema
from tabapp.store.archive_in import COLUMNS
from tabapp.store.archive_out_rounds import read_rounds
from tabapp.store.refs import TABLES, Refs
from tabapp.store.unit import ReadUnit

PartT = TypeVar("PartT", bound=doc.Part)


def read_archive(
    unit: ReadUnit, tournament_id: int, *, ballots: bool = True
) -> doc.Archive:
    """Read a whole tournament as one document, lists in the order of their rows.

    Without ``ballots`` they are left out, which is most of the reading.
    """
    reader = _Reader(unit, tournament_id)
    row = unit.one(select(schema.tournament).where(schema.tournament.c.id == tournament_id))
    assert row is not None
    categories = reader.entities(schema.break_category, doc.BreakCategory)
    slugs = {
        reader.refs.id("break_category", category.id): category.slug for category in categories
    }
    return doc.Archive(
        tournament=doc.Tournament(
            name=row.name, short_name=row.short_name, slug=row.slug, preset=row.preset,
            preset_version=row.preset_version, active=row.active,
            timezone=row.timezone, settings=row.settings,
            criteria=reader.entities(schema.criterion, doc.Criterion), **row.extra,
        ),
        institutions=reader.entities(schema.institution, doc.Institution),
        break_categories=categories,
        speaker_categories=reader.entities(schema.speaker_category, doc.SpeakerCategory),
        teams=reader.teams(),
        speakers=reader.speakers(),
        adjudicators=reader.adjudicators(),
        venue_categories=reader.entities(schema.venue_category, doc.VenueCategory),
        venues=reader.entities(schema.venue, doc.Venue, reader.lists(
            schema.venue_venue_category, "venue", "venue_category", "categories")),
        venue_constraints=reader.constraints(),
        motions=reader.entities(schema.motion, doc.Motion),
        questions=reader.entities(schema.question, doc.Question),
        rounds=read_rounds(unit, tournament_id, reader.refs, slugs, ballots=ballots),
        breaks=reader.breaks(slugs),
        feedback=reader.feedback(),
        achievements=reader.achievements(),
        activity=reader.activity(),
        **row.document_extra,
    )


class _Reader:
    """Reads the parts of one tournament."""

    def __init__(self, unit: ReadUnit, tournament_id: int) -> None:
        self.unit = unit
        self.tournament_id = tournament_id
        self.refs = Refs.load(unit, tournament_id, *TABLES)

    def mine(self, table: Table) -> list[Any]:
        """Return the rows of ``table`` that belong to the tournament, in order of id."""
        return self.unit.rows(
            select(table).where(table.c.tournament_id == self.tournament_id).order_by(table.c.id)
        )

    def entities(
        self, table: Table, kind: type[PartT], *more: dict[int, dict[str, Any]]
    ) -> list[PartT]:
        """Make a part of each row; ``more`` adds values by row id."""
        made = []
        for row in self.mine(table):
            values: dict[str, Any] = {name: getattr(row, name) for name in COLUMNS[table.name]}
            for added in more:
                values |= added.get(row.id, {})
            made.append(kind(id=row.ref, **values, **row.extra))
        return made

    def lists(
        self, table: Table, owner: str, other: str, attribute: str, column: str | None = None,
        *, order: ColumnElement[Any] | None = None,
    ) -> dict[int, dict[str, Any]]:
        """Return owner's row id -> {attribute: archive ids}, of a many-to-many table."""
        owner_column = table.c[f"{owner}_id"]
        owners = TABLES[owner]
        found: dict[int, list[str]] = defaultdict(list)
        for own, ref in self.unit.fetch(
            select(owner_column, table.c[column or f"{other}_id"])
            .join(owners, owners.c.id == owner_column)
            .where(owners.c.tournament_id == self.tournament_id)
            .order_by(order if order is not None else table.c.id)
        ):
            found[own].append(self.refs.ref(other, ref))
        return {own: {attribute: refs} for own, refs in found.items()}

    def links_to(self, table: Table, column: str, kind: str, attribute: str) -> dict[
        int, dict[str, Any]
    ]:
        """Return row id -> {attribute: archive id or None}, of a reference."""
        return {
            row_id: {attribute: self.refs.maybe_ref(kind, other)}
            for row_id, other in self.unit.fetch(
                select(table.c.id, table.c[column])
                .where(table.c.tournament_id == self.tournament_id)
            )
        }

    def teams(self) -> list[doc.Team]:
        preference = schema.team_break_preference
        return self.entities(
            schema.team, doc.Team,
            self.links_to(schema.team, "institution_id", "institution", "institution"),
            self.lists(schema.team_break_category, "team", "break_category", "break_categories"),
            self.lists(preference, "team", "break_category", "break_preferences",
                       order=preference.c.seq),
            self.lists(schema.team_institution_conflict, "team", "institution",
                       "institution_conflicts"),
            self.lists(schema.team_team_conflict, "team", "team", "team_conflicts", "other_id"),
        )

    def speakers(self) -> list[doc.Speaker]:
        return self.entities(
            schema.speaker, doc.Speaker,
            self.links_to(schema.speaker, "team_id", "team", "team"),
            self.lists(schema.speaker_speaker_category, "speaker", "speaker_category",
                       "categories"),
        )

    def adjudicators(self) -> list[doc.Adjudicator]:
        history: dict[int, dict[str, Any]] = defaultdict(lambda: {"base_score_history": []})
        for row in self.unit.rows(
            select(schema.base_score)
            .join(schema.adjudicator)
            .where(schema.adjudicator.c.tournament_id == self.tournament_id)
            .order_by(schema.base_score.c.seq)
        ):
            history[row.adjudicator_id]["base_score_history"].append(
                doc.BaseScore(round=row.round_seq, score=row.score, **row.extra)
            )
        table = schema.adjudicator
        return self.entities(
            table, doc.Adjudicator, history,
            self.links_to(table, "institution_id", "institution", "institution"),
            self.lists(schema.adjudicator_institution_conflict, "adjudicator", "institution",
                       "institution_conflicts"),
            self.lists(schema.adjudicator_team_conflict, "adjudicator", "team", "team_conflicts"),
            self.lists(schema.adjudicator_adjudicator_conflict, "adjudicator", "adjudicator",
                       "adjudicator_conflicts", "other_id"),
        )

    def constraints(self) -> list[doc.VenueConstraint]:
        return [
            doc.VenueConstraint(
                kind=row.kind,
                subject=self.refs.ref(row.kind, getattr(row, f"{row.kind}_id")),
                category=self.refs.ref("venue_category", row.venue_category_id),
                priority=row.priority, **row.extra,
            )
            for row in self.mine(schema.venue_constraint)
        ]

    def breaks(self, slugs: dict[int, str]) -> list[doc.Break]:
        teams: dict[int, list[doc.BreakTeam]] = defaultdict(list)
        chosen = list(slugs)
        for row in self.unit.rows(
            select(schema.break_team)
            .where(schema.break_team.c.break_category_id.in_(chosen))
            .order_by(schema.break_team.c.id)
        ):
            teams[row.break_category_id].append(doc.BreakTeam(
                team=self.refs.ref("team", row.team_id), rank=row.rank,
                break_rank=row.break_rank, remark=row.remark, reason=row.reason, **row.extra,
            ))
        return [
            doc.Break(
                category=slugs[row.break_category_id],
                lots=doc.Lots.model_validate(row.lots) if row.lots is not None else None,
                teams=teams.get(row.break_category_id, []), **row.extra,
            )
            for row in self.unit.rows(
                select(schema.break_lots)
                .where(schema.break_lots.c.break_category_id.in_(chosen))
                .order_by(schema.break_lots.c.id)
            )
        ]

    def feedback(self) -> list[doc.Feedback]:
        answers: dict[int, dict[str, Any]] = defaultdict(dict)
        for row in self.unit.rows(
            select(schema.feedback_answer).join(schema.feedback)
            .where(schema.feedback.c.tournament_id == self.tournament_id)
        ):
            answers[row.feedback_id][self.refs.ref("question", row.question_id)] = row.value
        seqs = dict(self.unit.fetch(
            select(schema.round_.c.id, schema.round_.c.seq)
            .where(schema.round_.c.tournament_id == self.tournament_id)
        ))
        refs = self.refs
        return [
            doc.Feedback(
                id=row.ref, round=seqs.get(row.round_id),
                debate=refs.maybe_ref("debate", row.debate_id),
                target=refs.ref("adjudicator", row.target_id),
                source_team=refs.maybe_ref("team", row.source_team_id),
                source_adjudicator=refs.maybe_ref("adjudicator", row.source_adjudicator_id),
                score=row.score, confirmed=row.confirmed, ignored=row.ignored,
                answers=answers.get(row.id, {}), **row.extra,
            )
            for row in self.mine(schema.feedback)
        ]

    def achievements(self) -> list[doc.Achievement]:
        """Return the awards, without those of people and teams that are gone by now."""
        holders = {""}
        for kind in ("team", "speaker", "adjudicator", "institution", "debate"):
            holders.update(self.refs.all(kind))
        return [
            doc.Achievement(
                key=row.key, subject=row.subject, round=row.round_seq, awarded_at=row.awarded_at,
                **row.extra,
            )
            for row in self.mine(schema.achievement) if row.subject in holders
        ]

    def activity(self) -> list[doc.Activity]:
        action = schema.action
        rows = self.unit.rows(
            select(action)
            .where(action.c.tournament_id == self.tournament_id, action.c.trail)
            .order_by(action.c.id)
        )
        return [
            doc.Activity(
                at=row.at, actor=row.actor,
                what=f"{row.verb} {row.subject}" if row.subject else row.verb,
                old=row.old, new=row.new, **row.extra,
            )
            for row in rows
        ]
