"""Where there is ink on a page, in millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2

from tabapp.services.paper import Pack

_DPI = 101.6  # four dots a millimetre
_DARK = 160


@dataclass(frozen=True)
class Ink:
    """The dark dots of one page."""

    dots: Any

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the page."""
        tall, wide = self.dots.shape
        return round(wide / 4), round(tall / 4)

    def within(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Tell whether there is ink in a rectangle."""
        return bool(self.dots[
            round(top * 4):round(bottom * 4), round(left * 4):round(right * 4)].any())

    def bounds(self, left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
        """Return how wide and how high the ink in a rectangle is."""
        part = self.dots[round(top * 4):round(bottom * 4), round(left * 4):round(right * 4)]
        down, across = np.nonzero(part)
        return (np.ptp(across) / 4, np.ptp(down) / 4)

    def is_bare_outside(self, margin: float) -> bool:
        """Tell whether nothing is printed nearer to an edge than this."""
        wide, tall = self.size
        return not (
            self.within(0, 0, wide, margin) or self.within(0, tall - margin, wide, tall)
            or self.within(0, 0, margin, tall) or self.within(wide - margin, 0, wide, tall))


def ink_of(pack: Pack) -> list[Ink]:
    """Render every page."""
    found = []
    for content in pack.files:
        for page in pypdfium2.PdfDocument(content):
            shown = page.render(scale=_DPI / 72, grayscale=True).to_numpy()
            found.append(Ink(shown.reshape(shown.shape[0], -1) < _DARK))
    return found
