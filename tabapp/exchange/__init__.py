"""Reading and writing files that others made or shall read.

``recognise`` finds out what a source is, ``archive_reader`` and ``archive_writer`` know tabapp's
own document, ``debatexml_*`` the archive of results that other programs exchange,
``tabbycat_csv*`` the folders of CSV files that Tabbycat takes in, and
``archive_checks`` with ``check_*`` holds a document against its own references and the rules of
its format. ``bounded``, ``strict_json`` and ``findings`` keep what comes in, and what is said of
it, within bounds. One rule: whatever bytes come in, the answer is a document or a list of problems,
never an exception.
"""

from __future__ import annotations

from tabapp.exchange.archive_checks import check_archive
from tabapp.exchange.archive_reader import read_archive
from tabapp.exchange.archive_writer import canonical, write_archive
from tabapp.exchange.bounded import read_bounded
from tabapp.exchange.debatexml_reader import read_debatexml
from tabapp.exchange.imported import Imported
from tabapp.exchange.recognise import KINDS, read_source, recognise_kind
from tabapp.exchange.strict_json import parse_json

__all__ = [
    "KINDS",
    "Imported",
    "canonical",
    "check_archive",
    "parse_json",
    "read_archive",
    "read_bounded",
    "read_debatexml",
    "read_source",
    "recognise_kind",
    "write_archive",
]
