"""Qualify teams for the break of every category, in order of priority (rules.md, section 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.breaks.line import Contender, Line, TieRule, draw_line
from tabapp.domain.breaks.values import (
    BREAK_RULES,
    PERSONAL_REMARKS,
    BreakCategory,
    BreakList,
    BreakRow,
    Remark,
)
from tabapp.domain.standings import team_standings
from tabapp.domain.types import ResultData, TeamInfo, id_key

_REASONS: Mapping[str | None, str] = {
    None: "break_reason_breaks",
    Remark.CAPPED: "break_reason_capped",
    Remark.INELIGIBLE: "break_reason_ineligible",
    Remark.DIFFERENT_BREAK: "break_reason_different_break",
    Remark.DISQUALIFIED: "break_reason_disqualified",
    Remark.LOST_COIN_TOSS: "break_reason_lost_coin_toss",
    Remark.WITHDRAWN: "break_reason_withdrawn",
    Remark.ABSENT: "break_reason_absent",
    Remark.RESERVE: "break_reason_reserve",
    Remark.TIED: "break_reason_tied",
}


def qualify(
    data: ResultData,
    categories: Sequence[BreakCategory],
    *,
    metrics: Sequence[str],
    ties: TieRule,
    seed: int | None = None,
    remarks: Mapping[str, Mapping[str, str]] | None = None,
    settled: Mapping[str, frozenset[str]] | None = None,
    two_team: bool = False,
    only: str | None = None,
) -> tuple[BreakList, ...]:
    """Choose who breaks, highest priority first; with ``only``, return that category alone.

    ``metrics`` is the precedence of the team standings. ``remarks`` holds what a person decided,
    category slug to team to remark; those of ``PERSONAL_REMARKS`` keep a team out, others have no
    effect. Only a team that really breaks in a category of higher priority is barred from a lower
    one. Swing teams never break. A tie that straddles the line is left open (``ask``: the remark
    ``tied`` for all at the line), drawn by lot from ``seed``, or let in whole (``all``, only
    where two teams debate). Sizes are not checked here: a bracket is needed only when the first
    elimination round is drawn.

    ``settled`` holds who breaks by the stored lists, category slug to teams. With ``only``, the
    categories above stand as they are there; one that is not there is worked out with the same
    ``ties`` and ``seed``, and the note of the list says so.

    Raises ``UserError``: ``break_rule_not_available``, ``unknown_break_rule``,
    ``unknown_break_category``, ``unknown_break_remark``, ``break_ties_all_in_bp``,
    ``break_lot_without_seed``.
    """
    if ties == "all" and not two_team:
        raise UserError("break_ties_all_in_bp")
    by_slug = {category.slug: category for category in categories}
    if only is not None and only not in by_slug:
        raise UserError("unknown_break_category", category=only, known=", ".join(sorted(by_slug)))
    given = remarks or {}
    stored = {} if only is None or settled is None else settled
    ordered = sorted(categories, key=lambda c: (-c.priority, c.seq, c.slug))
    made: dict[str, BreakList] = {}
    taken: dict[str, BreakCategory] = {}
    for category in ordered:
        slug = category.slug
        if only is not None and slug != only and category.priority <= by_slug[only].priority:
            continue
        if slug != only and slug in stored:
            breaking = stored[slug]
        else:
            _check_rule(category)
            kept = _kept_remarks(category, given.get(slug, {}), data)
            field = _Field(data, category, metrics, kept, taken)
            made[slug] = field.listed(draw_line(field.eligible, category, ties, seed))
            breaking = made[slug].breaking
        for team in breaking:
            # categories come in falling priority, so the first entry is the highest
            taken.setdefault(team, category)
    if only is None:
        return tuple(made.values())
    return (_noted(made[only], by_slug[only], ordered, stored),)


def _noted(
    made: BreakList,
    alone: BreakCategory,
    ordered: Sequence[BreakCategory],
    stored: Mapping[str, frozenset[str]],
) -> BreakList:
    """Tell of the other breaks that a break made alone does not fit to for certain."""
    above = [c for c in ordered if c.priority > alone.priority and c.slug not in stored]
    below = [c for c in ordered if c.priority < alone.priority and c.slug in stored]
    notes = [made.note] if made.note else []
    if above:
        facts = {"category": _called(alone), "others": ", ".join(map(_called, above))}
        notes.append(word("break_note_above_not_made", facts))
    if below and stored.get(alone.slug) != made.breaking:
        facts = {"category": _called(alone), "others": ", ".join(map(_called, below))}
        notes.append(word("break_note_below_is_older", facts))
    return replace(made, note=" ".join(notes) or None)


def _called(category: BreakCategory) -> str:
    return category.name or category.slug


def _check_rule(category: BreakCategory) -> None:
    rule = BREAK_RULES.get(category.rule)
    name = _called(category)
    if rule is None:
        raise UserError(
            "unknown_break_rule", rule=category.rule, category=name, known=", ".join(BREAK_RULES)
        )
    if not rule.available:
        raise UserError("break_rule_not_available", rule=rule.name, category=name)


def _kept_remarks(
    category: BreakCategory, given: Mapping[str, str], data: ResultData
) -> dict[str, Remark]:
    names = {team.id: team.name for team in data.teams}
    kept = {}
    for team, text in given.items():
        if not text:
            continue
        if text not in frozenset(Remark):
            raise UserError(
                "unknown_break_remark", remark=text, team=names.get(team, team),
                category=_called(category), known=", ".join(Remark),
            )  # fmt: skip
        if text in PERSONAL_REMARKS:
            kept[team] = Remark(text)
    return kept


class _Field:
    """The teams of one category in standings order, sorted into eligible and excluded ones."""

    def __init__(
        self,
        data: ResultData,
        category: BreakCategory,
        metrics: Sequence[str],
        kept: Mapping[str, Remark],
        taken: Mapping[str, BreakCategory],
    ) -> None:
        self._category = category
        self._kept = kept
        self._taken = taken
        teams = {team.id: team for team in data.teams}
        members = None
        if not category.general:
            members = frozenset(t.id for t in data.teams if _is_eligible(t, category))
        standings = team_standings(data, metrics=metrics, members=members)
        self._contenders = [Contender(row.id, row.rank or 0) for row in standings.rows]
        self._excluded: dict[str, Remark] = {}
        for contender in self._contenders:
            remark = self._exclusion(teams[contender.team])
            if remark is not None:
                self._excluded[contender.team] = remark
        self.eligible = [c for c in self._contenders if c.team not in self._excluded]

    def _exclusion(self, team: TeamInfo) -> Remark | None:
        if team.id in self._kept:
            return self._kept[team.id]
        if not _is_eligible(team, self._category):
            return Remark.INELIGIBLE
        higher = self._taken.get(team.id)
        if higher is not None and higher.priority > self._category.priority:
            return Remark.DIFFERENT_BREAK
        return None

    def listed(self, line: Line) -> BreakList:
        """Make the list: who breaks, reserves, and everybody passed over down to the line."""
        remarks = dict(self._excluded)
        remarks.update({c.team: Remark.TIED for c in line.undecided})
        remarks.update({c.team: Remark.LOST_COIN_TOSS for c in line.lost})
        remarks.update({c.team: Remark.RESERVE for c in line.reserves})
        last = max((c.rank for c in (*line.breaking, *line.undecided)), default=0)
        breaking = {c.team: _break_rank(c, line) for c in line.breaking}
        shown = {c.team for c in line.reserves}
        rows = tuple(
            BreakRow(c.team, c.rank, breaking.get(c.team), remarks.get(c.team))
            for c in self._contenders
            if c.team in shown
            or (c.rank <= last and (c.team in breaking or c.team in remarks))
        )
        category = self._category
        note = None
        if not self.eligible:
            note = word("break_without_teams", {"category": _called(category)})
        return BreakList(
            category=category.slug,
            rule=category.rule,
            size=category.size,
            rows=rows,
            lots=line.lots,
            reasons={row.team: self._reason(row) for row in rows},
            note=note,
            unlisted=self._unlisted({row.team for row in rows}),
        )

    def _unlisted(self, listed: set[str]) -> tuple[BreakRow, ...]:
        """Return the teams that a remark was given to and that the list does not show."""
        ranks = {c.team: c.rank for c in self._contenders}
        left = sorted(self._kept.keys() - ranks.keys(), key=id_key)
        return tuple(
            BreakRow(team, ranks.get(team), None, self._kept[team])
            for team in (*ranks, *left) if team in self._kept and team not in listed
        )

    def _reason(self, row: BreakRow) -> str:
        higher = self._taken.get(row.team)
        facts = {
            "rank": row.rank,
            "break_rank": row.break_rank,
            "category": _called(self._category),
            "size": self._category.size,
            "other": _called(higher) if higher is not None else "another category",
        }
        return word(_REASONS[row.remark], facts)


def _is_eligible(team: TeamInfo, category: BreakCategory) -> bool:
    return category.slug in team.break_categories and team.type != "swing"


def _break_rank(contender: Contender, line: Line) -> int:
    return 1 + sum(other.rank < contender.rank for other in line.breaking)
