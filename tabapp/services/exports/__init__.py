"""Exports: what of a tournament goes into files, for the tab room and for the hall.

``request`` says what is asked for, ``hall`` what may be public, ``names`` by which names it is
told, and ``standings``, ``rounds``, ``ballots``, ``break_lists`` and ``participants`` read it as
documents of titled tables, which ``files`` writes. One rule: with ``public`` nothing is read into
a document that the hall may not see.
"""

from __future__ import annotations

from tabapp.services.exports.build import build
from tabapp.services.exports.choices import ExportChoices, read_choices
from tabapp.services.exports.files import (
    Exported,
    check_output,
    check_suffix,
    lines_of,
    write_bytes,
    write_file,
)
from tabapp.services.exports.request import (
    IN_CATEGORIES,
    TITLES,
    WHATS,
    ExportRequest,
    What,
)

__all__ = [
    "IN_CATEGORIES", "TITLES", "WHATS", "ExportChoices", "ExportRequest", "Exported", "What",
    "build", "check_output", "check_suffix", "lines_of", "read_choices", "write_bytes",
    "write_file",
]
