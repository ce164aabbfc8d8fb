"""The table of a break: one row a team in standings order, and the line below the last."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.domain.breaks import BreakCategory
from tabapp.domain.standings.team_metrics import TEAM_METRICS
from tabapp.domain.types import Value as Figure
from tabapp.gui.messages import count, tr
from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value, number_text
from tabapp.services.break_views import BreakLine, BreakView

LINE = "the line"
"""Key of the row that is the break line."""

_NEAR = 1e-6
"""Values nearer to each other are level, as everywhere in standings."""
_SHORT = {
    "points": "Points", "wins": "Wins", "speaks_sum": "Speaks", "speaks_avg": "Avg speaks",
    "speaks_ind_avg": "Avg speech", "speaks_stddev": "Deviation", "firsts": "1sts",
    "seconds": "2nds", "thirds": "3rds", "draw_strength": "Strength",
    "draw_strength_speaks": "Str. speaks", "margin_sum": "Margins", "margin_avg": "Avg margin",
    "num_adjs": "Votes", "npullups": "Pull-ups", "num_iron": "Irons",
}
REMARKS = {
    "capped": "Capped", "ineligible": "Ineligible", "different_break": "Other break",
    "disqualified": "Disqualified", "lost_coin_toss": "Lost coin toss", "withdrawn": "Withdrawn",
    "absent": "Absent", "reserve": "Reserve", "tied": "Tied",
}
"""What the remarks of a break are called."""
_REASONS = {
    "capped": "its institution has enough teams", "ineligible": "not eligible for {category}",
    "different_break": "breaks elsewhere", "disqualified": "may not debate on",
    "lost_coin_toss": "level with the last place", "withdrawn": "does not want its place",
    "absent": "is not here", "reserve": "next after the {size} places",
    "tied": "level at the line: decide who breaks",
}


def metric_title(key: str) -> str:
    """Return the short title of a metric."""
    if key in _SHORT:
        return tr(_SHORT[key])
    if key.startswith("wbw"):
        return tr("Met")
    return tr(TEAM_METRICS[key].name) if key in TEAM_METRICS else key


def rank_cell(line: BreakLine) -> Value:
    """Return the rank, marked where others share it: 4=."""
    if line.rank is None or not line.shared:
        return line.rank
    return Cell(f"{line.rank}=", sort=line.rank)


def columns(view: BreakView) -> tuple[Column, ...]:
    """Return the columns for the metrics of a view."""
    figures = tuple(
        Column(
            key, metric_title(key), Kind.NUMBER, strong=place == 0,
            decimals=_decimals([line.values[place] for line in view.lines]),
            tip=TEAM_METRICS[key].name if key in TEAM_METRICS else "")
        for place, key in enumerate(view.metrics)
    )
    return (
        Column("rank", tr("#"), Kind.NUMBER, tip=tr("Rank in the standings")),
        Column("team", tr("Team"), Kind.IDENTITY),
        *figures,
        Column("break_rank", tr("Break"), Kind.NUMBER, tip=tr("Break rank")),
        Column("remark", tr("Remark"), Kind.BADGE),
        Column("because", tr("Because"), Kind.TEXT, stretch=True),
    )


def _decimals(values: Sequence[Figure]) -> int:
    """Return 0 where all numbers of a column are whole, else 2."""
    numbers = [one for one in values if isinstance(one, float)]
    return 0 if all(one.is_integer() for one in numbers) else 2


def rows(view: BreakView) -> list[Row]:
    """Return the teams with the break line below the last that breaks or is level with it."""
    if not view.made:
        return []
    inside = [
        place for place, line in enumerate(view.lines)
        if line.break_rank is not None or line.remark == "tied"
    ]
    last = max(inside, default=-1)
    found = [_row(line, view) for line in view.lines]
    found.insert(last + 1, Row(LINE, line=_line_words(view)))
    return found


def _line_words(view: BreakView) -> str:
    breaking = len(view.breaking)
    if view.tied:
        return tr(
            "{n} break so far; {tied} are level for {places}", n=breaking,
            tied=len(view.tied), places=count(view.places, "place", "places"))
    if any(line.remark == "reserve" for line in view.lines):
        return tr("{n} break; below the line stand the reserves", n=breaking)
    return tr("{n} break; the others stand below the line", n=breaking)


def _row(line: BreakLine, view: BreakView) -> Row:
    return Row(line.team, (
        rank_cell(line), line.name, *(_figure(one) for one in line.values),
        line.break_rank, _badge(line), Cell(_because(line, view), tip=line.reason),
    ))


def _because(line: BreakLine, view: BreakView) -> str:
    """Return the reason in a few words; the whole sentence is in the tooltip."""
    assert view.category is not None
    if line.moved_up_for:
        return tr("moved up for {team}", team=line.moved_up_for)
    by_lot = view.lots is not None and line.team in view.lots.order
    if line.break_rank is not None and by_lot:
        return tr("by lot, among level teams")
    if line.break_rank is not None:
        return tr("among the first {size}", size=view.category.size)
    if line.said is not None and line.said.words:
        return line.said.words
    if line.remark is None:
        return _behind(line, view)
    return reason_words(line.remark, view.category)


def _behind(line: BreakLine, view: BreakView) -> str:
    """Return by how much a team below the line missed the last place."""
    last = max(view.breaking, key=lambda one: one.rank or 0, default=None)
    if last is None or (line.rank or 0) < (last.rank or 0):
        return ""
    for key, own, least in zip(view.metrics, line.values, last.values, strict=True):
        if isinstance(own, str | None) or isinstance(least, str | None):
            continue
        if abs(own - least) > _NEAR:
            less = abs(float(least - own))  # wins and other counts are whole numbers
            return tr("missed by {n} {metric}", metric=metric_title(key).lower(),
                      n=number_text(less, 0 if less.is_integer() else 2))
    return tr("level with the last place")


def reason_words(remark: str, category: BreakCategory) -> str:
    """Return in a few words why a team with a remark does not break."""
    return tr(_REASONS[remark], size=category.size, category=category.name)


def _figure(value: Figure) -> Value:
    return Cell(value) if isinstance(value, str) else value


def _badge(line: BreakLine) -> Value:
    if line.remark is None:
        return None
    words = tr(REMARKS[line.remark])
    if line.remark == "tied":
        return Cell(words, tone="attention", tip=line.reason)
    by_hand = line.said is not None
    return Cell(
        words, tone="neutral", icon="pencil" if by_hand else None,
        tip=tr("Set by hand. {reason}", reason=line.reason) if by_hand else line.reason)
