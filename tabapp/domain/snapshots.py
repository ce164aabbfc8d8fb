"""Results and draw snapshots read from an archive, without a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tabapp.domain import records
from tabapp.domain.archive import Archive, Ballot, Criterion, Debate, Round
from tabapp.domain.ballots import DebateContext, DebateResult, TeamResult, decide
from tabapp.domain.credits import averaged_rows
from tabapp.domain.formats import Settings
from tabapp.domain.history import DRAWN, find_round
from tabapp.domain.types import (
    BoolArray,
    DrawSnapshot,
    DrawType,
    FloatArray,
    IntArray,
    ResultData,
    Role,
    RoundInfo,
    Side,
    SpeakerInfo,
    Stage,
    TeamInfo,
    id_key,
)

_SIDE_ORDER = {side: number for number, side in enumerate(Side)}


def confirmed_ballot(debate: Debate) -> Ballot | None:
    """Return the one ballot that counts, None where there is none."""
    return next((ballot for ballot in debate.ballots if ballot.status == "confirmed"), None)


def result_data(archive: Archive, settings: Settings) -> ResultData:
    """Put all results in columns: teams of drawn debates, speeches of confirmed ballots.

    Drawn means that the draw was confirmed or released, or that the debate has a result; a
    postponed debate counts for nothing. A bye has a result unless ``bye_team_results``
    is ``none``. Rows stand in order of round, then debate.
    """
    return _Reader(archive, settings).read()


def draw_snapshot(archive: Archive, seq: int, settings: Settings) -> DrawSnapshot:
    """Read what the draw of round ``seq`` depends on: the teams present, as they stand before it.

    A withdrawn team is present only where it stands in the round already, having left later.
    Raises ``UserError`` (``no_round_in_archive``).
    """
    round_ = find_round(archive, seq)
    drawn = {side.team for debate in round_.debates for side in debate.sides}
    away = set(round_.absent_teams)
    away |= {team.id for team in archive.teams if team.withdrawn and team.id not in drawn}
    return records.draw_snapshot(
        result_data(archive, settings),
        settings,
        round_seq=seq,
        draw_type=DrawType(round_.draw_type),
        present=[team.id for team in archive.teams if team.id not in away],
        allocated={team: Side(side) for team, side in round_.side_allocations.items()},
    )


def _sides(debate: Debate) -> tuple[tuple[Side, str], ...]:
    sides = [(Side(side.side), side.team) for side in debate.sides]
    return tuple(sorted(sides, key=lambda side: _SIDE_ORDER[side[0]]))


def debate_result(
    round_: Round, debate: Debate, settings: Settings,
    criteria: Mapping[str, Criterion] | None = None,
) -> DebateResult | None:
    """Decide a debate by its confirmed ballot; a bye may have a result too, None without one.

    ``criteria`` are the scoring criteria of the tournament by id.
    """
    ballot = confirmed_ballot(debate)
    if ballot is not None:
        context = DebateContext(
            debate.id, round_.seq, Stage(round_.stage), _sides(debate), speakers={},
            panel=tuple((seat.adjudicator, Role(seat.role)) for seat in debate.panel),
            criteria=criteria or {},
        )
        return decide(ballot, context, settings)
    bye = [side.team for side in debate.sides if side.side == Side.BYE]
    if bye and settings.bye_team_results != "none":
        return DebateResult(
            (TeamResult(bye[0], Side.BYE, rank=None, points=1.0, win=True, score=None),), ()
        )
    return None


@dataclass(frozen=True, slots=True)
class _Held:
    """A debate that counts: its numbers, its flags and its result, if it has one."""

    number: int
    round: int
    flags: dict[str, Sequence[str]]
    sides: tuple[tuple[Side, str], ...]
    result: DebateResult | None


class _Reader:
    def __init__(self, archive: Archive, settings: Settings) -> None:
        self._archive = archive
        self._settings = settings
        self._rounds = sorted(archive.rounds, key=lambda round_: round_.seq)
        self._team_index = {team.id: number for number, team in enumerate(archive.teams)}
        self._speaker_index = {
            speaker.id: number for number, speaker in enumerate(archive.speakers)
        }

    def read(self) -> ResultData:
        held = list(self._held())
        rows = [
            (debate, side, team, _result_of(debate, team))
            for debate in held
            for side, team in debate.sides
        ]
        speeches = [
            (debate, speech)
            for debate in held
            if debate.result is not None
            for speech in debate.result.speeches
            if speech.speaker in self._speaker_index
        ]
        places = {side: number for number, side in enumerate(self._settings.sides)}
        debates = _whole([debate.number for debate, _s, _t, _r in rows])
        sides = _whole([places.get(side, -1) for _d, side, _t, _r in rows])
        wins = _numbers([result.win for _d, _s, _t, result in rows])
        forfeits = _flags([result.forfeit for _d, _s, _t, result in rows])
        return ResultData(
            teams=self._teams(),
            speakers=self._speakers(),
            rounds=tuple(
                RoundInfo(
                    r.seq, Stage(r.stage), r.weight, r.silent, r.kind, DrawType(r.draw_type))
                for r in self._rounds
            ),
            team_team=_whole([self._team_index[team] for _d, _s, team, _r in rows]),
            team_debate=debates,
            team_round=_whole([debate.round for debate, _s, _t, _r in rows]),
            team_side=sides,
            team_points=_numbers([result.points for _d, _s, _t, result in rows]),
            team_win=wins,
            team_score=_numbers([result.score for _d, _s, _t, result in rows]),
            team_margin=_numbers([result.margin for _d, _s, _t, result in rows]),
            team_votes_given=_numbers([result.votes_given for _d, _s, _t, result in rows]),
            team_votes_possible=_numbers([result.votes_possible for _d, _s, _t, result in rows]),
            team_ghost=_flags([result.has_ghost for _d, _s, _t, result in rows]),
            team_pullup=_flags(["pullup" in debate.flags[team] for debate, _s, team, _r in rows]),
            team_confirmed=_flags([debate.result is not None for debate, _s, _t, _r in rows]),
            team_averaged=averaged_rows(debates, sides, wins, forfeits, self._settings),
            speech_speaker=_whole([self._speaker_index[s.speaker] for _d, s in speeches]),
            speech_team=_whole([self._team_index[s.team] for _d, s in speeches]),
            speech_debate=_whole([debate.number for debate, _s in speeches]),
            speech_round=_whole([debate.round for debate, _s in speeches]),
            speech_position=_whole([s.position for _d, s in speeches]),
            speech_score=_numbers([s.score for _d, s in speeches]),
            speech_rank=_numbers([s.rank for _d, s in speeches]),
            speech_ghost=_flags([s.ghost for _d, s in speeches]),
            speech_reply=_flags([s.reply for _d, s in speeches]),
        )

    def _held(self) -> list[_Held]:
        held: list[_Held] = []
        criteria = {one.id: one for one in self._archive.tournament.criteria}
        for number, round_ in enumerate(self._rounds):
            for debate in sorted(round_.debates, key=lambda debate: id_key(debate.id)):
                if debate.status == "postponed":
                    continue
                result = debate_result(round_, debate, self._settings, criteria)
                # nobody has confirmed a bye but whoever confirms its draw
                drawn = round_.status in DRAWN
                if not drawn and (result is None or len(debate.sides) == 1):
                    continue
                flags: dict[str, Sequence[str]] = {s.team: s.flags for s in debate.sides}
                held.append(_Held(len(held), number, flags, _sides(debate), result))
        return held

    def _teams(self) -> tuple[TeamInfo, ...]:
        slugs = {category.id: category.slug for category in self._archive.break_categories}
        return tuple(
            TeamInfo(
                team.id, team.name, team.institution, team.type,
                frozenset(slugs[ref] for ref in team.break_categories if ref in slugs),
                tuple(slugs[ref] for ref in team.break_preferences if ref in slugs),
                team.seed,
            )
            for team in self._archive.teams
        )

    def _speakers(self) -> tuple[SpeakerInfo, ...]:
        slugs = {category.id: category.slug for category in self._archive.speaker_categories}
        return tuple(
            SpeakerInfo(
                speaker.id, speaker.name,
                -1 if speaker.team is None else self._team_index[speaker.team],
                frozenset(slugs[ref] for ref in speaker.categories if ref in slugs),
            )
            for speaker in self._archive.speakers
        )


def _result_of(debate: _Held, team: str) -> TeamResult:
    """Return what the debate gave ``team``, blank where it has no result."""
    teams = debate.result.teams if debate.result is not None else ()
    blank = TeamResult(team, Side.BYE, rank=None, points=None, win=None, score=None)
    return next((result for result in teams if result.team == team), blank)


def _whole(values: Sequence[int]) -> IntArray:
    return np.array(values, dtype=np.int64)


def _numbers(values: Sequence[float | None]) -> FloatArray:
    return np.array(values, dtype=np.float64)  # None becomes NaN


def _flags(values: Sequence[bool]) -> BoolArray:
    return np.array(values, dtype=np.bool_)
