"""Who breaks: reading what it needs, qualifying, storing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.breaks import (
    ELIGIBLE,
    PERSONAL_REMARKS,
    BreakCategory,
    BreakList,
    BreakRow,
    Remark,
    TieRule,
    qualify,
    rounds_debated,
    rule_clash,
)
from tabapp.domain.standings import needs_speeches
from tabapp.domain.types import ResultData
from tabapp.services.break_seal import seal
from tabapp.store import topics
from tabapp.store.break_rows import (
    HandRemark,
    StoredBreak,
    StoredRow,
    forfeited_rounds,
    institution_names,
    read_breaks,
    read_categories,
    replace_breaks,
    withdrawn_teams,
)
from tabapp.store.elimination_rows import drawn_categories
from tabapp.store.result_reads import read_results
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import ReadUnit, WriteUnit

TOPICS = (topics.RESULTS, topics.ROUNDS, topics.PEOPLE, topics.SETTINGS, topics.BREAK)
"""What a break is made from."""

GONE = frozenset({Remark.WITHDRAWN, Remark.ABSENT, Remark.DISQUALIFIED})
"""Remarks of teams whose place is taken by the next one."""

Said = Mapping[str, Mapping[str, HandRemark]]
"""Category slug -> team -> what a person decided about it."""


@dataclass(frozen=True, slots=True)
class BreakInput:
    """What a break is made from. ``settled`` says who breaks by the ``stored`` breaks.

    ``withdrawn`` teams left the tournament. A team that left after its place in the bracket was
    drawn has broken all the same: it is not among the ``left`` of that category, category slug to
    teams, who do not break. ``drawn`` are the categories whose bracket was drawn. ``debated`` says
    how many rounds each team debated, {} where that is no condition.
    """

    owner: TournamentRow
    data: ResultData
    categories: tuple[BreakCategory, ...]
    remarks: Said
    settled: Mapping[str, frozenset[str]]
    stored: Mapping[str, StoredBreak] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    left: Mapping[str, frozenset[str]] = field(default_factory=dict)
    drawn: frozenset[str] = frozenset()
    debated: Mapping[str, int] = field(default_factory=dict)
    institutions: Mapping[str, str] = field(default_factory=dict)

    def out(self, slug: str) -> dict[str, HandRemark]:
        """Return why teams stay out of a category: withdrawn, unless a person said otherwise.

        Whom a person let in stands here too, with the remark ``eligible``.
        """
        gone, left = HandRemark(Remark.WITHDRAWN), self.left.get(slug, frozenset())
        return {
            **dict.fromkeys(sorted(left), gone),
            **{team: said for team, said in self.remarks.get(slug, {}).items()
               if said.remark != ELIGIBLE or team not in left}}

    def category(self, slug: str) -> BreakCategory:
        """Return a category; ``UserError`` where there is none of this slug."""
        found = next((one for one in self.categories if one.slug == slug), None)
        if found is None:
            known = ", ".join(sorted(one.slug for one in self.categories))
            raise UserError("unknown_break_category", category=slug, known=known)
        return found

    def name_of(self, team: str) -> str:
        """Return what a team is called."""
        return next((one.name for one in self.data.teams if one.id == team), team)


def read_input(unit: ReadUnit, owner: TournamentRow) -> BreakInput:
    """Read results, categories, the remarks that people gave, and who breaks as of now."""
    precedence = owner.settings.team_standings_precedence
    data = read_results(unit, owner, speeches=needs_speeches(precedence))
    return with_results(unit, owner, data)


def with_results(unit: ReadUnit, owner: TournamentRow, data: ResultData) -> BreakInput:
    """Read the rest of what a break is made from, where the results were read already."""
    categories = tuple(read_categories(unit, owner.id))
    if not categories:
        raise UserError("no_break_category")
    stored = read_breaks(unit, owner.id)
    withdrawn = withdrawn_teams(unit, owner.id)
    drawn = frozenset(drawn_categories(unit, owner.id))
    debated: Mapping[str, int] = {}
    if owner.settings.break_min_rounds:
        debated = rounds_debated(data, forfeited_rounds(unit, owner.id))
    return BreakInput(
        owner=owner, data=data, categories=categories,
        remarks={slug: one.said for slug, one in stored.items()},
        settled={slug: one.breaking for slug, one in stored.items()}, stored=stored,
        withdrawn=withdrawn, drawn=drawn, debated=debated,
        institutions=institution_names(unit, owner.id),
        left=_left(data, categories, withdrawn, {
            slug: stored[slug].breaking for slug in drawn if slug in stored}),
    )


def _left(
    data: ResultData, categories: Sequence[BreakCategory], withdrawn: frozenset[str],
    drawn: Mapping[str, frozenset[str]],
) -> dict[str, frozenset[str]]:
    return {
        category.slug: frozenset(
            one.id for one in data.teams
            if one.id in withdrawn and category.slug in one.break_categories
            and one.type != "swing"
        ) - drawn.get(category.slug, frozenset())
        for category in categories
    }


def compute(
    found: BreakInput, *, category: str | None = None, ties: TieRule | None = None,
    seed: int | None = None,
) -> tuple[BreakList, ...]:
    """Qualify teams; ties at the line are treated as the tournament's setting says by default.

    A seed without a choice means that nobody can be asked: the lot decides. One ``category``
    alone leaves the stored breaks of the others as they are.
    """
    settings = found.owner.settings
    chosen: TieRule = ties or (
        "lot" if seed is not None and settings.break_ties == "ask" else settings.break_ties
    )
    lists = qualify(
        found.data, found.categories, metrics=settings.team_standings_precedence, ties=chosen,
        seed=seed, settled=found.settled, two_team=settings.teams_in_debate == 2, only=category,
        strict=settings.break_easters_strict, min_rounds=settings.break_min_rounds,
        debated=found.debated, institutions=found.institutions,
        remarks={
            one.slug: {
                team: _kept_out(said.remark) for team, said in found.out(one.slug).items()}
            for one in found.categories
        },
    )
    return tuple(_told(found, one) for one in lists)


def rule_problem(found: BreakInput, category: BreakCategory) -> str:
    """Return why the rule of a category cannot work here, "" where it can."""
    settings = found.owner.settings
    clash = rule_clash(
        category.rule, settings.team_standings_precedence,
        two_team=settings.teams_in_debate == 2)
    if clash is None:
        return ""
    return word(clash.code, {**clash.facts, "category": category.name or category.slug})


def _kept_out(remark: str) -> str:
    """Return the remark by which the domain keeps a team out because a person says so.

    What otherwise follows from the records, such as a cap, keeps a team out just as well when it
    is a person's word.
    """
    if remark in PERSONAL_REMARKS or remark not in frozenset(Remark):
        return remark
    return Remark.WITHDRAWN


def _told(found: BreakInput, made: BreakList) -> BreakList:
    """Give rows the remarks and words of people, and tell whose place somebody took."""
    category = found.category(made.category)
    said, out = found.remarks.get(made.category, {}), found.out(made.category)
    reasons = dict(made.reasons)
    for row in made.rows:
        if row.team in said and said[row.team].remark == ELIGIBLE:
            reasons[row.team] = f"{reasons[row.team]} {_let_in(found, row.team, said[row.team])}"
        elif row.team in said:
            reasons[row.team] = _sentence(row, said[row.team], category)
    for team, gone in moved_up(made.rows, made.size, out).items():
        taken = word("break_reason_moved_up", {
            "team": found.name_of(gone), "remark": out[gone].remark})
        reasons[team] = f"{reasons[team]} {taken}"
    return replace(
        made, reasons=reasons,
        rows=tuple(_with_remark(row, said) for row in made.rows),
        unlisted=tuple(_with_remark(row, said) for row in made.unlisted if row.team in said),
    )


def _with_remark(row: BreakRow, said: Mapping[str, HandRemark]) -> BreakRow:
    one = said.get(row.team)
    return row if one is None or one.remark == ELIGIBLE else replace(row, remark=one.remark)


def _let_in(found: BreakInput, team: str, said: HandRemark) -> str:
    sentence = word("break_reason_let_in", {
        "needed": found.owner.settings.break_min_rounds, "debated": found.debated.get(team, 0)})
    return f"{sentence} {said.words}" if said.words else sentence


def _sentence(row: BreakRow, said: HandRemark, category: BreakCategory) -> str:
    facts = {"rank": row.rank, "category": category.name or category.slug}
    if said.remark == Remark.DIFFERENT_BREAK:
        sentence = word("break_reason_other_break", facts)
    elif said.remark == Remark.INELIGIBLE:
        sentence = word("break_reason_ineligible_by_hand", facts)
    elif said.remark == Remark.LOST_COIN_TOSS:
        sentence = word("break_reason_lost_by_hand", facts)
    else:
        sentence = word(f"break_reason_{said.remark}", facts)
    return f"{sentence} {said.words}" if said.words else sentence


def moved_up(
    rows: Sequence[BreakRow | StoredRow], size: int, out: Mapping[str, HandRemark]
) -> dict[str, str]:
    """Return team -> the team in whose place it breaks, both in standings order.

    ``rows`` are those of a break in standings order, ``out`` why teams stay out of it.
    """
    in_order = [
        row.team for row in rows
        if row.break_rank is not None or (row.team in out and out[row.team].remark in GONE)
    ]
    breaking = {row.team for row in rows if row.break_rank is not None}
    left = [team for team in in_order[:size] if team not in breaking]
    later = [team for team in in_order[size:] if team in breaking]
    return dict(zip(later, left, strict=False))


def sealed(found: BreakInput) -> dict[str, Any]:
    """Return what ``store`` keeps with the lists; it ranks all teams, so ahead of a write."""
    return seal(
        found.data, found.categories, found.withdrawn, found.owner.settings, found.debated)


def store(
    unit: WriteUnit, found: BreakInput, lists: Sequence[BreakList], made_from: Mapping[str, Any]
) -> None:
    """Keep break lists, and what they were ``sealed`` from, in place of the earlier ones.

    Where the rule of a category cannot work, what was stored of it stays.
    """
    replace_breaks(
        unit, found.owner.id, [one for one in lists if one.problem is None], found.remarks,
        made_from)


def as_json(lists: Sequence[BreakList]) -> dict[str, Any]:
    """Return the shape of ``headless.md``, row ``break``."""
    return {
        "categories": [
            {
                "slug": one.category, "rule": one.rule, "size": one.size,
                "rows": [
                    {"team": row.team, "rank": row.rank, "break_rank": row.break_rank,
                     "remark": row.remark, "reason": one.reasons.get(row.team, "")}
                    for row in one.rows
                ],
                "note": one.note,
                "problem": None if one.problem is None else one.problem.as_json(),
                "cut_off": one.cut_off,
                "lots": None if one.lots is None else {
                    "seed": one.lots.seed, "order": list(one.lots.order)},
            }
            for one in lists
        ]
    }
