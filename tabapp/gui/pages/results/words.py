"""What the page of results says about a table."""

from __future__ import annotations

from datetime import datetime

from tabapp.gui.messages import count, tr
from tabapp.gui.session import Session
from tabapp.gui.widgets.cards import EmptyState
from tabapp.services.results import ResultsTable

_WORDS = {"teams": "teams", "speakers": "speakers", "replies": "speakers", "adjudicators": "judges"}


def facts_words(data: ResultsTable, at: datetime) -> str:
    """Return after which round, of how many, when and how fast it was computed."""
    word = _WORDS[data.request.kind]
    parts = [count(len(data.lines), word.removesuffix("s"), word)]
    if data.after:
        parts.insert(0, tr("after {round}", round=data.after))
    if data.missing:
        parts.append(tr("{ballots} still out", ballots=count(data.missing, "ballot", "ballots")))
    if data.silent:
        parts.append(tr("silent: {rounds}", rounds=", ".join(data.silent)))
    parts.append(tr(
        "computed {time} in {ms} ms", time=f"{at.astimezone():%H:%M}",
        ms=max(1, round(data.took * 1e3))))
    return " · ".join(parts)


def ranking_words(data: ResultsTable) -> str:
    """Return what the table ranks by."""
    ranking = ", ".join(one.title.lower() for one in data.columns if one.ranks)
    return tr("Rank by {metrics}", metrics=ranking) if ranking else ""


def why_no_metrics(data: ResultsTable | None) -> str:
    """Return why the metrics of a table cannot be chosen, "" where they can."""
    return tr("Nothing is loaded yet.") if data is None else {
        "replies": tr("The table of replies has one ranking: the average."),
        "adjudicators": tr("The table of judges has one ranking: their score."),
    }.get(data.request.kind, "")


def instead(data: ResultsTable, session: Session, unmatched: str) -> EmptyState | None:
    """Return what stands in the place of an empty table; ``unmatched`` is a filter without rows."""
    if not data.lines or not data.after:
        return _nothing_yet(data, session)
    if not unmatched:
        return None
    word = _WORDS[data.request.kind]
    return EmptyState(
        tr('Nothing matches "{words}".', words=unmatched),
        tr("Clear the filter to see {all}.", all=count(
            len(data.lines), word.removesuffix("s"), word)))


def _nothing_yet(data: ResultsTable, session: Session) -> EmptyState:
    if not data.lines and data.request.category is not None:
        return EmptyState(
            tr("Nobody is in this category."), tr("Choose another one above the table."))
    if not data.lines:
        made = EmptyState(
            tr("Nobody is listed here."), tr("Add, paste or import them under People."),
            action=tr("Go to People"))
        made.acted.connect(lambda: session.go("people"))
        return made
    made = EmptyState(
        tr("No results yet."), tr("They appear when ballots are confirmed."),
        action=tr("Go to the round"))
    made.acted.connect(lambda: session.go("rounds"))
    return made
