"""The log: a rotating file that tells everything, and standard error that tells what matters."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Mapping
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_NAME = "tabapp.log"
_BYTES = 2_000_000
_KEPT = 5
_CHATTY = ("apscheduler",)

log = logging.getLogger(__name__)


class LineFormatter(logging.Formatter):
    """One line a record, in UTC, with the fields of ``extra={"fields": {…}}`` behind the message.

    Line ends in a message are escaped, so that a name in an import cannot forge a line.
    """

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s [%(threadName)s] %(name)s: %(message)s")
        self.converter = time.gmtime

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        return _one_line(super().formatMessage(record) + _fields_of(record))


class SentenceFormatter(logging.Formatter):
    """What a person at a terminal reads: the level and the message, no trace."""

    def format(self, record: logging.LogRecord) -> str:
        return _one_line(f"{record.levelname.lower()}: {record.getMessage()}{_fields_of(record)}")


def _one_line(text: str) -> str:
    return text.replace("\r", "\\r").replace("\n", "\\n")


def _fields_of(record: logging.LogRecord) -> str:
    fields = getattr(record, "fields", None)
    if not isinstance(fields, Mapping):
        return ""
    return "".join(f" {key}={value}" for key, value in fields.items())


def configure_logging(folder: Path | None, *, verbose: bool = False) -> Callable[[], None]:
    """Send the log to ``folder`` and to standard error; the returned function ends that.

    The file has everything from ``INFO``, standard error from ``WARNING``; ``verbose`` lowers
    both to ``DEBUG`` and lets standard error show traces. A folder that cannot be written costs
    the file, not the program. Call it once, in the main thread; the stop may be called twice.
    """
    root = logging.getLogger()
    level_before = root.level
    handlers: list[logging.Handler] = []
    trouble: OSError | None = None
    if folder is not None:
        try:
            handlers.append(_file_handler(folder, logging.DEBUG if verbose else logging.INFO))
        except OSError as error:
            trouble = error
    if sys.stderr is not None:  # a windowed build has none
        handlers.append(_terminal_handler(verbose))
    for handler in handlers:
        root.addHandler(handler)
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.INFO if verbose else logging.WARNING)
    logging.captureWarnings(True)
    if trouble is not None:
        log.warning("no log is kept: %s cannot be written (%s)", folder, trouble.strerror)

    def stop() -> None:
        logging.captureWarnings(False)
        while handlers:
            handler = handlers.pop()
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level_before)

    return stop


def _file_handler(folder: Path, level: int) -> logging.Handler:
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / LOG_NAME, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", errors="replace"
    )
    handler.setLevel(level)
    handler.setFormatter(LineFormatter())
    return handler


def _terminal_handler(verbose: bool) -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.DEBUG if verbose else logging.WARNING)
    handler.setFormatter(LineFormatter() if verbose else SentenceFormatter())
    return handler
