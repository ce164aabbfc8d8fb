"""What the plots of balance show, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.domain.fairness import (
    CIRCUIT_FOUR,
    Balance,
    Interval,
    PositionTable,
    SideTest,
    Verdict,
)
from tabapp.domain.fairness.positions import EVEN, SIZE
from tabapp.domain.fairness.two_sides import ENOUGH
from tabapp.gui.messages import count, tr
from tabapp.services.fairness_tables import VERDICTS

_RARE = 0.05
"""Below this chance a difference is told as one."""
TONES = {
    Verdict.PER_MILLE: "problem", Verdict.ONE: "problem", Verdict.TWO: "attention",
    Verdict.FIVE: "attention", Verdict.BALANCED: "done",
}


def how_often(chance: float, *, cases: bool = False) -> str:
    """Return a chance as a person thinks of it: once in so many tournaments, or cases."""
    what = tr("cases") if cases else tr("tournaments")
    if chance < 0.001:
        return tr("less than once in 1,000 {what}", what=what)
    if chance <= 0.2:
        return tr("once in {number} {what}", number=_rounded(1 / chance), what=what)
    return tr("in {number} of 10 {what}", number=min(10, round(10 * chance)), what=what)


def _rounded(number: float) -> int:
    """Return a number with at most two figures that are not 0: 44, 130."""
    step = 1 if number < 100 else 10 if number < 1000 else 100
    return step * round(number / step)


def percent(share: float) -> str:
    """Return a share as whole per cents."""
    return f"{100 * share:.0f} %"


def debates(number: int) -> str:
    """Return "1 debate" or "5 debates"."""
    return count(number, "debate", "debates")


def verdict_words(verdict: Verdict, number: int) -> str:
    """Return what a test says, with the number of debates where that is why it says nothing."""
    if verdict is Verdict.INCONCLUSIVE:
        return tr("inconclusive: {debates}", debates=debates(number))
    return tr(VERDICTS[verdict])


def balance_words(balance: Balance) -> str:
    """Return what the test of a round or of a motion says."""
    if balance.debates and balance.sides == SIZE and not balance.table.number:
        return tr("no points given")
    return verdict_words(balance.verdict, balance.debates)


def _too_few(number: int) -> str:
    return tr(
        "{debates}: too few to say anything. {least} are needed.", debates=debates(number),
        least=ENOUGH)


def usual_points(table: PositionTable, shorts: Sequence[str]) -> str:
    """Compare mean points with other tournaments."""
    if table.number < ENOUGH:
        return _too_few(table.number)
    one = table.differences(CIRCUIT_FOUR.points)[0]
    facts = {"side": shorts[one.side], "mean": f"{one.mean:.2f}", "usual": f"{one.usual:.2f}"}
    together = tr(
        "Together the four differ so much from other tournaments by chance {often}.",
        often=how_often(table.means_test(CIRCUIT_FOUR.points).chance))
    if one.chance >= _RARE:
        return tr(
            "No position differs from other tournaments by more than chance makes; most does "
            "{side}: {mean} against {usual}.", **facts) + " " + together
    better = one.mean > one.usual
    start = (
        tr("{side} did better here than at other tournaments: {mean} against {usual};", **facts)
        if better else
        tr("{side} did worse here than at other tournaments: {mean} against {usual};", **facts))
    return start + " " + tr(
        "such a difference comes by chance {often}.", often=how_often(one.chance)) + " " + together


def even_points(balance: Balance, shorts: Sequence[str]) -> str:
    """Say which position made most points, and how often that comes by chance."""
    table = balance.table
    if not table.number:
        return tr("Elimination rounds give no points: what counts is who went on.") if (
            balance.advanced) else tr("No debate was decided yet.")
    means = [(found.estimate, side) for side, found in enumerate(map(table.mean, range(SIZE)))
             if found is not None]
    (low, least), (high, most) = min(means), max(means)
    facts = tr(
        "{most} made most points, {high} a debate, and {least} fewest, {low}.",
        most=shorts[most], least=shorts[least], high=f"{high:.2f}", low=f"{low:.2f}")
    if table.number < ENOUGH:
        return facts + " " + _too_few(table.number)
    return facts + " " + tr(
        "Equal positions come so far apart {often}: {verdict}.",
        often=how_often(table.means_test().chance, cases=True), verdict=tr(VERDICTS[table.verdict]))


def places(table: PositionTable) -> str:
    """Say how uneven the places are, and how first places differ from other tournaments."""
    if table.number < ENOUGH:
        return _too_few(table.number)
    test = table.places_test()
    return tr(
        "Equal positions share places so unevenly {often} (chi-square {statistic}, 9 d.f.). 1st "
        "places differ so much from those at other tournaments, the marks, {firsts}.",
        often=how_often(test.chance), statistic=f"{test.statistic:.1f}",
        firsts=how_often(table.firsts_test(CIRCUIT_FOUR.firsts).chance))


def first_places(table: PositionTable, side: int) -> str:
    """Return the share of first places of a position with its bounds, beside the usual one."""
    found = table.firsts(side)
    if found is None:
        return ""
    return tr(
        "1st in {share}, at other tournaments in {usual}", share=bounds(found, share=True),
        usual=percent(CIRCUIT_FOUR.firsts[side]))


def pairs(table: PositionTable) -> str:
    """Say whether halves or benches differ by more than chance makes."""
    if table.number < ENOUGH:
        return _too_few(table.number)
    words = []
    for one, other, what in (
        ("opening", "closing", tr("Halves")), ("gov", "opp", tr("Benches"))
    ):
        first, second = table.pair(one), table.pair(other)
        if first is None or second is None:
            continue
        apart = f"{first.estimate:.2f}", f"{second.estimate:.2f}"
        words.append(
            tr("{what} differ no more than chance makes: {first} to {second}.", what=what,
               first=apart[0], second=apart[1])
            if first.holds(EVEN) else
            tr("{what} differ more than chance makes: {first} to {second}.", what=what,
               first=apart[0], second=apart[1]))
    return " ".join(words)


def wins(test: SideTest, short: str) -> str:
    """Say how many debates a side won, and how often equal sides come so far apart."""
    if not test.number:
        return tr("No debate was decided yet.")
    facts = tr(
        "{side} won {won} of {debates} ({share}).", side=short, won=test.aff,
        debates=debates(test.number), share=percent(test.aff / test.number))
    if test.number < ENOUGH:
        return facts + " " + tr("Fewer than {least} say nothing.", least=ENOUGH)
    return facts + " " + tr(
        "Equal sides come so far apart {often}: {verdict}.",
        often=how_often(test.chance, cases=True), verdict=tr(VERDICTS[test.verdict]))


def vetoes(test: SideTest, shorts: Sequence[str]) -> str:
    """Say what vetoes are evidence for: whoever vetoes a motion fears it."""
    if not test.number:
        return tr("Nobody vetoed it.")
    return tr(
        "Vetoed by {first} {n} times and by {second} {m} times; a veto speaks for the other side: "
        "{verdict}.", first=shorts[0], second=shorts[1], n=test.neg, m=test.aff,
        verdict=tr(VERDICTS[test.verdict]))


def bounds(found: Interval, *, share: bool) -> str:
    """Return an estimate with its bounds, such as "1.53 (1.33 to 1.74)"."""
    if share:
        return tr(
            "{mean} ({low} to {high})", mean=percent(found.estimate),
            low=f"{100 * found.low:.0f}", high=percent(found.high))
    return tr(
        "{mean} ({low} to {high})", mean=f"{found.estimate:.2f}", low=f"{found.low:.2f}",
        high=f"{found.high:.2f}")
