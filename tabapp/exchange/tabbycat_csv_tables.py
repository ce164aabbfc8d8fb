"""The tables of a folder of Tabbycat's CSV files: cells by column, each known by file and line."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from tabapp.domain.registration import clean, fold
from tabapp.exchange.debatexml_parts import plain_number
from tabapp.exchange.findings import MAX_PROBLEMS, Findings

MOST_LINES = 20_000
MOST_GUESSES = 50
"""Misspelt names for which the nearest is looked for: with a flood of them that takes long."""
_PERSON = ("name", "email", "gender", "phone", "pronoun", "anonymous", "code_name", "barcode")
_SPEAKERS = tuple(
    f"speaker{n}_{key}" for n in (1, 2, 3, 4, 5)
    for key in ("name", "email", "gender", "phone", "pronoun", "category"))

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "regions": ("name",),
    "institutions": ("code", "name", "region"),
    "venue_categories": (
        "name", "description", "display_in_venue_name", "display_in_public_tooltip"),
    "venues": ("name", "priority", "category", "url"),
    "break_categories": (
        "name", "slug", "seq", "break_size", "reserve_size", "is_general", "priority", "limit",
        "rule"),
    "speaker_categories": ("name", "slug", "seq", "limit", "public"),
    "rounds": (
        "name", "abbreviation", "seq", "stage", "draw_type", "silent", "feedback_weight",
        "break_category", "weight"),
    "teams": (
        "reference", "short_reference", "institution", "use_institution_prefix", "code_name",
        "seed", "type", "emoji", "break_category", *_SPEAKERS),
    "speakers": (
        *_PERSON, "institution", "team_name", "use_institution_prefix", "category"),
    "adjudicators": (
        *_PERSON, "institution", "base_score", "adj_core", "independent", "trainee", "breaking",
        "institution_conflicts", "team_conflicts", "adj_conflicts"),
    "scores": ("adjudicator", "score"),
    "team_conflicts": ("adjudicator", "team"),
    "institution_conflicts": ("adjudicator", "institution"),
    "adjudicator_conflicts": ("adjudicator1", "adjudicator2"),
    "team_institution_conflicts": ("team", "institution"),
    "motions": ("rounds", "seq", "reference", "text", "info_slide"),
    "adj_feedback_questions": (
        "seq", "reference", "name", "text", "answer_type", "required", "from_team", "from_adj",
        "min_value", "max_value", "choices"),
    "adj_venue_constraints": ("adjudicator", "category", "priority"),
    "team_venue_constraints": ("team", "category", "priority"),
})
"""The files that are known and their columns, those of both formats of Tabbycat."""

NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "regions": ("name",), "institutions": ("name",), "venue_categories": ("name",),
    "venues": ("name",), "break_categories": ("name", "slug"),
    "speaker_categories": ("name", "slug"), "rounds": ("name",), "teams": ("reference",),
    "speakers": ("name", "team_name"), "adjudicators": ("name",),
    "motions": ("text",), "adj_feedback_questions": ("text", "answer_type"),
    **{name: COLUMNS[name][:2] for name in (
        "scores", "team_conflicts", "institution_conflicts", "adjudicator_conflicts",
        "team_institution_conflicts", "adj_venue_constraints", "team_venue_constraints")},
})
"""Columns without which a file cannot be read, and cells that may not be blank."""

_AVAILABLE = re.compile(r"available:(.+)")
_BY_ROUND = ("adjudicators", "venues")
_YES, _NO = ("true", "yes", "t", "y", "1"), ("false", "no", "f", "n", "0")


@dataclass(frozen=True, slots=True)
class Line:
    """One row; blank cells are not there. ``found`` hears what is wrong with a cell."""

    file: str
    number: int
    cells: Mapping[str, str]
    found: Findings

    def where(self, column: str = "") -> str:
        """Return the place as problems name it: ``teams.csv, line 3, seed``."""
        place = f"{self.file}.csv, line {self.number}"
        return f"{place}, {column}" if column else place

    def text(self, column: str) -> str:
        """Return a cell; "" where it is blank."""
        return self.cells.get(column, "")

    def parts(self, column: str, separator: str) -> list[str]:
        """Return the parts of a cell, without blank ones."""
        return [one for part in self.text(column).split(separator) if (one := part.strip())]

    def flag(self, column: str, *, default: bool = False) -> bool:
        """Return true or false, as Tabbycat spells them."""
        given = self.text(column).casefold()
        if given and given not in (*_YES, *_NO):
            self.wrong(column, "true or false")
        return given in _YES if given else default

    def number_in(self, column: str) -> float | None:
        """Return a number; None for a blank cell, and for one that is wrong."""
        given = self.text(column)
        number = plain_number(given) if given else None
        if given and number is None:
            self.wrong(column, "a number")
        return number

    def whole(self, column: str, default: int = 0) -> int:
        """Return a whole number, also one that a spreadsheet wrote as 1.0."""
        number = self.number_in(column)
        if number is not None and not number.is_integer():
            self.wrong(column, "a whole number")
            return default
        return default if number is None else int(number)

    def choice(self, column: str, words: Mapping[str, str], default: str) -> str:
        """Return what one of a few words stands for."""
        given = self.text(column).casefold()
        if given and given not in words:
            self.wrong(column, ", ".join(one for one in words if len(one) > 1))
        return words.get(given, default)

    def wrong(self, column: str, expected: str) -> None:
        """Note that a cell is not what it should be."""
        self.found.error(
            self.where(column), "csv_bad_value", value=self.text(column), expected=expected)


@dataclass(frozen=True, slots=True)
class Table:
    """One file: its columns and its rows. ``failed``: it is there and could not be read."""

    columns: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    failed: bool = False

    def rounds(self) -> dict[str, str]:
        """Return the columns that say who is there, with the name of the round of each."""
        return {
            column: hit[1] for column in self.columns if (hit := _AVAILABLE.fullmatch(column))}


class Names:
    """Things of one kind by the names that cells give them, whatever the case.

    ``unsure``: the file that names them could not be read, so nobody can say what is missing.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.unsure = False
        self._ids: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._guessed = 0

    def add(self, ident: str, *names: str) -> None:
        """Know a thing by each of these names; who had a name first keeps it."""
        for name in filter(None, names):
            self._ids.setdefault(fold(name), ident)
            self._shown.setdefault(fold(name), name)

    def get(self, name: str) -> str | None:
        """Return the id of what is called so, or None."""
        return self._ids.get(fold(name))

    def find(self, line: Line, column: str, name: str | None = None) -> str | None:
        """Return the id of what a cell names; None, with an error unless the cell is blank."""
        given = line.text(column) if name is None else name
        ident = self.get(given)
        if given and ident is None and not self.unsure:
            near: list[str] = []
            if self._guessed < MOST_GUESSES and len(given) < 100:
                self._guessed += 1
                near = get_close_matches(fold(given), self._ids, n=1, cutoff=0.75)
            code = "csv_misspelt_name" if near else "csv_unknown_name"
            line.found.error(
                line.where(column), code, kind=self.kind, name=given,
                near=self._shown[near[0]] if near else "")
        return ident

    def find_all(self, line: Line, column: str, separator: str) -> list[str]:
        """Return the ids of all that a cell names, each once."""
        ids = [self.find(line, column, one) for one in line.parts(column, separator)]
        return list(dict.fromkeys(one for one in ids if one is not None))


def read_tables(files: Mapping[str, bytes], found: Findings) -> dict[str, Table]:
    """Read the files that are known; ``files`` are the bytes by name without its suffix."""
    for name in sorted(files.keys() - COLUMNS.keys()):
        found.warn(f"{name}.csv", "csv_file_unknown", file=f"{name}.csv")
    return {name: _table(name, files[name], found) for name in COLUMNS if name in files}


def _table(name: str, data: bytes, found: Findings) -> Table:
    broken = Table(failed=True)
    file = f"{name}.csv"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = data[: error.start].count(b"\n") + 1
        found.error(f"{file}, line {at}", "csv_not_utf8", line=at, file=file)
        return broken
    rows = _rows(file, text, found)
    columns = tuple(clean(cell).casefold() for cell in rows[0][1]) if rows else ()
    if not rows or not _check_head(name, columns, found):
        return broken if rows else Table()
    lines: list[Line] = []
    for number, cells in rows[1:]:
        line = _line(name, number, columns, cells, found)
        if line is not None:
            lines.append(line)
    return Table(columns, tuple(lines))


def _rows(file: str, text: str, found: Findings) -> list[tuple[int, list[str]]]:
    """Return the rows that are not blank, each with the line on which it begins."""
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for row in reader:
            if "\0" in "".join(row):
                raise csv.Error("a null character")
            if any(cell.strip() for cell in row):
                rows.append((begins, row))
            if len(rows) > MOST_LINES:
                found.error(file, "csv_too_long", file=file, limit=MOST_LINES)
                break
            begins = reader.line_num + 1
    except csv.Error as error:
        found.error(f"{file}, line {begins}", "csv_broken", line=begins, reason=str(error))
    return rows


def _check_head(name: str, columns: Sequence[str], found: Findings) -> bool:
    where = f"{name}.csv, line 1"
    before, known = found.errors, COLUMNS[name]
    for column, count in Counter(columns).items():
        if column and count > 1:
            found.error(where, "csv_column_twice", column=column)
        by_round = name in _BY_ROUND and _AVAILABLE.fullmatch(column)
        if column and column not in known and not by_round:
            listed = known if found.errors < MAX_PROBLEMS and len(column) < 100 else known[:1]
            near = get_close_matches(column, listed, n=1, cutoff=0)[0]
            found.error(
                where, "csv_column_unknown", column=column, file=f"{name}.csv", near=near)
    for column in NEEDED[name]:
        if column not in columns:
            found.error(where, "csv_column_missing", file=f"{name}.csv", column=column)
    return found.errors == before


def _line(
    name: str, number: int, columns: Sequence[str], cells: Sequence[str], found: Findings
) -> Line | None:
    given = {
        column: text for column, cell in zip(columns, cells, strict=False)
        if column and (text := clean(cell))
    }
    line = Line(name, number, given, found)
    if any(cell.strip() for cell in cells[len(columns):]):
        found.error(
            line.where(), "csv_row_too_wide", cells=len(cells), columns=len(columns))
        return None
    missing = [column for column in NEEDED[name] if column not in given]
    for column in missing:
        found.error(line.where(column), "csv_blank", column=column)
    return None if missing else line
