"""Work out once more who has a claim to a place in a break: eligibility, wishes, caps.

Nothing here is shared with the code that makes breaks. Where that goes through queues, this gives
every team a *claim*, by definition: a pair of numbers, smaller for whoever comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tabapp.domain.archive import Archive, BreakCategory, Team
from tabapp.domain.audit.figures import Key
from tabapp.domain.audit.recount import confirmed, is_bye

Claim = tuple[int, Key]
"""The wave in which a team may come in, then its record; level claims are equal."""

OUT = 9
"""The wave of teams that never come in, however short the break."""

CUT_OFF_RULES: Mapping[str, str] = {
    "aida-2016-easters": "top three first", "aida-2016-australs": "anyone",
    "aida-2019-australs-open": "anyone",
}
KNOWN_RULES = frozenset({"standard", "aida-1996", *CUT_OFF_RULES})


def debates_held(archive: Archive) -> Counter[str]:
    """Count each team's preliminary debates with a result, byes included, own forfeits not."""
    held: Counter[str] = Counter()
    for round_ in archive.rounds:
        if round_.stage != "preliminary":
            continue
        for debate in round_.debates:
            ballot = confirmed(debate)
            for place in debate.sides:
                if ballot is not None:
                    held[place.team] += place.side not in ballot.forfeit
                elif is_bye(debate) and debate.status != "postponed":
                    held[place.team] += round_.status in {"confirmed", "released"}
    return held


def slugs_of(archive: Archive, refs: Sequence[str]) -> list[str]:
    """Return the slugs of categories that are named by id, or by slug already."""
    slugs = {one.id: one.slug for one in archive.break_categories}
    return [slugs.get(ref, ref) for ref in refs]


def members_of(archive: Archive, category: BreakCategory) -> set[str]:
    """Return the teams that may break in a category by its list alone."""
    return {
        team.id for team in archive.teams
        if team.type != "swing" and category.slug in slugs_of(archive, team.break_categories)}


class Wishes:
    """In which category each team would rather break; those ``aside`` follow priority."""

    def __init__(self, archive: Archive, aside: Collection[str] = ()) -> None:
        self._priority = {one.slug: one.priority for one in archive.break_categories}
        self._lists = {
            team.id: slugs_of(archive, team.break_preferences)
            for team in archive.teams if team.id not in aside}
        self._own = {
            team.id: set(slugs_of(archive, team.break_categories)) for team in archive.teams}

    def rather(self, team: str, one: str, other: str) -> bool:
        """Tell whether a team wants ``one`` more than ``other``, both slugs."""
        listed = self._lists.get(team, [])
        if one in listed or other in listed:
            place = [listed.index(slug) if slug in listed else len(listed)
                     for slug in (one, other)]
            return place[0] < place[1]
        return self._priority.get(one, 0) > self._priority.get(other, 0)

    def decides(self, one: str, other: str) -> bool:
        """Tell whether who breaks in ``one`` can decide who breaks in ``other``."""
        if self._priority.get(one, 0) > self._priority.get(other, 0):
            return True
        return any(
            {one, other} <= own and self._lists.get(team) and self.rather(team, one, other)
            for team, own in self._own.items())


@dataclass(frozen=True, slots=True)
class Ground:
    """What claims in one category follow from.

    ``listed`` are the teams that its table ranks, ``contending`` those that may take a place or
    would if they had not lost a toss.
    """

    category: BreakCategory
    teams: Mapping[str, Team]
    keys: Mapping[str, Key]
    wins: Mapping[str, int]
    listed: Collection[str]
    contending: Collection[str]
    strict: bool

    def home_rank(self, team: str) -> int:
        """Count who is better at home, and one for the team itself."""
        home = self.teams[team].institution
        if home is None:
            return 1
        return 1 + sum(
            self.teams[other].institution == home and self.keys[other] < self.keys[team]
            for other in self.listed if self.teams[other].type != "swing")

    def claims(self) -> dict[str, Claim]:
        """Return the claim of every contending team by the rule of the category."""
        return {team: (wave, self.keys[team]) for team, wave in self._waves().items()}

    def _waves(self) -> dict[str, int]:
        rule, size = self.category.rule, self.category.size
        teams = list(self.contending)
        if rule == "aida-1996":
            return {team: OUT if self.home_rank(team) > 3 else 0 for team in teams}
        if rule not in CUT_OFF_RULES or size <= 0 or len(teams) < size:
            return dict.fromkeys(teams, 0)
        nth = sorted(teams, key=lambda team: self.keys[team])[size - 1]
        enough = [team for team in teams if self.wins[team] >= self.wins[nth]]
        dropped = dict.fromkeys(set(teams).difference(enough), 3)
        if len(enough) < size:
            return dict.fromkeys(enough, 0) | dropped
        cut_off = sorted(self.keys[team] for team in enough)[size - 1]
        cap = 3 + (max(0, size - 16) // 8 if rule == "aida-2019-australs-open" else 0)
        waves = {team: self._wave(team, cut_off, cap) for team in enough} | dropped
        if self.strict and rule == "aida-2016-easters":
            return {team: OUT if wave > 1 else wave for team, wave in waves.items()}
        return waves

    def _wave(self, team: str, cut_off: Key, cap: int) -> int:
        """Return 0 for a team that no cap holds back, else when it comes back."""
        at_home = self.home_rank(team)
        allowed = 1 if self.keys[team] > cut_off else cap
        if at_home <= allowed:
            return 0
        by_three = CUT_OFF_RULES[self.category.rule] == "top three first"
        return 1 if not by_three or at_home <= 3 else 2
