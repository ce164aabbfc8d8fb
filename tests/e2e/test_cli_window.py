"""The window from the command line: where there is no display, and where there is an unseen one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.program import Program, call, command_line, environment, refused

NOWHERE = {
    "DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "",
}


@pytest.mark.parametrize("words", [(), ("open",), ("x.tabapp",), ("open", "x.tabapp")])
def test_without_a_display_it_says_so_and_ends(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in NOWHERE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", "linux")
    said = refused(*words)
    assert said.count("\n") == 1
    assert "no display" in said


def test_what_is_neither_a_command_nor_a_file_is_a_wrong_call() -> None:
    assert "neither a command nor a file" in refused("drwa", code=2)


def test_help_lists_the_window() -> None:
    assert "open" in call("--help").out


def test_a_display_that_does_not_answer_is_no_abort(program: Program) -> None:
    outcome = program("open", "x.tabapp", **(NOWHERE | {"DISPLAY": ":4711"}))
    assert outcome.code == 1
    assert "apt-get install" in outcome.err or "does not answer" in outcome.err
    assert outcome.err.count("\n") == 1


def test_the_demo_without_a_display_ends_with_its_tables(program: Program, tmp_path: Path) -> None:
    outcome = program(
        "demo", "--teams", 8, "--rounds", 1, "--keep", tmp_path / "demo.tabapp", **NOWHERE)
    assert outcome.code == 0
    assert "The tournament is in" in outcome.out
    assert (tmp_path / "demo.tabapp").exists()


@pytest.mark.parametrize("stays", ["--headless", "--json"])
def test_a_demo_that_stays_in_the_terminal_loads_no_qt(stays: str, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from tabapp.app import start\n"
        f"code = start(['demo', '--teams', '8', '--rounds', '1', {stays!r}, '--keep', "
        f"{str(tmp_path / 'demo.tabapp')!r}])\n"
        "assert code == 0, code\n"
        "assert not {'PySide6', 'shiboken6'} & {n.partition('.')[0] for n in sys.modules}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    assert done.returncode == 0, done.stderr


def window(words: list[str | Path], cache: Path) -> subprocess.Popen[str]:
    """Start the window on a platform that nobody looks at."""
    return subprocess.Popen(
        command_line(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment(cache, QT_QPA_PLATFORM="offscreen"))


def wait_until_open(running: subprocess.Popen[str], file: Path) -> None:
    """Wait until the window has put a file on its list, at most half a minute."""
    settings = Path(os.environ["TABAPP_HOME"]) / "config" / "settings.json"
    for _ in range(600):
        try:
            running.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            if settings.exists() and str(file) in settings.read_text(encoding="utf-8"):
                return
        else:
            break
    raise AssertionError(f"the window never opened {file}")


def test_ctrl_c_in_the_terminal_closes_the_window_cleanly(
    program: Program, played: Path
) -> None:
    home = Path(os.environ["TABAPP_HOME"])
    with window([played], program.cache) as running:
        wait_until_open(running, played)
        running.send_signal(signal.SIGINT)
        _out, err = running.communicate(timeout=60)
    assert running.returncode == 0, err
    assert "Traceback" not in err
    assert not played.with_name(played.name + "-wal").exists()
    assert list((home / "log").glob("run-*.log")) == []


def test_a_window_that_is_killed_is_told_of_by_the_next_with_its_file(
    program: Program, played: Path
) -> None:
    home = Path(os.environ["TABAPP_HOME"])
    with window(["open", played], program.cache) as running:
        wait_until_open(running, played)
        running.kill()
    assert call("presets").code == 0  # a command in between takes nothing of it away
    (mark,) = (home / "log").glob("run-*.log")
    assert str(played) in mark.read_text(encoding="utf-8")
    mark.unlink()
