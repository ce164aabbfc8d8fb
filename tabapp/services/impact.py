"""What a correction of a ballot would change, worked out before it is saved and without storing it.

For the tab room alone: it tells ranks and breaks, also of silent rounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import DebateContext, DebateResult, ResultType, decide, result_type
from tabapp.domain.formats import Settings
from tabapp.domain.impact import (
    BreakMove,
    DrawImpact,
    Move,
    break_moves,
    compare_draws,
    moves,
    with_results,
)
from tabapp.domain.records import draw_snapshot
from tabapp.domain.standings import speaker_standings, team_standings
from tabapp.domain.types import DrawType, ResultData, Side, Stage, Tick, Value, no_tick
from tabapp.services import breaks
from tabapp.services.breaks import BreakInput
from tabapp.services.result_term_rows import figure
from tabapp.services.results import ColumnInfo, columns_of
from tabapp.services.rounds import title_of
from tabapp.store import topics
from tabapp.store.availability import side_allocations
from tabapp.store.ballot_reads import read_debates_for_ballots
from tabapp.store.draw_rows import draw_record, read_debates
from tabapp.store.result_reads import read_numbered_results
from tabapp.store.tournaments import RoundRow, TournamentRow, get_tournament, list_rounds
from tabapp.store.unit import ReadUnit

TOPICS = (*breaks.TOPICS, topics.DRAWS)
"""What an impact is worked out from."""
_PARTS = {
    "nobody": "no rank changes",
    "team": "one team moves",
    "teams": "{n} teams move",
    "speaker": "one speaker moves",
    "speakers": "{n} speakers move",
    "no_break": "there is no break to change",
    "same_break": "nobody enters or leaves the break",
    "break_move": "one team enters and one leaves the break",
    "break_moves": "{n} enter and {m} leave the break",
    "break_tied": "others are level at the line of the break",
    "same_draws": "no later round would have been drawn differently",
    "room": "{round} would have been drawn differently in one room",
    "rooms": "{round} would have been drawn differently in {n} rooms",
    "also": "{round} in {n}",
    "other_input": "{round} was drawn from other points",
    "same_rooms": "{round} would have had the same rooms",
}
"""Parts of the sentence; none is one by itself."""

Repair = Literal["not_drawn", "draft", "confirmed", "released", "debated"]


@dataclass(frozen=True, slots=True)
class LaterRound:
    """A preliminary round after the one that is corrected, and what it was drawn from."""

    row: RoundRow
    repair: Repair
    rule: Mapping[str, Any]
    teams: frozenset[str]
    allocated: Mapping[str, Side]


@dataclass(frozen=True, slots=True)
class ImpactInput:
    """All that is compared; read once, computed without a lock. ``breaks`` None without a category.

    ``number`` is that of the debate in the results, None where it counts for nothing.
    """

    owner: TournamentRow
    data: ResultData
    number: int | None
    result: DebateResult
    breaks: BreakInput | None
    later: tuple[LaterRound, ...]


@dataclass(frozen=True, slots=True)
class TableImpact:
    """The rows of a table that differ, in the order after, with its columns of values."""

    columns: tuple[ColumnInfo, ...]
    rows: tuple[Move, ...]

    @property
    def moved(self) -> int:
        """How many rows have another rank."""
        return sum(one.is_ranked_otherwise for one in self.rows)


@dataclass(frozen=True, slots=True)
class BreakImpact:
    """What becomes of the break of a category. ``made``: a break of it is stored.

    ``drawn``: its elimination rounds are drawn from that. Teams by name; ``reseeded`` has name,
    break rank before and after.
    """

    category: str
    made: bool
    drawn: bool
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    tied: tuple[str, ...]
    reseeded: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class RoundImpact:
    """What becomes of a later round. ``brackets`` are sentences, one for each team.

    ``rooms`` are the numbers of rooms that differ, counted from the top; None where it is not
    known. ``repair`` says where the round stands, ``repair_words`` what can still be done.
    """

    round_id: int
    name: str
    repair: Repair
    repair_words: str
    same: bool
    brackets: tuple[str, ...]
    rooms: tuple[int, ...] | None
    words: str


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything that a correction changes, and ``summary``, the sentence for it."""

    summary: str
    teams: TableImpact
    speakers: TableImpact
    breaks: tuple[BreakImpact, ...]
    rounds: tuple[RoundImpact, ...]
    nothing: bool


def read_impact(
    unit: ReadUnit, tournament_id: int, debate: str, ballot: Ballot
) -> ImpactInput:
    """Read what a debate's ``ballot`` would change if it counted; ``debate`` is its archive id.

    The ballot is decided as it stands, and never stored. Raises ``UserError``:
    ``debate_unknown``, ``impact_no_ballot``.
    """
    owner = get_tournament(unit, tournament_id)
    found, _refs = read_debates_for_ballots(unit, owner.id, [(debate, ballot)])
    if debate not in found:
        raise UserError("debate_unknown", debate=debate)
    room = found[debate]
    result = decide(ballot, room.context, owner.settings)
    if not _is_decided(result, room.context, owner.settings):
        raise UserError("impact_no_ballot")
    data, numbers = read_numbered_results(unit, owner)
    preliminary = room.context.stage is Stage.PRELIMINARY
    return ImpactInput(
        owner=owner, data=data, number=numbers.get(room.id), result=result,
        breaks=_breaks(unit, owner, data),
        later=tuple(
            _later(unit, one) for one in list_rounds(unit, owner.id)
            if preliminary and one.seq > room.context.round_seq
            and one.stage == Stage.PRELIMINARY))


def _is_decided(result: DebateResult, debate: DebateContext, settings: Settings) -> bool:
    """Tell whether something follows from a ballot; in public speaking that is marks alone."""
    kind = result_type(settings, debate.stage, len(debate.sides))
    if kind is ResultType.PUBLIC_SPEAKING:
        return any(one.score is not None for one in result.teams)
    return any(one.points is not None or one.win is not None for one in result.teams)


def _breaks(unit: ReadUnit, owner: TournamentRow, data: ResultData) -> BreakInput | None:
    try:
        return breaks.with_results(unit, owner, data)
    except UserError as error:
        if error.code != "no_break_category":
            raise
        return None


def _later(unit: ReadUnit, round_: RoundRow) -> LaterRound:
    debates = read_debates(unit, round_.id)
    record = draw_record(unit, round_.id) or {}
    rule = record.get("rule")
    begun = any(one.status in ("draft", "confirmed") for one in debates)
    return LaterRound(
        row=round_, repair=_repair(round_, drawn=bool(debates), begun=begun),
        rule=rule if isinstance(rule, dict) else {},
        teams=frozenset(team for one in debates for team in one.drawn.teams),
        allocated={t: Side(s) for t, s in side_allocations(unit, round_.id).items()})


def _repair(round_: RoundRow, *, drawn: bool, begun: bool) -> Repair:
    if not drawn:
        return "not_drawn"
    if begun:
        return "debated"
    if round_.status == "confirmed":
        return "confirmed"
    return "draft" if round_.status == "draft" else "released"


def compute(found: ImpactInput, tick: Tick = no_tick) -> Impact:
    """Compare tables, breaks and later draws; takes as long as two draws of each later round."""
    after = found.data
    if found.number is not None:
        after = with_results(found.data, {found.number: found.result}, found.owner.settings)
    teams, speakers = _tables(found, after)
    names = {team.id: team.name for team in found.data.teams}
    changed = _break_impacts(found, after, names)
    rounds = tuple(
        _round(found, after, one, names, tick) for one in found.later)
    nothing = not teams.rows and not speakers.rows
    return Impact(
        summary=word("impact_same_result", {}) if nothing else _summary(
            teams, speakers, changed, rounds, has_breaks=found.breaks is not None),
        teams=teams, speakers=speakers, breaks=changed, rounds=rounds, nothing=nothing)


def _tables(found: ImpactInput, after: ResultData) -> tuple[TableImpact, TableImpact]:
    settings = found.owner.settings
    of_teams = [team_standings(
        data, metrics=settings.team_standings_precedence,
        extra=settings.team_standings_extra_metrics) for data in (found.data, after)]
    of_speakers = [speaker_standings(
        data, metrics=settings.speaker_standings_precedence,
        extra=settings.speaker_standings_extra_metrics,
        missable=settings.standings_missed_debates) for data in (found.data, after)]
    return (
        TableImpact(columns_of(of_teams[1]), moves(*of_teams)),
        TableImpact(columns_of(of_speakers[1]), moves(*of_speakers)))


def _break_impacts(
    found: ImpactInput, after: ResultData, names: Mapping[str, str]
) -> tuple[BreakImpact, ...]:
    """Compare who breaks by the standings; ties at a line are left open on both sides."""
    if found.breaks is None:
        return ()
    now = breaks.compute(found.breaks, ties="ask")
    then = breaks.compute(replace(found.breaks, data=after), ties="ask")
    return tuple(
        _break_impact(found.breaks, one, names) for one in break_moves(now, then)
        if not one.is_same)


def _break_impact(
    found: BreakInput, one: BreakMove, names: Mapping[str, str]
) -> BreakImpact:
    category = found.category(one.category)

    def named(teams: Sequence[str]) -> tuple[str, ...]:
        return tuple(names[team] for team in teams)

    return BreakImpact(
        category=category.title, made=one.category in found.stored,
        drawn=one.category in found.drawn,
        enters=named(one.enters), leaves=named(one.leaves), tied=named(one.tied),
        reseeded=tuple((names[team], *ranks) for team, ranks in one.reseeded.items()))


def _round(
    found: ImpactInput, after: ResultData, later: LaterRound, names: Mapping[str, str], tick: Tick
) -> RoundImpact:
    name = title_of(later.row)
    repair = word(f"impact_{later.repair}", {})
    if later.repair == "not_drawn":
        return RoundImpact(
            later.row.id, name, later.repair, repair, True, (), (), repair)
    made = _compared(found, after, later, tick)
    return RoundImpact(
        round_id=later.row.id, name=name, repair=later.repair, repair_words=repair,
        same=made.same_input or (made.rooms == () and not made.brackets),
        brackets=tuple(
            word("impact_bracket", {
                "team": names[one.team], "before": f"{one.before:g}", "after": f"{one.after:g}"})
            for one in made.brackets),
        rooms=made.rooms, words=_draw_words(name, made))


def _compared(
    found: ImpactInput, after: ResultData, later: LaterRound, tick: Tick
) -> DrawImpact:
    """Compare what a round is drawn from now and then, by the rule of its certificate."""
    kind = DrawType(later.rule.get("draw_type", later.row.draw_type))
    options = {name: value for name, value in later.rule.items() if name != "draw_type"}
    inputs = [
        draw_snapshot(
            data, found.owner.settings, round_seq=later.row.seq, draw_type=kind,
            present=later.teams, allocated=later.allocated)
        for data in (found.data, after)]
    if options:
        inputs = [replace(one, options=options) for one in inputs]
    return compare_draws(*inputs, seed=later.row.draw_seed, tick=tick)


def _draw_words(name: str, made: DrawImpact) -> str:
    if made.rooms is None:
        return _PARTS["other_input"].format(round=name)
    if not made.rooms:
        return _PARTS["same_rooms"].format(round=name)
    key = "room" if len(made.rooms) == 1 else "rooms"
    return _PARTS[key].format(round=name, n=len(made.rooms))


def _summary(
    teams: TableImpact, speakers: TableImpact, changed: Sequence[BreakImpact],
    rounds: Sequence[RoundImpact], *, has_breaks: bool,
) -> str:  # fmt: skip
    """Say it all in one sentence: who moves, who breaks, which draws would have differed."""
    parts = []
    if teams.moved:
        parts.append(_counted("team", teams.moved))
    if speakers.moved:
        parts.append(_counted("speaker", speakers.moved))
    if not parts:
        parts.append(_PARTS["nobody"])
    parts.append(_break_words(changed, has_breaks=has_breaks))
    parts += _other_draws(rounds) or ([_PARTS["same_draws"]] if any(
        one.repair != "not_drawn" for one in rounds) else [])
    sentence = ", ".join(parts)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _other_draws(rounds: Sequence[RoundImpact]) -> list[str]:
    """Say which rounds would have been drawn differently, after the first in fewer words."""
    said: list[str] = []
    for one in rounds:
        if one.rooms:
            also = _PARTS["also"].format(round=one.name, n=len(one.rooms))
            said.append(also if said else one.words)
    return said + [one.words for one in rounds if not one.same and not one.rooms]


def _counted(what: str, n: int) -> str:
    return _PARTS[what if n == 1 else f"{what}s"].format(n=n)


def _break_words(changed: Sequence[BreakImpact], *, has_breaks: bool) -> str:
    if not has_breaks:
        return _PARTS["no_break"]
    enters = sum(len(one.enters) for one in changed)
    leaves = sum(len(one.leaves) for one in changed)
    if enters or leaves:
        if (enters, leaves) == (1, 1):
            return _PARTS["break_move"]
        return _PARTS["break_moves"].format(n=enters, m=leaves)
    if any(one.tied for one in changed):
        return _PARTS["break_tied"]
    return _PARTS["same_break"]


def value_words(before: Value, after: Value) -> str:
    """Return a figure as it is and as it would be, once where it stays.

    >>> value_words(12.0, 13.0), value_words(3, 3), value_words(None, 1.5)
    ('12 → 13', '3', '– → 1.5')
    """
    old, new = figure(before), figure(after)
    return old if old == new else f"{old} → {new}"
