"""Whether a window can come up: told in a sentence, never found out by an abort."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pytest

from tabapp.core.errors import UserError
from tabapp.gui.display import Probes, answers_x11, choose_platform, library_error


def all_well(_name: str) -> object:
    return object()


def lacks(*names: str) -> object:
    """Return a loader of a system without these libraries; the plugin needs the first."""

    def load(name: str) -> object:
        if name in names or name.endswith("libqxcb.so"):
            raise OSError(
                f"{names[0]}: cannot open shared object file: No such file or directory")
        return object()

    return load


def probes(load: object = all_well, *, x11: bool = True, wayland: bool = True) -> Probes:
    assert callable(load)
    return Probes(
        load=load, x11=lambda _display: x11, wayland=lambda _display, _environ: wayland,
        plugins=Path("plugins"), system="linux")


def refusal(environ: dict[str, str], tried: Probes) -> UserError:
    with pytest.raises(UserError) as caught:
        choose_platform(environ, tried)
    return caught.value


def test_no_display_is_said() -> None:
    assert refusal({}, probes()).code == "display_missing"


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc", "vnc:size=800x600"])
def test_platforms_that_nobody_looks_at_need_no_display(platform: str) -> None:
    assert choose_platform({"QT_QPA_PLATFORM": platform}, probes(x11=False)) == ""


def test_other_systems_are_left_to_qt() -> None:
    assert choose_platform({}, Probes(system="darwin")) == ""


def test_all_missing_libraries_are_told_with_the_line_that_installs_them() -> None:
    load = lacks("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libwayland-client.so.0")
    error = refusal({"DISPLAY": ":0"}, probes(load))
    assert error.message.endswith("apt-get install -y libxcb-cursor0 libxcb-icccm4")
    assert "libwayland" not in error.message


def test_a_missing_library_of_qt_itself_is_told_too() -> None:
    error = library_error(
        "libEGL.so.1: cannot open shared object file: No such file or directory", all_well)
    assert error.message.endswith("apt-get install -y libegl1")


def test_a_plugin_that_is_broken_otherwise_is_told_as_it_is() -> None:
    error = library_error("libqxcb.so: invalid ELF header", all_well)
    assert error.code == "display_library_broken"
    assert "invalid ELF header" in error.message


def test_a_silent_display_is_said_with_its_name() -> None:
    error = refusal({"DISPLAY": ":77"}, probes(x11=False))
    assert error.code == "display_silent"
    assert ":77" in error.message


def test_wayland_comes_first_and_x11_stands_in_for_it() -> None:
    both = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    assert choose_platform(both, probes()) == "wayland"
    assert choose_platform(both, probes(wayland=False)) == "xcb"


def test_a_display_that_nobody_serves_does_not_answer() -> None:
    assert not answers_x11(":4711")


def test_without_the_library_only_qt_can_tell() -> None:
    def load(_name: str) -> ctypes.CDLL:
        raise OSError("libxcb.so.1: cannot open")

    assert answers_x11(":4711", load)
