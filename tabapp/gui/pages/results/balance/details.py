"""What is known of one motion: its plot, its counts, the test with its thresholds, its vetoes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.domain.fairness import CIRCUIT_FOUR, CIRCUIT_TWO, LEVELS, Balance, Verdict
from tabapp.gui.messages import tr
from tabapp.gui.pages.results.balance import sentences
from tabapp.gui.pages.results.balance.grid import Grid, GridRow
from tabapp.gui.pages.results.balance.plots import (
    SHARES,
    WIDE_POINTS,
    IntervalPlot,
    PlotRow,
)
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import Name, label
from tabapp.services.fairness import FairnessView, MotionBalance
from tabapp.services.fairness_tables import PLACES, VERDICTS

_WIDE = 2 * Space.CARD


class MotionDetails(Card):
    """Shows one motion; it has the same height whichever that is."""

    def __init__(self, view: FairnessView) -> None:
        super().__init__()
        self._view = view
        four = view.is_four
        self.title = Name("", "card")
        self.plot = IntervalPlot(
            tr("Mean points on this motion") if four else tr("Share of wins on this motion"),
            WIDE_POINTS if four else SHARES,
            legend=tr("other tournaments, all motions") if four else tr("other tournaments"))
        self.words = label("", wrap=True)
        self.counts = Grid(tr("Places on this motion") if four else tr("Wins on this motion"))
        self.facts = label("", "small", role="secondary", wrap=True)
        self.levels = Grid(tr("What the test says"))
        self._lay_out()

    def _lay_out(self) -> None:
        self.body.addWidget(self.title)
        row = QHBoxLayout()
        row.setSpacing(_WIDE)
        row.addLayout(_column(self.plot, self.words), 1)
        row.addLayout(_column(self.counts))
        row.addLayout(_column(self.levels, self.facts))
        self.levels.setMinimumWidth(300)
        self.body.addLayout(row, 1)

    def show_motion(self, one: MotionBalance) -> None:
        """Show a motion."""
        view, balance = self._view, one.balance
        self.setAccessibleName(tr("Details of {motion}", motion=one.title))
        self.title.set_text(one.text)
        self.plot.set_rows(
            _point_rows(view, balance) if view.is_four else _share_rows(view, one))
        titles, rows = _counts(view, one)
        self.counts.set_rows(titles, rows)
        self.levels.set_rows(*_levels(balance, four=view.is_four))
        if view.is_four:
            self.words.setText(sentences.even_points(balance, view.shorts))
            test = balance.table.means_test()
            self.facts.setText("" if not balance.table.number else tr(
                "Friedman's test of mean points: chi-square {statistic} with 3 d.f., chance "
                "{chance}.", statistic=f"{test.statistic:.2f}", chance=_chance(test.chance)))
            return
        words = [sentences.wins(balance.wins, view.shorts[0])]
        if view.vetoes_recorded:
            words.append(sentences.vetoes(one.veto_test, view.shorts))
        self.words.setText(" ".join(words))
        self.facts.setText("" if not balance.wins.number else tr(
            "T = {statistic} (chi-square with 1 d.f.), chance {chance}.",
            statistic=f"{balance.wins.statistic:.2f}", chance=_chance(balance.wins.chance)))


def _column(*parts: QWidget) -> QVBoxLayout:
    made = QVBoxLayout()
    made.setSpacing(Space.UNIT)
    for part in parts:
        made.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
    made.addStretch(1)
    return made


def _chance(chance: float) -> str:
    return f"{100 * chance:.1f} %" if chance >= 0.001 else tr("below 0.1 %")


def _point_rows(view: FairnessView, balance: Balance) -> list[PlotRow]:
    rows = []
    for side, short in enumerate(view.shorts):
        mean = balance.table.mean(side)
        rows.append(PlotRow(
            short, mean, sentences.bounds(mean, share=False) if mean else "",
            CIRCUIT_FOUR.points[side]))
    return rows


def _share_rows(view: FairnessView, one: MotionBalance) -> list[PlotRow]:
    wins = one.balance.wins.share
    rows = [PlotRow(
        tr("{side} wins", side=view.shorts[0]), wins,
        sentences.bounds(wins, share=True) if wins else "", CIRCUIT_TWO.share)]
    vetoed = one.veto_test.share
    if view.vetoes_recorded and vetoed is not None:
        rows.append(PlotRow(
            tr("{side} vetoes", side=view.shorts[1]), vetoed,
            sentences.bounds(vetoed, share=True),
            tip=tr("Share of the vetoes that {side} gave: evidence for {other}",
                   side=view.shorts[1], other=view.shorts[0])))
    return rows


def _counts(view: FairnessView, one: MotionBalance) -> tuple[Sequence[str], list[GridRow]]:
    vetoed = view.vetoes_recorded
    if not view.is_four:
        won = (one.balance.wins.aff, one.balance.wins.neg)
        rows = [
            GridRow(short, (str(n), *([str(m)] if vetoed else [])))
            for short, n, m in zip(view.shorts, won, one.vetoes, strict=True)]
        return (tr("Side"), tr("Wins"), *([tr("Vetoes")] if vetoed else [])), rows
    titles = [tr("Position")]
    columns: list[list[str]] = []
    if one.balance.table.number or not one.balance.advanced:
        titles += [tr(place) for place in PLACES]
        columns += [
            [str(row[place]) for row in one.balance.table.counts]
            for place in range(len(PLACES))]
    if one.balance.advanced:
        titles += [tr("Went on"), tr("Out")]
        columns.append([str(n.won) for n in one.balance.advanced])
        columns.append([str(n.number - n.won) for n in one.balance.advanced])
    if vetoed:
        titles.append(tr("Vetoes"))
        columns.append([str(n) for n in one.vetoes])
    return titles, [
        GridRow(short, figures)
        for short, figures in zip(view.shorts, zip(*columns, strict=True), strict=True)]


def _levels(balance: Balance, *, four: bool) -> tuple[Sequence[str], list[GridRow]]:
    """Return the thresholds of the test, the one that applies marked."""
    here = balance.verdict
    if four:
        titles = (tr("Chance"), tr("Verdict"))
        rows = [
            GridRow(tr("below {chance}", chance=one.value), (tr(VERDICTS[one]),), one is here)
            for _threshold, one in LEVELS]
    else:
        titles = (tr("T"), tr("Verdict"))
        rows = [
            GridRow(tr("above {threshold}", threshold=threshold), (tr(VERDICTS[one]),),
                    one is here)
            for threshold, one in LEVELS]
    rows.append(GridRow(
        tr("otherwise"), (tr(VERDICTS[Verdict.BALANCED]),), here is Verdict.BALANCED))
    return titles, rows
