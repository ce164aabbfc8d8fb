"""Papers set in files of a size that a printer and a person take at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import Any, TypeVar

from tabapp.domain.formats import PaperSize
from tabapp.domain.types import Tick
from tabapp.exchange.page_sizes import PAGE_SIZES
from tabapp.exchange.paper.fitting import BOLD_FONTS
from tabapp.exchange.paper.values import Printed
from tabapp.exchange.tables.document import MADE
from tabapp.exchange.typesetting import FONTS, typeset

T = TypeVar("T")


def set_files(
    template: str, key: str, items: Sequence[T], lay_out: Callable[[T], dict[str, Any]], *,
    title: str, most: int, tick: Tick, paper: PaperSize, per_page: int = 1,
    more: Mapping[str, Any] | None = None,
) -> list[Printed]:
    """Return PDF files of at most ``most`` items, which the template finds under ``key``.

    ``more`` is what it is told besides. ``tick`` is told of the items that are done and may raise
    to cancel.
    """
    made, page = [], PAGE_SIZES[paper]
    tick(0, len(items))
    for start in range(0, len(items), most):
        part = items[start:start + most]
        content, lacking = typeset(f"{template}.typ", {
            "title": title, "made": [MADE.year, MADE.month, MADE.day], "fonts": FONTS,
            "bold": BOLD_FONTS, "paper": page.key, "page": [page.wide, page.tall],
            **(more or {}), key: [lay_out(one) for one in part],
        }, MADE)
        made.append(Printed(content, ceil(len(part) / per_page), lacking))
        tick(start + len(part), len(items))
    return made
