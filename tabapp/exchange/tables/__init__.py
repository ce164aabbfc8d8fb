"""Documents of titled tables as files: CSV, XLSX, JSON, HTML and PDF.

``document`` holds what is written, the other modules write it, each its own kind of file. One
rule: a writer knows nothing of tournaments, and no text of a person is ever read as markup, as a
formula or as a program. Equal documents have equal bytes.
"""

from __future__ import annotations

from tabapp.exchange.tables.document import Column, Document, Place, Table
from tabapp.exchange.tables.write import SUFFIXES, Suffix, Written, render

__all__ = ["SUFFIXES", "Column", "Document", "Place", "Suffix", "Table", "Written", "render"]
