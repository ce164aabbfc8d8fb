"""Find every problem of a ballot at once, each with its place and its sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from tabapp.core.errors import Problem
from tabapp.domain import archive
from tabapp.domain.ballots.outcome_checks import check_ranks, check_scored, check_winners
from tabapp.domain.ballots.paper import Paper, read_paper
from tabapp.domain.ballots.speech_checks import check_speeches
from tabapp.domain.ballots.values import AVAILABLE, DebateContext, ResultType, result_type
from tabapp.domain.formats import Settings
from tabapp.domain.types import Side, Stage

ARCHIVE_WARNINGS = frozenset({
    "score_missing", "score_out_of_range", "score_off_step", "scores_not_asked",
    "speaker_missing", "speaker_not_in_team", "speaker_twice", "ghost_alone",
    "substitute_for_stranger", "reply_by_last_speaker", "reply_without_speech",
    "tied_totals", "winner_not_highest", "winner_missing", "wrong_number_advancing",
    "margin_too_large", "ranks_wrong", "ranks_missing", "ranks_against_totals",
    "side_missing", "forfeit_with_speeches",
})  # fmt: skip
"""Codes of what a tab room could have done: warnings where an archive tells what happened."""


def as_history(problems: Iterable[Problem]) -> list[Problem]:
    """Downgrade to warnings what is only strange in a document that tells what happened."""
    return [
        replace(problem, level="warning") if problem.code in ARCHIVE_WARNINGS else problem
        for problem in problems
    ]


def check_ballot(
    ballot: archive.Ballot, debate: DebateContext, settings: Settings
) -> list[Problem]:
    """List all problems of a ballot that is about to be entered; an empty list is a good one.

    ``where`` reads like ``D31 og speech 1``. What circuits differ on (a reply by the last
    speaker) is a warning, everything else an error; see ``as_history`` for imports.
    """
    if any(side is Side.BYE for side, _team in debate.sides):
        return [Problem.of("error", debate.id, "ballot_of_bye", debate=debate.id)]
    kind = result_type(settings, debate.stage, len(debate.sides))
    if kind not in AVAILABLE:
        return [
            Problem.of(
                "error", debate.id, "result_type_not_available", debate=debate.id, kind=kind.value
            )
        ]
    problems = list(_check_structure(ballot, debate))
    paper = read_paper(ballot, debate, settings)
    problems += _check_forfeits(ballot, paper, debate)
    if not ballot.sheets:
        return problems
    listed = {part.side for part in ballot.sheets[0].sides}
    for side, team in debate.sides:
        if side not in paper.forfeits and side.value in listed:
            problems += check_speeches(
                paper, side, team, debate, settings, scored=_is_scored(kind)
            )
    problems += check_ranks(paper, debate, settings)
    if _is_scored(kind):
        problems += _check_all_listed(ballot.sheets[0], paper, debate)
        problems += check_scored(paper, debate, settings)
    elif len(debate.sides) == 2 or debate.stage is Stage.ELIMINATION:
        problems += check_winners(paper, debate)
    elif not paper.ranks:
        problems.append(Problem.of("error", debate.id, "ranks_missing", debate=debate.id))
    return problems


def _is_scored(kind: ResultType) -> bool:
    return kind is ResultType.CONSENSUS_SCORES


def _check_structure(ballot: archive.Ballot, debate: DebateContext) -> Iterator[Problem]:
    known = {side.value for side, _team in debate.sides}
    forfeits = known.intersection(ballot.forfeit)
    if not ballot.sheets and len(known - forfeits) > 1:
        yield Problem.of("error", debate.id, "sheet_missing", debate=debate.id)
    if len(ballot.sheets) > 1:
        yield Problem.of(
            "error", debate.id, "sheets_several", debate=debate.id, count=len(ballot.sheets)
        )
    yield from _check_sides(ballot.vetoes, debate, known)
    yield from _check_sides(ballot.forfeit, debate, known, twice="forfeit_twice")
    for sheet in ballot.sheets[:1]:
        if sheet.adjudicator is not None and len(ballot.sheets) == 1:
            yield Problem.of(
                "error", debate.id, "sheet_of_one_judge",
                debate=debate.id, judge=debate.name(sheet.adjudicator),
            )  # fmt: skip
        yield from _check_sides((part.side for part in sheet.sides), debate, known)
        yield from _check_sides(sheet.winners or (), debate, known, twice="winner_twice")
        yield from _check_sides(sheet.ranks or (), debate, known)
    if any(
        speech.criteria
        for sheet in ballot.sheets for part in sheet.sides for speech in part.speeches
    ):
        yield Problem.of("warning", debate.id, "criteria_not_counted", debate=debate.id)


def _check_sides(
    names: Iterable[str], debate: DebateContext, known: Container[str], *,
    twice: str = "side_twice",
) -> Iterator[Problem]:
    """Yield the sides of one list that are not the debate's, or stand there twice."""
    for name, count in Counter(list(names)).items():
        if name not in known:
            sides = ", ".join(side.value for side, _team in debate.sides)
            yield Problem.of(
                "error", f"{debate.id} {name}", "unknown_side",
                debate=debate.id, side=name, sides=sides,
            )  # fmt: skip
        if count > 1:
            yield Problem.of("error", f"{debate.id} {name}", twice, debate=debate.id, side=name)


def _check_forfeits(
    ballot: archive.Ballot, paper: Paper, debate: DebateContext
) -> Iterator[Problem]:
    known = {side.value: (side, team) for side, team in debate.sides}
    for name in sorted(known.keys() & set(ballot.forfeit)):
        side, team = known[name]
        if paper.speeches[side]:
            yield Problem.of(
                "error", f"{debate.id} {name}", "forfeit_with_speeches",
                debate=debate.id, side=name, team=debate.name(team),
            )  # fmt: skip


def _check_all_listed(
    sheet: archive.Sheet, paper: Paper, debate: DebateContext
) -> Iterator[Problem]:
    listed = {part.side for part in sheet.sides}
    # the last team standing has won without a debate and needs no marks
    if len(paper.standing) < 2 and paper.forfeits:
        return
    missing: list[tuple[Side, str]] = [
        (side, team) for side, team in debate.sides
        if side in paper.standing and side.value not in listed
    ]  # fmt: skip
    for side, team in missing:
        yield Problem.of(
            "error", f"{debate.id} {side}", "side_missing",
            debate=debate.id, side=side.value, team=debate.name(team),
        )  # fmt: skip
