"""The teams of one category in standings order, who stays out, and the list that comes out."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from tabapp.core.messages import word
from tabapp.domain.breaks.caps import Contender, Queues, queues
from tabapp.domain.breaks.line import Line, TieRule, draw_line
from tabapp.domain.breaks.preferences import may_break, without_wishes
from tabapp.domain.breaks.reasons import Facts, reason
from tabapp.domain.breaks.values import BreakCategory, BreakList, BreakRow, Remark
from tabapp.domain.types import Standings, TeamInfo, id_key


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds in every category of a break.

    ``held`` are teams that debated too few rounds, with how many they did; ``min_rounds`` is how
    many it takes. ``institutions`` are their names, ``is_played`` tells whether any result is in.
    """

    teams: Mapping[str, TeamInfo]
    ties: TieRule
    seed: int | None
    strict: bool
    min_rounds: int
    held: Mapping[str, int]
    institutions: Mapping[str, str]
    has_metrics: bool
    is_played: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line that was drawn, and what it was drawn from."""

    line: Line
    queues: Queues
    barred: Mapping[str, BreakCategory]

    @property
    def breaking(self) -> frozenset[str]:
        """The teams that play."""
        return frozenset(one.team for one in self.line.breaking)


class Field:
    """The teams of one category.

    ``kept`` are the remarks of people, ``let_in`` the teams that a person freed from the condition
    of a minimum of rounds.
    """

    def __init__(
        self, category: BreakCategory, standings: Standings, terms: Terms,
        kept: Mapping[str, Remark], let_in: frozenset[str],
    ) -> None:
        self.category = category
        self.terms = terms
        self.kept = kept
        self._let_in = let_in
        self.excluded: dict[str, Remark] = {}
        self.contenders = _contenders(standings, terms.teams)
        for one in self.contenders:
            remark = self._exclusion(terms.teams[one.team])
            if remark is not None:
                self.excluded[one.team] = remark
        self._standing = [
            replace(one, lost=one.team in self.excluded)
            for one in self.contenders
            if self.excluded.get(one.team) in (None, Remark.LOST_COIN_TOSS)
            and may_break(terms.teams[one.team], category)
        ]

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Team -> its rank in the standings of the category."""
        return {one.team: one.rank for one in self.contenders}

    def _exclusion(self, team: TeamInfo) -> Remark | None:
        if team.id in self.kept:
            return self.kept[team.id]
        if not may_break(team, self.category):
            return Remark.INELIGIBLE
        if team.id in self.terms.held and team.id not in self._let_in:
            return Remark.INELIGIBLE
        return None

    def drawn(self, barred: Mapping[str, BreakCategory]) -> Outcome:
        """Draw the line without the teams that break where they would rather."""
        standing = [one for one in self._standing if one.team not in barred]
        category = self.category
        found = queues(category.rule, standing, category.size, strict=self.terms.strict)
        line = draw_line(found, category, self.terms.ties, self.terms.seed)
        return Outcome(line, found, barred)

    def listed(self, outcome: Outcome, aside: Collection[str] = ()) -> BreakList:
        """Make the list: who breaks, reserves, and everybody passed over down to the line.

        The preferences of the teams ``aside`` did not count.
        """
        line, category = outcome.line, self.category
        remarks = self._remarks(outcome)
        last = max((c.rank for c in (*line.breaking, *line.undecided)), default=0)
        breaking = {c.team: line.break_rank(c) for c in line.breaking}
        shown = {c.team for c in line.reserves}
        rows = tuple(
            BreakRow(c.team, c.rank, breaking.get(c.team), remarks.get(c.team))
            for c in self.contenders
            if c.team in shown
            or (c.rank <= last and (c.team in breaking or c.team in remarks))
        )
        facts = Facts(category, self.terms.institutions, outcome.queues, line)
        teams, homes = self.terms.teams, {c.team: c for c in self.contenders}
        return BreakList(
            category=category.slug, rule=category.rule, size=category.size, rows=rows,
            lots=line.lots, note=self._note(outcome),
            reasons={
                row.team: reason(
                    row, facts, homes[row.team],
                    without_wishes(teams[row.team]) if row.team in aside else teams[row.team],
                    outcome.barred.get(row.team), self._condition(row.team))
                for row in rows},
            unlisted=self._unlisted({row.team for row in rows}),
            cut_off=outcome.queues.cut_off,
        )

    def _remarks(self, outcome: Outcome) -> dict[str, Remark]:
        line = outcome.line
        remarks = dict.fromkeys(outcome.queues.aside.keys() - outcome.breaking, Remark.CAPPED)
        remarks.update(dict.fromkeys(outcome.barred, Remark.DIFFERENT_BREAK))
        remarks.update(self.excluded)
        remarks.update({c.team: Remark.TIED for c in line.undecided})
        remarks.update({c.team: Remark.LOST_COIN_TOSS for c in line.lost})
        remarks.update({c.team: Remark.RESERVE for c in line.reserves})
        return remarks

    def _condition(self, team: str) -> tuple[int, int] | None:
        """Return the rounds that a held team debated and those that it takes."""
        debated = self.terms.held.get(team)
        return None if debated is None else (debated, self.terms.min_rounds)

    def _unlisted(self, listed: set[str]) -> tuple[BreakRow, ...]:
        """Return the teams that a person spoke of and that the list does not show."""
        spoken = (self.kept.keys() | self._let_in) - listed
        left = sorted(spoken - self.ranks.keys(), key=id_key)
        return tuple(
            BreakRow(team, self.ranks.get(team), None, self.kept.get(team))
            for team in (*self.ranks, *left) if team in spoken
        )

    def _note(self, outcome: Outcome) -> str | None:
        """Say what is unusual about the whole list."""
        category, terms = self.category, self.terms
        count = len(outcome.line.breaking) + len(outcome.line.undecided)
        facts: dict[str, object] = {
            "category": category.title, "size": category.size, "rounds": terms.min_rounds,
            "count": count}
        mine = [one for one in self.contenders if may_break(terms.teams[one.team], category)]
        codes = []
        if not mine:
            codes.append("break_without_teams")
        elif not self._standing and any(one.team in terms.held for one in mine):
            codes.append("break_note_all_held")
        elif count < category.size:
            short = outcome.queues.aside.keys() - outcome.breaking
            codes.append("break_note_short_by_caps" if short else "break_note_short")
        if mine and category.size > 0:
            if not terms.has_metrics:
                codes.append("break_note_no_metric")
            elif not terms.is_played:
                codes.append("break_note_no_results")
        return " ".join(word(code, facts) for code in codes) or None


def _contenders(standings: Standings, teams: Mapping[str, TeamInfo]) -> list[Contender]:
    """Return the teams in standings order with their ranks at home; swing teams have no home."""
    at_home: dict[str, list[int]] = defaultdict(list)
    for row in standings.rows:
        team = teams[row.id]
        if team.institution is not None and team.type != "swing":
            at_home[team.institution].append(row.rank or 0)
    found = []
    for row in standings.rows:
        team, rank = teams[row.id], row.rank or 0
        home = 1
        if team.institution is not None and team.type != "swing":
            # the ranks of an institution rise, so those before the first equal one are better
            home += bisect_left(at_home[team.institution], rank)
        wins = row.values.get("wins")
        found.append(Contender(
            row.id, rank, home, float(wins) if isinstance(wins, int | float) else None))
    return found
