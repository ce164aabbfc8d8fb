"""Qualify teams for the break of every category, in order of priority (rules.md, section 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from tabapp.core.errors import Problem, UserError
from tabapp.core.messages import word
from tabapp.domain.breaks.field import Field, Outcome, Terms
from tabapp.domain.breaks.hold import rounds_debated
from tabapp.domain.breaks.line import TieRule
from tabapp.domain.breaks.preferences import (
    Holding,
    matters,
    may_break,
    settle,
    wish,
)
from tabapp.domain.breaks.values import (
    BREAK_RULES,
    ELIGIBLE,
    PERSONAL_REMARKS,
    BreakCategory,
    BreakList,
    Remark,
    by_priority,
    rule_clash,
)
from tabapp.domain.standings import team_standings
from tabapp.domain.types import ResultData, Stage, Standings, id_key

Remarks = Mapping[str, Mapping[str, str]]
"""Category slug -> team -> what a person decided."""


def qualify(
    data: ResultData,
    categories: Sequence[BreakCategory],
    *,
    metrics: Sequence[str],
    ties: TieRule,
    seed: int | None = None,
    remarks: Remarks | None = None,
    settled: Holding | None = None,
    two_team: bool = False,
    only: str | None = None,
    strict: bool = False,
    min_rounds: int = 0,
    debated: Mapping[str, int] | None = None,
    institutions: Mapping[str, str] | None = None,
) -> tuple[BreakList, ...]:
    """Choose who breaks, highest priority first; with ``only``, return that category alone.

    ``metrics`` is the precedence of the team standings. ``remarks`` holds what a person decided,
    category slug to team to remark; those of ``PERSONAL_REMARKS`` keep a team out, ``ELIGIBLE``
    frees it from ``min_rounds``, others have no effect. Only a team that really breaks in a
    category which goes before, by priority or by the team's own preferences, is barred from
    another; see ``preferences``. Swing teams never break. A tie that straddles the line is left
    open (``ask``: the remark ``tied`` for all at the line), drawn by lot from ``seed``, or let in
    whole (``all``, only where two teams debate); so is a group of level teams that a cap had set
    aside and that comes back for too few places. Sizes are not checked here: a bracket is needed
    only when the first elimination round is drawn.

    ``strict`` is ``break_easters_strict``. With ``min_rounds``, teams that debated fewer are
    ``ineligible``; ``debated`` says how many each did, by default what the results tell.
    ``institutions`` are names by id, for the reasons.

    A category whose rule does not exist, or cannot work with this precedence, has an empty list
    with a ``problem``, and the others are made; who breaks there stays as ``settled``. Where it is
    the only one asked for, that is an error.

    ``settled`` holds who breaks by the stored lists, category slug to teams. With ``only``, the
    other categories stand as they are there; one that goes before and is not there is worked out
    with the same ``ties`` and ``seed``, and the note of the list says so.

    Raises ``UserError``: ``break_rule_needs_metric``, ``break_rule_needs_two_teams``,
    ``unknown_break_rule``, ``unknown_break_category``, ``unknown_break_remark``,
    ``break_ties_all_in_bp``, ``break_lot_without_seed``.
    """
    if ties == "all" and not two_team:
        raise UserError("break_ties_all_in_bp")
    by_slug = {category.slug: category for category in categories}
    if only is not None and only not in by_slug:
        raise UserError("unknown_break_category", category=only, known=", ".join(sorted(by_slug)))
    teams = {team.id: team for team in data.teams}
    counts: Mapping[str, int] = {}
    if min_rounds > 0:
        counts = rounds_debated(data) if debated is None else debated
    terms = Terms(
        teams=teams, ties=ties, seed=seed, strict=strict, min_rounds=min_rounds,
        held={team: n for team, n in counts.items() if n < min_rounds},
        institutions=institutions or {}, has_metrics=bool(metrics), is_played=_is_played(data))
    making = _Making(data, categories, metrics, terms, remarks or {}, two_team=two_team)
    return making.lists(only, settled or {})


def _is_played(data: ResultData) -> bool:
    counted = np.array([one.stage is Stage.PRELIMINARY for one in data.rounds], dtype=np.bool_)
    return bool(np.any(data.team_confirmed & counted[data.team_round]))


class _Making:
    """The breaks of a tournament in the making: the field of each category, and what came out."""

    def __init__(
        self, data: ResultData, categories: Sequence[BreakCategory], metrics: Sequence[str],
        terms: Terms, remarks: Remarks, *, two_team: bool,
    ) -> None:
        self._data = data
        self._metrics = metrics
        self._terms = terms
        self._remarks = remarks
        self._ordered = by_priority(categories)
        self._problems = {
            one.slug: error for one in categories
            if (error := _rule_error(one, metrics, two_team=two_team)) is not None}
        self._tables: dict[frozenset[str] | None, Standings] = {}
        self._fields: dict[str, Field] = {}
        self._outcomes: dict[str, Outcome] = {}

    def lists(self, only: str | None, settled: Holding) -> tuple[BreakList, ...]:
        """Make all lists, or one of them with those that go before it."""
        if only is None:
            asked = self._ordered
            stands = {slug: settled[slug] for slug in self._problems if slug in settled}
        else:
            asked = [one for one in self._ordered if one.slug == only]
            stands = {slug: teams for slug, teams in settled.items() if slug != only}
        if len(asked) == 1 and asked[0].slug in self._problems:
            raise self._problems[asked[0].slug]
        needed = self._needed(asked, stands)
        fixed = {**{slug: frozenset[str]() for slug in self._problems}, **stands}
        here = [one for one in self._ordered if one in needed or one.slug in stands]
        for one in here:
            if one.slug not in fixed:
                self._fields[one.slug] = self._field(one)
        aside = settle(here, self._terms.teams, self._choose, fixed, self._standing)
        made = [self._list(one, aside) for one in asked]
        if only is None:
            return tuple(made)
        return (self._noted(made[0], asked[0], needed, settled),)

    def _needed(
        self, asked: Sequence[BreakCategory], stands: Holding
    ) -> list[BreakCategory]:
        """Return the categories to work out: those asked for, and what decides about them."""
        needed = list(asked)
        for one in needed:  # grows while it is gone through
            needed += [
                other for other in self._ordered
                if other not in needed and other.slug not in stands
                and matters(other, one, self._data.teams)]
        return needed

    def _field(self, category: BreakCategory) -> Field:
        members = None
        if not category.general:
            members = frozenset(t.id for t in self._data.teams if may_break(t, category))
        if members not in self._tables:
            self._tables[members] = team_standings(
                self._data, metrics=self._metrics, members=members)
        given = self._remarks.get(category.slug, {})
        return Field(
            category, self._tables[members], self._terms, self._kept(category, given),
            frozenset(team for team, text in given.items() if text == ELIGIBLE))

    def _kept(self, category: BreakCategory, given: Mapping[str, str]) -> dict[str, Remark]:
        kept = {}
        for team, text in given.items():
            if not text or text == ELIGIBLE:
                continue
            if text not in frozenset(Remark):
                known = self._terms.teams.get(team)
                raise UserError(
                    "unknown_break_remark", remark=text, team=known.name if known else team,
                    category=category.title, known=", ".join(Remark),
                )  # fmt: skip
            if text in PERSONAL_REMARKS:
                kept[team] = Remark(text)
        return kept

    def _choose(self, slug: str, gone: Mapping[str, BreakCategory]) -> frozenset[str]:
        outcome = self._fields[slug].drawn(gone)
        self._outcomes[slug] = outcome
        return outcome.breaking

    def _standing(self, team: str) -> tuple[object, ...]:
        ranks = [one.ranks[team] for one in self._fields.values() if team in one.ranks]
        return max(ranks, default=0), id_key(team)

    def _list(self, category: BreakCategory, aside: frozenset[str]) -> BreakList:
        error = self._problems.get(category.slug)
        if error is not None:
            return BreakList(
                category.slug, category.rule, category.size, (), None, {}, note=error.message,
                problem=Problem("error", category.slug, error.code, error.message))
        field = self._fields[category.slug]
        made = field.listed(self._outcomes[category.slug], aside)
        # only of interest where the team could have a place here
        here = frozenset(one for one in aside if one in field.ranks)
        if not here:
            return made
        names = sorted(self._terms.teams[one].name for one in here)
        return _with_note(replace(made, aside=here), word(
            "break_note_wishes_aside", {"teams": ", ".join(names)}))

    def _noted(
        self, made: BreakList, alone: BreakCategory, needed: Sequence[BreakCategory],
        stored: Holding,
    ) -> BreakList:
        """Tell of the other breaks that a break made alone does not fit to for certain."""
        above = [one for one in needed if one is not alone]
        moved = made.breaking ^ stored.get(alone.slug, frozenset())
        below = [
            one for one in self._ordered
            if one is not alone and one.slug in stored and self._follows(one, alone, moved)]
        for code, others in (
            ("break_note_above_not_made", above), ("break_note_below_is_older", below)
        ):
            if others:
                made = _with_note(made, word(code, {
                    "category": alone.title,
                    "others": ", ".join(one.title for one in others)}))
        return made

    def _follows(
        self, other: BreakCategory, category: BreakCategory, moved: frozenset[str]
    ) -> bool:
        """Tell whether a team that came into a category, or left it, counts in another."""
        teams = (self._terms.teams[one] for one in moved if one in self._terms.teams)
        return any(
            may_break(one, other) and wish(one, category) < wish(one, other) for one in teams)


def _rule_error(
    category: BreakCategory, metrics: Sequence[str], *, two_team: bool
) -> UserError | None:
    called = category.title
    if category.rule not in BREAK_RULES:
        return UserError(
            "unknown_break_rule", rule=category.rule, category=called,
            known=", ".join(BREAK_RULES))
    clash = rule_clash(category.rule, metrics, two_team=two_team)
    return None if clash is None else UserError(clash.code, category=called, **clash.facts)


def _with_note(made: BreakList, sentence: str) -> BreakList:
    return replace(made, note=f"{made.note} {sentence}" if made.note else sentence)
