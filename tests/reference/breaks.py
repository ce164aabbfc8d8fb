"""Who breaks in each category, and what is remarked of those who do not (rules.md, 0 and 9)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from tests.reference import teams
from tests.reference.aida import WITH_WINS, Field, claims
from tests.reference.document import (
    confirmed_ballot,
    is_bye,
    preliminary,
    setting,
    slugs_of,
    team_ids,
    teams_in,
)
from tests.reference.exact import Doc, ranks_of

Row = tuple[str, int | None, int | None, str | None]
"""Team, rank in the standings of the category, break rank, remark."""

Remarks = Mapping[str, Mapping[str, str]]
"""Category slug to team to what a person noted."""

ELIGIBLE = "eligible"
"""A person's word that a team may break although it debated too few rounds."""


@dataclass
class Line:
    """Who breaks, and who stands at the line: waiting for one of ``places``, or out by lot.

    ``excess`` more break than there are places, since those at rank ``grown_at`` came in whole.
    """

    breaking: list[str]
    tied: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    places: int = 0
    excess: int = 0
    grown_at: int = 0


@dataclass
class Terms:
    """What holds for the breaks of a tournament.

    With ``ties`` "lot" the tied teams of a category stand in ``orders`` as they were drawn.
    Teams that debated fewer than ``min_rounds`` rounds are not eligible.
    """

    precedence: Sequence[str]
    remarks: Remarks = field(default_factory=dict)
    ties: str = "ask"
    orders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    min_rounds: int = 0


class Breaks:
    """The break categories of a tournament, each of which can be worked out by itself."""

    def __init__(self, doc: Doc, terms: Terms) -> None:
        self.doc, self.terms = doc, terms
        self.values, self.keys = teams.table(doc, terms.precedence)
        self.teams = {team["id"]: team for team in doc["teams"]}
        self.categories = sorted(doc["break_categories"], key=lambda c: -c["priority"])
        self.debated = rounds_debated(doc)

    def works(self, category: Doc) -> bool:
        """Tell whether the rule of a category can work: caps by wins need debates of two."""
        rule = category.get("rule") or "standard"
        if rule not in WITH_WINS:
            return True
        return "wins" in self.terms.precedence and setting(self.doc, "teams_in_debate") == 2

    def in_order(self) -> dict[str, list[Row]]:
        """Make all lists by falling priority, when no team has a preference of its own."""
        found: dict[str, list[Row]] = {}
        broken: dict[str, set[str]] = {}
        for category in filter(self.works, self.categories):
            found[category["slug"]] = self.rows(category, self.barred(category, broken))
            broken[category["slug"]] = breaking(found[category["slug"]])
        return found

    def given(
        self, broken: Mapping[str, Collection[str]], aside: Collection[str] = ()
    ) -> dict[str, list[Row]]:
        """Make all lists, each given who breaks in the others; who is ``aside`` has no wishes."""
        return {
            category["slug"]: self.rows(category, self.barred(category, broken, aside))
            for category in filter(self.works, self.categories)
        }

    def settled(self) -> dict[str, list[Row]] | None:
        """Make lists again and again until none changes; None where that does not come."""
        found: dict[str, list[Row]] = {}
        for _ in range(100):
            before = found
            found = self.given({slug: breaking(rows) for slug, rows in before.items()})
            if found == before:
                return found
        return None

    def barred(
        self, category: Doc, broken: Mapping[str, Collection[str]], aside: Collection[str] = ()
    ) -> set[str]:
        """Return who breaks in a category that it wants more than this one."""
        return {
            team for other in self.categories for team in broken.get(other["slug"], ())
            if self.wish(team, other, aside) < self.wish(team, category, aside)
        }  # fmt: skip

    def wish(self, team: str, category: Doc, aside: Collection[str]) -> tuple[int, int]:
        """Return how a team likes a category, the smaller the better: its list, then priority."""
        liked = slugs_of(self.doc, "break_categories", self.teams[team], "break_preferences")
        if category["slug"] in liked and team not in aside:
            return (0, liked.index(category["slug"]))
        return (1, -category["priority"])

    def rows(self, category: Doc, barred: Collection[str]) -> list[Row]:
        """Make the list of one category."""
        return _Category(self, category, barred).rows()


def breaking(rows: Sequence[Row]) -> set[str]:
    """Return who plays."""
    return {team for team, _rank, place, _remark in rows if place is not None}


def is_able(doc: Doc, team: Doc, slug: str) -> bool:
    """Tell whether a category is a team's own; swing teams never break."""
    return team.get("type") != "swing" and (
        slug in slugs_of(doc, "break_categories", team, "break_categories"))


def own_forfeits(doc: Doc) -> dict[str, int]:
    """Count the debates that each team forfeited."""
    found = dict.fromkeys(team_ids(doc), 0)
    for _rnd, debate in preliminary(doc):
        given = (confirmed_ballot(debate) or {}).get("forfeit") or []
        for entry in debate["sides"]:
            found[entry["team"]] += entry["side"] in given
    return found


def rounds_debated(doc: Doc) -> dict[str, int]:
    """Count the rounds that each team debated: it was there, and the result is in, or a bye."""
    forfeits = own_forfeits(doc)
    found = {team: -forfeits[team] for team in forfeits}
    for _rnd, debate in preliminary(doc):
        if is_bye(debate) or confirmed_ballot(debate):
            for team in teams_in(debate):
                found[team] += 1
    return found


class _Category:
    """One category on its own: its teams in standings order, and who is out of it."""

    def __init__(self, whole: Breaks, category: Doc, barred: Collection[str]) -> None:
        self.whole, self.category = whole, category
        doc, keys = whole.doc, whole.keys
        able = [t["id"] for t in doc["teams"] if is_able(doc, t, category["slug"])]
        pool = [t["id"] for t in doc["teams"]] if category.get("general") else able
        self.rank = ranks_of(pool, keys)
        self.order = sorted(pool, key=lambda team: (self.rank[team], whole.teams[team]["name"]))
        # swing teams count in no cap
        at_home = [team for team in pool if whole.teams[team].get("type") != "swing"]
        homes = teams.places(doc, keys, at_home)
        self.institution_rank = {
            team: homes[team]["institution_rank"] if team in homes else 1 for team in pool}
        self.status: dict[str, str] = {}
        told = whole.terms.remarks.get(category["slug"]) or {}
        for team in self.order:
            few = whole.debated[team] < whole.terms.min_rounds
            if told.get(team, ELIGIBLE) != ELIGIBLE:
                self.status[team] = told[team]
            elif team not in able:
                self.status[team] = "ineligible"
            elif whole.teams[team].get("withdrawn"):
                self.status[team] = "withdrawn"
            elif few and told.get(team) != ELIGIBLE:
                self.status[team] = "ineligible"
            elif team in barred:
                self.status[team] = "different_break"
        # who lost the toss for the last place has none, and stood where the line was drawn
        self.tossed = [
            team for team in self.order
            if self.status.get(team) == "lost_coin_toss" and team in able
            and team not in barred]

    def rows(self) -> list[Row]:
        """List who breaks, the reserves, and who is passed over down to the line."""
        line = self._line()
        last = max((self.rank[team] for team in line.breaking + line.tied), default=0)
        found: list[Row] = []
        for team in self.order:
            rank = self.rank[team]
            if team in line.breaking:
                found.append((team, rank, self._break_rank(team, line), None))
            elif self.status.get(team) == "reserve" or (team in self.status and rank <= last):
                found.append((team, rank, None, self.status[team]))
        return found

    def _line(self) -> Line:
        """Apply the rule, and note everyone's remark."""
        running = [t for t in self.order if t not in self.status or t in self.tossed]
        size = self.category["size"]
        wins = {team: self.whole.values[team]["wins"] for team in running}
        given = claims(
            self.category.get("rule") or "standard",
            Field(running, self.rank, self.institution_rank, wins, size),
            strict=setting(self.whole.doc, "break_easters_strict"))
        line = self._given_away(given.first, given.back, size)
        for team in running:
            if team in self.tossed or team in line.breaking:
                continue
            if team in line.tied:
                self.status[team] = "tied"
            elif team in line.lost:
                self.status[team] = "lost_coin_toss"
            elif team not in given.first:
                self.status[team] = "capped"
        waiting = [t for t in given.first if t not in self.status and t not in line.breaking]
        reserves = waiting[: self.category.get("reserve_size") or 0]
        self.status.update(dict.fromkeys(reserves, "reserve"))
        return line

    def _given_away(self, first: list[str], back: list[list[str]], size: int) -> Line:
        """Give the places to level teams together, wave by wave, down to those that do not fit."""
        inside: list[str] = []
        for wave in [first, *back]:
            able = [team for team in wave if team not in self.tossed]
            for rank in sorted({self.rank[team] for team in able}):
                level = [team for team in able if self.rank[team] == rank]
                places = size - len(inside)
                if len(level) <= places:
                    inside += level
                elif places <= 0:
                    return Line(inside)
                else:
                    return self._decided(inside, level, places)
        return Line(inside)

    def _decided(self, inside: list[str], level: list[str], places: int) -> Line:
        terms = self.whole.terms
        if terms.ties == "all":
            return Line(
                inside + level, excess=len(level) - places, grown_at=self.rank[level[0]])
        if terms.ties == "ask":
            return Line(inside, tied=level, places=places)
        order = list(terms.orders.get(self.category["slug"], ()))
        if sorted(order) != sorted(level):
            raise ValueError(f"the lot is about {order}, and {level} stand at the line")
        return Line(inside + order[:places], lost=order[places:])

    def _break_rank(self, team: str, line: Line) -> int:
        """Count who breaks before; places that wait count, and places in excess do not."""
        before = sum(self.rank[other] < self.rank[team] for other in line.breaking)
        if line.tied and self.rank[line.tied[0]] < self.rank[team]:
            before += line.places
        if line.excess and line.grown_at < self.rank[team]:
            before -= line.excess
        return 1 + before
