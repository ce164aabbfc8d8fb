"""Awards as they are stored, and all that they are worked out from, in a few statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

import numpy as np
from sqlalchemy import func, select

from tabapp.domain.achievements import AwardFacts, Family, PanelColumns, RoundFact
from tabapp.domain.achievements.facts import CHAIR, PANELLIST, TRAINEE
from tabapp.domain.deadlines import RoundTimes, end_of
from tabapp.domain.formats import Settings
from tabapp.domain.registration import asked_of, is_complete
from tabapp.domain.types import BoolArray, ResultData, Role, SpeakerInfo, TeamInfo
from tabapp.store import schema
from tabapp.store.profile_rows import PersonRow, read_people
from tabapp.store.result_reads import read_numbered_results
from tabapp.store.times import readable
from tabapp.store.tournaments import TournamentRow, list_rounds
from tabapp.store.unit import ReadUnit, WriteUnit

_ROLES = {
    Role.TRAINEE.value: TRAINEE, Role.PANELLIST.value: PANELLIST, Role.CHAIR.value: CHAIR,
}


@dataclass(frozen=True, slots=True)
class AwardRow:
    """A stored award. ``extra`` holds ``rounds`` and ``facts``, and what other programs wrote."""

    id: int
    key: str
    subject: str
    round_seq: int | None
    awarded_at: str | None
    extra: Mapping[str, Any]

    @property
    def rounds(self) -> tuple[int, ...] | None:
        """The rounds on which it rests; None where that was not stored."""
        found = self.extra.get("rounds")
        if isinstance(found, list) and all(type(one) is int for one in found):
            return tuple(found)
        return None

    @property
    def facts(self) -> dict[str, str | int | float]:
        """What fills its sentence; empty where that was not stored."""
        found = self.extra.get("facts")
        if not isinstance(found, dict):
            return {}
        return {key: one for key, one in found.items() if isinstance(one, str | int | float)}


def list_awards(unit: ReadUnit, tournament_id: int) -> list[AwardRow]:
    """Return all awards of a tournament, the oldest first."""
    table = schema.achievement
    return [
        AwardRow(row.id, row.key, row.subject, row.round_seq, row.awarded_at, row.extra)
        for row in unit.rows(
            select(table).where(table.c.tournament_id == tournament_id).order_by(table.c.id))
    ]


def read_holders(
    unit: ReadUnit, tournament_id: int
) -> dict[Family, dict[str, tuple[str, str]]]:
    """Return family -> archive id -> name and detail of all who can hold an award.

    The detail is the institution of a team or a judge, the team of a speaker. The tournament is "".
    """
    team, speaker, judge, home = (
        schema.team, schema.speaker, schema.adjudicator, schema.institution)
    found: dict[Family, dict[str, tuple[str, str]]] = {"tournament": {"": ("", "")}}
    kinds: tuple[tuple[Family, Any, Any, Any], ...] = (
        ("teams", team, home, team.c.institution_id),
        ("adjudicators", judge, home, judge.c.institution_id),
        ("speakers", speaker, team, speaker.c.team_id),
    )
    for family, table, above, column in kinds:
        found[family] = {
            ref: (name, detail) for ref, name, detail in unit.fetch(
                select(table.c.ref, table.c.name, func.coalesce(above.c.name, ""))
                .outerjoin(above, above.c.id == column)
                .where(table.c.tournament_id == tournament_id))
        }
    return found


def timezone_of(unit: ReadUnit, tournament_id: int) -> str:
    """Return the name of a tournament's time zone."""
    table = schema.tournament
    return str(unit.scalar(select(table.c.timezone).where(table.c.id == tournament_id)) or "UTC")


def insert_awards(unit: WriteUnit, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add awards."""
    unit.insert(schema.achievement, rows)


def update_awards(unit: WriteUnit, changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Change columns of awards."""
    unit.update(schema.achievement, changes)


def delete_awards(unit: WriteUnit, ids: Iterable[int]) -> None:
    """Take awards back."""
    unit.delete(schema.achievement, ids)


def read_facts(
    unit: ReadUnit, owner: TournamentRow, *, results: bool, zone: tzinfo = UTC,
    finished: bool = False,
) -> AwardFacts:
    """Read what awards rest on; without ``results`` only who is registered.

    ``zone`` is the tournament's; ``finished`` says whether it is over. Both are for others to tell.
    """
    speakers, judges = (read_people(unit, kind, owner.id) for kind in ("speaker", "adjudicator"))
    sizes = _team_sizes(unit, owner.id)
    if results:
        data, numbers = read_numbered_results(unit, owner)
    else:
        data, numbers = _registered(unit, owner.id, speakers), {}
    judge_index = {one.id: at for at, one in enumerate(judges)}
    return AwardFacts(
        results=data, rounds=_rounds(unit, owner, zone) if results else (),
        debates=_debate_refs(unit, owner.id, numbers) if results else (),
        team_forfeit=_forfeits(unit, owner.id, data, numbers),
        judges=tuple(one.ref for one in judges),
        panels=_panels(unit, owner.id, judge_index, numbers),
        precedence=owner.settings.team_standings_precedence,
        sides=owner.settings.teams_in_debate, line_up=owner.settings.substantive_speakers,
        step=owner.settings.score_step,
        team_sizes=np.array(sizes, dtype=np.int64),
        speaker_complete=_complete(speakers, asked_of("speaker", owner.settings)),
        judge_complete=_complete(judges, asked_of("adjudicator", owner.settings)),
        finished=finished,
    )


def _complete(people: Sequence[PersonRow], asked: Sequence[str]) -> BoolArray:
    return np.array([is_complete(asked, one.profile) for one in people], dtype=np.bool_)


def _team_sizes(unit: ReadUnit, owner: int) -> list[int]:
    """Return how many speakers each team has, in order of the teams' rows."""
    team, speaker = schema.team, schema.speaker
    return [size for _row, size in unit.fetch(
        select(team.c.id, func.count(speaker.c.id))
        .outerjoin(speaker, speaker.c.team_id == team.c.id)
        .where(team.c.tournament_id == owner).group_by(team.c.id).order_by(team.c.id))]


def _registered(unit: ReadUnit, owner: int, speakers: Sequence[PersonRow]) -> ResultData:
    """Return teams and speakers without any result."""
    team = schema.team
    whole = np.zeros(0, dtype=np.int64)
    number, flag = np.zeros(0, dtype=np.float64), np.zeros(0, dtype=np.bool_)
    return ResultData(
        teams=tuple(
            TeamInfo(ref, name, type=type_) for ref, name, type_ in unit.fetch(
                select(team.c.ref, team.c.name, team.c.type)
                .where(team.c.tournament_id == owner).order_by(team.c.id))),
        speakers=tuple(SpeakerInfo(one.ref, one.name, -1) for one in speakers), rounds=(),
        team_team=whole, team_debate=whole, team_round=whole, team_side=whole,
        team_points=number, team_win=number, team_score=number, team_margin=number,
        team_votes_given=number, team_votes_possible=number,
        team_ghost=flag, team_pullup=flag, team_confirmed=flag, team_averaged=flag,
        speech_speaker=whole, speech_team=whole, speech_debate=whole, speech_round=whole,
        speech_position=whole, speech_score=number, speech_rank=number, speech_ghost=flag,
        speech_reply=flag,
    )


def _debate_refs(unit: ReadUnit, owner: int, numbers: Mapping[int, int]) -> tuple[str, ...]:
    debate = schema.debate
    refs = dict(unit.fetch(
        select(debate.c.id, debate.c.ref).where(debate.c.tournament_id == owner)))
    return tuple(refs[row] for row in numbers)  # they are numbered in this order


def _forfeits(
    unit: ReadUnit, owner: int, data: ResultData, numbers: Mapping[int, int]
) -> BoolArray:
    """Return for each row of team results whether the team forfeited."""
    result, debate, team = schema.result_team, schema.debate, schema.team
    rows = unit.fetch(
        select(result.c.debate_id, team.c.ref)
        .join(debate, debate.c.id == result.c.debate_id)
        .join(team, team.c.id == result.c.team_id)
        .where(debate.c.tournament_id == owner, result.c.forfeit)
    ) if numbers else []
    places = {one.id: at for at, one in enumerate(data.teams)} if rows else {}
    width = max(1, len(data.teams))
    codes = [numbers[row] * width + places[ref] for row, ref in rows if row in numbers]
    found: BoolArray = np.isin(data.team_debate * width + data.team_team, codes)
    return found


def _panels(
    unit: ReadUnit, owner: int, judges: Mapping[int, int], numbers: Mapping[int, int]
) -> PanelColumns:
    member, debate = schema.panel_member, schema.debate
    rows = [
        (judges[judge], numbers[row], _ROLES[role]) for judge, row, role in unit.fetch(
            select(member.c.adjudicator_id, member.c.debate_id, member.c.role)
            .join(debate, debate.c.id == member.c.debate_id)
            .where(debate.c.tournament_id == owner).order_by(member.c.id))
        if row in numbers
    ] if numbers else []
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 3)
    return PanelColumns(columns[:, 0], columns[:, 1], columns[:, 2])


def _rounds(unit: ReadUnit, owner: TournamentRow, zone: tzinfo) -> tuple[RoundFact, ...]:
    round_ = schema.round_
    times = {
        row: RoundTimes(starts, end) for row, starts, end in unit.fetch(
            select(round_.c.id, round_.c.starts_at, round_.c.expected_end)
            .where(round_.c.tournament_id == owner.id))
    }
    rounds = list_rounds(unit, owner.id)
    finished = _completions(unit, [
        one.id for one in rounds
        if one.completed and (times[one.id].starts_at or times[one.id].expected_end)])
    return tuple(
        RoundFact(
            one.seq, one.completed, one.category,
            expected_end=_end(times[one.id], owner.settings, zone, finished.get(one.id)),
            finished_at=finished.get(one.id))
        for one in rounds
    )


def _end(
    times: RoundTimes, settings: Settings, zone: tzinfo, finished: datetime | None
) -> datetime | None:
    return None if finished is None else end_of(times, settings, zone, finished)


def _completions(unit: ReadUnit, rounds: Collection[int]) -> dict[int, datetime]:
    """Return when rounds were completed last, as far as the journal reaches back.

    What was imported as completed was never seen to be.
    """
    if not rounds:
        return {}
    change, action = schema.change, schema.action
    found: dict[int, datetime] = {}
    for row in unit.rows(
        select(change.c.row_id, change.c.before, change.c.after, action.c.at)
        .join(action, action.c.id == change.c.action_id)
        .where(
            change.c.table_name == "round", change.c.row_id.in_(rounds),
            change.c.before.is_not(None), change.c.after.is_not(None))
        .order_by(change.c.action_id, change.c.n)
    ):
        at = readable(row.at)
        if at is not None and row.after["completed"] and not row.before["completed"]:
            found[row.row_id] = at
    return found
