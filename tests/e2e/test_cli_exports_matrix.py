"""Every table of every preset is written to files, and its rows are counted right."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tabapp.domain.simulation import generate_tournament
from tabapp.exchange import write_archive
from tabapp.services.exports import WHATS
from tests.e2e.program import call, done
from tests.e2e.test_cli_every_preset import PRESETS

SUFFIXES = (".xlsx", ".html", ".pdf")


def lines_of(file: Path) -> int:
    """Count the lines of a file of comma-separated values without its headings."""
    with file.open(encoding="utf-8-sig", newline="") as table:
        return max(0, len([row for row in csv.reader(table) if any(row)]) - 1)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_table_of_a_preset_is_written_and_counted(preset: str, tmp_path: Path) -> None:
    db, source = tmp_path / "x.tabapp", tmp_path / "x.json"
    source.write_bytes(write_archive(
        generate_tournament(preset=preset, teams=8, rounds=2, seed=5)))
    done("import", db, source, "--accept-warnings")
    call("break", db, "--ties", "lot", "--seed", 1)
    for place, what in enumerate(WHATS):
        file = tmp_path / f"{what}.json"
        records = done("export", db, what, "-o", file)["rows"]
        assert len(json.loads(file.read_bytes())) == records
        lines = done("export", db, what, "-o", file.with_suffix(".csv"))["rows"]
        assert lines_of(file.with_suffix(".csv")) == lines
        other = file.with_suffix(SUFFIXES[(place + PRESETS.index(preset)) % len(SUFFIXES)])
        assert (done("export", db, what, "-o", other)["rows"] > 0) == (lines > 0)
        assert other.stat().st_size > 0
        if what in ("teams", "speakers", "replies", "adjudicators"):
            rows = done("standings", db, "--kind", what)["rows"]
            assert records == lines == len(rows)
