"""Opens the export of the table on the screen."""

from __future__ import annotations

from typing import Any

from tabapp.gui.dialogs.export import open_export
from tabapp.gui.page import Page
from tabapp.services.exports import ExportRequest
from tabapp.services.results import ResultsTable


def export_table(page: Page[Any], table: ResultsTable) -> None:
    """Ask what of the tournament goes into a file; the table on the screen is chosen."""
    asked = table.request
    open_export(page, ExportRequest(
        what=asked.kind, until=asked.until, category=asked.category, metrics=asked.metrics,
        extra=asked.extra))
