"""Times as the tables keep them: ISO 8601 text in UTC, all of one width, so that text sorts."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(at: datetime) -> str:
    """Return an aware time as text.

    >>> to_text(datetime(2026, 1, 1, 9, 0, tzinfo=UTC))
    '2026-01-01T09:00:00.000000Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_text(text: str) -> datetime:
    """Return the time that ``to_text`` wrote."""
    return datetime.fromisoformat(text).astimezone(UTC)


def maybe_text(at: datetime | None) -> str | None:
    """Return a time as text, None for None."""
    return None if at is None else to_text(at)


def maybe_time(text: str | None) -> datetime | None:
    """Return a text as time, None for None or nothing."""
    return from_text(text) if text else None


def readable(text: str) -> datetime | None:
    """Return the time that somebody else wrote, None where it cannot be read; UTC unless said."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
