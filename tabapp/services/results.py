"""Tables of results as a screen or a spreadsheet shows them: named columns, rounds, names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from tabapp.domain.standings import SPEAKER_METRICS, TEAM_METRICS, Metric
from tabapp.domain.types import ResultData, Stage, StandingRow, Standings, Value
from tabapp.services.result_line import BreakLine, break_line
from tabapp.services.result_marks import RoundMark, speaker_marks, team_marks
from tabapp.services.rounds import title_of
from tabapp.services.standings import Kind, StandingsInput, compute, read_input
from tabapp.store.break_rows import read_categories, withdrawn_teams
from tabapp.store.results_page_reads import Namings, read_namings
from tabapp.store.tournaments import RoundRow, get_tournament, list_rounds
from tabapp.store.unit import ReadUnit

_JUDGE_COLUMNS: Mapping[str, tuple[str, str]] = {
    "score": ("Score", "base score and feedback, by the weight of the last round"),
    "base_score": ("Base score", "what was entered under People"),
    "feedback": ("Feedback", "mean of the confirmed feedback"),
    "feedback_count": ("Pieces", "how many pieces of feedback"),
    "chaired": ("Chaired", "rounds as chair"),
    "panelled": ("On panels", "rounds as panellist"),
    "trained": ("As trainee", "rounds as trainee"),
}
_REPLY_COLUMNS: Mapping[str, tuple[str, str]] = {
    "average": ("Average", "mean of reply scores"),
    "stdev": ("Deviation", "population standard deviation of reply scores"),
    "count": ("Replies", "number of reply speeches"),
    "total": ("Total", "sum of reply scores"),
}
SHORT: Mapping[str, str] = {
    "speaks_sum": "Speaks", "speaks_avg": "Mean speaks", "speaks_ind_avg": "Mean speech",
    "speaks_stddev": "Deviation", "draw_strength": "Draw strength", "firsts": "1sts",
    "seconds": "2nds", "thirds": "3rds", "draw_strength_speaks": "Strength by speaks",
    "draw_strength_rank": "Strength by rank", "npullups": "Pull-ups", "stdev": "Deviation",
    "margin_sum": "Margins", "margin_avg": "Mean margin", "num_adjs": "Votes",
    "pullup_debates": "Pull-up debates", "num_iron": "Ironed", "institution_rank": "Inst. rank",
    "trimmed_mean": "Trimmed mean", "srank": "Speech ranks",
}
"""Titles of columns where the metric's own name is too long for one."""


@dataclass(frozen=True, slots=True)
class TableRequest:
    """Which table: None as ``metrics`` or ``extra`` is what the tournament ranks by and shows."""

    kind: Kind = "teams"
    metrics: tuple[str, ...] | None = None
    extra: tuple[str, ...] | None = None
    until: int | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class ColumnInfo:
    """A column of values: its key, its short title, what it is. ``ranks``: rows are ordered by it.

    ``decimals`` is None for whole numbers and for numbers of any form.
    """

    key: str
    title: str
    meaning: str
    ranks: bool
    decimals: int | None


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One row: ``detail`` is the institution, of a speaker the team."""

    id: str
    name: str
    detail: str
    rank: int | None
    tied: bool
    values: Mapping[str, Value]
    rounds: tuple[RoundMark | None, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultsTable:
    """A table with what can be chosen beside it. ``rounds`` are abbreviations of those counted.

    ``missing`` debates of the rounds counted have no confirmed ballot. ``source`` and ``standings``
    are what it was made from and what it is in numbers, so that it is explained from the same;
    ``took`` is in seconds. ``line`` is where the break stands now.
    """

    request: TableRequest
    columns: tuple[ColumnInfo, ...]
    lines: tuple[ResultLine, ...]
    rounds: tuple[str, ...]
    after: str
    silent: tuple[str, ...]
    missing: int
    choices: Choices
    source: StandingsInput = field(repr=False, compare=False)
    standings: Standings = field(repr=False, compare=False)
    took: float = field(default=0.0, compare=False)
    line: BreakLine | None = None
    side_names: str = "aff-neg"
    """The setting by which two sides are called."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person may choose: rounds (sequence, name) with results, categories (slug, name)."""

    rounds: tuple[tuple[int, str], ...]
    categories: tuple[tuple[str, str], ...]
    metrics: tuple[str, ...]
    extra: tuple[str, ...]
    has_replies: bool


def read_table(unit: ReadUnit, tournament_id: int, request: TableRequest) -> ResultsTable:
    """Compute a table from what is stored now; ``UserError`` for metrics that make none."""
    began = perf_counter()
    owner = get_tournament(unit, tournament_id)
    found = read_input(unit, owner, until=request.until)
    table = compute(
        found, request.kind, metrics=request.metrics, extra=request.extra, until=request.until,
        category=request.category,
    )
    names = read_namings(unit, tournament_id)
    played = [
        one for one in list_rounds(unit, tournament_id)
        if one.stage == Stage.PRELIMINARY and one.status != "none"
    ]
    counted = [one for one in played if request.until is None or one.seq <= request.until]
    seqs = [one.seq for one in counted]
    marks = _marks(found, request.kind, seqs)
    after = title_of(counted[-1]) if counted else ""
    return ResultsTable(
        request=request, columns=columns_of(table),
        lines=tuple(_line(row, table.kind, names, marks) for row in table.rows),
        rounds=tuple(f"R{seq}" for seq in seqs) if marks else (),
        after=after,
        silent=tuple(title_of(one) for one in counted if one.silent),
        missing=_missing(found.data, set(seqs)),
        choices=_choices(found, played, names, request.kind),
        source=found, standings=table, took=perf_counter() - began,
        line=_line_of_break(
            unit, found, table, request, after if len(counted) < len(played) else ""),
        side_names=owner.settings.side_names,
    )


def _choices(
    found: StandingsInput, played: Sequence[RoundRow], names: Namings, kind: Kind
) -> Choices:
    settings = found.owner.settings
    speakers = kind != "teams"
    return Choices(
        rounds=tuple((one.seq, title_of(one)) for one in played),
        categories={
            "teams": names.break_categories, "adjudicators": (),
        }.get(kind, names.speaker_categories),
        metrics=tuple(
            settings.speaker_standings_precedence if speakers
            else settings.team_standings_precedence),
        extra=tuple(
            settings.speaker_standings_extra_metrics if speakers
            else settings.team_standings_extra_metrics),
        has_replies=settings.reply_scores_enabled,
    )


def columns_of(table: Standings) -> tuple[ColumnInfo, ...]:
    """Describe the columns of values: those that rank first, then those that are only shown."""
    keys = [(key, True) for key in table.metrics]
    keys += [(key, False) for key in table.extra if key not in table.metrics]
    return tuple(_column(table, key, ranks=ranks) for key, ranks in keys)


def _column(table: Standings, key: str, *, ranks: bool) -> ColumnInfo:
    base = key.rstrip("0123456789") if key.startswith("wbw") else key
    if table.kind == "adjudicators":
        title, meaning = _JUDGE_COLUMNS[key]
    elif table.kind == "replies":
        title, meaning = _REPLY_COLUMNS[key]
    else:
        metric = metrics_of(table.kind)[base]
        title, meaning = SHORT.get(base, metric.name), f"{metric.name}: {metric.definition}"
    return ColumnInfo(key, title, meaning, ranks, _decimals(table, key))


def metrics_of(kind: Kind) -> Mapping[str, Metric[Any]]:
    """Return every metric that a table of teams, or of speakers, can have, by key."""
    return TEAM_METRICS if kind == "teams" else SPEAKER_METRICS


def _decimals(table: Standings, key: str) -> int | None:
    """Return two where any number of a column is not whole; halves of scores need one."""
    numbers = [
        value for row in table.rows if isinstance(value := row.values.get(key), float)]
    if all(abs(one - round(one)) < 1e-9 for one in numbers):
        return 0 if numbers else None
    halves = all(abs(2 * one - round(2 * one)) < 1e-9 for one in numbers)
    return 1 if halves else 2


def _line(
    row: StandingRow, kind: Kind, names: Namings,
    marks: Mapping[str, tuple[RoundMark | None, ...]],
) -> ResultLine:
    details = {
        "teams": names.institution_of_team, "adjudicators": names.institution_of_judge,
    }.get(kind, names.team_of_speaker)
    return ResultLine(
        id=row.id, name=row.name, detail=details.get(row.id, ""), rank=row.rank, tied=row.tied,
        values=row.values, rounds=marks.get(row.id, ()),
    )


def _marks(
    found: StandingsInput, kind: Kind, seqs: Sequence[int]
) -> Mapping[str, tuple[RoundMark | None, ...]]:
    """Return what each row made of each of these rounds, by archive id."""
    if kind == "teams":
        return team_marks(found.data, seqs, four=found.owner.settings.teams_in_debate == 4)
    if kind == "adjudicators":
        return {}
    return speaker_marks(found.data, seqs, replies=kind == "replies")


def _line_of_break(
    unit: ReadUnit, found: StandingsInput, table: Standings, request: TableRequest, after: str
) -> BreakLine | None:
    """Return where the break stands in a table that is ranked as the tournament ranks."""
    ranked = found.owner.settings.team_standings_precedence
    if request.kind != "teams" or request.metrics not in (None, tuple(ranked)):
        return None
    gone = withdrawn_teams(unit, found.owner.id)
    return break_line(
        table, read_categories(unit, found.owner.id),
        [one for one in found.data.teams if one.id not in gone], request.category, after)


def _missing(data: ResultData, seqs: Collection[int]) -> int:
    """Count the debates of these rounds that have no confirmed ballot."""
    wanted = {i for i, one in enumerate(data.rounds) if one.seq in seqs}
    rows = zip(
        data.team_debate.tolist(), data.team_round.tolist(), data.team_side.tolist(),
        data.team_confirmed.tolist(), strict=True)
    return len({
        debate for debate, number, side, confirmed in rows
        if number in wanted and side >= 0 and not confirmed})  # nobody judges a bye
