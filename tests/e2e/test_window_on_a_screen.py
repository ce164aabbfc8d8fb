"""The window on a real X server: the demo opens it, keys reach it, a signal closes it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.program import Program, command_line, environment

WIDTH, HEIGHT = 1366, 768
PATIENCE = 40.0


@dataclass(frozen=True)
class Screen:
    """An X server without a screen, whose picture lies in a file."""

    name: str
    picture: Path

    def colours(self) -> int:
        """Count the different pixels of some lines across the screen: one when nothing shows."""
        content = self.picture.read_bytes()[-WIDTH * HEIGHT * 4:]
        lines = (content[y * WIDTH * 4:(y + 1) * WIDTH * 4] for y in range(20, HEIGHT, 40))
        return len({line[i:i + 4] for line in lines for i in range(0, len(line), 4)})


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("Xvfb is not installed (apt-get install xvfb)")
    with subprocess.Popen(
        [server, "-displayfd", "1", "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp",
         "-fbdir", str(tmp_path)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as running:
        assert running.stdout is not None
        try:
            yield Screen(f":{running.stdout.readline().strip()}", tmp_path / "Xvfb_screen0")
        finally:
            running.terminate()


def _wait(until: Callable[[], bool], running: subprocess.Popen[str]) -> None:
    end = time.monotonic() + PATIENCE
    while not until():
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < end, "nothing came onto the screen"
        time.sleep(0.1)


def test_the_demo_opens_its_tournament_on_the_display(
    screen: Screen, program: Program, tmp_path: Path
) -> None:
    file = tmp_path / "demo.tabapp"
    running = subprocess.Popen(
        command_line("demo", "--teams", 8, "--rounds", 1, "--keep", file),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment(program.cache, DISPLAY=screen.name, WAYLAND_DISPLAY="",
                        QT_QPA_PLATFORM="xcb"))
    assert screen.colours() == 1
    _wait(lambda: screen.colours() > 30, running)
    running.send_signal(signal.SIGTERM)
    out, err = running.communicate(timeout=PATIENCE)
    assert running.returncode == 0, err
    assert "The tournament is in" in out
    assert err == ""
    assert not file.with_name("demo.tabapp-wal").exists()
