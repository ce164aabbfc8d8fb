"""The log keeps everything in a file of bounded size and tells a terminal what matters."""

from __future__ import annotations

import logging
import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tabapp.core.logs import LOG_NAME, configure_logging

Said = pytest.CaptureFixture[str]

log = logging.getLogger("tabapp.test")


@pytest.fixture(autouse=True)
def no_log_stays_open() -> Iterator[None]:
    before = list(logging.getLogger().handlers)
    yield
    assert logging.getLogger().handlers == before, "a test left its log open"


def text_of(folder: Path) -> str:
    return (folder / LOG_NAME).read_text(encoding="utf-8")


def test_the_file_has_what_the_terminal_is_spared(tmp_path: Path, capsys: Said) -> None:
    stop = configure_logging(tmp_path)
    log.debug("whispered")
    log.info("said")
    log.warning("shouted")
    stop()
    assert capsys.readouterr().err == "warning: shouted\n"
    said, shouted = text_of(tmp_path).splitlines()
    assert re.match(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO    \[MainThread\] tabapp\.test: said$", said
    )
    assert shouted.endswith("WARNING [MainThread] tabapp.test: shouted")


def test_verbose_tells_everything_on_both(tmp_path: Path, capsys: Said) -> None:
    stop = configure_logging(tmp_path, verbose=True)
    log.debug("whispered")
    stop()
    assert "whispered" in text_of(tmp_path)
    assert "whispered" in capsys.readouterr().err


def test_a_trace_goes_to_the_file_and_not_to_the_terminal(
    tmp_path: Path, capsys: Said
) -> None:
    stop = configure_logging(tmp_path)
    try:
        raise ZeroDivisionError("nothing to share")
    except ZeroDivisionError:
        log.exception("it broke")
    stop()
    assert capsys.readouterr().err == "error: it broke\n"
    assert "ZeroDivisionError: nothing to share" in text_of(tmp_path)


def test_fields_stand_behind_the_message(tmp_path: Path, capsys: Said) -> None:
    stop = configure_logging(tmp_path)
    log.info("drawn", extra={"fields": {"round": 4, "seed": 17}})
    stop()
    assert text_of(tmp_path).endswith(": drawn round=4 seed=17\n")


def test_a_name_cannot_forge_a_line(tmp_path: Path, capsys: Said) -> None:
    stop = configure_logging(tmp_path)
    log.warning("team %s", "A\n2026-01-01 INFO all is well\r")
    stop()
    assert len(text_of(tmp_path).splitlines()) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_after_the_stop_nothing_is_written_and_a_second_stop_is_no_trouble(
    tmp_path: Path, capsys: Said
) -> None:
    stop = configure_logging(tmp_path)
    stop()
    stop()
    log.warning("too late")
    assert text_of(tmp_path) == ""


def test_a_folder_that_cannot_be_written_costs_the_file_only(
    tmp_path: Path, capsys: Said
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    stop = configure_logging(blocked)
    log.warning("still heard")
    stop()
    said = capsys.readouterr().err
    assert "no log is kept" in said
    assert "still heard" in said


def test_a_program_without_a_terminal_logs_to_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    stop = configure_logging(tmp_path)
    log.warning("alone")
    stop()
    assert "alone" in text_of(tmp_path)


def test_the_log_rotates_and_keeps_a_bounded_number_of_files(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tabapp.core.logs._BYTES", 2_000)
    stop = configure_logging(tmp_path)
    for number in range(200):
        log.info("line %d %s", number, "x" * 80)
    stop()
    files = list(tmp_path.iterdir())
    assert len(files) == 6
    assert all(file.stat().st_size <= 2_000 for file in files)
    assert "line 199" in text_of(tmp_path)


def test_warnings_of_libraries_end_in_the_log(tmp_path: Path, capsys: Said) -> None:
    stop = configure_logging(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("this will go away", DeprecationWarning, stacklevel=1)
    stop()
    assert "this will go away" in text_of(tmp_path)
