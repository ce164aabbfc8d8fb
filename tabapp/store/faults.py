"""The database's own errors, said in the program's three families."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from sqlalchemy import UniqueConstraint

from tabapp.core.errors import DatabaseBusy, TabappError, TransientError, UserError
from tabapp.core.messages import word
from tabapp.store.schema import metadata

RULES = {
    "uq_debate_side_slot_id_team_id": "rule_team_twice",
    "uq_debate_side_debate_id_side": "rule_side_twice",
    "uq_panel_member_slot_id_adjudicator_id": "rule_adjudicator_twice",
    "uq_panel_member_chair": "rule_two_chairs",
    "uq_ballot_confirmed": "rule_two_confirmed_ballots",
    "uq_ballot_sheet_ballot_id_adjudicator_id": "rule_sheet_twice",
    "uq_ballot_sheet_consensus": "rule_sheet_twice",
    "uq_tournament_slug": "rule_slug_twice",
}
"""What a broken constraint means in the words of the field."""

REFERENCES = "foreign key"
"""Named in place of a constraint: SQLite does not say which reference was broken."""

_SQLITE: tuple[tuple[tuple[str, ...], str], ...] = (
    (("SQLITE_FULL",), "disk_full"),
    (("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH"), "database_readonly"),
    (("SQLITE_IOERR",), "database_io"),
    (("SQLITE_CANTOPEN",), "database_unreachable"),
    (("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT"), "database_damaged"),
)
_POSTGRESQL_BUSY = ("55P03", "40001", "40P01", "53200", "53300")
_POSTGRESQL_GONE = ("08", "57P")
_POSTGRESQL = {"53100": "disk_full", "25006": "database_readonly"}


def translate(error: BaseException, where: str) -> TabappError | None:
    """Return what a driver's ``error`` means to us, or None for a fault of our own.

    ``where`` names the file or server in the sentence.
    """
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error, where)
    if isinstance(error, OverflowError):  # SQLite's driver, for a number beyond 63 bits
        return UserError("value_not_storable", detail=_line(error))
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return _of_postgresql(error, state, where)
    if type(error).__module__.partition(".")[0] == "psycopg" and _is_operational(error):
        return TransientError("database_gone", where=where, detail=_line(error))
    return None


def _of_sqlite(error: sqlite3.Error, where: str) -> TabappError | None:
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DatabaseBusy(where=where)
    if name.startswith("SQLITE_CONSTRAINT"):
        return broken_rule(_sqlite_constraint(str(error)), str(error))
    for names, code in _SQLITE:
        if name.startswith(names):
            return UserError(code, where=where, detail=_line(error))
    return None


def _of_postgresql(error: BaseException, state: str, where: str) -> TabappError | None:
    if state in _POSTGRESQL_BUSY:
        return DatabaseBusy(where=where)
    if state.startswith("23"):
        constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
        return broken_rule(REFERENCES if state == "23503" else constraint or "", _line(error))
    if state.startswith(_POSTGRESQL_GONE):
        return TransientError("database_gone", where=where, detail=_line(error))
    if state.startswith("22"):
        return UserError("value_not_storable", detail=_line(error))
    code = _POSTGRESQL.get(state)
    return UserError(code, where=where, detail=_line(error)) if code else None


def broken_rule(constraint: str, text: str) -> UserError:
    """Return the error for a constraint that refused a row."""
    if code := RULES.get(constraint):
        detail = word(code, {})
    else:
        code = "rule_reference" if constraint == REFERENCES else "rule_broken"
        detail = word(code, {"constraint": constraint, "text": text})
    return UserError("integrity", constraint=constraint, detail=detail)


def _sqlite_constraint(message: str) -> str:
    """Return the name of the constraint in a message of SQLite, which names columns instead."""
    kind, _, rest = message.partition(" constraint failed: ")
    if kind == "CHECK":
        return rest
    if kind == "UNIQUE":
        return unique_over(part.strip() for part in rest.split(","))
    return REFERENCES if message.startswith("FOREIGN KEY") else rest


def unique_over(columns: Iterable[str]) -> str:
    """Return the name of the unique constraint or index over ``table.column`` names."""
    named = list(columns)
    owner = named[0].partition(".")[0]
    wanted = [column.partition(".")[2] for column in named]
    table = metadata.tables.get(owner)
    if table is not None:
        for rule in sorted(table.constraints, key=lambda one: str(one.name)):
            if isinstance(rule, UniqueConstraint) and [c.name for c in rule.columns] == wanted:
                return str(rule.name)
        for index in table.indexes:
            if index.unique and [column.name for column in index.columns] == wanted:
                return str(index.name)
    return ", ".join(named)


def _is_operational(error: BaseException) -> bool:
    return any(kind.__name__ == "OperationalError" for kind in type(error).__mro__)


def _line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0]
