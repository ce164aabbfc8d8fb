"""Cards of the positions: points, places, halves, wins by round, marks, and who went on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from tabapp.domain.fairness import CIRCUIT_FOUR, CIRCUIT_TWO, Balance
from tabapp.domain.fairness.positions import PAIRS
from tabapp.gui.messages import tr
from tabapp.gui.pages.results.balance import sentences
from tabapp.gui.pages.results.balance.grid import Grid, GridRow
from tabapp.gui.pages.results.balance.plots import (
    POINTS,
    SHARES,
    WIDE_POINTS,
    IntervalPlot,
    PlotRow,
    StackPlot,
)
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label
from tabapp.services.fairness import FairnessView, RoundBalance
from tabapp.services.fairness_tables import PLACES

PAIR_WORDS = {
    "opening": "Opening half", "closing": "Closing half", "gov": "Government", "opp": "Opposition",
}
_LOW_ROW = 24
"""Height of a line where a plot has one for each round."""


class PlotCard(Card):
    """A plot below its title, and below it the sentence that says what it shows."""

    def __init__(self, title: str, plot: QWidget) -> None:
        super().__init__(title, padding=Space.GAP)
        self.plot = plot
        self.words = label("", wrap=True)
        self.body.addWidget(plot)
        self.body.addWidget(self.words)
        self.body.addStretch(1)


class FourCards(QWidget):
    """What is known of the four positions."""

    def __init__(self, rounds: TableCard) -> None:
        super().__init__()
        self.points = IntervalPlot(
            tr("Mean points per position"), POINTS, legend=tr("other tournaments"))
        self.stack = StackPlot(tr("Places per position"), [tr(one) for one in PLACES])
        self.pairs = IntervalPlot(tr("Halves and benches"), POINTS)
        self.marks = Marks()
        self.cards = (
            PlotCard(tr("Mean points per position"), self.points),
            PlotCard(tr("Places per position"), self.stack),
            PlotCard(tr("Halves and benches"), self.pairs))
        grid = _grid(self)
        for at, card in enumerate(self.cards):
            grid.addWidget(card, 0, at)
            grid.setColumnStretch(at, 1)
        grid.addWidget(rounds, 1, 0, 1, 2)
        grid.addWidget(self.marks, 1, 2)
        grid.setRowStretch(1, 1)

    def show_view(self, view: FairnessView) -> None:
        """Show the preliminary rounds that are counted."""
        table, usual = view.whole.table, CIRCUIT_FOUR
        scale = POINTS
        rows = []
        for side, short in enumerate(view.shorts):
            mean = table.mean(side)
            if mean is not None and (mean.low < POINTS.low or mean.high > POINTS.high):
                scale = WIDE_POINTS
            figures = sentences.bounds(mean, share=False) if mean else ""
            rows.append(PlotRow(
                short, mean, figures, usual.points[side],
                tr("{side}: {figures}; {usual} at other tournaments ({source})", side=short,
                   figures=figures, usual=f"{usual.points[side]:.2f}", source=usual.source)))
        self.points.set_rows(rows, scale)
        self.cards[0].words.setText(sentences.usual_points(table, view.shorts))
        self.stack.set_counts(
            view.shorts, table.counts, usual.firsts,
            [sentences.first_places(table, side) for side in range(len(view.shorts))])
        self.cards[1].words.setText(sentences.places(table))
        found = [(key, table.pair(key)) for key in PAIRS]
        self.pairs.set_rows([
            PlotRow(tr(PAIR_WORDS[key]), mean,
                    sentences.bounds(mean, share=False) if mean else "")
            for key, mean in found], scale)
        self.cards[2].words.setText(sentences.pairs(table))
        self.marks.show_view(view)


class TwoCards(QWidget):
    """What is known of two sides."""

    def __init__(self, rounds: TableCard) -> None:
        super().__init__()
        self.shares = IntervalPlot(
            tr("Share of wins by round"), SHARES, legend=tr("other tournaments"))
        self.shares.row_height = _LOW_ROW
        self.card = PlotCard(tr("Share of wins by round"), self.shares)
        self.marks = Marks()
        grid = _grid(self)
        grid.addWidget(self.card, 0, 0, 2, 1)
        grid.addWidget(rounds, 0, 1)
        grid.addWidget(self.marks, 1, 1)
        for at in (0, 1):
            grid.setColumnStretch(at, 1)
        grid.setRowStretch(0, 1)

    def show_view(self, view: FairnessView) -> None:
        """Show all rounds, and those before the break together."""
        rows = []
        for name, balance in (
            *((one.short, one.balance) for one in view.rounds),
            (tr("Preliminary"), view.whole), (tr("Elimination"), view.outrounds),
        ):
            share = balance.wins.share
            if share is not None:
                tip = tr("{name}: {side} won {won} of {number}", name=name, side=view.shorts[0],
                         won=balance.wins.aff, number=balance.wins.number)
                if balance is view.whole:
                    tip += "; " + tr(
                        "{usual} at other tournaments ({source})",
                        usual=sentences.percent(CIRCUIT_TWO.share), source=CIRCUIT_TWO.source)
                rows.append(PlotRow(
                    name, share, sentences.bounds(share, share=True),
                    CIRCUIT_TWO.share if balance is view.whole else None, tip))
        self.shares.set_rows(rows)
        self.card.words.setText(sentences.wins(view.whole.wins, view.shorts[0]))
        self.marks.show_view(view)


def _grid(parent: QWidget) -> QGridLayout:
    grid = QGridLayout(parent)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(Space.CARD)
    return grid


class Marks(Card):
    """Mean mark of each speech by side, and how often a position left elimination rooms."""

    def __init__(self) -> None:
        super().__init__(tr("Mean marks of speeches"), padding=Space.GAP)
        self.grid = Grid(tr("Mean marks of speeches"))
        self.words = label("", wrap=True)
        self.body.addWidget(self.grid)
        self.body.addWidget(self.words)
        self.body.addStretch(1)

    def show_view(self, view: FairnessView) -> None:
        """Show the marks of the preliminary rounds, and who went on from elimination rooms."""
        marks, gone = view.whole.speeches, view.outrounds.advanced
        keys = sorted({(reply, position) for _side, position, reply in marks})
        titles = [tr("Reply") if reply else tr("Speech {n}", n=position)
                  for reply, position in keys]
        titles += [tr("Went on")] if gone else []
        rows = []
        for side, short in enumerate(view.shorts):
            found = [marks.get((side, position, reply)) for reply, position in keys]
            figures = ["" if one is None else f"{one:.2f}" for one in found]
            if gone:
                figures.append(tr("{n} of {m}", n=gone[side].won, m=gone[side].number))
            rows.append(GridRow(short, tuple(figures)))
        self.grid.set_rows([tr("Position") if view.is_four else tr("Side"), *titles], rows)
        self.grid.setVisible(bool(titles))
        words = [_marks_sentence(view) if keys else tr("No speech has a mark.")]
        if gone:
            most = max(range(len(gone)), key=lambda side: gone[side].won)
            words.append(tr(
                "From elimination rooms {side} went on most often, {n} of {m} times.",
                side=view.shorts[most], n=gone[most].won, m=gone[most].number))
        self.words.setText(" ".join(words))


def _marks_sentence(view: FairnessView) -> str:
    sides: dict[int, list[float]] = {}
    for (side, _position, reply), mean in view.whole.speeches.items():
        if not reply:
            sides.setdefault(side, []).append(mean)
    means = sorted((sum(all_of) / len(all_of), side) for side, all_of in sides.items())
    if len(means) < 2:
        return ""
    (low, least), (high, most) = means[0], means[-1]
    return tr(
        "A speech of {most} got {high} on average, one of {least} {low}.", most=view.shorts[most],
        least=view.shorts[least], high=f"{high:.2f}", low=f"{low:.2f}")


# The table of rounds


def round_columns(view: FairnessView) -> list[Column]:
    """Return the columns of the table of rounds."""
    columns = [
        Column("round", tr("Round"), Kind.IDENTITY, stretch=True),
        Column("debates", tr("Debates"), Kind.NUMBER, 84)]
    columns += side_columns(view)
    return [*columns, Column("verdict", tr("Balance"), Kind.VERDICT, 190)]


def side_columns(view: FairnessView) -> list[Column]:
    """Return a column for each side: mean points, or wins."""
    tip = tr("Mean points a debate") if view.is_four else tr("Debates won")
    return [
        Column(short, "", Kind.NUMBER, 76, side=short, decimals=2 if view.is_four else 0, tip=tip)
        for short in view.shorts]


def side_cells(view: FairnessView, balance: Balance) -> list[Cell]:
    """Return the cells of ``side_columns``."""
    if not view.is_four:
        return [Cell(str(won), sort=won) for won in (balance.wins.aff, balance.wins.neg)]
    cells = []
    for side in range(len(view.sides)):
        mean = balance.table.mean(side)
        cells.append(Cell(
            f"{mean.estimate:.2f}", sort=mean.estimate,
            tip=tr("95 % interval: {figures}", figures=sentences.bounds(mean, share=False)),
        ) if mean else Cell())
    return cells


def verdict_cell(balance: Balance) -> Cell:
    """Return what the test says, in the colour of its meaning."""
    chance = balance.table.means_test().chance if balance.table.number else balance.wins.chance
    return Cell(
        sentences.balance_words(balance), sort=chance,
        tone=sentences.TONES.get(balance.verdict, "") if balance.debates else "")


def round_rows(view: FairnessView) -> list[Row]:
    """Return the rows of the table of rounds, all of a stage together below them."""
    def row(key: str, name: str, balance: Balance, note: str = "") -> Row:
        return Row(key, (
            Cell(name, aside=note), balance.debates, *side_cells(view, balance),
            verdict_cell(balance)))

    def noted(one: RoundBalance) -> str:
        return tr("silent") if one.silent else ""

    rows = [row(f"round:{one.id}", one.name, one.balance, noted(one)) for one in view.rounds]
    for key, name, balance in (
        ("preliminary", tr("All preliminary rounds"), view.whole),
        ("elimination", tr("All elimination rounds"), view.outrounds),
    ):
        if balance.debates:
            rows.append(row(key, name, balance))
    return rows


def as_text(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table to be pasted into a spreadsheet."""
    lines: list[Sequence[object]] = [header, *rows]
    return "\n".join(
        "\t".join("" if one is None else " ".join(str(one).split()) for one in line)
        for line in lines)
