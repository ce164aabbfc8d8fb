"""What one debate gives each of its teams (rules.md, sections 0 and 3)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.reference.document import is_bye, setting
from tests.reference.exact import Doc, mean
from tests.reference.sheets import places_of_four, speeches, total, winner_of_two


def gives(**told: Any) -> Doc:
    """Return a result in which all that is not told is missing.

    ``averaged``: credited with the average of the team's other rounds.
    """
    return {
        "points": None, "win": None, "score": None, "margin": None, "share": None,
        "ghost": False, "averaged": False, **told,
    }  # fmt: skip


def debate_results(doc: Doc, debate: Doc, ballot: Doc | None) -> dict[str, Doc]:
    """Return team to result; nobody has one before a ballot is confirmed, save with a bye."""
    if is_bye(debate):
        return bye(doc, debate["sides"][0]["team"])
    if ballot is None:
        return {}
    if len(debate["sides"]) == 2:
        return two_teams(doc, debate, ballot)
    if is_public_speaking(debate, ballot):
        return public_speaking(doc, debate, ballot)
    return four_teams(doc, debate, ballot)


def bye(doc: Doc, team: str) -> dict[str, Doc]:
    """A bye gives nothing, or a point and a win without marks, or with an average of marks."""
    if setting(doc, "bye_team_results") == "none":
        return {}
    return {team: gives(points=1, win=True, averaged=setting(doc, "bye_speaks") == "average")}


def voting_sheets(debate: Doc, ballot: Doc) -> list[Doc]:
    """Return the sheets of single judges; trainees never vote."""
    trainees = [m["adjudicator"] for m in debate.get("panel") or [] if m["role"] == "trainee"]
    return [
        sheet for sheet in ballot.get("sheets") or []
        if sheet.get("adjudicator") and sheet["adjudicator"] not in trainees
    ]  # fmt: skip


def agreed_sheet(ballot: Doc) -> Doc:
    """Return the panel's one sheet, an empty one where there is none."""
    return (ballot.get("sheets") or [{}])[0]  # type: ignore[no-any-return]


def is_public_speaking(debate: Doc, ballot: Doc) -> bool:
    """Tell whether more than two teams are marked by single judges: no winner, no places."""
    return len(debate["sides"]) > 2 and bool(voting_sheets(debate, ballot))


def count_votes(doc: Doc, debate: Doc, ballot: Doc) -> tuple[str | None, Doc | None, list[Doc]]:
    """Return the winner, each side's share of the votes, and the relevant judges' sheets."""
    sides = [entry["side"] for entry in debate["sides"]]
    papers = voting_sheets(debate, ballot)
    if not papers:
        sheet = agreed_sheet(ballot)
        return winner_of_two(doc, sheet, sides), None, [sheet]
    chairs = [m["adjudicator"] for m in debate.get("panel") or [] if m["role"] == "chair"]
    votes = [(sheet, winner_of_two(doc, sheet, sides)) for sheet in papers]
    numbers = {side: sum(vote == side for _sheet, vote in votes) for side in sides}
    shares = {side: Fraction(numbers[side], len(papers)) for side in sides}
    winner = None
    if numbers[sides[0]] == numbers[sides[1]]:
        for sheet, vote in votes:
            if sheet["adjudicator"] in chairs:
                winner = vote
    else:
        winner = max(sides, key=lambda side: numbers[side])
    if winner is None or setting(doc, "margin_includes_dissenters"):
        return winner, shares, papers
    return winner, shares, [sheet for sheet, vote in votes if vote == winner]


def two_teams(doc: Doc, debate: Doc, ballot: Doc) -> dict[str, Doc]:
    """A win or a loss, the mean score of the relevant judges, the margin, and the votes."""
    forfeit = list(ballot.get("forfeit") or [])
    winner, shares, relevant = count_votes(doc, debate, ballot)
    credit = setting(doc, "forfeit_winner_speaks")
    found = {}
    for entry in debate["sides"]:
        side, team = entry["side"], entry["team"]
        if side in forfeit:
            found[team] = gives(points=0, win=False)
            continue
        score = team_score(doc, relevant, side)
        ghost = has_ghost(ballot, side)
        if forfeit:
            found[team] = gives(
                points=1, win=True, ghost=ghost, averaged=credit == "average",
                score=score if credit == "as_judged" else None)
            continue
        told = {} if winner is None else {"points": int(side == winner), "win": side == winner}
        share = shares[side] if shares else None
        found[team] = gives(score=score, share=share, ghost=ghost, **told)
    one, other = found.values()
    if one["score"] is not None and other["score"] is not None:
        one["margin"] = one["score"] - other["score"]
        other["margin"] = other["score"] - one["score"]
    return found


def four_teams(doc: Doc, debate: Doc, ballot: Doc) -> dict[str, Doc]:
    """Points by places; with a forfeit the marks of the others may be worth nothing."""
    forfeit = list(ballot.get("forfeit") or [])
    sheet, sides = agreed_sheet(ballot), [entry["side"] for entry in debate["sides"]]
    places = places_of_four(doc, sheet, sides, forfeit)
    silent = bool(forfeit) and setting(doc, "forfeit_winner_speaks") == "none"
    found = {}
    for entry in debate["sides"]:
        side, place = entry["side"], places[entry["side"]]
        points = None if place is None else len(sides) - place
        if side in forfeit:
            found[entry["team"]] = gives(points=points)
            continue
        score = None if silent else team_score(doc, [sheet], side)
        found[entry["team"]] = gives(points=points, score=score, ghost=has_ghost(ballot, side))
    return found


def public_speaking(doc: Doc, debate: Doc, ballot: Doc) -> dict[str, Doc]:
    """Marks of every voting judge, and neither places nor points."""
    forfeit = list(ballot.get("forfeit") or [])
    papers = voting_sheets(debate, ballot)
    if forfeit and setting(doc, "forfeit_winner_speaks") == "none":
        papers = []
    found = {}
    for entry in debate["sides"]:
        side = entry["side"]
        found[entry["team"]] = gives() if side in forfeit else gives(
            score=team_score(doc, papers, side), ghost=has_ghost(ballot, side))
    return found


def team_score(doc: Doc, relevant: list[Doc], side: str) -> Any:
    """Return the mean of the team totals of the relevant judges, with or without ghosts."""
    ghosts = setting(doc, "teamscore_includes_ghosts")
    return mean(total(doc, sheet, side, ghosts=ghosts) for sheet in relevant)


def has_ghost(ballot: Doc, side: str) -> bool:
    """Tell whether somebody of a side spoke twice."""
    return any(
        speech.get("ghost")
        for sheet in ballot.get("sheets") or [] for speech in speeches(sheet, side)
    )  # fmt: skip
