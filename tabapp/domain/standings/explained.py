"""Take a cell of a table apart: which rows it was made from, and what each adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tabapp.domain.standings.ladder import DECIMALS
from tabapp.domain.standings.people import speaker_board
from tabapp.domain.standings.recipes import SPEAKER_RECIPES, TEAM_RECIPES
from tabapp.domain.standings.records import SpeechRecords, counted_rounds
from tabapp.domain.standings.rows import debate_facts, number_of, speech_of, why_of
from tabapp.domain.standings.speaker_metrics import SPEAKER_METRICS
from tabapp.domain.standings.team_metrics import TEAM_METRICS, TeamBoard
from tabapp.domain.standings.teams import listed_teams, measure
from tabapp.domain.standings.terms import Fold, Term, Terms, Why
from tabapp.domain.types import AdjudicatorInfo, FloatArray, IntArray, ResultData, Standings, Value


def base_key(key: str) -> str:
    """Return the metric of a column: ``wbw`` of ``wbw2``."""
    return "wbw" if key.startswith("wbw") else key


def team_terms(
    data: ResultData,
    team: str,
    key: str,
    *,
    metrics: Sequence[str],
    extra: Sequence[str] = (),
    until: int | None = None,
    category: str | None = None,
    members: frozenset[str] | None = None,
) -> Terms:
    """Take a team's number apart, in the table that ``team_standings`` makes of the same.

    Raises ``KeyError`` for a team or a column that the table has not.
    """
    listed = listed_teams(data, category, members)
    found = measure(data, metrics, extra, until, listed)
    board, recipe = found.boards[key], TEAM_RECIPES[base_key(key)]
    index = _index([one.id for one in data.teams], team)
    level: tuple[str, ...] = ()
    if recipe.per == "opponent":
        terms = _encounters(data, board, index, recipe.amounts(board))
    elif recipe.per == "meeting":
        others = _level(board, index)
        level = tuple(data.teams[one].id for one in others)
        amounts = recipe.amounts(board)
        terms = _meetings(data, board, index, others[0], amounts) if len(others) == 1 else ()
    elif recipe.per == "peer":
        terms = _peers(data, board, index, recipe.amounts(board))
    elif recipe.per == "speech":
        rows = np.flatnonzero(data.speech_team == index)
        terms = _speeches(data, board.speeches, rows, recipe.amounts(board), until, replies=False)
    else:
        terms = _debates(
            data, board, index, recipe.amounts(board), until, of_draw=recipe.of_draw)
    ranking = list(found.columns)[: len(metrics)]
    return Terms(
        team, key, recipe.per, recipe.fold, terms, found.columns[key][index],
        TEAM_METRICS[base_key(key)].definition,
        ranking.index(key) if key in ranking else None, level)


def speaker_terms(
    data: ResultData,
    speaker: str,
    key: str,
    *,
    metrics: Sequence[str],
    until: int | None = None,
    replies: bool = False,
) -> Terms:
    """Take a speaker's number apart: of substantive speeches, or of ``replies``.

    Raises ``KeyError`` for a speaker or a column that there is not.
    """
    board, recipe, metric = (
        speaker_board(data, until, replies=replies), SPEAKER_RECIPES[key], SPEAKER_METRICS[key])
    index = _index([one.id for one in data.speakers], speaker)
    amounts = recipe.amounts(board)
    terms: tuple[Term, ...] = ()
    if recipe.per == "speech":
        rows = np.flatnonzero(data.speech_speaker == index)
        terms = _speeches(data, board.speeches, rows, amounts, until, replies=replies)
        if recipe.trimmed:
            terms = _trimmed(terms)
    elif board.team[index] >= 0:
        team_board = measure(data, (), (), until, listed_teams(data, None, None)).board
        terms = _debates(data, team_board, int(board.team[index]), amounts, until, of_draw=False)
    value = metric.cells(metric.function(board))[index]
    return Terms(
        speaker, key, recipe.per, recipe.fold, terms, value, metric.definition,
        metrics.index(key) if key in metrics else None)


def adjudicator_terms(judge: AdjudicatorInfo, value: Value, weight: float) -> Terms:
    """Take a judge's score apart: base score and mean feedback, each by its weight."""
    share = 0.0 if judge.feedback is None else weight
    terms = [Term((1 - share) * judge.base_score, about="base_score")]
    if judge.feedback is not None:
        terms.append(Term(share * judge.feedback, about="feedback"))
    return Terms(
        judge.id, "score", "part", Fold.SUM, tuple(terms), value,
        "base score and mean feedback, each by its weight", 0)


def round_terms(data: ResultData, team: str, seq: int) -> Terms:
    """Return what every team of a team's debate in a round made of it, the best first.

    The value is the team's score; only its own row counts. Raises ``KeyError`` where the team
    had no debate.
    """
    index = _index([one.id for one in data.teams], team)
    own = [
        i for i in np.flatnonzero(data.team_team == index).tolist()
        if data.rounds[data.team_round[i]].seq == seq]
    if not own:
        raise KeyError(seq)
    rows = np.flatnonzero(data.team_debate == data.team_debate[own[0]]).tolist()
    terms = [
        Term(
            number_of(data.team_score[i]), counts=i == own[0], why=why_of(data, i), round=seq,
            debate=int(data.team_debate[i]), side=int(data.team_side[i]),
            about=data.teams[data.team_team[i]].id, debated=debate_facts(data, i))
        for i in rows
    ]
    terms.sort(key=_best_first)
    return Terms(
        team, f"round:{seq}", "team", Fold.SUM_OR_BLANK, tuple(terms),
        number_of(data.team_score[own[0]]), "the score of the team on the ballot of its debate")


def _best_first(term: Term) -> tuple[bool, float, int]:
    facts = term.debated
    if facts is None or facts.points is None:
        return True, 0.0, term.side or 0
    return False, -facts.points, term.side or 0


@dataclass(frozen=True, slots=True)
class Step:
    """Why a row stands below another: the first metric on which they differ, with both values.

    ``key`` is "" where they differ in none, and share the rank with all of ``tied``; ``above`` is
    "" for who stands first.
    """

    above: str
    key: str = ""
    own: Value = None
    other: Value = None
    tied: tuple[str, ...] = ()


def rank_step(table: Standings, subject: str) -> Step:
    """Compare a row with the nearest one that is ranked better.

    Raises ``KeyError`` for a subject that the table does not rank.
    """
    ranked = [row for row in table.rows if row.rank is not None]
    at = _index([row.id for row in ranked], subject)
    row = ranked[at]
    tied = tuple(one.id for one in ranked if one.rank == row.rank and one.id != subject)
    above = next((one for one in reversed(ranked[:at]) if one.rank != row.rank), None)
    if above is None:
        return Step("", tied=tied)
    for key in table.metrics:
        own, other = row.values[key], above.values[key]
        if _compared(own) != _compared(other):
            return Step(above.id, key, own, other, tied)
    return Step(above.id, tied=tied)


def _compared(value: Value) -> float | None:
    return round(float(value), DECIMALS) if isinstance(value, int | float) else None


# Rows of each kind


def _debates(
    data: ResultData, board: TeamBoard, index: int, amounts: FloatArray, until: int | None, *,
    of_draw: bool,
) -> tuple[Term, ...]:
    terms = []
    for at in np.flatnonzero(board.records.team == index).tolist():
        row = int(board.records.rows[at])
        counts = of_draw or bool(data.team_confirmed[row])
        amount = number_of(amounts[at]) if counts else None
        terms.append(_debate(data, row, amount, unseen=not of_draw))
    return _with_gaps(data, until, terms)


def _debate(data: ResultData, row: int, amount: float | None, *, unseen: bool) -> Term:
    """Return the row of a debate; ``unseen`` tells that one without a ballot adds nothing."""
    why = why_of(data, row, without_ballot=unseen)
    if amount is None and not why:
        why = ("blank",)
    return Term(
        amount, counts=amount is not None, why=why,
        round=data.rounds[data.team_round[row]].seq, debate=int(data.team_debate[row]),
        side=int(data.team_side[row]), debated=debate_facts(data, row))


def _with_gaps(data: ResultData, until: int | None, terms: Sequence[Term]) -> tuple[Term, ...]:
    """Add a row for each round that was held without the team."""
    counted = counted_rounds(data, until)
    held = set(data.team_round[data.team_confirmed].tolist())
    there = {one.round for one in terms}
    gaps = [
        Term(None, counts=False, why=("not_drawn",), round=one.seq)
        for i, one in enumerate(data.rounds)
        if counted[i] and i in held and one.seq not in there]
    return tuple(sorted([*terms, *gaps], key=lambda one: one.round or 0))


def _encounters(
    data: ResultData, board: TeamBoard, index: int, per_team: FloatArray
) -> tuple[Term, ...]:
    records, terms = board.records, []
    for at in np.flatnonzero(records.team == index).tolist():
        for other in np.flatnonzero(records.debate == records.debate[at]).tolist():
            if other != at:
                row, met = int(records.rows[other]), int(records.team[other])
                terms.append(replace(
                    _debate(data, row, float(per_team[met]), unseen=False),
                    about=data.teams[met].id))
    return tuple(sorted(terms, key=lambda one: (one.round or 0, one.side or 0)))


def _level(board: TeamBoard, index: int) -> list[int]:
    """Return the other teams that are equal on everything before."""
    place = board.ladder.place
    return [one for one in np.flatnonzero(place == place[index]).tolist() if one != index]


def _meetings(
    data: ResultData, board: TeamBoard, index: int, other: int, points: FloatArray
) -> tuple[Term, ...]:
    records = board.records
    met = set(records.debate[records.team == other].tolist())
    return tuple(
        replace(
            _debate(data, int(records.rows[at]), number_of(points[at]), unseen=True),
            about=data.teams[other].id)
        for at in np.flatnonzero(records.team == index).tolist()
        if int(records.debate[at]) in met
    )


def _peers(
    data: ResultData, board: TeamBoard, index: int, group: FloatArray
) -> tuple[Term, ...]:
    """Return who of the same group stands better, the best first."""
    place = board.ladder.place
    better = np.flatnonzero(board.members & (group == group[index]) & (place < place[index]))
    return tuple(
        Term(1.0, about=data.teams[one].id)
        for one in sorted(better.tolist(), key=lambda one: int(place[one])))


def _speeches(
    data: ResultData, records: SpeechRecords, rows: IntArray,
    amounts: FloatArray, until: int | None, *, replies: bool,
) -> tuple[Term, ...]:
    added = dict(zip(records.rows.tolist(), amounts.tolist(), strict=True))
    counted, sides = counted_rounds(data, until), _sides(data)
    terms = []
    for row in rows.tolist():
        if not counted[data.speech_round[row]] or bool(data.speech_reply[row]) != replies:
            continue
        amount = number_of(added.get(row, float("nan")))
        team, debate = int(data.speech_team[row]), int(data.speech_debate[row])
        why: tuple[Why, ...] = ()
        if amount is None:
            why = ("ghost",) if data.speech_ghost[row] else ("blank",)
        terms.append(Term(
            amount, counts=amount is not None, why=why,
            round=data.rounds[data.speech_round[row]].seq, debate=debate,
            side=sides.get((team, debate)), speech=speech_of(data, row)))
    return tuple(sorted(
        terms, key=lambda one: (one.round or 0, one.speech.position if one.speech else 0)))


def _sides(data: ResultData) -> dict[tuple[int, int], int]:
    return dict(zip(
        zip(data.team_team.tolist(), data.team_debate.tolist(), strict=True),
        data.team_side.tolist(), strict=True))


def _trimmed(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Leave out the highest and the lowest of more than two."""
    known = [(one.amount, at) for at, one in enumerate(terms) if one.amount is not None]
    if len(known) <= 2:
        return terms
    lowest, highest = min(known)[1], max(known)[1]
    changed = list(terms)
    changed[lowest] = replace(terms[lowest], counts=False, why=("lowest",))
    changed[highest] = replace(terms[highest], counts=False, why=("highest",))
    return tuple(changed)


def _index(ids: Sequence[str], wanted: str) -> int:
    found = {one: at for at, one in enumerate(ids)}
    return found[wanted]
