"""No error is lost: not in a thread, not in a library, not when the power goes."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tabapp.core.clock import ManualClock
from tabapp.core.crash import CrashLog, ErrorReported, report_text
from tabapp.core.events import Event

START = datetime(2026, 3, 7, 9, 30, tzinfo=UTC)
RUN = """
import faulthandler, os, signal, sys, threading
from pathlib import Path
from tabapp.core.crash import CrashLog
crash = CrashLog(Path(sys.argv[1]), app_version="0.1.0")
crash.start()
"""


def run(folder: Path, ending: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN + ending, str(folder)],
        capture_output=True, text=True, check=False,
    )


@pytest.fixture
def published() -> list[Event]:
    return []


@pytest.fixture
def crash(tmp_path: Path, published: list[Event]) -> Iterator[CrashLog]:
    log = CrashLog(
        tmp_path, app_version="1.2.3", clock=ManualClock(START), publish=published.append
    )
    assert log.start() == ()
    yield log
    log.stop()


def reports(folder: Path) -> list[Path]:
    return sorted(folder.glob("crash-*.txt"))


def test_a_report_names_version_platform_thread_and_trace() -> None:
    try:
        raise ValueError("board 7 is missing")
    except ValueError as error:
        text = report_text(error, app_version="1.2.3", at="2026-03-07T09:30:00", thread="worker")
    assert text.startswith("tabapp 1.2.3, 2026-03-07T09:30:00, thread worker\nPython 3.")
    assert "SQLite" in text
    assert "numpy" in text
    assert text.endswith("ValueError: board 7 is missing\n")
    assert "test_a_report_names_version" in text


def test_an_uncaught_error_is_written_down_and_published(
    crash: CrashLog, tmp_path: Path, published: list[Event]
) -> None:
    error = ValueError("board 7 is missing")
    sys.excepthook(ValueError, error, None)
    (file,) = reports(tmp_path)
    assert published == [ErrorReported(file.read_text(encoding="utf-8"), file)]
    assert file.name.startswith("crash-20260307-093000-")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_in_a_thread_is_written_down_with_its_name(
    crash: CrashLog, tmp_path: Path
) -> None:
    thread = threading.Thread(target=int, args=("seven",), name="ballots")
    thread.start()
    thread.join()
    (file,) = reports(tmp_path)
    text = file.read_text(encoding="utf-8")
    assert "thread ballots" in text
    assert "invalid literal for int()" in text


def test_two_errors_in_one_second_leave_two_reports(crash: CrashLog, tmp_path: Path) -> None:
    files = {crash.report(ValueError(str(number))).file for number in range(3)}
    assert files == set(reports(tmp_path))
    assert len(files) == 3


def test_old_reports_make_room_for_new_ones(crash: CrashLog, tmp_path: Path) -> None:
    last = [crash.report(ValueError(str(number))).file for number in range(30)][-1]
    assert len(reports(tmp_path)) == 20
    assert last in reports(tmp_path)


def test_ctrl_c_is_no_crash(
    crash: CrashLog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert reports(tmp_path) == []


def test_the_hooks_are_given_back_and_a_clean_end_leaves_nothing(tmp_path: Path) -> None:
    before = (sys.excepthook, threading.excepthook)
    log = CrashLog(tmp_path, app_version="1.2.3")
    log.start()
    assert sys.excepthook is not before[0]
    log.stop()
    assert (sys.excepthook, threading.excepthook) == before
    assert list(tmp_path.iterdir()) == []


def test_after_a_clean_end_the_next_start_has_nothing_to_tell(tmp_path: Path) -> None:
    assert run(tmp_path, "crash.stop()").returncode == 0
    assert run(tmp_path, "assert crash.start() == (); crash.stop()").returncode == 0


def test_the_next_start_tells_of_a_run_that_was_killed(tmp_path: Path) -> None:
    run(tmp_path, "os._exit(9)")
    log = CrashLog(tmp_path, app_version="1.2.3")
    (end,) = log.start()
    log.stop()
    assert (end.version, end.trace) == ("0.1.0", "")
    assert end.started.startswith("20")
    assert log.start() == ()
    log.stop()


def test_the_next_start_shows_where_a_library_died(tmp_path: Path) -> None:
    died = run(tmp_path, "faulthandler._sigabrt()")
    assert died.returncode != 0
    log = CrashLog(tmp_path, app_version="1.2.3")
    (end,) = log.start()
    log.stop()
    assert "Fatal Python error: Aborted" in end.trace
    assert end.trace in end.file.read_text(encoding="utf-8")
    assert end.file in reports(tmp_path)


def test_a_program_that_still_runs_is_not_taken_for_a_dead_one(
    crash: CrashLog, tmp_path: Path
) -> None:
    other = CrashLog(tmp_path, app_version="1.2.3", clock=ManualClock(START.replace(hour=11)))
    assert other.start() == ()
    other.stop()
    assert len(list(tmp_path.glob("run-*.log"))) == 1


def test_a_mark_that_power_loss_left_empty_is_told_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "run-20260307-080000-1.log").write_bytes(b"\0" * 512)
    log = CrashLog(tmp_path, app_version="1.2.3")
    (end,) = log.start()
    log.stop()
    assert (end.started, end.version, end.trace) == ("", "", "")


def test_a_folder_that_cannot_be_written_costs_the_reports_only(
    tmp_path: Path, published: list[Event]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    log = CrashLog(blocked, app_version="1.2.3", publish=published.append)
    assert log.start() == ()
    reported = log.report(ValueError("lost?"))
    log.stop()
    assert reported.file is None
    assert "ValueError: lost?" in reported.text
    assert published == [reported]


def test_the_file_that_was_open_is_told_after_a_kill(tmp_path: Path) -> None:
    ended = run(tmp_path, (
        "crash.note_open('/t/first.tabapp')\n"
        "crash.note_open('/t/second.tabapp')\n"
        "crash.note_alive()\n"
        "os.kill(os.getpid(), signal.SIGKILL)"))
    assert ended.returncode != 0
    log = CrashLog(tmp_path, app_version="1.2.3", clock=ManualClock(START))
    (end,) = log.start()
    log.stop()
    assert (end.opened, end.trace) == ("/t/second.tabapp", "")
    assert datetime.fromisoformat(end.seen).tzinfo is UTC


def test_what_a_window_left_behind_is_for_the_next_window(tmp_path: Path) -> None:
    window = CrashLog(tmp_path, app_version="1.2.3", clock=ManualClock(START), window=True)
    window.start()
    (mark,) = tmp_path.glob("run-*.log")
    left = mark.read_text(encoding="utf-8")
    window.stop()
    mark.write_text(left + '{"opened": "/t/a.tabapp", "at": ""}\n{"opened": "/t/', "utf-8")
    command = CrashLog(
        tmp_path, app_version="1.2.3", clock=ManualClock(START + timedelta(minutes=1)))
    assert command.start() == ()
    command.stop()
    assert mark.exists()
    again = CrashLog(tmp_path, app_version="1.2.3", clock=ManualClock(START), window=True)
    (end,) = again.start()
    again.stop()
    assert end.opened == "/t/a.tabapp"  # half a line was all that reached the disk
