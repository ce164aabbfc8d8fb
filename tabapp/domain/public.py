"""The only shapes that may be projected or published: nothing unreleased can be said in them.

A ``PublicRound`` is made by ``publish`` alone, which leaves out what is not released. A slide is
painted from these values and knows nothing else of a tournament.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tabapp.domain.side_names import side_short, side_title
from tabapp.domain.types import BP_SIDES, TWO_SIDES, Side


@dataclass(frozen=True, slots=True)
class PublicSide:
    """A team in its place, by the name that the public may read."""

    side: Side
    team: str


@dataclass(frozen=True, slots=True)
class PublicRoom:
    """One debate of a released draw. ``room`` is "" while it has none, or is postponed."""

    room: str
    sides: tuple[PublicSide, ...]
    postponed: bool = False


@dataclass(frozen=True, slots=True)
class PublicLine:
    """Where one team goes; nowhere yet while its debate is postponed."""

    team: str
    side: Side
    room: str
    postponed: bool = False


@dataclass(frozen=True, slots=True)
class PublicMotion:
    """A released motion with its info slide, "" without one."""

    text: str
    info_slide: str


@dataclass(frozen=True, slots=True)
class PublicSideName:
    """What a side is called: the letters of its chip, and its name."""

    side: Side
    short: str
    title: str


@dataclass(frozen=True, slots=True)
class PublicRound:
    """What everybody may know of a round. ``rooms`` and ``motions`` are empty until released.

    ``starts`` is a time such as 14:30, "" where none is set.
    """

    name: str
    starts: str
    draw_released: bool
    rooms: tuple[PublicRoom, ...]
    motions_released: bool
    motions: tuple[PublicMotion, ...]
    side_names: str = "aff-neg"
    """The setting by which two sides are called."""

    def sides(self) -> tuple[PublicSideName, ...]:
        """Return the sides on which somebody stands, in their order; a bye is none."""
        there = {one.side for room in self.rooms for one in room.sides}
        return tuple(
            PublicSideName(
                one, side_short(one, self.side_names), side_title(one, self.side_names))
            for one in (*BP_SIDES, *TWO_SIDES) if one in there)

    def by_room(self) -> tuple[PublicRoom, ...]:
        """Return the rooms by name, those without a room last."""
        return tuple(sorted(self.rooms, key=lambda one: (not one.room, sort_key(one.room))))

    def by_team(self) -> tuple[PublicLine, ...]:
        """Return each team once, by name."""
        lines = [
            PublicLine(side.team, side.side, one.room, one.postponed)
            for one in self.rooms for side in one.sides]
        return tuple(sorted(lines, key=lambda one: (sort_key(one.team), one.room)))


@dataclass(frozen=True, slots=True)
class PublicWinner:
    """Who won an award, by the name that the public may read, "" for the tournament itself.

    ``sentence`` says what the winner did.
    """

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PublicAward:
    """An award that everybody may know of, with all whose winning is public.

    ``family`` is teams, speakers, adjudicators or tournament; ``sentence`` says how it is earned;
    ``icon`` is the name of a Lucide icon; ``rarity`` is common, uncommon, rare or legendary.
    """

    key: str
    family: str
    title: str
    sentence: str
    icon: str
    rarity: str
    winners: tuple[PublicWinner, ...]


@dataclass(frozen=True, slots=True)
class PublicOut:
    """A room whose ballot is out, with who runs for it, "" for nobody.

    ``late``: minutes since the round should have ended, None before that.
    """

    room: str
    runner: str = ""
    late: int | None = None


@dataclass(frozen=True, slots=True)
class PublicBallots:
    """How many ballots of a released round are at the desk, and which rooms are out, by name.

    Nothing here says what a ballot holds, nor anything that follows from its bracket.
    """

    name: str
    rooms: int
    out: tuple[PublicOut, ...]

    @property
    def here(self) -> int:
        """Return how many are at the desk."""
        return self.rooms - len(self.out)


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """What a team has, by the name that the public may read. There are no ranks in public."""

    team: str
    points: str


@dataclass(frozen=True, slots=True)
class PublicStandings:
    """The standings that everybody may know: points, or wins, of completed rounds not silent.

    ``rounds`` are the names of those rounds; ``wins`` says what the numbers are, ``left_out``
    whether completed rounds are not counted since they are silent.
    """

    rounds: tuple[str, ...]
    wins: bool
    places: tuple[PublicPlace, ...]
    left_out: bool = False

    def shows_less_than(self, other: PublicStandings) -> bool:
        """Tell whether a round that the other counts is public no more."""
        return not set(other.rounds) <= set(self.rounds)


@dataclass(frozen=True, slots=True)
class PublicBreaking:
    """A team that breaks, by the name that the public may read.

    ``shared``: others have the same place. ``home`` is its institution and ``people`` its
    speakers, ``points`` what it has: each empty where that is not public.
    """

    team: str
    place: int
    shared: bool = False
    home: str = ""
    people: tuple[str, ...] = ()
    points: str = ""

    def hides_of(self, other: PublicBreaking) -> bool:
        """Tell whether the other names a person or a home that is not named here."""
        return not set(other.people) <= set(self.people) or other.home not in ("", self.home)


@dataclass(frozen=True, slots=True)
class PublicBreak:
    """The break of one category as it is announced: who breaks, the best first, and no one else.

    ``rounds`` counts those that the points are of, 0 without points; ``wins`` says what they are.
    ``rooms`` is the first elimination round where its draw is released; ``judges`` are those that
    break, by name, none where they are not told.
    """

    category: str
    teams: tuple[PublicBreaking, ...]
    rounds: int = 0
    wins: bool = False
    rooms: PublicRound | None = None
    judges: tuple[str, ...] = ()

    def shows_less_than(self, other: PublicBreak) -> bool:
        """Tell whether the other names what is public no more: a team, a person, a home, rooms."""
        here = {one.team: one for one in self.teams}
        return (
            any(one.team not in here or here[one.team].hides_of(one) for one in other.teams)
            or not set(other.judges) <= set(self.judges)
            or (other.rooms is not None and self.rooms is None)
            or other.rounds > self.rounds)


def publish(
    *, name: str, starts: str, draw_released: bool, rooms: Iterable[PublicRoom],
    motions_released: bool, motions: Sequence[PublicMotion], side_names: str = "aff-neg",
) -> PublicRound:
    """Return what of a round is public: its draw and its motions only when each is released."""
    return PublicRound(
        name=name, starts=starts,
        draw_released=draw_released, rooms=tuple(rooms) if draw_released else (),
        motions_released=motions_released, motions=tuple(motions) if motions_released else (),
        side_names=side_names,
    )


def moved_rooms(before: PublicRound, after: PublicRound) -> tuple[tuple[str, str], ...]:
    """Return the old and the new room of each debate that is otherwise the same, by name.

    A debate that is postponed, or was, has not moved: its teams have come or gone.
    """
    now = {one.sides: one.room for one in after.rooms if not one.postponed}
    found = [
        (one.room, now[one.sides]) for one in before.rooms
        if not one.postponed and now.get(one.sides, one.room) != one.room]
    return tuple(sorted(found, key=lambda pair: (sort_key(pair[0]), sort_key(pair[1]))))


def moved_teams(before: PublicRound, after: PublicRound) -> tuple[str, ...]:
    """Return the teams that have another place, came or went, by name."""
    differ = set(before.by_team()) ^ set(after.by_team())
    return tuple(sorted({one.team for one in differ}, key=lambda one: (sort_key(one), one)))


def sort_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return by what a name is sorted: without regard to case and marks, numbers by their value.

    >>> sorted(["Room 10", "Room 9", "élan", "Ega"], key=sort_key)
    ['Ega', 'élan', 'Room 9', 'Room 10']
    """
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(letter))
    parts: list[tuple[int, int, str]] = []
    number = ""
    for letter in bare:
        if letter.isdecimal():
            number += letter
            continue
        if number:
            parts.append((0, int(number), ""))
            number = ""
        parts.append((1, 0, letter))
    if number:
        parts.append((0, int(number), ""))
    return tuple(parts)
