"""The kinds of notices that come by themselves, each of which a person may switch off."""

from __future__ import annotations

from dataclasses import dataclass

from tabapp.gui.messages import tr


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice: its key in the preferences, and what it is called."""

    key: str
    title: str
    meaning: str


RUNS, BALLOTS, AWARDS, HEALTH, COPIES = "runs", "ballots", "awards", "health", "copies"


def notice_kinds() -> tuple[NoticeKind, ...]:
    """Return all kinds in their order on the page."""
    return (
        NoticeKind(RUNS, tr("Background jobs that fail"), tr(
            "At the first failure, with the way to start the job again or to give it up.")),
        NoticeKind(BALLOTS, tr("Overdue ballots"), tr(
            "When a room passes a limit of its round.")),
        NoticeKind(AWARDS, tr("New awards"), tr("One line for all that come together.")),
        NoticeKind(HEALTH, tr("Health"), tr("When a look finds that something got worse.")),
        NoticeKind(COPIES, tr("Backup copies"), tr(
            "When a copy could not be taken, or did not reach the second folder.")),
    )
