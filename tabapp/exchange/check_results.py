"""Checks ballots: their references here, what they hold by the rules of the domain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from tabapp.core.errors import Problem, UserError
from tabapp.domain.archive import Archive, Ballot, Debate, Round, Sheet
from tabapp.domain.ballots import DebateContext, as_history, check_ballot
from tabapp.domain.types import Role, Side, Stage
from tabapp.exchange.check_rounds import debate_place, is_confirmed
from tabapp.exchange.findings import Findings
from tabapp.exchange.known import Known

# These speak of the whole format, so that saying them once is enough.
_OF_THE_FORMAT = frozenset({
    "result_type_not_available", "ballots_per_judge_in_large_rooms",
})

# Other checks of the archive tell these, of rooms without a ballot too.
_SAID_BEFORE = frozenset({"panel_without_chair", "judge_not_on_panel"})

# Worth a word where somebody holds the paper; what happened is whole without ranks, or with more.
_ASKED_OF_PAPER = frozenset({"speech_ranks_missing", "speech_ranks_not_asked"})


def check_results(archive: Archive, known: Known, found: Findings) -> None:
    """Check every debate's ballots, and rounds that repeat the one before."""
    last: dict[str | None, int] = {}
    for round_ in archive.rounds:
        if round_.stage == "elimination":
            last[round_.break_category] = max(round_.seq, last.get(round_.break_category, 0))
    for round_ in archive.rounds:
        final = last.get(round_.break_category) == round_.seq
        for debate in round_.debates:
            _check_debate(debate, round_, final, known, found)
    _check_repeats(archive, found)


def _check_debate(
    debate: Debate, round_: Round, final: bool, known: Known, found: Findings
) -> None:
    where = debate_place(debate, round_)
    before = found.errors
    confirmed = [ballot for ballot in debate.ballots if ballot.status == "confirmed"]
    if len(confirmed) > 1:
        versions = " and ".join(str(ballot.version) for ballot in confirmed)
        found.error(where, "import_two_confirmed_ballots", debate=debate.id, versions=versions)
    for version, count in Counter(ballot.version for ballot in debate.ballots).items():
        if count > 1:
            found.error(where, "import_duplicate_version", debate=debate.id, version=version)
    bye = any(side.side == Side.BYE for side in debate.sides)
    if bye and debate.ballots:
        found.error(where, "import_bye_with_ballot", debate=debate.id)
    if debate.status == "confirmed" and not confirmed and not bye:
        found.error(where, "import_confirmed_without_ballot", debate=debate.id)
    if confirmed and debate.status != "confirmed":
        found.warn(where, "import_ballot_not_counted", debate=debate.id, status=debate.status)
    for ballot in debate.ballots:
        _check_references(ballot, debate, where, known, found)
    if len(confirmed) == 1 and found.errors == before:
        _check_rules(confirmed[0], _context(debate, round_, final, known), known, found)


def _check_rules(
    ballot: Ballot, context: DebateContext | None, known: Known, found: Findings
) -> None:
    if context is None or known.settings is None:
        return
    try:
        problems = as_history(check_ballot(ballot, context, known.settings))
    except UserError as error:
        problems = [Problem("error", "tournament", error.code, error.message)]
    for problem in problems:
        again = problem.code in _OF_THE_FORMAT and found.has(problem.code)
        if not again and problem.code not in _SAID_BEFORE | _ASKED_OF_PAPER:
            found.add(problem)


def _check_references(
    ballot: Ballot, debate: Debate, where: str, known: Known, found: Findings
) -> None:
    place = f"{where}, ballot {ballot.version}"
    sides = {side.side for side in debate.sides}
    if ballot.version < 1:
        found.error(
            place, "import_bad_ballot_version", debate=debate.id, version=ballot.version
        )
    found.ref(place, "motion", ballot.motion, known.motions)
    for motion in ballot.vetoes.values():
        found.ref(place, "motion", motion, known.motions)
    found.refs(place, "side", ballot.vetoes, sides)
    found.refs(place, "side", ballot.forfeit, sides)
    judges = [sheet.adjudicator for sheet in ballot.sheets]
    for judge, count in Counter(judges).items():
        if count > 1:
            name = "the panel" if judge is None else known.judge(judge)
            found.error(place, "import_two_sheets", judge=name, count=count)
    panel = {seat.adjudicator for seat in debate.panel}
    for sheet in ballot.sheets:
        if sheet.adjudicator in known.adjudicators and sheet.adjudicator not in panel:
            name = known.judge(sheet.adjudicator or "")
            found.warn(place, "import_sheet_of_stranger", judge=name, debate=debate.id)
        _check_sheet(sheet, sides, place, known, found)


def _check_sheet(
    sheet: Sheet, sides: set[str], where: str, known: Known, found: Findings
) -> None:
    found.ref(where, "adjudicator", sheet.adjudicator, known.adjudicators)
    found.refs(where, "side", sheet.winners or (), sides)
    found.refs(where, "side", sheet.ranks or (), sides)
    found.refs(where, "side", (side.side for side in sheet.sides), sides)
    for side in sheet.sides:
        for position, count in Counter(s.position for s in side.speeches).items():
            if count > 1:
                found.error(where, "import_position_twice", side=side.side, position=position)
            if position < 1:
                found.error(where, "import_bad_position", side=side.side, position=position)
        for speech in side.speeches:
            found.ref(where, "speaker", speech.speaker, known.speakers)
            found.ref(where, "speaker", speech.substitute_for, known.speakers)
            found.refs(where, "criterion", speech.criteria, known.criteria)


def _context(debate: Debate, round_: Round, final: bool, known: Known) -> DebateContext | None:
    """Return what the ballot is held against, None where the debate itself is not in order."""
    if known.settings is None:
        return None
    teams: Mapping[str, str] = {side.side: side.team for side in debate.sides}
    if set(teams) != set(known.settings.sides) or not set(teams.values()) <= set(known.teams):
        return None
    return DebateContext(
        id=debate.id,
        round_seq=round_.seq,
        stage=Stage(round_.stage),
        sides=tuple((side, teams[side]) for side in known.settings.sides),
        speakers={team: known.team_speakers[team] for team in teams.values()},
        panel=tuple((seat.adjudicator, Role(seat.role)) for seat in debate.panel),
        last_elimination=final,
        all_speakers=frozenset(known.speakers),
        names=known.names,
        criteria=known.criteria,
    )


def _check_repeats(archive: Archive, found: Findings) -> None:
    """Find rounds with the debates and the results of the round before (import validator)."""
    rounds = sorted(archive.rounds, key=lambda round_: round_.seq)
    before: Counter[object] = Counter()
    for place, round_ in enumerate(rounds):
        now = Counter(_content(debate) for debate in round_.debates if len(debate.sides) > 1)
        if now and now == before:
            earlier = rounds[place - 1].seq
            found.warn(
                f"round {round_.seq}", "import_repeated_round", seq=round_.seq, earlier=earlier
            )
        before = now


def _content(debate: Debate) -> object:
    teams = tuple(sorted((side.side, side.team) for side in debate.sides))
    if not is_confirmed(debate):
        return teams, None
    sheets = [
        sheet for ballot in debate.ballots if ballot.status == "confirmed"
        for sheet in ballot.sheets
    ]
    marks = sorted(
        (side.side, speech.position, speech.speaker or "", speech.score or 0.0)
        for sheet in sheets for side in sheet.sides for speech in side.speeches
    )
    places = sorted(
        (sorted(sheet.winners or ()), sorted((sheet.ranks or {}).items())) for sheet in sheets
    )
    return teams, tuple(marks), repr(places)
