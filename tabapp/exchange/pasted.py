"""Rows from a spreadsheet's clipboard or a CSV text: cells with their lines, columns by name."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tabapp.core.errors import Problem
from tabapp.domain.registration import FIELDS, Kind, clean, fold, rule_of
from tabapp.exchange.texts import shown

MOST_ROWS = 5000
LONGEST = 4_000_000
"""Characters; a clipboard that holds more is not a list of people."""


@dataclass(frozen=True, slots=True)
class PastedRow:
    """The cells of one row, and the line on which it begins, counted from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastedTable:
    """Rows by key of field. ``columns`` are the keys; "" is a column that is left out."""

    columns: tuple[str, ...]
    rows: tuple[PastedRow, ...]
    has_header: bool
    problems: tuple[Problem, ...] = ()

    def values(self, row: PastedRow) -> dict[str, str]:
        """Return what a row says, by key."""
        return {key: cell for key, cell in zip(self.columns, row.cells, strict=False) if key}


ORDER: Mapping[Kind, tuple[str, ...]] = MappingProxyType({
    "institution": ("name", "code", "region"),
    "team": ("name", "institution", "speaker1", "speaker2", "speaker3", "speaker4", "speaker5"),
    "speaker": ("name", "team", "email", "categories"),
    "adjudicator": ("name", "institution", "base_score", "email"),
    "venue": ("name", "priority", "capacity", "categories"),
})
"""The columns of a paste without a header. Only these kinds are pasted."""

_SYNONYMS: Mapping[Kind, Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "institution": {
        "name": ("institution", "institution name", "university", "school", "society"),
        "code": ("short name", "abbreviation", "short"),
        "region": ("country",),
    },
    "team": {
        "name": ("team", "team name", "reference", "long name"),
        "short_name": ("short", "short reference"),
        "institution": ("university", "school", "institution name", "society"),
        "use_institution_prefix": ("prefix", "use prefix", "institution prefix"),
        "type": ("team type",), "seed": ("seeding",), "code_name": ("code",),
        "break_categories": ("break category", "categories", "category"),
        "institution_conflicts": ("conflicts",),
        "speakers": ("members", "names"),
    },
    "speaker": {
        "name": ("speaker", "speaker name", "full name"),
        "team": ("team name",), "categories": ("category", "speaker categories"),
        "categories_answered": ("answered", "categories answered"),
    },
    "adjudicator": {
        "name": ("adjudicator", "judge", "judge name", "adjudicator name", "full name"),
        "institution": ("university", "school", "institution name", "society"),
        "base_score": ("score", "rating", "rank", "test score"),
        "independent": ("ia", "independent adjudicator"),
        "adj_core": ("adjudication core", "core", "ca", "dca"),
        "trainee": ("always trainee",), "breaking": ("break",),
        "adjudicator_conflicts": ("adj conflicts", "judge conflicts"),
        "conflicts_declared": ("declared", "all conflicts declared"),
    },
    "venue": {
        "name": ("room", "room name", "venue", "venue name"),
        "capacity": ("seats", "size"), "url": ("address", "link"),
        "categories": ("category", "room categories", "venue categories"),
    },
})
_PEOPLE = {"email": ("e mail", "mail"), "phone": ("telephone", "mobile"), "gender": ("sex",),
           "pronoun": ("pronouns",), "consent": ("agrees", "agrees to be named")}
_HELPING: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {"speaker": ("institution", "use_institution_prefix")})
"""Columns that are read, though they are no field of their own."""
_SPEAKER = re.compile(r"(?:speaker|debater|member) ?([1-9])(?: (.+))?")


def read_pasted(text: str, kind: Kind) -> PastedTable:
    """Read what was pasted: tabs, else semicolons or commas, with or without a header.

    Blank rows are passed over. A header is known by a column for the name; columns that are not
    known are left out with a warning. Never raises, whatever the text.
    """
    if len(text) > LONGEST:
        return PastedTable((), (), False, (Problem.of(
            "error", "text", "paste_too_long", limit=LONGEST // 1_000_000),))
    rows = list(_rows(text.replace("\x00", "\N{REPLACEMENT CHARACTER}")))
    if len(rows) > MOST_ROWS:
        return PastedTable((), (), False, (Problem.of(
            "error", "text", "paste_too_many_rows", rows=len(rows), most=MOST_ROWS),))
    if not rows:
        return PastedTable((), (), False)
    keys = [_key_of(kind, cell) for cell in rows[0].cells]
    named = sum(bool(clean(cell)) for cell in rows[0].cells)
    if "name" in keys and 2 * sum(bool(key) for key in keys) >= named:
        return _with_header(keys, rows)
    width = max(len(row.cells) for row in rows)
    columns = (*ORDER[kind], *[""] * width)[:width]
    return PastedTable(columns, tuple(rows), False, tuple(_too_wide(kind, rows)))


def _rows(text: str) -> Iterator[PastedRow]:
    source = io.StringIO(text.removeprefix("\ufeff"), newline="")
    reader = csv.reader(source, delimiter=_delimiter(text))
    before = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:  # a cell longer than a book: an unclosed quote, most likely
            yield PastedRow(before + 1, ("",))
            return
        if cells is None:
            return
        if any(clean(cell) for cell in cells):
            yield PastedRow(before + 1, tuple(clean(cell) for cell in cells))
        before = reader.line_num


def _delimiter(text: str) -> str:
    """Return what parts the cells: a tab wherever there is one, else what is there more often."""
    if "\t" in text:
        return "\t"
    bare = re.sub(r'"[^"]*"', "", text[:100_000])
    return ";" if bare.count(";") > bare.count(",") else ","


def _plain(title: str) -> str:
    """Return a title as it is compared: words in lower case."""
    return " ".join(re.split(r"[\W_]+", fold(title))).strip()


def _key_of(kind: Kind, title: str) -> str:
    """Return the field that a title of a column names, or nothing."""
    words = _plain(title)
    part = _SPEAKER.fullmatch(words) if kind == "team" else None
    if part is not None:
        field = _match("speaker", part.group(2) or "name")
        key = f"speaker{part.group(1)}" + ("" if field == "name" else f"_{field}")
        return key if field and rule_of("team", key) is not None else ""
    return _match(kind, words)


def _match(kind: Kind, words: str) -> str:
    if not words:
        return ""
    known = dict(_SYNONYMS.get(kind, {}))
    fields = [*FIELDS[kind], *_HELPING.get(kind, ()), *known]
    for key in fields:
        if words in (_plain(key), *known.get(key, ()), *_PEOPLE.get(key, ())):
            return key
    titles = {_plain(rule.title): key for key, rule in FIELDS[kind].items()}
    return titles.get(words, "")


def _with_header(keys: list[str], rows: Sequence[PastedRow]) -> PastedTable:
    first = rows[0]
    problems = [
        Problem.of("warning", "header", "column_unknown", column=shown(cell))
        for key, cell in zip(keys, first.cells, strict=True) if not key and cell
    ]
    problems += [
        Problem.of("error", "header", "column_twice", column=key)
        for key, times in Counter(filter(None, keys)).items() if times > 1
    ]
    body = rows[1:]
    problems += [
        Problem.of("error", f"line {row.line}", "row_too_wide", cells=len(row.cells),
                   columns=len(keys))
        for row in body if any(row.cells[len(keys):])
    ]
    return PastedTable(tuple(keys), tuple(body), True, tuple(problems))


def _too_wide(kind: Kind, rows: Sequence[PastedRow]) -> Iterator[Problem]:
    known = len(ORDER[kind])
    for row in rows:
        if any(row.cells[known:]):
            yield Problem.of(
                "error", f"line {row.line}", "row_too_wide", cells=len(row.cells), columns=known)
