"""All results of a tournament in columns, read in three statements."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import Text, and_, cast, or_, select

from tabapp.domain.credits import averaged_rows
from tabapp.domain.formats import Settings
from tabapp.domain.types import (
    PULLUP,
    BoolArray,
    DrawType,
    FloatArray,
    IntArray,
    ResultData,
    RoundInfo,
    Side,
    SpeakerInfo,
    Stage,
    TeamInfo,
)
from tabapp.store import schema
from tabapp.store.tournaments import RoundRow, TournamentRow, list_rounds
from tabapp.store.unit import ReadUnit

Rows = Sequence[tuple[Any, ...]]


def read_results(
    unit: ReadUnit, owner: TournamentRow, *, speeches: bool = True
) -> ResultData:
    """Read what standings, breaks and draws need; without ``speeches`` no speakers either.

    Most of the time goes into speeches, which most draws and breaks do not need.
    """
    return read_numbered_results(unit, owner, speeches=speeches)[0]


def read_numbered_results(
    unit: ReadUnit, owner: TournamentRow, *, speeches: bool = True
) -> tuple[ResultData, dict[int, int]]:
    """Read the same with the number that the results give each debate, by its row id."""
    rounds = list_rounds(unit, owner.id)
    teams, team_index = _teams(unit, owner.id)
    speakers, speaker_index = _speakers(unit, owner.id, team_index) if speeches else ((), {})
    round_index = {row.id: index for index, row in enumerate(rounds)}
    side_rows = _side_rows(unit, owner.id)
    spoken = _columns(_speech_rows(unit, owner.id) if speeches else (), 9)
    debate_index: dict[int, int] = {}
    for row in side_rows:
        debate_index.setdefault(row[1], len(debate_index))
    teams_of = _columns(side_rows, 14)
    debates, places = _indices(teams_of[1], debate_index), _places(teams_of[3], owner.settings)
    wins = _numbers(teams_of[5])
    data = ResultData(
        teams=teams,
        speakers=speakers,
        rounds=tuple(_round_info(row) for row in rounds),
        team_team=_indices(teams_of[0], team_index),
        team_debate=debates,
        team_round=_indices(teams_of[2], round_index),
        team_side=places,
        team_points=_numbers(teams_of[4]),
        team_win=wins,
        team_score=_numbers(teams_of[6]),
        team_margin=_numbers(teams_of[7]),
        team_votes_given=_numbers(teams_of[8]),
        team_votes_possible=_numbers(teams_of[9]),
        team_ghost=_flags(teams_of[10]),
        team_pullup=_flags([_is_pulled_up(one) for one in teams_of[11]]),
        team_confirmed=_flags(teams_of[12]),
        team_averaged=averaged_rows(
            debates, places, wins, _flags(teams_of[13]), owner.settings),
        speech_speaker=_indices(spoken[0], speaker_index),
        speech_team=_indices(spoken[1], team_index),
        speech_debate=_indices(spoken[2], debate_index),
        speech_round=_indices(spoken[3], round_index),
        speech_position=np.array(spoken[4], dtype=np.int64),
        speech_score=_numbers(spoken[5]),
        speech_rank=_numbers(spoken[6]),
        speech_ghost=_flags(spoken[7]),
        speech_reply=_flags(spoken[8]),
    )
    return data, debate_index


def _round_info(row: RoundRow) -> RoundInfo:
    return RoundInfo(
        seq=row.seq, stage=Stage(row.stage), weight=row.weight, silent=row.silent, kind=row.kind,
        draw_type=DrawType(row.draw_type))


def _is_pulled_up(flags: str) -> bool:
    return PULLUP in flags and PULLUP in json.loads(flags)  # most rows have no flag at all


def _columns(rows: Rows, width: int) -> list[tuple[Any, ...]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _numbers(column: Sequence[Any]) -> FloatArray:
    return np.array(column, dtype=np.float64)  # None becomes NaN


def _flags(column: Sequence[Any]) -> BoolArray:
    return np.array([bool(one) for one in column], dtype=np.bool_)


def _indices(column: Sequence[Any], index: dict[Any, int]) -> IntArray:
    return np.array([index[one] for one in column], dtype=np.int64)


def _places(column: Sequence[str], settings: Settings) -> IntArray:
    """Return the number of each side in the format, -1 for a bye."""
    numbers = {side.value: index for index, side in enumerate(settings.sides)}
    return _indices(column, defaultdict(lambda: -1, numbers))


def _teams(unit: ReadUnit, owner: int) -> tuple[tuple[TeamInfo, ...], dict[int, int]]:
    team, category = schema.team, schema.break_category
    slugs = dict(unit.fetch(
        select(category.c.id, category.c.slug).where(category.c.tournament_id == owner)))
    eligible = _lists(unit, schema.team_break_category, "team_id", "break_category_id", slugs)
    preferred = _lists(unit, schema.team_break_preference, "team_id", "break_category_id", slugs,
                       order="seq")
    institution = schema.institution
    rows = unit.fetch(
        select(
            team.c.id, team.c.ref, team.c.name, institution.c.ref, team.c.type, team.c.seed)
        .outerjoin(institution, institution.c.id == team.c.institution_id)
        .where(team.c.tournament_id == owner)
        .order_by(team.c.id)
    )
    infos = tuple(
        TeamInfo(
            id=ref, name=name, institution=home, type=kind,
            break_categories=frozenset(eligible.get(row_id, ())),
            break_preferences=tuple(preferred.get(row_id, ())),
            seed=seed,
        )
        for row_id, ref, name, home, kind, seed in rows
    )
    return infos, {row[0]: index for index, row in enumerate(rows)}


def _speakers(
    unit: ReadUnit, owner: int, team_index: dict[int, int]
) -> tuple[tuple[SpeakerInfo, ...], dict[int, int]]:
    speaker, category = schema.speaker, schema.speaker_category
    slugs = dict(unit.fetch(
        select(category.c.id, category.c.slug).where(category.c.tournament_id == owner)))
    member = _lists(
        unit, schema.speaker_speaker_category, "speaker_id", "speaker_category_id", slugs)
    rows = unit.fetch(
        select(speaker.c.id, speaker.c.ref, speaker.c.name, speaker.c.team_id)
        .where(speaker.c.tournament_id == owner)
        .order_by(speaker.c.id)
    )
    infos = tuple(
        SpeakerInfo(
            id=ref, name=name, team=-1 if team_id is None else team_index[team_id],
            categories=frozenset(member.get(row_id, ())),
        )
        for row_id, ref, name, team_id in rows
    )
    return infos, {row[0]: index for index, row in enumerate(rows)}


def _lists(
    unit: ReadUnit, table: Any, owner: str, other: str, names: dict[int, str], order: str = "id"
) -> dict[int, list[str]]:
    if not names:
        return {}
    found: dict[int, list[str]] = defaultdict(list)
    for own, value in unit.fetch(
        select(table.c[owner], table.c[other]).where(table.c[other].in_(list(names)))
        .order_by(table.c[order])
    ):
        found[own].append(names[value])
    return found


def _side_rows(unit: ReadUnit, owner: int) -> Rows:
    """Read a row for each team in each debate that was drawn and not postponed.

    Nobody has confirmed a bye but whoever confirms its draw.
    """
    side, debate, result, round_ = (
        schema.debate_side, schema.debate, schema.result_team, schema.round_,
    )
    return unit.fetch(
        select(
            side.c.team_id, side.c.debate_id, side.c.round_id, side.c.side, result.c.points,
            result.c.win, result.c.score, result.c.margin, result.c.votes_given,
            result.c.votes_possible, result.c.has_ghost, cast(side.c.flags, Text),
            result.c.team_id.is_not(None), result.c.forfeit,
        )
        .join(debate, debate.c.id == side.c.debate_id)
        .join(round_, round_.c.id == debate.c.round_id)
        .outerjoin(result, and_(
            result.c.debate_id == side.c.debate_id, result.c.team_id == side.c.team_id))
        .where(
            debate.c.tournament_id == owner, debate.c.status != "postponed",
            or_(
                round_.c.status.in_(("confirmed", "released")),
                and_(result.c.team_id.is_not(None), side.c.side != Side.BYE.value)),
        )
        .order_by(side.c.debate_id, side.c.id)
    )


def _speech_rows(unit: ReadUnit, owner: int) -> Rows:
    speech, debate = schema.result_speech, schema.debate
    return unit.fetch(
        select(
            speech.c.speaker_id, speech.c.team_id, speech.c.debate_id, speech.c.round_id,
            speech.c.position, speech.c.score, speech.c.rank, speech.c.ghost, speech.c.reply,
        )
        .join(debate, debate.c.id == speech.c.debate_id)
        .where(debate.c.tournament_id == owner)
        .order_by(speech.c.debate_id, speech.c.team_id, speech.c.position)
    )


def stored_results(
    unit: ReadUnit, tournament_id: int
) -> dict[str, dict[str, tuple[float | None, float | None]]]:
    """Return debate -> team -> (points, team score) as they were derived and stored."""
    result, debate, team = schema.result_team, schema.debate, schema.team
    found: dict[str, dict[str, tuple[float | None, float | None]]] = defaultdict(dict)
    for debate_ref, team_ref, points, score in unit.fetch(
        select(debate.c.ref, team.c.ref, result.c.points, result.c.score)
        .join(debate, debate.c.id == result.c.debate_id)
        .join(team, team.c.id == result.c.team_id)
        .where(debate.c.tournament_id == tournament_id)
    ):
        found[debate_ref][team_ref] = (points, score)
    return dict(found)
