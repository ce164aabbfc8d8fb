"""Score sheets laid out: how large they are, which digits are circled, and the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor
from typing import Any

from tabapp.domain.formats import PaperSize
from tabapp.domain.types import Tick, no_tick
from tabapp.exchange.page_sizes import PAGE_SIZES
from tabapp.exchange.paper.codes import code_data
from tabapp.exchange.paper.files import set_files
from tabapp.exchange.paper.values import Printed, Scale, ScoreSheet, Speech, Team
from tabapp.exchange.paper.words import hyphenable, printable, printable_lines

CHUNK = 400
"""Sheets in one file; a printer and a person take no more at a time."""
_EDGE, _HALF_EDGE = 11.0, 7.0
"""Millimetres around a sheet on a whole page, and on half a one."""
_WIDE = 187.0
"""Millimetres of a sheet on half a page, before it is made small."""
_CODES = 0.92
"""How large codes are on half a page beside those on a whole one."""
_CRITERIA = 89.0
"""Millimetres for the boxes of all criteria."""
_MOST_TENS = 11
_MOST_NAMES = 6
"""Speakers of a team up to which their names stand in each line, to be ticked."""


def print_sheets(
    sheets: Sequence[ScoreSheet], *, two_up: bool = False, title: str = "Score sheets",
    paper: PaperSize = "a4", tick: Tick = no_tick,
) -> list[Printed]:
    """Return the sheets in PDF files of at most ``CHUNK``, one sheet a page or two side by side.

    ``tick`` is told of the sheets that are done and may raise to cancel.
    """
    return set_files(
        "ballots", "sheets", sheets, _sheet, title=title, most=CHUNK, tick=tick, paper=paper,
        per_page=2 if two_up else 1, more=_frame(paper, halved=two_up))


def _frame(paper: PaperSize, *, halved: bool) -> dict[str, Any]:
    """Return how large a sheet is, in millimetres, and how much smaller it is then made."""
    page = PAGE_SIZES[paper]
    if not halved:
        return {"two-up": False, "grow": 1.0, "wide": page.wide - 2 * _EDGE - 1.0,
                "tall": page.tall - 2 * _EDGE}
    small = (page.tall / 2 - 2 * _HALF_EDGE) / (_WIDE + 1.0)
    return {"two-up": True, "grow": _CODES / small, "wide": _WIDE, "small": small,
            "tall": (page.wide - 2 * _HALF_EDGE) / small, "edge": _HALF_EDGE}


def _sheet(sheet: ScoreSheet) -> dict[str, Any]:
    columns = max((len(one.criteria) for team in sheet.teams for one in team.speeches), default=0)
    digits = sheet.digits and sheet.scores and all(
        _tens(one.scale) for team in sheet.teams for one in team.speeches)
    return {
        "tournament": printable(sheet.tournament), "room": printable(sheet.room),
        "when": printable(sheet.when), "author": printable(sheet.author),
        "role": printable(sheet.role), "panel": printable(sheet.panel),
        "intro": printable_lines(sheet.intro), "scale": hyphenable(sheet.scale),
        "motions": [
            {"label": one.label, "text": hyphenable(one.text), "on": list(one.on)}
            for one in sheet.motions],
        "motion-columns": [printable(one) for one in sheet.motion_columns],
        "motion-height": _motion_height(sheet),
        "scores": sheet.scores, "ranks": sheet.ranks, "digits": digits,
        "advance": sheet.advance,
        "advance-word": "goes on" if sheet.advance > 1 else "wins",
        "winner": [printable(one) for one in sheet.winner], "won": sheet.won,
        "margin": sheet.margin, "bring": printable(sheet.bring), "code": code_data(sheet.code),
        "blank": sheet.blank, "mark": sheet.mark, "notes": [printable(one) for one in sheet.notes],
        "criteria": columns > 0, "criterion-width": min(24.0, _CRITERIA / max(columns, 1)),
        "sides": [_team(team, sheet.places, digits=digits) for team in sheet.teams],
    }


def _team(team: Team, places: int, *, digits: bool) -> dict[str, Any]:
    return {
        "title": printable(team.title), "team": printable(team.name),
        "choices": [printable(one) for one in team.choices], "note": printable(team.note),
        "total": team.total, "place": team.place, "advances": team.advances,
        "places": [str(place) for place in range(1, places + 1)],
        "speeches": [_speech(one, digits=digits) for one in team.speeches],
    }


def _speech(speech: Speech, *, digits: bool) -> dict[str, Any]:
    names = speech.names if len(speech.names) <= _MOST_NAMES else ()
    return {
        "label": printable(speech.label), "names": [printable(one) for one in names],
        "who": speech.who, "reply": speech.reply, "score": speech.score, "rank": speech.rank,
        "criteria": [
            {"name": hyphenable(one.name), "marks": f"{one.range} {one.step}".strip(),
             "value": one.value}
            for one in speech.criteria],
        "digits": _digits(speech.scale) if digits else [],
        "circled": _circled(speech.score),
    }


def _motion_height(sheet: ScoreSheet) -> float:
    """Return how high the text of a motion may be."""
    return 8.0 if len(sheet.motions) > 1 else 10.0


def _tens(scale: Scale) -> list[str]:
    """Return the tens of a range; none where they are too many for a line."""
    low, high = floor(scale.low / 10), floor(scale.high / 10)
    found = [str(one) for one in range(low, high + 1)]
    return found if low >= 0 and len(found) <= _MOST_TENS else []


def _digits(scale: Scale) -> list[list[str]]:
    """Return two lines of circles: the tens, and the units with the half where there is one."""
    units = [str(one) for one in range(10)]
    half = [] if float(scale.step).is_integer() or (scale.step * 2) % 1 else [".5"]
    return [_tens(scale), units + half]


def _circled(score: str) -> list[str]:
    """Return which circles a score marks, as line and digit."""
    if not score:
        return []
    whole, _, part = score.partition(".")
    found = [f"0:{int(whole) // 10}", f"1:{int(whole) % 10}"]
    return [*found, "1:.5"] if part == "5" else found
