"""Whether a window can come up here, found out without Qt, which ends the program where it cannot.

Qt aborts the whole process when its platform plugin does not load or the display does not answer.
So both are tried before, in ways that only return an error.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tabapp.core.errors import UserError

UNSEEN = frozenset({
    "offscreen", "minimal", "minimalegl", "vnc", "linuxfb", "eglfs", "vkkhrdisplay",
})  # fmt: skip
"""Platforms of Qt that need no display."""
PACKAGES = {
    "libEGL.so.1": "libegl1", "libGL.so.1": "libgl1", "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0", "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6", "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11.so.6": "libx11-6", "libX11-xcb.so.1": "libx11-xcb1", "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0", "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0", "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0", "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0", "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1", "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1", "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0", "libwayland-egl.so.1": "libwayland-egl1",
}  # fmt: skip
"""The Debian package of each library of the system that the window may need."""
_OF_XCB = ("libX11", "libxcb", "libxkbcommon-x11")
_OF_WAYLAND = ("libwayland",)
Load = Callable[[str], object]
"""Loads a library by its path or name; ``OSError`` where that is not possible."""


def plugin_folder() -> Path | None:
    """Return the folder of Qt's platform plugins, without loading Qt."""
    found = find_spec("PySide6")
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0]) / "Qt" / "plugins" / "platforms"


def answers_x11(display: str, load: Load = ctypes.CDLL) -> bool:
    """Tell whether an X server takes a connection; True where only Qt can find out."""
    try:
        xcb = load("libxcb.so.1")
    except OSError:
        return True
    assert isinstance(xcb, ctypes.CDLL)
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(os.fsencode(display), None)
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused


def answers_wayland(display: str, environ: Mapping[str, str]) -> bool:
    """Tell whether a Wayland compositor takes a connection."""
    path = Path(environ.get("XDG_RUNTIME_DIR", "")) / display
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2.0)
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True


@dataclass(frozen=True, slots=True)
class Probes:
    """How a display is tried; tests put their own in place."""

    load: Load = ctypes.CDLL
    x11: Callable[[str], bool] = answers_x11
    wayland: Callable[[str, Mapping[str, str]], bool] = answers_wayland
    plugins: Path | None = None
    system: str = sys.platform


def choose_platform(environ: Mapping[str, str], probes: Probes | None = None) -> str:
    """Return the platform of Qt that will come up, "" where Qt may choose by itself.

    ``UserError`` ``display_missing``, ``display_silent`` or ``display_library_missing``.
    """
    tried = probes or Probes()
    if not tried.system.startswith("linux"):
        return ""
    wanted = [part.partition(":")[0] for part in environ.get("QT_QPA_PLATFORM", "").split(";")]
    if wanted[0] in UNSEEN:
        return ""
    asked = [one for one in wanted if one]
    if not asked and environ.get("WAYLAND_DISPLAY"):
        asked.append("wayland")
    if not asked and not environ.get("DISPLAY"):
        raise UserError("display_missing")
    if environ.get("DISPLAY") and "xcb" not in asked:
        asked.append("xcb")
    first: UserError | None = None
    for platform in asked:
        try:
            _try(platform, environ, tried)
        except UserError as error:
            first = first or error
        else:
            return platform
    assert first is not None
    raise first


def _try(platform: str, environ: Mapping[str, str], probes: Probes) -> None:
    """Raise ``UserError`` where Qt would abort on ``platform``."""
    folder = probes.plugins or plugin_folder()
    if folder is not None:
        try:
            probes.load(str(folder / f"libq{platform}.so"))
        except OSError as error:
            others = _OF_WAYLAND if platform == "xcb" else _OF_XCB
            raise library_error(str(error), probes.load, leave_out=others) from error
    if platform == "xcb":
        display = environ.get("DISPLAY", "")
        if not probes.x11(display):
            raise UserError("display_silent", display=display or "DISPLAY")
    elif platform == "wayland":
        display = environ.get("WAYLAND_DISPLAY", "wayland-0")
        if not probes.wayland(display, environ):
            raise UserError("display_silent", display=display)


def library_error(
    text: str, load: Load = ctypes.CDLL, *, leave_out: tuple[str, ...] = (*_OF_XCB, *_OF_WAYLAND)
) -> UserError:
    """Turn what the loader said into the line that installs all libraries that are missing.

    ``leave_out``: beginnings of names that this start does not need.
    """
    named = text.partition(":")[0].strip()
    missing = {named} if ".so" in named else set()
    for name in PACKAGES:
        if not name.startswith(leave_out):
            try:
                load(name)
            except OSError:
                missing.add(name)
    packages = sorted({PACKAGES[name] for name in missing if name in PACKAGES})
    if not packages:
        return UserError("display_library_broken", reason=text)
    return UserError(
        "display_library_missing", libraries=", ".join(sorted(missing)),
        packages=" ".join(packages))


def load_qt(load: Load = ctypes.CDLL) -> None:
    """Load Qt's widgets; ``UserError`` with the line to type where a library is missing."""
    try:
        import_module("PySide6.QtWidgets")
        import_module("PySide6.QtSvg")
    except ImportError as error:
        raise library_error(str(error), load) from error


def prepare_display() -> None:
    """Make sure that a window can come up, and tell Qt on which platform.

    ``UserError`` says in one sentence why not, and which line installs what is missing.
    """
    platform = choose_platform(os.environ)
    load_qt()
    if platform:
        os.environ["QT_QPA_PLATFORM"] = platform


def display_problem(
    environ: Mapping[str, str] | None = None, probes: Probes | None = None
) -> UserError | None:
    """Return why no window can come up here, None if one can; loads nothing of Qt's binding."""
    try:
        choose_platform(os.environ if environ is None else environ, probes)
    except UserError as error:
        return error
    return None
