"""Figures and ranks of speakers and reply speakers (rules.md, section 5)."""

from __future__ import annotations

from collections.abc import Sequence

from tests.reference.document import confirmed_ballot, preliminary, slugs_of
from tests.reference.exact import Doc, deviation, key_of, known, mean, ranks_of
from tests.reference.speeches import counted
from tests.reference.teams import Table, histories

REPLY_COLUMNS = ("average", "stdev", "count", "total")


def figures(doc: Doc, until: int | None = None, *, replies: bool = False) -> Table:
    """Return speaker to metric to value; of replies a row for everyone who gave one."""
    scores: dict[str, list[float]] = {speaker["id"]: [] for speaker in doc["speakers"]}
    placed: dict[str, list[float]] = {speaker: [] for speaker in scores}
    for _rnd, debate in preliminary(doc, until):
        for who, _team, score, rank in counted(
                doc, debate, confirmed_ballot(debate), replies=replies):
            scores[who].append(score)
            placed[who] += known([rank])
    history = histories(doc, until)
    return {
        speaker["id"]: own_figures(
            scores[speaker["id"]], placed[speaker["id"]], history.get(speaker.get("team"), []))
        for speaker in doc["speakers"] if scores[speaker["id"]] or not replies
    }  # fmt: skip


def own_figures(marks: list[float], placed: list[float], of_team: list[Doc]) -> Doc:
    """Sum up a speaker's own speeches and the results of the team, round weights ignored."""
    marks = sorted(marks)
    points = known(record["points"] for record in of_team)
    return {
        "total": sum(marks),
        "average": mean(marks),
        "trimmed_mean": mean(marks[1:-1] if len(marks) > 2 else marks),
        "stdev": deviation(marks),
        "count": len(marks),
        "srank": sum(placed) if placed else None,
        "team_points": sum(points),
        "team_wins": sum(record["win"] is True for record in of_team),
        "firsts": points.count(3),
        "seconds": points.count(2),
        "thirds": points.count(1),
        "num_adjs": sum(3 * share for share in known(r["share"] for r in of_team)),
    }


def rounds_so_far(doc: Doc, until: int | None = None) -> int:
    """Count the rounds with a confirmed ballot."""
    return len({rnd["seq"] for rnd, debate in preliminary(doc, until) if confirmed_ballot(debate)})


def ranks(
    doc: Doc,
    found: Table,
    precedence: Sequence[str],
    until: int | None = None,
    missable: int = -1,
    category: str | None = None,
) -> dict[str, int | None]:
    """Return speaker to rank among the members of a category, None for who missed too much."""
    members = [
        speaker["id"] for speaker in doc["speakers"]
        if speaker["id"] in found and (
            category is None
            or category in slugs_of(doc, "speaker_categories", speaker, "categories"))
    ]  # fmt: skip
    least = rounds_so_far(doc, until) - missable
    ranked = [who for who in members if missable < 0 or found[who]["count"] >= least]
    keys = {who: [key_of(metric, found[who][metric]) for metric in precedence] for who in ranked}
    placed = ranks_of(ranked, keys)
    return {who: placed.get(who) for who in members}
