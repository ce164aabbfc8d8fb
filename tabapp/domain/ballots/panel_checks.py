"""Check the sheets of single judges: that each vote is there, and that they tell one debate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tabapp.core.errors import Problem
from tabapp.domain import archive
from tabapp.domain.ballots.panel import voting_sheets
from tabapp.domain.ballots.paper import Paper
from tabapp.domain.ballots.values import DebateContext
from tabapp.domain.types import Role, Side


def check_panel(ballot: archive.Ballot, debate: DebateContext) -> Iterator[Problem]:
    """Yield what is wrong with whose sheets there are."""
    roles = dict(debate.panel)
    if any(sheet.adjudicator is None for sheet in ballot.sheets):
        yield Problem.of("error", debate.id, "sheet_without_judge", debate=debate.id)
    named = Counter(s.adjudicator for s in ballot.sheets if s.adjudicator is not None)
    if not named:
        return
    if Role.CHAIR not in roles.values() and len(debate.sides) == 2:
        yield Problem.of("error", debate.id, "panel_without_chair", debate=debate.id)
    for judge, count in named.items():
        facts = {"debate": debate.id, "judge": debate.name(judge)}
        if count > 1:
            yield Problem.of("error", debate.id, "judge_sheet_twice", **facts, count=count)
        if judge not in roles:
            yield Problem.of("error", debate.id, "judge_not_on_panel", **facts)
        elif roles[judge] is Role.TRAINEE:
            yield Problem.of("error", debate.id, "sheet_of_trainee", **facts)
    if sum(side.value not in ballot.forfeit for side, _team in debate.sides) < 2:
        return  # nobody votes on a forfeit
    for judge, role in debate.panel:
        if role is not Role.TRAINEE and judge not in named:
            yield Problem.of(
                "error", debate.id, "judge_sheet_missing",
                debate=debate.id, judge=debate.name(judge),
            )  # fmt: skip


def check_agreement(
    sheets: list[tuple[archive.Sheet, Paper]], debate: DebateContext
) -> Iterator[Problem]:
    """Yield where sheets differ in what all judges saw alike: who spoke when, and the ghosts.

    What one of them leaves out is told of that sheet.
    """
    if len(sheets) < 2:
        return
    (first, paper), *others = sheets
    for sheet, other in others:
        both = {
            "debate": debate.id, "judge": debate.name(first.adjudicator or ""),
            "other": debate.name(sheet.adjudicator or ""),
        }  # fmt: skip
        told, said = _speeches(paper), _speeches(other)
        pairs = [(told[key], said[key]) for key in told.keys() & said.keys()]
        if any(
            (a.speaker, a.substitute_for) != (b.speaker, b.substitute_for) for a, b in pairs
        ):
            yield Problem.of("error", debate.id, "sheets_differ_in_speakers", **both)
        if any(a.ghost != b.ghost for a, b in pairs):
            yield Problem.of("error", debate.id, "sheets_differ_in_ghosts", **both)


def check_heads(ballot: archive.Ballot, debate: DebateContext) -> Iterator[Problem]:
    """Yield where a sheet has a motion or forfeits of its own that are not the ballot's.

    A ballot says both once for its room; a sheet that repeats them may contradict it.
    """
    for sheet in ballot.sheets:
        own = sheet.model_extra or {}
        facts = {
            "debate": debate.id,
            "judge": debate.name(sheet.adjudicator) if sheet.adjudicator else "the panel",
        }  # fmt: skip
        if own.get("motion") not in (None, ballot.motion):
            yield Problem.of(
                "error", debate.id, "sheet_says_other_motion", **facts, motion=own["motion"],
                said=ballot.motion or "none")
        forfeit = own.get("forfeit")
        if isinstance(forfeit, list) and sorted(map(str, forfeit)) != sorted(ballot.forfeit):
            yield Problem.of(
                "error", debate.id, "sheet_says_other_forfeit", **facts,
                forfeit=" and ".join(map(str, forfeit)) or "nobody",
                said=" and ".join(ballot.forfeit) or "nobody")


def _speeches(paper: Paper) -> dict[tuple[Side, int], archive.Speech]:
    return {
        (side, one.position): one
        for side, speeches in paper.speeches.items() for one in speeches
    }  # fmt: skip


def contexts(
    ballot: archive.Ballot, debate: DebateContext
) -> list[tuple[archive.Sheet, DebateContext]]:
    """Return the sheets to check with the room as problems shall call it: with the judge's name.

    A sheet of nobody stands alone in its room; beside sheets of judges it is not read.
    """
    found = voting_sheets(ballot, debate)
    if not found:
        return [(sheet, debate) for sheet in ballot.sheets[:1] if sheet.adjudicator is None]
    return [(sheet, debate.of_judge(sheet.adjudicator or "")) for sheet in found]
