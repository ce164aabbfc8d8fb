"""Painted pages as values: texts, boxes and icons at their places; how large type has to be."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TypeAlias

DESIGNED = 1080
"""Height in pixels for which the sizes of slides are given."""
CAPITALS = 0.698
"""Height of the capitals of the first family, for a height of 1 of its box."""
FURTHEST = 400
"""Distance over height of a capital that people in the back row still read."""
LEAST_SECONDS = 6.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words. ``y`` is its baseline; ``token`` a colour of the hall or of a side."""

    x: float
    y: float
    text: str
    px: int
    weight: int
    token: str
    condensed: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A filled box."""

    x: float
    y: float
    width: float
    height: float
    token: str
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Icon:
    """A drawing of Lucide in a square."""

    x: float
    y: float
    size: float
    name: str
    token: str


Item: TypeAlias = Text | Box | Icon
"""What stands on a sheet."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a slide. ``rows`` says how much there is to read."""

    width: int
    height: int
    items: tuple[Item, ...]
    rows: int = 0

    def texts(self) -> list[str]:
        """Return the words on it, line by line."""
        return [one.text for one in self.items if isinstance(one, Text)]

    def seconds(self, a_row: float) -> float:
        """Return how long it is shown."""
        return max(LEAST_SECONDS, self.rows * a_row)


@dataclass(frozen=True, slots=True)
class Hall:
    """A screen in a hall: its size in pixels, the back row and the height of the picture in m."""

    width: int = 1920
    height: int = 1080
    back_row: float = 18.0
    tall: float = 2.4

    @property
    def least(self) -> int:
        """The height of type in pixels that the back row can read (look.md, section 6)."""
        return round(self.back_row / FURTHEST * self.height / self.tall / CAPITALS)

    def at(self, pixels: float) -> int:
        """Return a distance of the design on this screen."""
        return max(1, ceil(pixels * self.height / DESIGNED - 0.5))

    def type(self, pixels: float) -> int:
        """Return a size of type of the design on this screen; never what cannot be read."""
        return max(self.at(pixels), self.least)
