"""A second implementation of what one debate of two teams, or one bye, gives: plain dicts.

Literal readings of the definitions, nothing from tabapp. ``bp_reference`` makes the tables.
"""

from __future__ import annotations

import math

LAST_WORD = {"tied-points", "low-points"}
"""Rules by which the winner that a sheet declares is the winner."""


def setting(doc, name, default):
    value = (doc["tournament"].get("settings") or {}).get(name)
    return default if value is None else value


def marks_of(sheet, side):
    for part in sheet.get("sides") or []:
        if part["side"] == side:
            return part.get("speeches") or []
    return []


def summed(sheet, side, ghosts=True):
    scores = [
        speech["score"] for speech in marks_of(sheet, side)
        if speech.get("score") is not None and (ghosts or not speech.get("ghost"))
    ]  # fmt: skip
    return math.fsum(scores) if scores else None


def winner_on(doc, sheet, sides):
    """Return the side that one sheet puts first, None where it does not say."""
    declared = sheet.get("winners") or []
    totals = [summed(sheet, side) for side in sides]
    scored = None not in totals
    if declared and (not scored or setting(doc, "winners_in_ballots", "none") in LAST_WORD):
        return declared[0]
    if not scored or round(totals[0] - totals[1], 6) == 0:
        return declared[0] if declared else None
    return sides[0] if totals[0] > totals[1] else sides[1]


def mean(values):
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if known else None


def average(values):
    return sum(values) / len(values) if values else None


def deviation(values):
    if not values:
        return None
    centre = average(values)
    return math.sqrt(sum((value - centre) ** 2 for value in values) / len(values))


def count(doc, debate, ballot):
    """Return (winner, votes by side or None, the sheets whose marks count)."""
    sides = [entry["side"] for entry in debate["sides"]]
    roles = {member["adjudicator"]: member["role"] for member in debate.get("panel") or []}
    own = [
        sheet for sheet in ballot.get("sheets") or []
        if sheet.get("adjudicator") and roles.get(sheet["adjudicator"]) != "trainee"
    ]  # fmt: skip
    if not own:
        sheet = (ballot.get("sheets") or [{}])[0]
        return winner_on(doc, sheet, sides), None, [sheet]
    votes = {sheet["adjudicator"]: winner_on(doc, sheet, sides) for sheet in own}
    for_first = sum(vote == sides[0] for vote in votes.values())
    for_second = sum(vote == sides[1] for vote in votes.values())
    if for_first == for_second:
        chair = [judge for judge in votes if roles.get(judge) == "chair"]
        winner = votes[chair[0]] if chair else None
    else:
        winner = sides[0] if for_first > for_second else sides[1]
    everybody = winner is None or setting(doc, "margin_includes_dissenters", False)
    relevant = [s for s in own if everybody or votes[s["adjudicator"]] == winner]
    return winner, {sides[0]: for_first, sides[1]: for_second}, relevant


def results(doc, debate, ballot):
    """Return team to its points, win, score, margin, share of votes, ghost and forfeit.

    ``averaged``: the team won by a forfeit and is credited with the average of its other rounds.
    """
    if len(debate["sides"]) == 1:
        return bye(doc, debate["sides"][0]["team"])
    forfeit = set(ballot.get("forfeit") or [])
    winner, votes, relevant = count(doc, debate, ballot)
    rule = setting(doc, "forfeit_winner_speaks", "average")
    if forfeit:
        stood = [entry["side"] for entry in debate["sides"] if entry["side"] not in forfeit]
        winner, votes = (stood[0] if stood else None), None
    ghosts_count = setting(doc, "teamscore_includes_ghosts", True)
    found = {}
    for entry in debate["sides"]:
        side = entry["side"]
        out = side in forfeit
        won = None if winner is None and not out else side == winner
        silent = out or (forfeit and rule != "as_judged")
        found[entry["team"]] = {
            "points": None if won is None else int(won), "win": won,
            "score": None if silent else mean(summed(s, side, ghosts_count) for s in relevant),
            "margin": None, "share": votes[side] / sum(votes.values()) if votes else None,
            "ghost": not out and any(
                speech.get("ghost")
                for sheet in ballot.get("sheets") or [] for speech in marks_of(sheet, side)
            ),
            "averaged": bool(forfeit) and not out and rule == "average",
        }  # fmt: skip
    one, other = found.values()
    if one["score"] is not None and other["score"] is not None:
        one["margin"] = one["score"] - other["score"]
        other["margin"] = -one["margin"]
    return found


def bye(doc, team):
    """Return what a bye gives: nothing, a win without marks, or one with an average of marks."""
    given = setting(doc, "bye_team_results", "none")
    won = given != "none"
    averaged = setting(doc, "bye_speaks", "none") == "average"
    return {team: {
        "points": 1 if won else None, "win": True if won else None, "score": None,
        "margin": None, "share": None, "ghost": False, "averaged": won and averaged,
    }}  # fmt: skip


def speeches(doc, debate, ballot):
    """List (speaker, team, score, rank) of the substantive speeches that count."""
    forfeit = ballot.get("forfeit") or []
    if forfeit and setting(doc, "forfeit_winner_speaks", "average") != "as_judged":
        return []
    _winner, _votes, relevant = count(doc, debate, ballot)
    counted = []
    for entry in debate["sides"]:
        if entry["side"] in forfeit:
            continue
        for position in range(1, setting(doc, "substantive_speakers", 3) + 1):
            told = [
                speech for sheet in relevant for speech in marks_of(sheet, entry["side"])
                if speech["position"] == position
            ]  # fmt: skip
            if not told or told[0].get("ghost") or not told[0].get("speaker"):
                continue
            score = mean(speech.get("score") for speech in told)
            if score is not None:
                rank = mean(speech.get("rank") for speech in told)
                counted.append((told[0]["speaker"], entry["team"], score, rank))
    return counted
