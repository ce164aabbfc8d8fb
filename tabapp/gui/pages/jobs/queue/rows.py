"""The history as rows: what was run, by whom, how long it took and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tabapp.gui.pages.jobs.words import (
    WENT_WRONG,
    clock,
    kind_of_job,
    result_in_words,
    state_words,
    took_in_words,
)
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.jobs.ports import UNFINISHED, RunRecord

COLUMNS = (
    Column("state", "", Kind.MARK, width=36),
    Column("job", "Job", Kind.IDENTITY, stretch=True),
    Column("by", "Started by", width=118),
    Column("at", "At", Kind.NUMBER, width=88),
    Column("took", "Took", Kind.NUMBER, width=84),
    Column("result", "Result", Kind.VERDICT, stretch=True),
)

Fits = Callable[[RunRecord], bool]
KINDS: Mapping[str, Fits] = {
    "all": lambda _run: True,
    "draws": lambda run: kind_of_job(run.name) == "draws",
    "results": lambda run: kind_of_job(run.name) == "results",
    "upkeep": lambda run: kind_of_job(run.name) == "upkeep",
    "failed": lambda run: run.state in WENT_WRONG,
}
"""Which runs each choice above the history shows."""


def run_row(run: RunRecord) -> Row:
    """Return the row of a run."""
    words = state_words(run.state)
    ended = run.state not in UNFINISHED
    message = result_in_words(run)
    tone = words.tone if run.state in WENT_WRONG else ""
    tries = f"×{run.attempts}" if run.attempts > 1 else ""
    return Row(run.id, (
        Cell(words.word, tone=words.tone, icon=words.icon, tip=words.word),
        Cell(run.title, tip=run.name, aside=tries),
        run.submitted_by,
        Cell(clock(run.submitted_at), sort=run.submitted_at.timestamp()),
        Cell(took_in_words(run.seconds), sort=run.seconds) if ended else "",
        Cell(message, tone=tone, tip=run.error_message or message),
    ))
