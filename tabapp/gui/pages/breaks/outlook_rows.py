"""The table before the break is made: each team's chance, where it may end, and what it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tabapp.domain.breaks import BreakCategory
from tabapp.domain.forecast.needs import Need
from tabapp.gui.messages import tr
from tabapp.gui.pages.breaks.rows import LINE, metric_title, rank_cell, reason_words
from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value
from tabapp.services.break_outlook import Outlook, OutlookLine
from tabapp.services.break_views import BreakLine, BreakView

_SEEN = 0.001
"""Chance from which on a team's end belongs on the scale of all."""
_FIGURES = 2
"""Metrics shown: what ranks teams first, and what decides among level ones."""
_ROUNDS = ("", "one round", "two rounds", "three rounds", "four rounds", "five rounds",
           "six rounds", "seven rounds", "eight rounds", "nine rounds")
_GONE = ("ineligible", "withdrawn", "disqualified")
"""Remarks of teams that cannot break whatever happens, or as things stand now."""
_RESULTS = {
    2: {0: "a loss", 1: "a win"},
    4: {0: "a last place", 1: "a third", 2: "a second", 3: "a first"},
}


@dataclass(frozen=True, slots=True)
class _Scale:
    """From the fewest to the most points that a team with a chance may end on."""

    low: float
    high: float
    line: float | None

    def at(self, points: float) -> float:
        """Return where so many points stand, from 0 to 1."""
        return min(1.0, max(0.0, (points - self.low) / max(1.0, self.high - self.low)))

    def holds(self, points: float) -> bool:
        """Tell whether so many points stand on it."""
        return self.low <= points <= self.high


def shows_chances(view: BreakView, outlook: Outlook) -> bool:
    """Tell whether there is or can be a chance: not once all results are in, without a forecast."""
    return outlook.runs > 0 or not view.is_over


def columns(view: BreakView, outlook: Outlook) -> tuple[Column, ...]:
    """Return the columns; those of a forecast only where there is or can be one."""
    rounds = view.preliminary
    after = _ROUNDS[rounds] if rounds < len(_ROUNDS) else f"{rounds} rounds"
    figures = tuple(
        Column(key, metric_title(key), Kind.NUMBER, strong=place == 0,
               decimals=_decimals(view, place))
        for place, key in enumerate(view.metrics[:_FIGURES]))
    foreseen = (
        Column("chance", tr("Chance to break"), Kind.SHARE,
               tip=tr("Share of the simulated tournaments in which it breaks")),
        Column("ends", tr("After {rounds}", rounds=tr(after)), Kind.RANGE,
               tip=tr("Points at the end: the mean, and the middle of nine runs in ten; the line "
                      "is where the last place is expected")),
    )
    return (
        Column("rank", tr("#"), Kind.NUMBER, tip=tr("Rank in the standings as of now")),
        Column("team", tr("Team"), Kind.IDENTITY, stretch=True, least=120),
        *figures,
        *(foreseen if shows_chances(view, outlook) else ()),
        Column("because", tr("Because"), Kind.VERDICT, stretch=True, least=150),
    )


def _decimals(view: BreakView, place: int) -> int:
    values = (line.values[place] for line in view.lines)
    return 0 if all(one.is_integer() for one in values if isinstance(one, float)) else 2


def rows(view: BreakView, outlook: Outlook) -> list[Row]:
    """Return the teams in standings order, with the line below the last that would break now."""
    known = [outlook.lines.get(line.team, OutlookLine()) for line in view.lines]
    scale = _scale(outlook, known)
    found = [
        _row(line, one, view, outlook, scale)
        for line, one in zip(view.lines, known, strict=True)]
    last = max((place for place, one in enumerate(known) if one.place is not None), default=-1)
    if last >= 0:
        found.insert(last + 1, Row(LINE, line=_line_words(view, outlook)))
    return found


def _line_words(view: BreakView, outlook: Outlook) -> str:
    reserves = view.category.reserve_size if view.category is not None else 0
    if reserves:
        return tr("{n} break; below the line stand the reserves", n=outlook.breaking)
    return tr("{n} break; the others stand below the line", n=outlook.breaking)


def _scale(outlook: Outlook, known: Iterable[OutlookLine]) -> _Scale:
    line = outlook.threshold.expected if outlook.threshold is not None else None
    ends = [
        one.outlook for one in known
        if one.outlook is not None and one.chance is not None and one.chance.p >= _SEEN]
    low = min((one.low for one in ends), default=0)
    high = max((one.high for one in ends), default=1)
    if line is not None:
        low, high = min(low, int(line) - 1), max(high, int(line) + 1)
    return _Scale(low, high, line)


def _row(
    line: BreakLine, one: OutlookLine, view: BreakView, outlook: Outlook, scale: _Scale
) -> Row:
    words = because(line, one, view, outlook)
    foreseen = (_chance(one, outlook), _ends(one, scale)) if shows_chances(view, outlook) else ()
    figures = [
        Cell(value) if isinstance(value, str) else value for value in line.values[:_FIGURES]]
    return Row(line.team, (
        rank_cell(line), line.name, *figures, *foreseen, Cell(words),
    ), dim=one.remark in _GONE)


def percent(share: float) -> str:
    """Return a share that is not certain: never 0 and never 100.

    >>> percent(0.724), percent(0.9999), percent(0.0001)
    ('72 %', '99 %', '<1 %')
    """
    if share < 0.01:
        return tr("<1 %")
    return tr("{n} %", n=min(99, round(share * 100)))


def _chance(one: OutlookLine, outlook: Outlook) -> Value:
    chance = one.chance
    if one.remark in _GONE:
        return Cell("", sort=-2.0)
    if chance is None:
        words = {"safe": "safe", "dead": "out", "live": "–"}.get(one.state or "", "")
        tone = "done" if one.state == "safe" else ""
        sort = {"safe": 2.0, "live": 0.0}.get(one.state or "", -1.0)
        return Cell(tr(words) if words else "", sort=sort, tone=tone)
    if chance.certain == "in" or (not outlook.rounds_left and chance.p >= 1):
        return Cell(tr("safe"), sort=2.0, tone="done", points=(1.0,))
    if chance.certain == "out" or (not outlook.rounds_left and chance.p <= 0):
        return Cell(tr("out"), sort=-1.0)
    return Cell(percent(chance.p), sort=chance.p, points=(chance.p,), tip=tr(
        "{n} % of the simulated tournaments, give or take {error}", n=f"{100 * chance.p:.1f}",
        error=f"{196 * chance.se:.1f}"))


def _ends(one: OutlookLine, scale: _Scale) -> Value:
    end = one.outlook
    if end is None or one.remark in _GONE:
        return None
    words = tr("{low} to {high}, {mean} on average", low=end.low, high=end.high,
               mean=f"{end.expected:.1f}")
    line = -1.0 if scale.line is None else scale.at(scale.line)
    middle = scale.at(end.expected) if scale.holds(end.expected) else -1.0
    return Cell("", sort=end.expected, tip=words, points=(
        scale.at(end.low), middle, scale.at(end.high), line))


def because(line: BreakLine, one: OutlookLine, view: BreakView, outlook: Outlook) -> str:
    """Return in a few words why a team breaks, does not, or what it takes."""
    if view.category is None:
        return ""
    if not outlook.rounds_left and not outlook.runs:
        return _as_it_stands(line, one, view.category, outlook)
    told = one.chance is None and one.remark not in (None, "reserve")
    if one.remark is not None and (told or one.remark in _GONE):
        return reason_words(one.remark, view.category)
    if one.need is not None:
        if one.remark == "capped" and one.need.kind != "out":
            return tr("capped, if it ended now")
        return need_words(one.need, view, over=not outlook.rounds_left)
    states = {
        "safe": tr("safe by its points"), "dead": tr("cannot reach the line any more"),
        "live": tr("still open")}
    return states.get(one.state or "", "")


def _as_it_stands(
    line: BreakLine, one: OutlookLine, category: BreakCategory, outlook: Outlook
) -> str:
    """Return why a team would break or not by the results, which are all in."""
    if line.team in outlook.level:
        return tr("level for the last places")
    if one.remark is not None:
        return reason_words(one.remark, category)
    if one.place is not None:
        return tr("among the first {size}", size=category.size)
    return tr("below the line") if outlook.breaking else ""


def need_words(need: Need, view: BreakView, *, over: bool) -> str:
    """Return what a team needs."""
    size = view.category.size if view.category is not None else 0
    decides = metric_title(view.metrics[1]).lower() if len(view.metrics) > 1 else tr("lots")
    plain = {
        "in": tr("among the first {size}", size=size) if over
        else tr("cannot be caught by {size} teams", size=size),
        "out": tr("below the line") if over else tr("cannot reach the line any more"),
        "level": tr("level for the last places"),
        "has": tr("should have enough already"),
        "help": tr("needs help from other rooms"),
    }
    if need.kind in plain:
        return plain[need.kind]
    if need.kind == "enough":
        return _enough(need, view)
    if not need.points:
        return tr("on the line, {metric} decide", metric=decides)
    words = _points(need.points, view)
    if need.kind == "decided":
        return tr("needs {points}, {metric} decide", points=words, metric=decides)
    return tr("needs {points}, better {metric}", points=words, metric=decides)


def _enough(need: Need, view: BreakView) -> str:
    if need.place is not None and (view.two_team or need.points > 1):
        result = _RESULTS[2 if view.two_team else 4].get(need.place, "")
        return tr("{result} is enough", result=tr(result))
    if need.points == 1:
        return tr("one win more is enough") if _counts_wins(view) else tr(
            "one point more is enough")
    return tr("{points} more are enough", points=_points(need.points, view))


def _points(number: int, view: BreakView) -> str:
    word = "win" if _counts_wins(view) else "point"
    return f"{number} {tr(word if number == 1 else word + 's')}"


def _counts_wins(view: BreakView) -> bool:
    return view.two_team and view.metrics[:1] == ("wins",)
