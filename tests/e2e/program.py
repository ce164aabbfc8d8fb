"""Calls the program as an outside checker would: words in, exit code and two texts out."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tabapp.app import start

Word = str | Path | int | float


@dataclass(frozen=True)
class Outcome:
    """How one call ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out, parse_constant=_no_constant)


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def call(*words: Word, stdin: bytes = b"") -> Outcome:
    """Run the program in this process; whatever a call does, it ends without a trace."""
    out, err = io.StringIO(), io.StringIO()
    given = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "stdin", given):
        code = start([str(word) for word in words])
    outcome = Outcome(code, out.getvalue(), err.getvalue())
    assert "Traceback" not in outcome.err, outcome.err
    assert "fault of the program" not in outcome.err, outcome.err
    return outcome


def done(*words: Word, stdin: bytes = b"") -> Any:
    """Run a command with ``--json`` that must succeed; return its document."""
    outcome = call(*words, "--json", stdin=stdin)
    assert outcome.code == 0, outcome.err
    return outcome.json


def refused(*words: Word, code: int = 1, stdin: bytes = b"") -> str:
    """Run a command that must be refused without printing a result; return what it says."""
    outcome = call(*words, stdin=stdin)
    assert (outcome.code, outcome.out) == (code, ""), outcome
    assert outcome.err.strip()
    return outcome.err


def command_line(*words: Word) -> list[str]:
    """Return the command line of the program as another process."""
    return [sys.executable, "-m", "tabapp", *(str(word) for word in words)]


def environment(cache: Path, **more: str) -> dict[str, str]:
    """Return an environment in which a second start need not compile the program again."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTHON")
    }
    return kept | {"PYTHONPYCACHEPREFIX": str(cache)} | more


@dataclass(frozen=True)
class Program:
    """The program as another process, for what only a real one can show."""

    cache: Path

    def __call__(self, *words: Word, stdin: bytes | None = None, **variables: str) -> Outcome:
        """Run it to its end; without ``stdin`` its standard input is empty."""
        ended = subprocess.run(
            command_line(*words), input=stdin or b"", capture_output=True, check=False,
            timeout=60, env=environment(self.cache, **variables))
        return Outcome(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def shell(self, line: str, *words: Word) -> Outcome:
        """Run a line of the shell in which ``"$@"`` is a call of the program."""
        ended = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {line}", "bash", *command_line(*words)],
            capture_output=True, check=False, timeout=60, env=environment(self.cache))
        return Outcome(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def export(db: Path, *more: Word) -> dict[str, Any]:
    """Return a tournament as the archive that the program exports."""
    file = db.with_suffix(".export.json")
    done("export", db, "archive", "-o", file, *more)
    document: dict[str, Any] = json.loads(file.read_bytes())
    return document


def written(path: Path, document: object) -> Path:
    """Write a document as JSON and return its path."""
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def keys(document: Any, names: str) -> None:
    """Hold an object, or each of a list, against the keys that the contract promises."""
    rows: Iterable[Any] = document if isinstance(document, list) else [document]
    for row in rows:
        assert set(names.split()) <= set(row), (names, row)
