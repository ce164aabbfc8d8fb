"""Score sheets laid out: how high the rows are, which digits are circled, and the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor
from typing import Any

from tabapp.domain.types import Tick, no_tick
from tabapp.exchange.paper.codes import code_data
from tabapp.exchange.paper.files import set_files
from tabapp.exchange.paper.values import Printed, Scale, ScoreSheet, Speech, Team
from tabapp.exchange.paper.words import printable, printable_lines

CHUNK = 400
"""Sheets in one file; a printer and a person take no more at a time."""
_TALL = 275.0
"""Millimetres between the margins of a page."""
_HIGHEST, _HEAD = 17.0, 11.0
_CODES_LARGER = 1.3
"""How much larger codes are drawn on a sheet that is halved, which makes them 0.92 as large."""
_TALLEST = 34.0
"""Millimetres of a team that is ticked or placed and has no scores."""
_MOST_TENS = 11
_MOST_NAMES = 6
"""Speakers of a team up to which their names stand in each line, to be ticked."""


def print_sheets(
    sheets: Sequence[ScoreSheet], *, two_up: bool = False, title: str = "Score sheets",
    tick: Tick = no_tick,
) -> list[Printed]:
    """Return the sheets in PDF files of at most ``CHUNK``, one sheet a page or two side by side.

    ``tick`` is told of the sheets that are done and may raise to cancel.
    """
    return set_files(
        "ballots", "sheets", sheets, _sheet, title=title, most=CHUNK, tick=tick,
        per_page=2 if two_up else 1,
        more={"two-up": two_up, "grow": _CODES_LARGER if two_up else 1.0})


def _sheet(sheet: ScoreSheet) -> dict[str, Any]:
    head, row = _heights(sheet)
    columns = max((len(one.criteria) for team in sheet.teams for one in team.speeches), default=0)
    digits = sheet.digits and sheet.scores and columns == 0 and all(
        _tens(one.scale) for team in sheet.teams for one in team.speeches)
    return {
        "tournament": printable(sheet.tournament), "room": printable(sheet.room),
        "when": printable(sheet.when), "author": printable(sheet.author),
        "role": printable(sheet.role), "panel": printable(sheet.panel),
        "intro": printable_lines(sheet.intro), "scale": printable(sheet.scale),
        "motions": [
            {"label": one.label, "text": printable(one.text), "on": list(one.on)}
            for one in sheet.motions],
        "motion-columns": [printable(one) for one in sheet.motion_columns],
        "motion-height": _motion_height(sheet),
        "scores": sheet.scores, "ranks": sheet.ranks, "digits": digits,
        "advance": sheet.advance,
        "advance-word": "goes on" if sheet.advance > 1 else "wins",
        "winner": [printable(one) for one in sheet.winner], "won": sheet.won,
        "margin": sheet.margin, "bring": printable(sheet.bring), "code": code_data(sheet.code),
        "blank": sheet.blank, "mark": sheet.mark, "notes": [printable(one) for one in sheet.notes],
        "row": row, "head": head, "criterion-width": min(24.0, 96.0 / max(columns, 1)),
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
            {"name": printable(one.name), "range": one.range, "value": one.value}
            for one in speech.criteria],
        "digits": _digits(speech.scale) if digits else [],
        "circled": _circled(speech.score),
    }


def _heights(sheet: ScoreSheet) -> tuple[float, float]:
    """Return how high a team's head and a speech's row are, in millimetres, to fill one page."""
    rows = sum(len(team.speeches) for team in sheet.teams)
    left = _TALL - 32.0 - 12.0 - _motions_height(sheet)  # the head of the page, and its foot
    left -= _text_height(sheet.panel, 8.0) + _text_height(sheet.intro, 16.0)
    left -= _text_height(sheet.scale, 8.0) + 13.0 * bool(sheet.winner)
    left -= 7.0 * bool(sheet.notes) + 4.0 * len(sheet.notes)
    left -= sum(2.4 + 5.6 * bool(team.note) for team in sheet.teams)
    head = _HEAD if rows else min(_TALLEST, left / max(len(sheet.teams), 1))
    if not rows:
        return head, 0.0
    row = (left - head * len(sheet.teams)) / rows
    return head, min(_HIGHEST, row)


def _text_height(text: str, most: float) -> float:
    """Return the millimetres that a text over the whole width needs, with the gap above it."""
    if not text:
        return 0.0
    lines = sum(1 + len(line) // 105 for line in text.splitlines())
    return 2.0 + min(most, 4.6 * lines)


def _motion_height(sheet: ScoreSheet) -> float:
    """Return how high the text of a motion may be."""
    return 8.0 if len(sheet.motions) > 1 else 10.0


def _motions_height(sheet: ScoreSheet) -> float:
    if not sheet.motions:
        return 0.0
    head = 3.5 if sheet.motion_columns else 0.0
    return 3.0 + head + sum(
        (_motion_height(sheet) if one.text else 6.4) + 1.0 for one in sheet.motions)


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
