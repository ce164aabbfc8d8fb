"""Paper: what is printed as values that were read, set as a whole or one page of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tabapp.domain.types import Tick, no_tick
from tabapp.exchange.page_pictures import page_picture
from tabapp.services.paper import Pack

Setter = Callable[[Sequence[Any], Tick], Pack]
"""Sets some of what was read; needs no database."""


@dataclass(frozen=True, slots=True)
class Paper:
    """``items`` in the order of printing, ``per_page`` of them on each page.

    It holds values alone, so that it may be set in any thread.
    """

    items: tuple[Any, ...]
    per_page: int
    setter: Setter

    @property
    def pages(self) -> int:
        """Return how many pages it has."""
        return -(-len(self.items) // self.per_page)

    def set_all(self, tick: Tick = no_tick) -> Pack:
        """Set all of it. ``tick`` is told of the items and may raise to cancel."""
        return self.setter(self.items, tick)

    def set_page(self, at: int) -> Pack:
        """Set one page, the first is 0."""
        start = at * self.per_page
        return self.setter(self.items[start:start + self.per_page], no_tick)


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page to look at: a PNG, and letters on it that no font has."""

    content: bytes
    lacking: tuple[str, ...]


def picture_of(paper: Paper, at: int, *, ppi: float = 96.0) -> PagePicture:
    """Set one page (the first is 0) and return its picture; takes about 200 ms."""
    pack = paper.set_page(at)
    return PagePicture(page_picture(pack.files[0], 1, ppi=ppi), pack.lacking)
