"""The sizes of paper that pages are laid out for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tabapp.domain.formats import PaperSize


@dataclass(frozen=True, slots=True)
class PageSize:
    """An upright page in millimetres; ``key`` is what Typst calls it too."""

    key: PaperSize
    wide: float
    tall: float


PAGE_SIZES: Mapping[PaperSize, PageSize] = {
    one.key: one for one in (PageSize("a4", 210.0, 297.0), PageSize("us-letter", 215.9, 279.4))}
