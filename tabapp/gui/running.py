"""From a display to a running window: Qt's application, its log, and the signals of the system."""

from __future__ import annotations

import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QMessageLogContext, QSocketNotifier, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from tabapp.gui.application import Application
from tabapp.gui.logo import Logo
from tabapp.gui.opening import Parts

log = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.INFO, QtMsgType.QtCriticalMsg: logging.WARNING,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
"""Warnings of Qt are for the log file: none is for a person at a terminal."""


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    log.log(_LEVELS.get(kind, logging.INFO), "%s%s", f"{context.category}: ", text)


def run_window(parts: Parts, target: str | None, tournament: str = "") -> int:
    """Show the window until it is closed; return the exit code. The display was tried before."""
    qInstallMessageHandler(_on_qt_message)
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([sys.argv[0]])
    app.setApplicationName("tabapp")
    app.setDesktopFileName("tabapp")
    stop_hearing = _end_by_signals(app)
    application = Application(app, parts)
    app.setWindowIcon(QIcon(Logo().grab()))
    try:
        application.begin(target, tournament)
        gc.enable()
        return app.exec()
    finally:
        application.shut_down()
        stop_hearing()
        qInstallMessageHandler(None)


def _end_by_signals(app: QApplication) -> Callable[[], None]:
    """Close as from the menu on Ctrl+C in the terminal and when the system ends the session.

    Python runs its handlers only when it has its turn, which a waiting Qt does not give; so the
    signal is written into a socket that Qt watches.
    """
    if sys.platform == "win32":
        return lambda: None
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)
    before = {
        number: signal.signal(number, _do_nothing) for number in (signal.SIGINT, signal.SIGTERM)
    }
    waker = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda *_args: app.quit())

    def stop() -> None:
        notifier.setEnabled(False)
        signal.set_wakeup_fd(waker)
        for number, handler in before.items():
            signal.signal(number, handler)
        ours.close()
        theirs.close()

    return stop


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """Let Python take the signal, so that it reaches the socket."""
