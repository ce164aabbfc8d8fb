"""What the computer tells of a folder: whether it can be written, on what kind of disk it is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_MOUNTS = Path("/proc/self/mounts")
_DRIVE_REMOTE = 4
"""What Windows calls a drive of the network."""
_STICKS = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


def is_writable(path: Path) -> bool:
    """Tell whether this user may write a file or into a folder; False where it is not there."""
    return os.access(path, os.W_OK)


def mount_kind(path: Path, mounts: Path = _MOUNTS) -> str:
    """Return the kind of file system below a path, such as ``ext4`` or ``nfs4``; "" if unknown."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only Windows has this call

        remote = ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _DRIVE_REMOTE
        return "cifs" if remote else ""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    found, longest = "", -1
    text = str(path)
    for line in lines:
        _device, at, kind, *_ = [*line.split(), "", "", ""]
        at = at.replace("\\040", " ")
        inside = text == at or text.startswith(at.rstrip("/") + "/")
        if at and inside and len(at) >= longest:
            found, longest = kind, len(at)
    return found


def is_on_a_stick(path: Path) -> bool:
    """Tell whether a folder is on a drive that can be pulled, as far as its path shows."""
    if sys.platform == "win32":
        system = os.environ.get("SystemDrive", "C:")  # noqa: SIM112 - Windows spells it so
        return path.drive.upper() not in ("", system.upper())
    return str(path).startswith(_STICKS)
