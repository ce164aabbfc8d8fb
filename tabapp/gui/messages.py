"""The words of the window: the one place that knows how a text is translated."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tabapp.core.errors import TabappError, TransientError, UserError

CONTEXT = "tabapp"


def tr(text: str, /, **facts: object) -> str:
    """Return ``text`` in the language of the window, with ``{facts}`` filled in."""
    found = QCoreApplication.translate(CONTEXT, text)
    return found.format(**facts) if facts else found


def count(n: int, one: str, many: str) -> str:
    """Return ``1 team`` or ``5 teams``: the words of one thing and of several."""
    return f"{n} {tr(one if n == 1 else many)}"


def sentence_of(error: Exception) -> str:
    """Return what a person reads about an error: the sentence, or that it is our fault."""
    if isinstance(error, (UserError, TransientError, TabappError)):
        return str(error)
    return tr("The program made a mistake, and nothing was changed. A report is in the log folder.")
