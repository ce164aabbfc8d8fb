"""Feedback forms laid out: how much room each answer gets, and their PDF."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from tabapp.domain.formats import PaperSize
from tabapp.domain.types import Tick, no_tick
from tabapp.exchange.page_sizes import PAGE_SIZES
from tabapp.exchange.paper.codes import code_data
from tabapp.exchange.paper.files import set_files
from tabapp.exchange.paper.values import Answer, Form, Printed, Scale
from tabapp.exchange.paper.words import printable, printable_lines

CHUNK = 600
"""Forms in one file."""
_HEAD, _FOOT = 42.0, 9.0
_LETTER = 1.75
"""How wide a letter of a question is on the whole, in millimetres."""
_HEIGHTS = {
    "checkbox": 8.0, "yes/no": 9.0, "integer": 12.0, "scale": 9.0, "number": 12.0, "text": 12.0,
    "long text": 30.0, "one": 7.0, "many": 7.0,
}
_MOST_RINGS = 11
"""Values of a scale up to which each has its circle."""
_MORE = 60.0
"""Millimetres that a long answer gets besides, where a page has them."""
_SHORTEST = 0.45
"""The least share of the room it should have that a form can do with."""


def fit_halves(forms: Sequence[Form], paper: PaperSize = "a4") -> bool:
    """Tell whether each of these forms fits on half a page."""
    half = _size(paper, halved=True)
    return all(_needed(form, half) <= half[1] for form in forms)


def print_forms(
    forms: Sequence[Form], *, two_up: bool | None = None, title: str = "Feedback",
    paper: PaperSize = "a4", tick: Tick = no_tick,
) -> list[Printed]:
    """Return the forms in PDF files of at most ``CHUNK``, one on a page or two.

    ``two_up`` None: two where all fit on a half. ``tick`` is told of the forms that are done and
    may raise to cancel.
    """
    if two_up is None:
        two_up = fit_halves(forms, paper)
    size = _size(paper, halved=two_up)
    return set_files(
        "feedback", "forms", forms, lambda one: _form(one, size), title=title, most=CHUNK,
        tick=tick, paper=paper, per_page=2 if two_up else 1,
        more={"two-up": two_up, "wide": size[0], "tall": size[1]})


def _size(paper: PaperSize, *, halved: bool) -> tuple[float, float]:
    """Return width and height, in millimetres, of a form on half a page or on a whole one."""
    page = PAGE_SIZES[paper]
    if halved:
        return page.tall / 2 - 16.5, page.wide - 16.0
    return page.wide - 23.0, page.tall - 22.0


def _form(form: Form, size: tuple[float, float]) -> dict[str, Any]:
    over = size[1] - _needed(form, size)
    asked = sum(_height(one, size[0]) for one in form.answers)
    share = max(_SHORTEST, min(1.0, (asked + over) / asked)) if asked else 1.0
    long = sum(one.kind == "long text" for one in form.answers)
    more = min(_MORE, max(0.0, over) / long) if long else 0.0
    return {
        "tournament": printable(form.tournament), "room": printable(form.room),
        "when": printable(form.when), "source": printable(form.source),
        "targets": [printable(one) for one in form.targets],
        "intro": printable_lines(form.intro), "bring": printable(form.bring),
        "codes": [code_data(one) for one in form.codes],
        "answers": [
            _answer(one, _height(one, size[0]) * share + more * (one.kind == "long text"))
            for one in form.answers],
    }


def _answer(answer: Answer, height: float) -> dict[str, Any]:
    return {
        "words": printable(answer.words), "kind": answer.kind, "required": answer.required,
        "rings": _rings(answer), "range": _range(answer.scale),
        "choices": [printable(one) for one in answer.choices],
        "height": height,
    }


def _rings(answer: Answer) -> list[str]:
    scale = answer.scale
    if answer.kind != "scale" or scale is None or scale.high - scale.low >= _MOST_RINGS:
        return []
    return [str(one) for one in range(int(scale.low), int(scale.high) + 1)]


def _range(scale: Scale | None) -> str:
    return "" if scale is None else f"{scale.low:g} to {scale.high:g}"


def _needed(form: Form, size: tuple[float, float]) -> float:
    targets = 6.0 * max(0, len(form.targets) - 1)
    intro = sum(
        4.0 * ceil((1 + len(line)) * _LETTER / size[0]) for line in form.intro.splitlines())
    return _HEAD + _FOOT + targets + min(intro, 24.0) + sum(
        _height(one, size[0]) for one in form.answers)


def _height(answer: Answer, wide: float) -> float:
    """Return what a question needs: its words beside a short answer, or above a long one."""
    beside = answer.kind in ("checkbox", "yes/no", "integer", "number", "scale")
    room = wide * (0.5 if beside else 1.0)
    lines = ceil(max(1, len(answer.words)) * _LETTER / room)
    if beside:
        return max(_HEIGHTS[answer.kind], 2.0 + 4.4 * lines)
    choices = sum(len(one) * _LETTER + 9.0 for one in answer.choices)
    rows = ceil(choices / (wide * 0.85)) if answer.choices else 0
    return _HEIGHTS[answer.kind] + 4.4 * lines + 5.0 * rows
