"""The only shapes that may be projected or published: nothing unreleased can be said in them.

A ``PublicRound`` is made by ``publish`` alone, which leaves out what is not released. A slide is
painted from these values and knows nothing else of a tournament.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tabapp.domain.types import Side


@dataclass(frozen=True, slots=True)
class PublicSide:
    """A team in its place, by the name that the public may read."""

    side: Side
    team: str


@dataclass(frozen=True, slots=True)
class PublicRoom:
    """One debate of a released draw. ``room`` is "" while it has none."""

    room: str
    sides: tuple[PublicSide, ...]


@dataclass(frozen=True, slots=True)
class PublicLine:
    """Where one team goes."""

    team: str
    side: Side
    room: str


@dataclass(frozen=True, slots=True)
class PublicMotion:
    """A released motion with its info slide, "" without one."""

    text: str
    info_slide: str


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

    def by_room(self) -> tuple[PublicRoom, ...]:
        """Return the rooms by name, those without a room last."""
        return tuple(sorted(self.rooms, key=lambda one: (not one.room, sort_key(one.room))))

    def by_team(self) -> tuple[PublicLine, ...]:
        """Return each team once, by name."""
        lines = [
            PublicLine(side.team, side.side, one.room) for one in self.rooms for side in one.sides]
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


def publish(
    *, name: str, starts: str, draw_released: bool, rooms: Iterable[PublicRoom],
    motions_released: bool, motions: Sequence[PublicMotion],
) -> PublicRound:
    """Return what of a round is public: its draw and its motions only when each is released."""
    return PublicRound(
        name=name, starts=starts,
        draw_released=draw_released, rooms=tuple(rooms) if draw_released else (),
        motions_released=motions_released, motions=tuple(motions) if motions_released else (),
    )


def moved_rooms(before: PublicRound, after: PublicRound) -> tuple[tuple[str, str], ...]:
    """Return the old and the new room of each debate that is otherwise the same, by name."""
    now = {one.sides: one.room for one in after.rooms}
    found = [
        (one.room, now[one.sides]) for one in before.rooms
        if one.sides in now and now[one.sides] != one.room]
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
