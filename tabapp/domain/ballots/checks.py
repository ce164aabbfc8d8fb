"""Find every problem of a ballot at once, each with its place and its sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tabapp.core.errors import Problem
from tabapp.domain import archive
from tabapp.domain.ballots.criteria import check_criteria
from tabapp.domain.ballots.outcome_checks import check_ranks, check_scored, check_winners
from tabapp.domain.ballots.panel_checks import (
    check_agreement,
    check_heads,
    check_panel,
    contexts,
)
from tabapp.domain.ballots.paper import Paper, read_sheet
from tabapp.domain.ballots.rank_checks import check_speech_ranks
from tabapp.domain.ballots.speech_checks import check_speeches
from tabapp.domain.ballots.values import (
    SCORELESS,
    VOTING,
    DebateContext,
    ResultType,
    is_available,
    result_type,
)
from tabapp.domain.formats import Settings
from tabapp.domain.types import Side, Stage

ARCHIVE_WARNINGS = frozenset({
    "score_missing", "score_out_of_range", "score_off_step", "scores_not_asked",
    "speaker_missing", "speaker_not_in_team", "speaker_twice", "ghost_alone",
    "substitute_for_stranger", "reply_by_last_speaker", "reply_without_speech",
    "tied_totals", "winner_not_highest", "winner_missing", "wrong_number_advancing",
    "margin_too_large", "ranks_wrong", "ranks_missing", "ranks_against_totals",
    "side_missing", "forfeit_with_speeches", "judge_sheet_missing", "judge_not_on_panel",
    "panel_without_chair", "sheet_of_trainee", "sheet_without_judge",
    "sheets_differ_in_speakers", "sheets_differ_in_ghosts", "sheet_says_other_motion",
    "sheet_says_other_forfeit", "criteria_missing", "criterion_out_of_range",
    "criterion_off_step", "score_against_criteria", "speech_rank_missing",
    "speech_rank_out_of_range", "speech_rank_twice", "speech_rank_against_score", "reply_ranked",
    "winner_without_contest",
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

    ``where`` reads like ``D31 og speech 1``, or ``D31 (sheet of Ann) aff speech 1`` where judges
    vote singly; what they all saw alike is told once. What circuits differ on (a reply by the last
    speaker) is a warning, everything else an error; see ``as_history`` for imports.
    """
    if any(side is Side.BYE for side, _team in debate.sides):
        return [Problem.of("error", debate.id, "ballot_of_bye", debate=debate.id)]
    kind = result_type(settings, debate.stage, len(debate.sides))
    if not is_available(kind, len(debate.sides)):
        return [
            Problem.of(
                "error", debate.id, "result_type_not_available",
                debate=debate.id, kind=kind.value, sides=len(debate.sides),
            )
        ]  # fmt: skip
    return [problem for _judge, problem in ballot_findings(ballot, debate, settings)]


def ballot_findings(
    ballot: archive.Ballot, debate: DebateContext, settings: Settings
) -> list[tuple[str | None, Problem]]:
    """List all problems, each with the judge on whose sheet it stands; None for the room's.

    As ``check_ballot``, of a debate with an opponent and a kind of result that can be counted.
    """
    kind = result_type(settings, debate.stage, len(debate.sides))
    room = list(_check_structure(ballot, debate))
    room += _check_forfeits(ballot, debate)
    room += check_heads(ballot, debate)
    if kind in VOTING:
        room += check_panel(ballot, debate)
        sheets = contexts(ballot, debate)
    else:
        room += _check_together(ballot, debate)
        sheets = [(sheet, debate) for sheet in ballot.sheets[:1]]
    papers = [(sheet, read_sheet(sheet, ballot, debate)) for sheet, _where in sheets]
    room += check_agreement(papers, debate)
    found: list[tuple[str | None, Problem]] = [(None, problem) for problem in room]
    for number, ((sheet, where), (_same, paper)) in enumerate(zip(sheets, papers, strict=True)):
        own = list(_check_sides((part.side for part in sheet.sides), where))
        own += _check_sides(sheet.winners or (), where, twice="winner_twice")
        own += _check_sides(sheet.ranks or (), where)
        own += _check_sheet(sheet, paper, where, settings, kind, speakers=number == 0)
        found += [(sheet.adjudicator, problem) for problem in own]
    return found


def _check_sheet(
    sheet: archive.Sheet,
    paper: Paper,
    debate: DebateContext,
    settings: Settings,
    kind: ResultType,
    *,
    speakers: bool,
) -> Iterator[Problem]:
    """Yield what is wrong on one sheet; ``speakers`` unless another one told who spoke."""
    listed = {part.side for part in sheet.sides}
    scored = kind not in SCORELESS
    for side, team in debate.sides:
        if side not in paper.forfeits and side.value in listed:
            yield from check_speeches(
                paper, side, team, debate, settings, scored=scored, speakers=speakers
            )
    if kind is ResultType.PUBLIC_SPEAKING:
        yield from _check_contestless(paper, debate)
    else:
        yield from check_ranks(paper, debate, settings)
    if scored:
        yield from check_criteria(sheet, debate)
        yield from check_speech_ranks(paper, debate, settings)
        yield from _check_all_listed(sheet, paper, debate)
        if kind is not ResultType.PUBLIC_SPEAKING:
            yield from check_scored(paper, debate, settings)
    elif len(debate.sides) == 2 or debate.stage is Stage.ELIMINATION:
        yield from check_winners(paper, debate)
    elif not paper.ranks:
        yield Problem.of("error", debate.id, "ranks_missing", debate=debate.id)


def _check_structure(ballot: archive.Ballot, debate: DebateContext) -> Iterator[Problem]:
    known = {side.value for side, _team in debate.sides}
    if not ballot.sheets and len(known.difference(ballot.forfeit)) > 1:
        yield Problem.of("error", debate.id, "sheet_missing", debate=debate.id)
    yield from _check_sides(ballot.vetoes, debate)
    yield from _check_sides(ballot.forfeit, debate, twice="forfeit_twice")


def _check_contestless(paper: Paper, debate: DebateContext) -> Iterator[Problem]:
    """Yield what a sheet says of an outcome where there is none."""
    if paper.winners or paper.ranks:
        yield Problem.of("error", debate.id, "winner_without_contest", debate=debate.id)


def _check_together(ballot: archive.Ballot, debate: DebateContext) -> Iterator[Problem]:
    """Yield what is wrong with whose sheets there are where the panel agrees on one."""
    if len(ballot.sheets) > 1:
        yield Problem.of(
            "error", debate.id, "sheets_several", debate=debate.id, count=len(ballot.sheets)
        )
    elif ballot.sheets and (judge := ballot.sheets[0].adjudicator) is not None:
        yield Problem.of(
            "error", debate.id, "sheet_of_one_judge", debate=debate.id, judge=debate.name(judge)
        )


def _check_sides(
    names: Iterable[str], debate: DebateContext, *, twice: str = "side_twice"
) -> Iterator[Problem]:
    """Yield the sides of one list that are not the debate's, or stand there twice."""
    known = [side.value for side, _team in debate.sides]
    for name, count in Counter(list(names)).items():
        if name not in known:
            yield Problem.of(
                "error", f"{debate.id} {name}", "unknown_side",
                debate=debate.id, side=name, sides=", ".join(known),
            )  # fmt: skip
        if count > 1:
            yield Problem.of("error", f"{debate.id} {name}", twice, debate=debate.id, side=name)


def _check_forfeits(ballot: archive.Ballot, debate: DebateContext) -> Iterator[Problem]:
    spoke = {
        part.side for sheet in ballot.sheets for part in sheet.sides if part.speeches
    }
    for side, team in sorted(debate.sides):
        if side.value in ballot.forfeit and side.value in spoke:
            yield Problem.of(
                "error", f"{debate.id} {side}", "forfeit_with_speeches",
                debate=debate.id, side=side.value, team=debate.name(team),
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
