"""From one document of a tournament to another, as rows: what is new or different, nothing else.

Nothing is deleted but the parts of a record that comes with others. What moves between rooms
stands aside first, so that no team or judge is in two of them on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Table, select

from tabapp.domain.archive import Achievement, Archive, Debate, Part, Round
from tabapp.store import schema
from tabapp.store.archive_in import COLUMNS, Loader
from tabapp.store.archive_in_rounds import (
    debate_values,
    insert_debate_parts,
    insert_debates,
    insert_feedback,
    insert_round_lists,
    round_values,
)
from tabapp.store.ballot_rows import delete_ballots
from tabapp.store.refs import TABLES, Refs
from tabapp.store.setup_rows import settle_slots
from tabapp.store.unit import WriteUnit, chunks

_LISTS: dict[str, Table] = {
    "institutions": schema.institution, "break_categories": schema.break_category,
    "speaker_categories": schema.speaker_category, "teams": schema.team,
    "speakers": schema.speaker, "adjudicators": schema.adjudicator,
    "venue_categories": schema.venue_category, "venues": schema.venue,
    "motions": schema.motion, "questions": schema.question,
}
_LINKS: dict[str, tuple[Table, ...]] = {
    "team": (
        schema.team_break_category, schema.team_break_preference,
        schema.team_institution_conflict, schema.team_team_conflict),
    "speaker": (schema.speaker_speaker_category,),
    "adjudicator": (
        schema.adjudicator_institution_conflict, schema.adjudicator_team_conflict,
        schema.adjudicator_adjudicator_conflict, schema.base_score),
    "venue": (schema.venue_venue_category,),
}
"""What hangs on a record and is written anew when the record changes."""

_ROUND_LISTS = (
    "motions", "absent_teams", "absent_adjudicators", "absent_venues", "side_allocations",
    "preformed_panels",
)


def change_archive(unit: WriteUnit, tournament_id: int, before: Archive, after: Archive) -> None:
    """Write where ``after`` has more or other than ``before``, which is what the database holds.

    The activity is left alone.
    """
    change = _Change(unit, tournament_id, before, after)
    change.head()
    change.records()
    change.constraints()
    change.rounds()
    change.debates()
    change.breaks()
    change.feedback()
    change.achievements()


class _Change:
    def __init__(
        self, unit: WriteUnit, tournament_id: int, before: Archive, after: Archive
    ) -> None:
        self.unit = unit
        self.tournament_id = tournament_id
        self.before, self.after = before, after
        self.refs = Refs.load(unit, tournament_id, *TABLES)
        self.loader = Loader(unit, tournament_id, self.refs)
        self.round_ids: dict[int, int] = {}

    def head(self) -> None:
        """Write the tournament itself."""
        now, was = self.after.tournament, self.before.tournament
        if now.model_copy(update={"criteria": was.criteria}) == was:
            return
        self.unit.update(schema.tournament, {self.tournament_id: {
            "name": now.name, "short_name": now.short_name, "preset": now.preset,
            "preset_version": now.preset_version, "active": now.active,
            "timezone": now.timezone, "settings": now.settings, "extra": now.model_extra or {},
        }})

    def records(self) -> None:
        """Write whatever has an id, new records first."""
        new: dict[str, Any] = {
            name: _new(getattr(self.before, name), getattr(self.after, name)) for name in _LISTS}
        criteria = _new(self.before.tournament.criteria, self.after.tournament.criteria)
        head = self.after.tournament.model_copy(update={"criteria": criteria})
        coming = self.after.model_copy(
            update=new | {"tournament": head, "venue_constraints": []})
        self.loader.set_up(coming)
        self.loader.people(coming)
        self.loader.rooms(coming)
        self._update(schema.criterion, _changed(
            self.before.tournament.criteria, self.after.tournament.criteria))
        for name, table in _LISTS.items():
            self._update(table, _changed(getattr(self.before, name), getattr(self.after, name)))

    def _update(self, table: Table, parts: Sequence[Any]) -> None:
        loader, name = self.loader, table.name
        rows: dict[str, Callable[[Any], dict[str, Any]]] = {
            "team": loader.team_row, "speaker": loader.speaker_row,
            "adjudicator": loader.adjudicator_row}
        links: dict[str, Callable[[Sequence[Any]], None]] = {
            "team": loader.team_links, "speaker": loader.speaker_links,
            "adjudicator": loader.adjudicator_links, "venue": loader.venue_links}
        self.unit.update(table, {
            self.refs.id(name, part.id):
            {column: getattr(part, column) for column in COLUMNS[name]}
            | {"extra": part.model_extra or {}} | (rows[name](part) if name in rows else {})
            for part in parts
        })
        for link in _LINKS.get(name, ()):
            self._delete(link, f"{name}_id", [self.refs.id(name, part.id) for part in parts])
        if name in links:
            links[name](parts)

    def _delete(self, table: Table, column: str, owners: Iterable[int]) -> None:
        """Delete the rows of ``table`` that belong to ``owners``."""
        for part in chunks(list(owners)):
            self.unit.delete(table, [row for (row,) in self.unit.fetch(
                select(table.c.id).where(table.c[column].in_(part)))])

    def constraints(self) -> None:
        """Write who wants which rooms."""
        was, now = self.before.venue_constraints, self.after.venue_constraints
        table = schema.venue_constraint
        for gone in (one for one in was if one not in now):
            row = self.unit.one(select(table.c.id).where(
                table.c.tournament_id == self.tournament_id, table.c.kind == gone.kind,
                table.c[f"{gone.kind}_id"] == self.refs.id(gone.kind, gone.subject),
                table.c.venue_category_id == self.refs.id("venue_category", gone.category),
                table.c.priority == gone.priority))
            self.unit.delete(table, [row.id] if row is not None else [])
        self.loader.rooms(_only(self.after, venue_constraints=[
            one for one in now if one not in was]))

    def rounds(self) -> None:
        """Write rounds with what hangs on them besides debates."""
        known = {one.seq: one for one in self.before.rounds}
        categories = {
            one.slug: self.refs.id("break_category", one.id)
            for one in self.after.break_categories}
        table = schema.round_
        self.round_ids = dict(self.unit.fetch(
            select(table.c.seq, table.c.id).where(table.c.tournament_id == self.tournament_id)))
        listed: list[tuple[int, Round]] = []
        changed: dict[int, dict[str, Any]] = {}
        for one in self.after.rounds:
            was = known.get(one.seq)
            if was is None:
                row = self.unit.ids.take("round")[0]
                self.unit.insert(table, [round_values(one, categories) | {
                    "id": row, "slot_id": row, "tournament_id": self.tournament_id}])
                self.round_ids[one.seq] = row
                listed.append((row, one))
            elif one != was:
                row = self.round_ids[one.seq]
                changed[row] = round_values(one, categories)
                if any(getattr(one, name) != getattr(was, name) for name in _ROUND_LISTS):
                    self._clear_lists(row)
                    listed.append((row, one))
        self.unit.update(table, changed)
        insert_round_lists(self.unit, listed, self.refs)

    def _clear_lists(self, row: int) -> None:
        panels = [panel for (panel,) in self.unit.fetch(
            select(schema.preformed_panel.c.id)
            .where(schema.preformed_panel.c.round_id == row))]
        self._delete(schema.preformed_panel_member, "preformed_panel_id", panels)
        for table in (
            schema.preformed_panel, schema.round_motion, schema.absent_team,
            schema.absent_adjudicator, schema.absent_venue, schema.side_allocation,
        ):
            self._delete(table, "round_id", [row])

    def debates(self) -> None:
        """Write debates, sides, panels and ballots: everything stands aside, then takes place."""
        was = {one.id: one for round_ in self.before.rounds for one in round_.debates}
        new: list[tuple[int, Debate]] = []
        moved: list[tuple[int, Debate]] = []
        for round_ in self.after.rounds:
            for one in round_.debates:
                if one.id not in was:
                    new.append((self.round_ids[round_.seq], one))
                elif one != was[one.id]:
                    moved.append((self.round_ids[round_.seq], one))
        parts = [(round_id, self._clear(one, was[one.id])) for round_id, one in moved]
        settle_slots(self.unit, self.tournament_id)
        table = schema.round_
        slot_of = dict(self.unit.fetch(
            select(table.c.id, table.c.slot_id)
            .where(table.c.tournament_id == self.tournament_id)))
        self.unit.update(schema.debate, {
            self.refs.id("debate", one.id): debate_values(one, self.refs) for _row, one in moved})
        insert_debate_parts(self.unit, [
            ({"debate_id": self.refs.id("debate", one.id), "round_id": round_id,
              "slot_id": slot_of[round_id]}, one)
            for round_id, one in parts
        ], self.refs)
        insert_debates(self.unit, new, self.tournament_id, slot_of, self.refs)

    def _clear(self, one: Debate, was: Debate) -> Debate:
        """Delete what comes anew with a debate; return it with that alone."""
        row = self.refs.id("debate", one.id)
        coming: dict[str, list[Any]] = {}
        for name, table in (
            ("sides", schema.debate_side), ("panel", schema.panel_member),
            ("overrides", schema.debate_override),
        ):
            coming[name] = []
            if getattr(one, name) != getattr(was, name):
                coming[name] = getattr(one, name)
                self._delete(table, "debate_id", [row])
        coming["ballots"] = [ballot for ballot in one.ballots if ballot not in was.ballots]
        gone = [ballot.version for ballot in was.ballots if ballot not in one.ballots]
        ballot = schema.ballot
        delete_ballots(self.unit, [found for (found,) in self.unit.fetch(
            select(ballot.c.id)
            .where(ballot.c.debate_id == row, ballot.c.version.in_(gone)))])
        return one.model_copy(update=coming)

    def breaks(self) -> None:
        """Write the lists of teams that break, each whole."""
        was = {one.category: one for one in self.before.breaks}
        changed = [one for one in self.after.breaks if one != was.get(one.category)]
        ids = [
            self.refs.id("break_category", one.id) for one in self.after.break_categories
            if one.slug in {item.category for item in changed}]
        for table in (schema.break_team, schema.break_lots):
            self._delete(table, "break_category_id", ids)
        self.loader.breaks(_only(
            self.after, break_categories=self.after.break_categories, breaks=changed))

    def feedback(self) -> None:
        """Write feedback; what is different is replaced."""
        changed = _changed(self.before.feedback, self.after.feedback)
        rows = [self.refs.id("feedback", one.id) for one in changed]
        self._delete(schema.feedback_answer, "feedback_id", rows)
        self.unit.delete(schema.feedback, rows)
        new = [*changed, *_new(self.before.feedback, self.after.feedback)]
        insert_feedback(self.unit, new, self.tournament_id, self.round_ids, self.refs)

    def achievements(self) -> None:
        """Write achievements; what is different is replaced."""
        was, now = self.before.achievements, self.after.achievements
        new = [one for one in now if one not in was]
        table = schema.achievement
        for one in (*(one for one in was if one not in now), *new):  # one may wait for its team
            if one in was or not any(_is_same(one, other) for other in was):
                self.unit.delete(table, [row for (row,) in self.unit.fetch(
                    select(table.c.id).where(
                        table.c.tournament_id == self.tournament_id, table.c.key == one.key,
                        table.c.subject == one.subject,
                        table.c.round_seq.is_not_distinct_from(one.round)))])
        self.loader.awards(new)


def _is_same(one: Achievement, other: Achievement) -> bool:
    return (one.key, one.subject, one.round) == (other.key, other.subject, other.round)


def _only(archive: Archive, **lists: Sequence[Part]) -> Archive:
    """Return a document with these lists and no others."""
    return Archive(tournament=archive.tournament).model_copy(update=lists)


def _new(before: Sequence[Any], after: Sequence[Any]) -> list[Any]:
    known = {one.id for one in before}
    return [one for one in after if one.id not in known]


def _changed(before: Sequence[Any], after: Sequence[Any]) -> list[Any]:
    known = {one.id: one for one in before}
    return [one for one in after if one.id in known and one != known[one.id]]
