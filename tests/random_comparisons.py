"""Tables and breaks of a tournament held against the second implementation in ``tests/reference``.

Every function yields sentences about what differs, and nothing where all is equal.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.breaks import BREAK_RULES, BreakCategory, BreakList, TieRule, qualify
from tabapp.domain.breaks.hold import rounds_debated
from tabapp.domain.standings import (
    SPEAKER_METRICS,
    TEAM_METRICS,
    adjudicator_standings,
    draw_order,
    reply_standings,
    speaker_standings,
    team_standings,
)
from tabapp.domain.types import AdjudicatorInfo, ResultData, Standings
from tests.reference import breaks, judges, speakers, teams
from tests.reference.document import slugs_of
from tests.reference.exact import Doc

TOLERANCE = 1e-6
RANKED_OF_TEAMS = tuple(sorted(
    key for key, metric in TEAM_METRICS.items() if not metric.extra_only and key != "wbw"))
SHOWN_OF_TEAMS = tuple(sorted(set(TEAM_METRICS) - {"wbw"}))
SHOWN_OF_SPEAKERS = tuple(sorted(SPEAKER_METRICS))
TIES: tuple[TieRule, ...] = ("ask", "lot", "all")
REFUSED = ("break_rule_needs_metric", "break_rule_needs_two_teams")

Differences = Iterator[str]


# --- tables ------------------------------------------------------------------------------------


def table_differences(
    found: Standings,
    figures: Mapping[str, Mapping[str, Any]],
    ranks: Mapping[str, int | None],
    names: Mapping[str, str],
) -> Differences:
    """Compare all rows, ranks, ties and figures of a table, and the order of its rows."""
    if {row.id for row in found.rows} != set(ranks) or len(found.rows) != len(ranks):
        yield f"{found.kind}: other rows than in the second implementation"
        return
    all_ranks = list(ranks.values())
    for row in found.rows:
        rank = ranks[row.id]
        if row.rank != rank:
            yield f"{found.kind}: {row.id} has rank {row.rank}, not {rank}"
        if row.tied is not (rank is not None and all_ranks.count(rank) > 1):
            yield f"{found.kind}: {row.id} has tied {row.tied}"
        for key in (*found.metrics, *found.extra):
            value, wanted = row.values[key], figures[row.id][key]
            if not same_figure(value, wanted):
                yield f"{found.kind}: {key} of {row.id} is {value}, not {shown(wanted)}"
    order = [(rank is None, rank or 0, names[row])
             for row, rank in ((row.id, ranks[row.id]) for row in found.rows)]  # fmt: skip
    if order != sorted(order):
        yield f"{found.kind}: the rows are not in order of rank, then of name"


def same_figure(one: Any, other: Any) -> bool:
    """Compare two values of a table, of which either may be missing or a word."""
    if one is None or other is None or isinstance(one, str) or isinstance(other, str):
        return bool(one == other)
    return math.isclose(one, other, rel_tol=0.0, abs_tol=TOLERANCE)


def shown(value: Any) -> Any:
    """Write a fraction as people do."""
    return value if value is None or isinstance(value, str | int) else float(value)


def names_of(rows: Sequence[Doc]) -> dict[str, str]:
    """Return id to name."""
    return {row["id"]: row["name"] for row in rows}


def team_differences(
    doc: Doc, data: ResultData, precedence: Sequence[str], until: int | None
) -> Differences:
    """Compare the teams of the tournament, of each break category, and what a draw reads."""
    figures, keys = teams.table(doc, precedence, until)
    groups: list[str | None] = [None, *(one["slug"] for one in doc["break_categories"])]
    for slug in groups:
        members = None if slug is None else [
            team["id"] for team in doc["teams"]
            if slug in slugs_of(doc, "break_categories", team, "break_categories")]
        places = teams.places(doc, keys, members)
        found = team_standings(
            data, metrics=precedence, extra=SHOWN_OF_TEAMS, until=until, category=slug)
        yield from table_differences(
            found, {team: figures[team] | place for team, place in places.items()},
            {team: place["rank"] for team, place in places.items()}, names_of(doc["teams"]))
        if slug is None and precedence:
            yield from order_differences(doc, data, precedence, until, figures, places)


def order_differences(
    doc: Doc, data: ResultData, precedence: Sequence[str], until: int | None,
    figures: teams.Table, places: Mapping[str, Doc],
) -> Differences:  # fmt: skip
    """Compare what a draw reads of each team: its points, rank and subrank."""
    first = "wbw1" if precedence[0] == "wbw" else precedence[0]
    for place in draw_order(data, precedence, until):
        wanted = figures[place.team][first]
        points = wanted if not isinstance(wanted, str) and wanted is not None else 0
        expected = (places[place.team]["rank"], places[place.team]["subrank"])
        if not same_figure(place.value, points) or (place.rank, place.subrank) != expected:
            yield f"draw order: {place} is not {shown(points)} with ranks {expected}"


def speaker_differences(
    doc: Doc, data: ResultData, precedence: Sequence[str], until: int | None, missable: int
) -> Differences:
    """Compare the speakers of the tournament, and of each speaker category."""
    figures = speakers.figures(doc, until)
    groups: list[str | None] = [None, *(one["slug"] for one in doc["speaker_categories"])]
    for slug in groups:
        yield from table_differences(
            speaker_standings(
                data, metrics=precedence, extra=SHOWN_OF_SPEAKERS, until=until, category=slug,
                missable=missable),
            figures, speakers.ranks(doc, figures, precedence, until, missable, slug),
            names_of(doc["speakers"]))


def reply_differences(
    doc: Doc, data: ResultData, until: int | None, missable: int
) -> Differences:
    """Compare the reply speakers of the tournament, and of each speaker category."""
    figures = speakers.figures(doc, until, replies=True)
    groups: list[str | None] = [None, *(one["slug"] for one in doc["speaker_categories"])]
    for slug in groups:
        found = reply_standings(data, until=until, category=slug, missable=missable)
        if {*found.metrics, *found.extra} != set(speakers.REPLY_COLUMNS):
            yield f"replies: the columns are {found.metrics} and {found.extra}"
        yield from table_differences(
            found, figures, speakers.ranks(doc, figures, ["average"], until, missable, slug),
            names_of(doc["speakers"]))


def judge_differences(found: Standings, doc: Doc, feedback_weight: float) -> Differences:
    """Compare a table of judges."""
    figures, seats = judges.figures(doc, feedback_weight), judges.seats(doc)
    yield from table_differences(
        found, {judge: row | seats[judge] for judge, row in figures.items()},
        judges.ranks(figures), names_of(doc["adjudicators"]))


def judge_table(doc: Doc, feedback_weight: float) -> Standings:
    """Let the program rank the judges by what the second implementation counted of them."""
    figures, seats = judges.figures(doc, feedback_weight), judges.seats(doc)
    return adjudicator_standings([
        AdjudicatorInfo(
            judge["id"], judge["name"], float(figures[judge["id"]]["base_score"]),
            None if (told := figures[judge["id"]]["feedback"]) is None else float(told),
            figures[judge["id"]]["feedback_count"], **seats[judge["id"]])
        for judge in doc["adjudicators"]
    ], feedback_weight=feedback_weight)


# --- breaks ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BreakCase:
    """A break of all categories: the tournament, and what a person decided about it."""

    doc: Doc
    data: ResultData
    terms: breaks.Terms
    seed: int
    two_team: bool


def break_differences(case: BreakCase) -> Differences:
    """Compare all categories, with ties asked, drawn by lot, and let in."""
    for ties in TIES if case.two_team else TIES[:2]:
        yield from lists_of_breaks(case.doc, case.terms, ties, qualified(case, ties))


def lists_of_breaks(
    doc: Doc, terms: breaks.Terms, ties: TieRule, found: Sequence[BreakList]
) -> Differences:
    """Compare the lists of all categories.

    Every list must follow from who breaks in the others. Without preferences there is only one
    such outcome, and likewise where no cap is in play and the second implementation comes to rest.
    """
    orders = {one.category: one.lots.order for one in found if one.lots is not None}
    second = breaks.Breaks(doc, replace(terms, ties=ties, orders=orders))
    made = {
        one.category: [(row.team, row.rank, row.break_rank, row.remark) for row in one.rows]
        for one in found if one.problem is None}
    holding = {one.category: one.breaking for one in found}
    try:
        yield from list_differences(made, second.given(holding, aside(doc, found)), ties)
        if not any(team["break_preferences"] for team in doc["teams"]):
            yield from list_differences(made, second.in_order(), ties)
        elif ties == "ask" and all(one.rule == "standard" for one in found):
            settled = second.settled()
            if settled is not None:
                yield from list_differences(made, settled, "ask, settled")
    except ValueError as error:
        yield f"break by {ties}: {error}"


def list_differences(
    made: Mapping[str, Sequence[breaks.Row]], wanted: Mapping[str, Sequence[breaks.Row]], ties: str
) -> Differences:
    """Compare the lists of all categories, those that a rule cannot make left out."""
    if set(made) != set(wanted):
        yield f"break by {ties}: lists of {sorted(made)}, not {sorted(wanted)}"
        return
    for slug, rows in made.items():
        only_one = [row for row in rows if row not in wanted[slug]]
        only_other = [row for row in wanted[slug] if row not in rows]
        if list(rows) != list(wanted[slug]):
            yield f"break {slug} by {ties}: {only_one}, not {only_other}"


def aside(doc: Doc, found: Sequence[BreakList]) -> set[str]:
    """Return whose preferences could not be followed, as the notes of the lists tell."""
    told = word("break_note_wishes_aside", {"teams": "|"}).split("|")
    notes = [one.note for one in found if one.note and all(part in one.note for part in told)]
    return {
        team["id"] for team in doc["teams"]
        if team["break_preferences"] and any(team["name"] in note for note in notes)}


@contextmanager
def none_if_refused(doc: Doc) -> Iterator[list[BreakList]]:
    """Give a list to fill; where the only category cannot be made, an error says so."""
    try:
        yield []
    except UserError as error:
        if len(doc["break_categories"]) > 1 or error.code not in REFUSED:
            raise


def qualified(case: BreakCase, ties: TieRule) -> Sequence[BreakList]:
    """Let the program break; whoever left the tournament is withdrawn wherever it could break."""
    doc, terms = case.doc, case.terms
    gone = [team for team in doc["teams"] if team.get("withdrawn")]
    told = {
        one["slug"]: {
            team["id"]: "withdrawn" for team in gone if breaks.is_able(doc, team, one["slug"])
        } | {
            team: remark for team, remark in terms.remarks.get(one["slug"], {}).items()
            if remark != breaks.ELIGIBLE or team not in {one["id"] for one in gone}
        }
        for one in doc["break_categories"]
    }  # fmt: skip
    categories = [
        BreakCategory(
            one["slug"], one["name"], one["size"], one["reserve_size"], one["rule"],
            one["priority"], one["general"], one["seq"])
        for one in doc["break_categories"]
    ]  # fmt: skip
    with none_if_refused(doc) as made:
        made.extend(qualify(
            case.data, categories, metrics=terms.precedence, ties=ties, seed=case.seed,
            remarks=told, two_team=case.two_team, min_rounds=terms.min_rounds,
            strict=doc["tournament"]["settings"]["break_easters_strict"],
            debated=rounds_debated(case.data, breaks.own_forfeits(doc))))
    return made


# --- by lot ------------------------------------------------------------------------------------


def choose_precedence(rng: random.Random, usual: Sequence[str]) -> list[str]:
    """Choose up to eight metrics, who-beat-whom as often as one likes; often the usual ones."""
    if rng.random() < 0.25:
        return list(usual)
    chosen = rng.sample(RANKED_OF_TEAMS, rng.randint(0, 6))
    if chosen and rng.random() < 0.5:
        chosen = [*rng.sample(["wins", "points"], 1), *chosen]
    chosen = list(dict.fromkeys(chosen))
    for _ in range(rng.choice([0, 0, 1, 1, 2, 3])):
        chosen.insert(rng.randint(0, len(chosen)), "wbw")
    return chosen[:8]


def choose_break_order(rng: random.Random) -> list[str]:
    """Choose an order in which caps by wins can work, with many ties or with few."""
    return rng.choice([
        ["wins"], ["wins", "speaks_sum"], ["wins", "num_adjs"], ["wins", "wbw", "speaks_avg"],
        ["speaks_sum", "wins"], ["num_iron", "wins"],
    ])  # fmt: skip


def with_other_breaks(doc: Doc, rng: random.Random) -> Doc:
    """Give the categories other rules and sizes."""
    count = len(doc["teams"])
    return doc | {
        "tournament": doc["tournament"] | {"settings": doc["tournament"]["settings"] | {
            "break_easters_strict": rng.random() < 0.5}},
        "break_categories": [
            one | {"rule": rng.choice(tuple(BREAK_RULES)), "size": rng.randint(1, count)}
            for one in doc["break_categories"]],
    }


def all_differences(
    doc: Doc, data: ResultData, usual: Sequence[str], rng: random.Random,
    *, two_team: bool, remarks: Mapping[str, Mapping[str, str]],
) -> Differences:  # fmt: skip
    """Compare every table and every break of a tournament, by settings chosen by lot."""
    played = max((rnd["seq"] for rnd in doc["rounds"]), default=0)
    precedence = choose_precedence(rng, usual)
    until = rng.choice([None, None, rng.randint(0, played)])
    yield from prefixed(
        f"by {','.join(precedence)} until {until}",
        team_differences(doc, data, precedence, until))
    order = rng.sample(SHOWN_OF_SPEAKERS, rng.randint(0, 4))
    missable = rng.choice([-1, -1, 0, 1, 2])
    yield from prefixed(
        f"by {','.join(order)} until {until}, {missable} missable",
        speaker_differences(doc, data, order, until, missable))
    yield from prefixed(
        f"until {until}, {missable} missable", reply_differences(doc, data, until, missable))
    weight = rng.choice([0.0, 0.25, 0.5, 1.0])
    yield from judge_differences(judge_table(doc, weight), doc, weight)
    for order in (precedence, choose_break_order(rng)):
        yield from prefixed(
            f"by {','.join(order)}",
            break_differences(BreakCase(
                doc if order is precedence else with_other_breaks(doc, rng), data,
                breaks.Terms(order, remarks, min_rounds=rng.choice([0, 0, 0, 1, 2, 3])),
                seed=rng.randint(0, 1000), two_team=two_team)))


def prefixed(text: str, found: Differences) -> Differences:
    """Say of each difference under which settings it shows."""
    for one in found:
        yield f"{one} ({text})"
