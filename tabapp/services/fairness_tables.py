"""The balance of motions and positions as plain tables: for files, and to be pasted."""

from __future__ import annotations

from collections.abc import Mapping

from tabapp.domain.fairness import Balance, Interval, Verdict
from tabapp.domain.types import Value
from tabapp.services.fairness import FairnessView

Table = tuple[list[str], list[list[Value]]]
VERDICTS: Mapping[Verdict, str] = {
    Verdict.PER_MILLE: "surely not balanced", Verdict.ONE: "very likely not balanced",
    Verdict.TWO: "likely not balanced", Verdict.FIVE: "probably not balanced",
    Verdict.TEN: "perhaps not balanced", Verdict.HALF: "no clear sign",
    Verdict.BALANCED: "probably balanced", Verdict.INCONCLUSIVE: "inconclusive",
}
"""What a test says in words."""
PLACES = ("1st", "2nd", "3rd", "4th")


def motion_rows(view: FairnessView) -> Table:
    """Return titles and one row a motion: counts, intervals, the test, vetoes."""
    header = ["Motion", "Text", "Rounds", "Debates", *_titles(view)]
    if view.vetoes_recorded:
        header += [f"{short} vetoes" for short in view.shorts]
        header += [] if view.is_four else ["Vetoes say"]
    rows: list[list[Value]] = []
    for one in view.motions:
        row: list[Value] = [
            one.ref, one.text, " ".join(one.rounds), one.balance.debates,
            *_values(view, one.balance)]
        if view.vetoes_recorded:
            row += one.vetoes
            row += [] if view.is_four else [VERDICTS[one.veto_test.verdict]]
        rows.append(row)
    return header, rows


def position_rows(view: FairnessView) -> Table:
    """Return titles and one row a round, after it all preliminary and all elimination rounds."""
    header = ["Round", "Debates", *_titles(view)]
    rows: list[list[Value]] = [
        [one.name, one.balance.debates, *_values(view, one.balance)] for one in view.rounds]
    for title, balance in (
        ("All preliminary rounds", view.whole), ("All elimination rounds", view.outrounds)
    ):
        if balance.debates:
            rows.append([title, balance.debates, *_values(view, balance)])
    return header, rows


def _titles(view: FairnessView) -> list[str]:
    if not view.is_four:
        first, second = view.shorts
        return [f"{first} wins", f"{second} wins", f"{first} share", "Share low", "Share high",
                "T", "Chance", "Balance"]
    titles = []
    for short in view.shorts:
        titles += [f"{short} points", f"{short} low", f"{short} high"]
    for short in view.shorts:
        titles += [f"{short} {place}" for place in PLACES]
    for short in view.shorts:
        titles.append(f"{short} went on")
    return [*titles, "Chi-square", "Chance", "Balance"]


def _values(view: FairnessView, balance: Balance) -> list[Value]:
    if not view.is_four:
        wins = balance.wins
        return [
            wins.aff, wins.neg, *_bounds(wins.share), wins.statistic,
            wins.chance if wins.number else None, VERDICTS[wins.verdict]]
    table = balance.table
    values: list[Value] = []
    for side in range(len(view.sides)):
        values += _bounds(table.mean(side))
    for row in table.counts:
        values += row
    values += [one.won for one in balance.advanced] or [None] * len(view.sides)
    test = table.means_test()
    return [
        *values, test.statistic, test.chance if table.number else None,
        VERDICTS[table.verdict]]


def _bounds(found: Interval | None) -> list[Value]:
    return [None] * 3 if found is None else [found.estimate, found.low, found.high]
