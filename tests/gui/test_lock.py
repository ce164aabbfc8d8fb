"""One window for each file, whoever holds it and however that ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tabapp.core.errors import UserError
from tabapp.gui.lock import Calls, WindowLock

HOLD = """
import sys
from pathlib import Path
from tabapp.gui.lock import WindowLock
lock = WindowLock(sys.argv[1], Path(sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
"""


def test_the_same_file_by_another_way_is_the_same_file(tmp_path: Path) -> None:
    file = tmp_path / "a.tabapp"
    file.touch()
    (tmp_path / "b.tabapp").symlink_to(file)
    lock = WindowLock(str(file), tmp_path / "cache")
    with pytest.raises(UserError, match="open in another window"):
        WindowLock(str(tmp_path / "b.tabapp"), tmp_path / "cache")
    lock.release()
    WindowLock(str(tmp_path / "b.tabapp"), tmp_path / "cache").release()


def test_two_files_do_not_stand_in_each_others_way(tmp_path: Path) -> None:
    locks = [WindowLock(str(tmp_path / name), tmp_path / "cache") for name in ("a", "b")]
    for lock in locks:
        lock.release()


def test_a_server_is_never_locked(tmp_path: Path) -> None:
    locks = [WindowLock("postgresql://tab/one", tmp_path / "cache") for _ in range(2)]
    assert [lock.mark for lock in locks] == [None, None]


def test_a_process_that_is_killed_gives_its_lock_back(tmp_path: Path) -> None:
    words = [sys.executable, "-c", HOLD, str(tmp_path / "a"), str(tmp_path / "cache")]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(UserError, match=f"process {other.pid}"):
            WindowLock(str(tmp_path / "a"), tmp_path / "cache")
        other.kill()
    WindowLock(str(tmp_path / "a"), tmp_path / "cache").release()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        WindowLock(str(tmp_path / "a"), tmp_path / "cache")
    assert caught.value.code == "window_lock_failed"


def test_the_first_window_hears_the_second(qtbot: QtBot, tmp_path: Path) -> None:
    lock = WindowLock(str(tmp_path / "a"), tmp_path / "cache")
    calls = Calls(lock)
    with qtbot.waitSignal(calls.called), pytest.raises(UserError):
        WindowLock(str(tmp_path / "a"), tmp_path / "cache")
    assert lock.mark is not None
    assert not lock.mark.exists()
    lock.release()
