"""What the hall may see of a break that is announced: who breaks, and nothing else of the list."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Literal

from tabapp.domain.public import PublicBreak, PublicBreaking, PublicRound, sort_key
from tabapp.domain.types import Stage
from tabapp.services import breaks
from tabapp.services.break_replay import difference
from tabapp.services.exports.names import Names, read_names
from tabapp.services.public import read_public, shows_codes
from tabapp.services.public_standings import public_points
from tabapp.store.break_rows import StoredBreak, read_categories
from tabapp.store.export_reads import read_listed_judges, read_listed_speakers
from tabapp.store.tournaments import TournamentRow, get_tournament, list_rounds
from tabapp.store.unit import ReadUnit

BreakLock = Literal["", "unchosen", "unmade", "tied", "outdated"]
"""Why a break cannot be announced; "" where it can."""


@dataclass(frozen=True, slots=True)
class BreakWish:
    """What the tab director asked to announce: a category by its slug, "" none.

    ``judges`` adds those that break, None as the setting ``public_breaking_adjs`` says; ``rooms``
    adds those of the first elimination round once its draw is released.
    """

    category: str = ""
    judges: bool | None = None
    rooms: bool = True


@dataclass(frozen=True, slots=True)
class Announced:
    """A category that is to be announced. ``shown`` is None while it is locked."""

    lock: BreakLock
    category: str = ""
    shown: PublicBreak | None = None


@dataclass(frozen=True, slots=True)
class BreakOffers:
    """What can be asked for: slug -> name of each category in their order.

    ``judges`` is what the settings publish of the judges that break.
    """

    categories: dict[str, str]
    judges: bool


def read_offers(unit: ReadUnit, tournament_id: int) -> BreakOffers:
    """Read which breaks there could be."""
    return BreakOffers(
        {one.slug: one.name or one.slug for one in read_categories(unit, tournament_id)},
        get_tournament(unit, tournament_id).settings.public_breaking_adjs)


def public_break(unit: ReadUnit, tournament_id: int, wish: BreakWish) -> Announced:
    """Return the teams of a break by the names that the public may read, or why it is locked.

    Locked is what was not asked for, is not made, waits for a decision about a tie, or differs
    from what the results say now. Reserves, remarks and the values behind places are never read
    into it; points are there only where public standings count every preliminary round.
    """
    owner = get_tournament(unit, tournament_id)
    offers = read_offers(unit, tournament_id)
    if wish.category not in offers.categories:
        return Announced("unchosen")
    name = offers.categories[wish.category]
    found = breaks.read_input(unit, owner)
    stored = found.stored.get(wish.category)
    if stored is None or not stored.ranks:
        return Announced("tied" if stored is not None and stored.tied else "unmade", name)
    if stored.tied:
        return Announced("tied", name)
    if difference(found, wish.category) is not None:
        return Announced("outdated", name)
    names = read_names(unit, owner, public=True)
    told = _Told.read(unit, owner, names)
    judges = offers.judges if wish.judges is None else wish.judges
    return Announced("", name, PublicBreak(
        category=name, teams=told.teams(stored), rounds=told.rounds,
        wins=owner.settings.teams_in_debate == 2,
        rooms=_rooms(unit, owner, wish.category) if wish.rooms else None,
        judges=_judges(unit, owner, names) if judges else ()))


@dataclass(frozen=True, slots=True)
class _Told:
    """What may be said of teams, by archive id; ``rounds`` counts those of the points."""

    names: Names
    people: dict[str, tuple[str, ...]]
    points: dict[str, str]
    rounds: int

    @classmethod
    def read(cls, unit: ReadUnit, owner: TournamentRow, names: Names) -> _Told:
        people: dict[str, list[str]] = defaultdict(list)
        if owner.settings.show_speakers_in_draw and not shows_codes(owner.settings):
            for one in read_listed_speakers(unit, owner.id):
                if one.home and one.ref not in names.veiled:
                    people[one.home].append(names.speakers[one.ref])
        points = public_points(unit, owner)
        whole = points is not None and points.is_all
        return cls(
            names, {team: tuple(members) for team, members in people.items()},
            {team: f"{number:g}" for team, number in points.of_team.items()}
            if points is not None and whole else {},
            len(points.rounds) if points is not None and whole else 0)

    def teams(self, stored: StoredBreak) -> tuple[PublicBreaking, ...]:
        """Return who breaks, the best first; level ones by name, for no one is before another."""
        level = Counter(stored.ranks.values())
        made = [
            PublicBreaking(
                team=self.names.teams.get(team, team), place=place, shared=level[place] > 1,
                home=self.names.home_of_team.get(team, ""), people=self.people.get(team, ()),
                points=self.points.get(team, ""))
            for team, place in stored.ranks.items()]
        return tuple(sorted(made, key=lambda one: (one.place, sort_key(one.team))))


def _rooms(unit: ReadUnit, owner: TournamentRow, slug: str) -> PublicRound | None:
    """Return the first elimination round of a category, None until its draw is released."""
    first = next(
        (one for one in list_rounds(unit, owner.id)
         if one.stage == Stage.ELIMINATION and one.category == slug), None)
    if first is None or first.status != "released":
        return None
    return read_public(unit, first.id)


def _judges(unit: ReadUnit, owner: TournamentRow, names: Names) -> tuple[str, ...]:
    found = [one for one in read_listed_judges(unit, owner.id) if one.breaking]
    return tuple(sorted((names.judges.get(one.ref, one.name) for one in found), key=sort_key))
