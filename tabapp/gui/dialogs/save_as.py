"""The system's own dialog for a file that is to be written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def choose_where(
    parent: QWidget, title: str, path: str, *, kind: str, suffix: str,
    chosen: Callable[[str], None], asks_before: bool = True,
) -> None:
    """Ask for a file of a ``kind`` in words, and give its path to ``chosen``.

    ``path`` is where it begins. ``asks_before``: the system asks about a file that is there.
    """
    chooser = QFileDialog(parent, title, path)
    chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    chooser.setOption(QFileDialog.Option.DontConfirmOverwrite, not asks_before)
    chooser.setNameFilter(f"{kind} (*{suffix})")
    chooser.setDefaultSuffix(suffix.removeprefix("."))
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    chooser.fileSelected.connect(chosen)
    chooser.open()
