"""What a ballot is checked against, read for many debates at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import DebateContext
from tabapp.domain.types import Role, Side, Stage
from tabapp.store import schema
from tabapp.store.ballot_rows import read_ballots
from tabapp.store.refs import Refs
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class DebateBallots:
    """A debate that takes ballots: its context, its round's state and the ballots so far."""

    id: int
    round_id: int
    round_status: str
    status: str
    sides_confirmed: bool
    context: DebateContext
    ballots: tuple[tuple[int, Ballot], ...]

    @property
    def confirmed(self) -> tuple[int, Ballot] | None:
        """Row id and content of the confirmed ballot."""
        return next((one for one in self.ballots if one[1].status == "confirmed"), None)

    @property
    def next_version(self) -> int:
        """The number of the next version of the ballot."""
        return max((one.version for _id, one in self.ballots), default=0) + 1


def ballot_refs(unit: ReadUnit, tournament_id: int) -> Refs:
    """Read the ids that ballots name."""
    return Refs.load(unit, tournament_id, "adjudicator", "debate", "motion", "speaker", "team")


def read_debates_for_ballots(
    unit: ReadUnit, tournament_id: int, debates: Collection[str], refs: Refs
) -> dict[str, DebateBallots]:
    """Return what is known of ``debates``, by archive id; unknown ones are left out."""
    known = refs.all("debate")
    ids = [known[ref] for ref in debates if ref in known]
    speaker, round_, debate = schema.speaker, schema.round_, schema.debate
    members: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for ref, name, team_id in unit.fetch(
        select(speaker.c.ref, speaker.c.name, speaker.c.team_id)
        .where(speaker.c.tournament_id == tournament_id)
    ):
        names[ref] = name
        if team_id is not None:
            members[refs.ref("team", team_id)].add(ref)
    everyone = frozenset(names)
    for ref, name in unit.fetch(
        select(schema.team.c.ref, schema.team.c.name)
        .where(schema.team.c.tournament_id == tournament_id)
    ):
        names[ref] = name
    sides, panels = _sides(unit, ids), _panels(unit, ids)
    last = last_elimination_rounds(unit, tournament_id)
    ballots = read_ballots(unit, refs, schema.ballot.c.debate_id.in_(ids))
    found = {}
    for row in unit.rows(
        select(debate, round_.c.seq, round_.c.stage, round_.c.status.label("round_status"))
        .join(round_, round_.c.id == debate.c.round_id).where(debate.c.id.in_(ids))
    ):
        stood = tuple((side, refs.ref("team", team)) for side, team in sides[row.id])
        found[row.ref] = DebateBallots(
            id=row.id, round_id=row.round_id, round_status=row.round_status, status=row.status,
            sides_confirmed=row.sides_confirmed, ballots=tuple(ballots.get(row.id, [])),
            context=DebateContext(
                id=row.ref, round_seq=row.seq, stage=Stage(row.stage), sides=stood,
                speakers={team: frozenset(members[team]) for _side, team in stood},
                panel=tuple((refs.ref("adjudicator", j), role) for j, role in panels[row.id]),
                last_elimination=row.round_id in last, all_speakers=everyone, names=names,
            ),
        )
    return found


def _sides(unit: ReadUnit, ids: list[int]) -> dict[int, list[tuple[Side, int]]]:
    table, order = schema.debate_side, list(Side)
    found: dict[int, list[tuple[Side, int]]] = defaultdict(list)
    for debate_id, side, team_id in unit.fetch(
        select(table.c.debate_id, table.c.side, table.c.team_id)
        .where(table.c.debate_id.in_(ids))
    ):
        found[debate_id].append((Side(side), team_id))
    for stood in found.values():
        stood.sort(key=lambda pair: order.index(pair[0]))
    return found


def _panels(unit: ReadUnit, ids: list[int]) -> dict[int, list[tuple[int, Role]]]:
    table = schema.panel_member
    found: dict[int, list[tuple[int, Role]]] = defaultdict(list)
    for debate_id, judge_id, role in unit.fetch(
        select(table.c.debate_id, table.c.adjudicator_id, table.c.role)
        .where(table.c.debate_id.in_(ids)).order_by(table.c.id)
    ):
        found[debate_id].append((judge_id, Role(role)))
    return found


def last_elimination_rounds(unit: ReadUnit, tournament_id: int) -> set[int]:
    """Return the ids of the last elimination round of each category."""
    table = schema.round_
    last: dict[int, int] = {}
    for category_id, round_id in unit.fetch(
        select(table.c.break_category_id, table.c.id)
        .where(
            table.c.tournament_id == tournament_id, table.c.stage == Stage.ELIMINATION.value)
        .order_by(table.c.seq)
    ):
        last[category_id] = round_id
    return set(last.values())
