"""What was played, from rows into the parts of an archive."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Table, select

from tabapp.domain import archive as doc
from tabapp.store import schema
from tabapp.store.archive_in_rounds import DEBATE_COLUMNS, ROUND_COLUMNS
from tabapp.store.ballot_rows import read_ballots
from tabapp.store.refs import Refs
from tabapp.store.unit import ReadUnit


def read_rounds(
    unit: ReadUnit, tournament_id: int, refs: Refs, slugs: dict[int, str], *, ballots: bool
) -> list[doc.Round]:
    """Read all rounds by sequence; ``slugs`` names the break categories by row id."""
    reader = _Rounds(unit, tournament_id, refs)
    rows = unit.rows(
        select(schema.round_)
        .where(schema.round_.c.tournament_id == tournament_id)
        .order_by(schema.round_.c.seq)
    )
    debates = reader.debates(ballots=ballots)
    absent = {
        kind: reader.of_round(table, f"{kind}_id", kind)
        for kind, table in (
            ("team", schema.absent_team), ("adjudicator", schema.absent_adjudicator),
            ("venue", schema.absent_venue),
        )
    }
    motions = reader.of_round(schema.round_motion, "motion_id", "motion", "seq")
    sides = reader.side_allocations()
    preformed = reader.preformed_panels()
    return [
        doc.Round(
            **{name: getattr(row, name) for name in ROUND_COLUMNS},
            break_category=slugs.get(row.break_category_id),
            motions=motions.get(row.id, []),
            absent_teams=absent["team"].get(row.id, []),
            absent_adjudicators=absent["adjudicator"].get(row.id, []),
            absent_venues=absent["venue"].get(row.id, []),
            side_allocations=sides.get(row.id, {}),
            preformed_panels=preformed.get(row.id, []),
            debates=debates.get(row.id, []),
            **row.extra,
        )
        for row in rows
    ]


class _Rounds:
    """Reads the parts of all rounds of one tournament."""

    def __init__(self, unit: ReadUnit, tournament_id: int, refs: Refs) -> None:
        self.unit = unit
        self.tournament_id = tournament_id
        self.refs = refs

    def of_round(
        self, table: Table, column: str, kind: str, order: str = "id"
    ) -> dict[int, list[str]]:
        """Return round id -> archive ids of a list that hangs on rounds."""
        found: dict[int, list[str]] = defaultdict(list)
        for round_id, other in self.unit.fetch(
            select(table.c.round_id, table.c[column])
            .join(schema.round_, schema.round_.c.id == table.c.round_id)
            .where(schema.round_.c.tournament_id == self.tournament_id)
            .order_by(table.c[order])
        ):
            found[round_id].append(self.refs.ref(kind, other))
        return found

    def side_allocations(self) -> dict[int, dict[str, str]]:
        found: dict[int, dict[str, str]] = defaultdict(dict)
        for row in self.unit.rows(
            select(schema.side_allocation).join(schema.round_)
            .where(schema.round_.c.tournament_id == self.tournament_id)
        ):
            found[row.round_id][self.refs.ref("team", row.team_id)] = row.side
        return found

    def preformed_panels(self) -> dict[int, list[doc.PreformedPanel]]:
        table = schema.preformed_panel
        rows = self.unit.rows(
            select(table).join(schema.round_)
            .where(schema.round_.c.tournament_id == self.tournament_id).order_by(table.c.id)
        )
        if not rows:
            return {}
        member = schema.preformed_panel_member
        members: dict[int, list[doc.PanelMember]] = defaultdict(list)
        for row in self.unit.rows(
            select(member).where(member.c.preformed_panel_id.in_([row.id for row in rows]))
            .order_by(member.c.id)
        ):
            members[row.preformed_panel_id].append(self._member(row))
        found: dict[int, list[doc.PreformedPanel]] = defaultdict(list)
        for row in rows:
            found[row.round_id].append(doc.PreformedPanel(
                room_rank=row.room_rank, importance=row.importance, bracket_min=row.bracket_min,
                bracket_max=row.bracket_max, liveness=row.liveness,
                panel=members.get(row.id, []), **row.extra,
            ))
        return found

    def _member(self, row: Any) -> doc.PanelMember:
        return doc.PanelMember(
            adjudicator=self.refs.ref("adjudicator", row.adjudicator_id), role=row.role,
            **row.extra,
        )

    def _in_debates(self, table: Table) -> list[Any]:
        return self.unit.rows(
            select(table).join(schema.debate, schema.debate.c.id == table.c.debate_id)
            .where(schema.debate.c.tournament_id == self.tournament_id).order_by(table.c.id)
        )

    def debates(self, *, ballots: bool) -> dict[int, list[doc.Debate]]:
        """Return round id -> its debates."""
        refs = self.refs
        sides: dict[int, list[doc.DebateSide]] = defaultdict(list)
        for row in self._in_debates(schema.debate_side):
            sides[row.debate_id].append(doc.DebateSide(
                side=row.side, team=refs.ref("team", row.team_id), flags=row.flags, **row.extra
            ))
        panels: dict[int, list[doc.PanelMember]] = defaultdict(list)
        for row in self._in_debates(schema.panel_member):
            panels[row.debate_id].append(self._member(row))
        overrides: dict[int, list[doc.Override]] = defaultdict(list)
        for row in self._in_debates(schema.debate_override):
            overrides[row.debate_id].append(doc.Override(
                adjudicator=refs.ref("adjudicator", row.adjudicator_id),
                team=refs.maybe_ref("team", row.team_id),
                other=refs.maybe_ref("adjudicator", row.other_id),
                reason=row.reason, by=row.by, **row.extra,
            ))
        papers = read_ballots(
            self.unit, refs, schema.debate.c.tournament_id == self.tournament_id
        ) if ballots else {}
        found: dict[int, list[doc.Debate]] = defaultdict(list)
        table = schema.debate
        for row in self.unit.rows(
            select(table).where(table.c.tournament_id == self.tournament_id).order_by(table.c.id)
        ):
            found[row.round_id].append(doc.Debate(
                id=row.ref, **{name: getattr(row, name) for name in DEBATE_COLUMNS},
                venue=refs.maybe_ref("venue", row.venue_id),
                overrides=overrides.get(row.id, []), sides=sides.get(row.id, []),
                panel=panels.get(row.id, []),
                ballots=[one for _id, one in papers.get(row.id, [])], **row.extra,
            ))
        return found
