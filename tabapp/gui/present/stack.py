"""Things below each other in the middle of a page: a drawing, large words, how rare an award is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tabapp.domain.public import PublicAward
from tabapp.gui.messages import tr
from tabapp.gui.present import measure
from tabapp.gui.present.pages import BOTTOM, TOP, Leaf, line_height
from tabapp.gui.present.sheet import Box, Hall, Icon, Item, Text
from tabapp.gui.rarity import DOTS, RARITIES, rank

_WORD, _DOT = 32, 22
_FAMILIES = {
    "teams": "teams", "speakers": "speakers", "adjudicators": "judges", "tournament": "tournament",
}


class Stack:
    """Things below each other, each in the middle of the width right of ``left``."""

    def __init__(self, hall: Hall, left: float = 0.0) -> None:
        self.hall = hall
        self.middle = left + (hall.width - left) / 2
        self.items: list[Item] = []
        self.height = 0.0

    def gap(self, pixels: float) -> None:
        """Leave room."""
        self.height += self.hall.at(pixels)

    def icon(self, drawing: str, pixels: float) -> None:
        """Add a drawing."""
        size = self.hall.at(pixels)
        left = self.middle - size / 2
        self.items.append(Icon(left, self.height, size, drawing, "lead"))
        self.height += size

    def lines(self, lines: Sequence[str], px: int, weight: int, token: str) -> None:
        """Add lines of words."""
        pitch = line_height(px)
        for line in lines:
            left = self.middle - measure.width(line, px, weight) / 2
            base = measure.baseline(self.height, pitch, px, weight)
            self.items.append(Text(left, base, line, px, weight, token))
            self.height += pitch

    def rarity(self, award: PublicAward) -> None:
        """Add how rare an award is: dots and a word, and for whom it is."""
        hall, px = self.hall, self.hall.type(_WORD)
        words = tr(
            "{rarity}, for {whom}", rarity=tr(RARITIES[award.rarity]),
            whom=tr(_FAMILIES.get(award.family, award.family))
        ) if award.family != "tournament" else tr(
            "{rarity}, for the tournament", rarity=tr(RARITIES[award.rarity]))
        size, pitch = hall.at(_DOT), line_height(px)
        step = round(size * 1.5)
        wide = measure.width(words, px, 600)
        left = round(self.middle - (step * DOTS + hall.at(12) + wide) / 2)
        for at in range(DOTS):
            y = round(self.height + (pitch - size) / 2)
            self.items.extend(dot(left + at * step, y, size, filled=at < rank(award.rarity)))
        left += step * DOTS + hall.at(12)
        base = measure.baseline(self.height, pitch, px, 600)
        self.items.append(Text(left, base, words, px, 600, "lead"))
        self.height += pitch

    @property
    def fits(self) -> bool:
        """Tell whether it stands between the heading and the foot."""
        return self.height <= self.hall.at(BOTTOM) - self.hall.at(TOP)

    def leaf(self) -> Leaf:
        """Return it in the middle of a page."""
        top = self.hall.at(TOP)
        down = round(top + (self.hall.at(BOTTOM) - top - self.height) / 2)
        return Leaf(items=[replace(one, y=one.y + down) for one in self.items], rows=1)


def dot(x: int, y: int, size: int, *, filled: bool) -> list[Item]:
    """Return a disc, or a ring for one that is not filled."""
    made: list[Item] = [Box(x, y, size, size, "lead" if filled else "text2", size / 2)]
    if not filled:
        edge = max(1, round(size / 9))
        inner = size - 2 * edge
        made.append(Box(x + edge, y + edge, inner, inner, "ground", inner / 2))
    return made
