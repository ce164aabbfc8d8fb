"""Figures and ranks of teams (rules.md, section 4)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from tests.reference.document import confirmed_ballot, preliminary, team_ids, teams_in, weight
from tests.reference.exact import Doc, Key, deviation, key_of, known, mean, ranks_of
from tests.reference.results import debate_results, gives
from tests.reference.speeches import counted

Table = dict[str, Doc]


def histories(doc: Doc, until: int | None = None) -> dict[str, list[Doc]]:
    """Return team to what each of its debates gave it, credited averages filled in."""
    found: dict[str, list[Doc]] = {team: [] for team in team_ids(doc)}
    for rnd, debate in preliminary(doc, until):
        ballot = confirmed_ballot(debate)
        given = debate_results(doc, debate, ballot)
        spoken = counted(doc, debate, ballot)
        pulled = [entry["team"] for entry in debate["sides"]
                  if "pullup" in (entry.get("flags") or [])]  # fmt: skip
        for team in teams_in(debate):
            found[team].append(gives() | given.get(team, {}) | {
                "weight": weight(rnd), "pulled": team in pulled, "pullup_debate": bool(pulled),
                "opponents": [other for other in teams_in(debate) if other != team],
                "marks": [score for _who, of, score, _rank in spoken if of == team],
            })  # fmt: skip
    for records in found.values():
        others = mean(r["score"] for r in records if not r["averaged"])
        for record in records:
            if record["averaged"]:
                record["score"] = others
    return found


def figures(doc: Doc, until: int | None = None) -> Table:
    """Return team to metric to value, for all metrics that look at no ranks."""
    history = histories(doc, until)
    found = {team: own_figures(records) for team, records in history.items()}
    for team, records in history.items():
        met = [other for record in records for other in record["opponents"]]
        found[team]["draw_strength"] = sum(found[other]["points"] for other in met)
        found[team]["draw_strength_speaks"] = sum(found[other]["speaks_sum"] for other in met)
    return found


def own_figures(records: list[Doc]) -> Doc:
    """Sum up a team's own results."""
    points = known(record["points"] for record in records)
    scores = known(record["score"] for record in records)
    margins = known(record["margin"] for record in records)
    return {
        "wins": sum(record["win"] is True for record in records),
        "points": sum(
            record["points"] * record["weight"]
            for record in records if record["points"] is not None),
        "speaks_sum": sum(scores),
        "speaks_avg": mean(scores),
        "speaks_ind_avg": mean(one for record in records for one in record["marks"]),
        "speaks_stddev": deviation(scores),
        "margin_sum": sum(margins) if margins else None,
        "margin_avg": mean(margins),
        "num_adjs": sum(3 * share for share in known(record["share"] for record in records)),
        "firsts": points.count(3),
        "seconds": points.count(2),
        "thirds": points.count(1),
        "npullups": sum(record["pulled"] for record in records),
        "pullup_debates": sum(record["pullup_debate"] for record in records),
        "num_iron": sum(record["ghost"] for record in records),
    }  # fmt: skip


def won_against(doc: Doc, team: str, other: str, until: int | None) -> int:
    """Sum the points that a team won in debates against another."""
    won = 0
    for _rnd, debate in preliminary(doc, until):
        if team in teams_in(debate) and other in teams_in(debate):
            given = debate_results(doc, debate, confirmed_ballot(debate))
            won += given.get(team, {}).get("points") or 0
    return won


def who_beat_whom(
    doc: Doc, keys: dict[str, Key], team: str, until: int | None
) -> int | str:
    """Compare a team with the only other one that is equal on all metrics before this one."""
    level = [other for other in keys if other != team and keys[other] == keys[team]]
    return won_against(doc, team, level[0], until) if len(level) == 1 else "n/a"


def table(
    doc: Doc, precedence: Sequence[str], until: int | None = None
) -> tuple[Table, dict[str, Key]]:
    """Return team to column to value, and team to what it is compared by, metric by metric."""
    found = figures(doc, until)
    keys: dict[str, Key] = {team: [] for team in found}
    repeats = 0
    for metric in precedence:
        column = metric
        if metric == "wbw":
            repeats += 1
            column = f"wbw{repeats}"
            values: Doc = {team: who_beat_whom(doc, keys, team, until) for team in keys}
            for team, value in values.items():
                found[team][column] = value
        keys = {team: [*keys[team], key_of(metric, found[team][column])] for team in keys}
    overall = ranks_of(list(keys), keys)
    history = histories(doc, until)
    for team, row in found.items():
        row["draw_strength_rank"] = sum(
            overall[other] for record in history[team] for other in record["opponents"])
    return found, keys


def places(
    doc: Doc, keys: dict[str, Key], members: Collection[str] | None = None
) -> dict[str, dict[str, Any]]:
    """Return team to its rank, ``tied``, subrank and institution rank among the members."""
    rows = [team for team in keys if members is None or team in members]
    homes = {team["id"]: team.get("institution") for team in doc["teams"]}
    ranks = ranks_of(rows, keys)
    found = {}
    for team in rows:
        level = [other for other in rows if keys[other][:1] == keys[team][:1]]
        family = [o for o in rows if o == team or (homes[o] and homes[o] == homes[team])]
        found[team] = {
            "rank": ranks[team],
            "tied": sum(ranks[other] == ranks[team] for other in rows) > 1,
            "subrank": ranks_of(level, keys)[team],
            "institution_rank": ranks_of(family, keys)[team],
        }
    return found
