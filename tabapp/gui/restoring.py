"""What only the program can do with copies of the open file: where they go, putting one back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import SignalInstance

from tabapp.core.clock import SystemClock
from tabapp.core.settings import AppSettings, load_settings
from tabapp.gui.background import Background
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.opening import OpenFile, Parts
from tabapp.gui.session import Session
from tabapp.services.snapshots import folders_of


@dataclass(frozen=True, slots=True)
class Hands:
    """What the application lends: its settings, its screen, its door to files.

    ``leave`` shows the welcome page, busy with these words, and returns the file that was open;
    ``opened`` is its signal that a window is there again, with its ``session``.
    """

    keep: Callable[[Callable[[AppSettings], AppSettings]], None]
    leave: Callable[[str], OpenFile | None]
    open: Callable[[str], None]
    opened: SignalInstance
    session: Callable[[], Session | None]
    file: Callable[[], OpenFile | None]


def answer(
    hands: Hands, parts: Parts, background: Background, what: str, wanted: object
) -> None:
    """Do what the window asks for: ``snapshot_folders`` or ``restore``."""
    if what == "restore" and isinstance(wanted, Path):
        _put_back(hands, parts, background, wanted)
    elif what == "snapshot_folders" and isinstance(wanted, tuple):
        _use_folders(hands, parts, *wanted)


def _use_folders(hands: Hands, parts: Parts, first: Path, second: Path | None) -> None:
    """Keep where copies go, and let those of the open file go there from now on."""
    usual = parts.folders.snapshots
    hands.keep(lambda now: now.model_copy(update={
        "snapshot_folder": None if first == usual else first, "second_snapshot_folder": second}))
    file = hands.file()
    if file is not None and file.workspace.snapshots is not None:
        settings = load_settings(parts.folders.settings_file).settings
        file.workspace.snapshots.use(*folders_of(settings, parts.folders))


def _put_back(hands: Hands, parts: Parts, background: Background, copy: Path) -> None:
    """Close the file, put a copy in its place and open it again; what was there is kept.

    Whatever comes of it, the file is opened again and its window says how it went.
    """
    file = hands.leave(tr("Restoring {name}", name=copy.name))
    if file is None:
        return
    target = file.target

    def work() -> str:
        from tabapp.services.restoring import restore  # noqa: PLC0415 - a restore alone needs it

        file.close()
        folder, _second = folders_of(
            load_settings(parts.folders.settings_file).settings, parts.folders)
        done = restore(
            Path(target), copy, folder=folder, cache=parts.folders.cache, clock=SystemClock())
        return done.kept.name if done.kept is not None else ""

    def show(kept: str) -> None:
        sentence = tr("The copy is restored.")
        if kept:
            sentence += " " + tr("What was there before is kept as {name}.", name=kept)
        _come_back(hands, target, sentence, "done")

    background.do(
        work, show, lambda error: _come_back(hands, target, sentence_of(error), "problem"))


def _come_back(hands: Hands, target: str, sentence: str, tone: str) -> None:
    def tell() -> None:
        hands.opened.disconnect(tell)
        session = hands.session()
        if session is not None:
            session.tell(sentence, tone)

    hands.opened.connect(tell)
    hands.open(target)
