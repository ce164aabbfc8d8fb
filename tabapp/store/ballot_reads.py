"""What ballots are checked against, read for many debates at once.

Only the debates that are asked for are read, and of people and motions only those who speak there
or are named: one ballot of a large tournament costs no more than one of a small.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from tabapp.domain.archive import Ballot, Speech
from tabapp.domain.ballots import DebateContext
from tabapp.domain.types import Role, Side, Stage
from tabapp.store import schema
from tabapp.store.ballot_rows import Papers, build_ballots, read_criteria, read_few_papers
from tabapp.store.refs import TABLES, Refs
from tabapp.store.unit import ReadUnit, WriteUnit, chunks


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
    motions: frozenset[str] = frozenset()
    """The motions that are set in its round, by archive id."""

    @property
    def confirmed(self) -> tuple[int, Ballot] | None:
        """Row id and content of the confirmed ballot."""
        return next((one for one in self.ballots if one[1].status == "confirmed"), None)

    @property
    def next_version(self) -> int:
        """The number of the next version of the ballot."""
        return max((one.version for _id, one in self.ballots), default=0) + 1


@dataclass(slots=True)
class _Room:
    """A debate with its round, its teams by side, and the speakers of each team."""

    id: int
    status: str
    sides_confirmed: bool
    round_id: int
    seq: int
    stage: Stage
    round_status: str
    has_ballots: bool
    sides: dict[Side, str] = field(default_factory=dict)
    speakers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    panel: dict[str, Role] = field(default_factory=dict)
    motions: set[str] = field(default_factory=set)


def read_debates_for_ballots(
    unit: ReadUnit, tournament_id: int, given: Sequence[tuple[str, Ballot]]
) -> tuple[dict[str, DebateBallots], Refs]:
    """Return what is known of the debates that ballots are given for, and of whom these name.

    ``given`` pairs a debate's archive id with a ballot. Debates by archive id; unknown ones are
    left out, and the ``Refs`` know nobody who is not there.
    """
    refs, names = Refs(), dict[str, str]()
    rooms: dict[str, _Room] = {}
    for part in chunks(sorted({ref for ref, _ballot in given})):
        rooms |= _rooms(unit, tournament_id, part, refs, names)
    ids = [room.id for room in rooms.values() if room.has_ballots]
    papers = [read_few_papers(unit, schema.ballot.c.debate_id.in_(part)) for part in chunks(ids)]
    if isinstance(unit, WriteUnit):
        for one in papers:
            unit.keep_papers(one)
    all_named = _named((one for _ref, one in given), papers)
    for kind, named in all_named.items():
        learned = _learn(unit, tournament_id, kind, named, refs)
        if kind in ("speaker", "adjudicator"):
            names |= learned
    ballots: dict[int, list[tuple[int, Ballot]]] = {}
    for one in papers:
        ballots |= build_ballots(one, refs)
    last: set[int] = set()
    if any(room.stage is Stage.ELIMINATION for room in rooms.values()):
        last = _last_elimination_rounds(unit, tournament_id)
    everyone = frozenset(refs.all("speaker"))
    # most tournaments have none, and a ballot without marks by criterion needs none
    criteria = read_criteria(unit, tournament_id) if all_named.get("criterion") else {}
    found = {
        ref: DebateBallots(
            id=room.id, round_id=room.round_id, round_status=room.round_status,
            status=room.status, sides_confirmed=room.sides_confirmed,
            ballots=tuple(ballots.get(room.id, [])),
            motions=frozenset(room.motions),
            context=DebateContext(
                id=ref, round_seq=room.seq, stage=room.stage,
                sides=tuple((side, room.sides[side]) for side in Side if side in room.sides),
                speakers={team: frozenset(room.speakers[team]) for team in room.sides.values()},
                panel=tuple(room.panel.items()),
                last_elimination=room.round_id in last, all_speakers=everyone, names=names,
                criteria=criteria,
            ),
        )
        for ref, room in rooms.items()
    }
    return found, refs


def _rooms(
    unit: ReadUnit, tournament_id: int, debates: Sequence[str], refs: Refs, names: dict[str, str]
) -> dict[str, _Room]:
    """Read debates with their teams, speakers, judges and motions; ``refs``, ``names`` learn these.

    One statement for all of it, also for whether there are ballots to read: what a ballot costs is
    the number of its statements.
    """
    debate, round_, side = schema.debate, schema.round_, schema.debate_side
    team, speaker, set_, motion = (
        schema.team, schema.speaker, schema.round_motion, schema.motion)
    member, judge = schema.panel_member, schema.adjudicator
    rooms: dict[str, _Room] = {}
    for row in unit.fetch(
        select(
            side.c.side, team.c.ref, team.c.name, speaker.c.id, speaker.c.ref, speaker.c.name,
            motion.c.id, motion.c.ref, member.c.role, judge.c.id, judge.c.ref, judge.c.name,
            debate.c.ref, debate.c.id, debate.c.status, debate.c.sides_confirmed,
            round_.c.id, round_.c.seq, round_.c.stage, round_.c.status,
            exists().where(schema.ballot.c.debate_id == debate.c.id),
        )
        .select_from(debate)
        .join(round_, round_.c.id == debate.c.round_id)
        .outerjoin(side, side.c.debate_id == debate.c.id)
        .outerjoin(team, team.c.id == side.c.team_id)
        .outerjoin(speaker, speaker.c.team_id == team.c.id)
        .outerjoin(set_, set_.c.round_id == round_.c.id)
        .outerjoin(motion, motion.c.id == set_.c.motion_id)
        .outerjoin(member, member.c.debate_id == debate.c.id)
        .outerjoin(judge, judge.c.id == member.c.adjudicator_id)
        .where(debate.c.tournament_id == tournament_id, debate.c.ref.in_(debates))
    ):
        stood, team_ref, team_name, speaker_id, speaker_ref, speaker_name, *rest = row
        motion_id, motion_ref, role, judge_id, judge_ref, judge_name, ref, *head = rest
        if (room := rooms.get(ref)) is None:
            row_id, status, sides_confirmed, round_id, seq, stage, state, entered = head
            room = rooms[ref] = _Room(
                row_id, status, bool(sides_confirmed), round_id, seq, Stage(stage), state,
                bool(entered))
        if motion_id is not None:
            refs.add("motion", {motion_ref: motion_id})
            room.motions.add(motion_ref)
        if judge_id is not None:
            room.panel[judge_ref] = Role(role)
            names[judge_ref] = judge_name
            refs.add("adjudicator", {judge_ref: judge_id})
        if stood is not None:
            room.sides[Side(stood)] = team_ref
            names[team_ref] = team_name
        if speaker_id is not None:
            room.speakers[team_ref].add(speaker_ref)
            names[speaker_ref] = speaker_name
            refs.add("speaker", {speaker_ref: speaker_id})
    return rooms


def _named(
    given: Iterable[Ballot], papers: Iterable[Papers]
) -> dict[str, set[str | int]]:
    """Return what ballots refer to, by kind: archive ids of given ones, row ids of stored ones."""
    found: dict[str, set[Any]] = defaultdict(set)
    for one in given:
        found["motion"] |= {one.motion, *one.vetoes.values()}
        found["adjudicator"] |= {sheet.adjudicator for sheet in one.sheets}
        for speech in speeches_of(one):
            found["speaker"] |= {speech.speaker, speech.substitute_for}
            found["criterion"] |= speech.criteria.keys()
    for rows in papers:
        for row in (*rows["ballot"].values(), *rows["ballot_veto"].values()):
            found["motion"].add(row["motion_id"])
        found["adjudicator"] |= {row["adjudicator_id"] for row in rows["ballot_sheet"].values()}
        for row in rows["speech"].values():
            found["speaker"] |= {row["speaker_id"], row["substitute_for_id"]}
            found["criterion"] |= row["criteria"].keys()
    return {kind: named - {None} for kind, named in found.items()}


def speeches_of(ballot: Ballot) -> Iterator[Speech]:
    """Yield all speeches of a ballot."""
    for sheet in ballot.sheets:
        for side in sheet.sides:
            yield from side.speeches


def _learn(
    unit: ReadUnit, tournament_id: int, kind: str, named: set[str | int], refs: Refs
) -> dict[str, str]:
    """Teach ``refs`` the records that it does not know yet; return their names."""
    table, known = TABLES[kind], refs.all(kind)
    label = table.c.get("name", table.c.ref)
    names: dict[str, str] = {}
    for part in chunks(list(named - known.keys() - set(known.values()))):
        which: ColumnElement[bool] = or_(
            table.c.ref.in_([one for one in part if isinstance(one, str)]),
            table.c.id.in_([one for one in part if isinstance(one, int)]),
        )
        for ref, row_id, name in unit.fetch(
            select(table.c.ref, table.c.id, label)
            .where(table.c.tournament_id == tournament_id, which)
        ):
            refs.add(kind, {ref: row_id})
            names[ref] = name
    return names


def _last_elimination_rounds(unit: ReadUnit, tournament_id: int) -> set[int]:
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
