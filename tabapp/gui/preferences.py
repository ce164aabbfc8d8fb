"""How this person arranged the window: kept beside the settings, never in a tournament."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tabapp.core.files import write_whole

FILE_NAME = "window.json"
log = logging.getLogger(__name__)


class HallArrangement(BaseModel):
    """The hall as this computer knows it. ``screen``: name, manufacturer, model, serial number of
    the projector; ``back_row`` and ``tall`` (the picture) in metres.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    screen: tuple[str, str, str, str] | None = None
    in_window: bool = False
    back_row: Annotated[float, Field(ge=2, le=200)] = 18.0
    tall: Annotated[float, Field(ge=0.3, le=30)] = 2.4
    seconds_a_row: Annotated[float, Field(ge=0.3, le=10)] = 1.3
    by_hand: bool = False


class Arrangement(BaseModel):
    """What is kept. ``rail_folded`` is None until the person chose; ``geometry`` is Qt's own
    (base64); ``columns`` holds widths in pixels by table and by column. ``muted`` are the kinds of
    notices that this person does not want; ``sounds``: beeps at questions and problems.
    ``print_folder``: where the last file to print went.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    rail_folded: bool | None = None
    geometry: str = ""
    last_place: str = ""
    columns: Mapping[str, Mapping[str, int]] = {}
    hall: HallArrangement = HallArrangement()
    muted: tuple[str, ...] = ()
    sounds: bool = True
    print_folder: str = ""


class WindowPreferences:
    """An arrangement and its file; without a path it is kept for this run only.

    Belongs to the thread of the window. A file that cannot be read or written is logged, never
    told: nobody's work depends on it.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.kept = _read(path) if path is not None else Arrangement()

    @classmethod
    def in_folder(cls, config: Path) -> WindowPreferences:
        """Return the arrangement kept in the folder of the settings."""
        return cls(config / FILE_NAME)

    def keep(self, **changes: object) -> None:
        """Remember ``changes`` (fields of ``Arrangement``) and write the file if any differ."""
        changed = Arrangement.model_validate({**self.kept.model_dump(), **changes})
        if changed == self.kept:
            return
        self.kept = changed
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, (changed.model_dump_json(indent=2) + "\n").encode())
        except OSError:
            log.warning("the arrangement of the window was not kept", exc_info=True)

    def keep_hall(self, **changes: object) -> None:
        """Remember ``changes`` (fields of ``HallArrangement``)."""
        self.keep(hall={**self.kept.hall.model_dump(), **changes})

    def column_widths(self, table: str) -> dict[str, int]:
        """Return the widths that a person gave the columns of a table, by column."""
        return dict(self.kept.columns.get(table, {}))

    def keep_column_widths(self, table: str, widths: Mapping[str, int]) -> None:
        """Remember the widths of a table's columns."""
        self.keep(columns={**self.kept.columns, table: dict(widths)})


def _read(path: Path) -> Arrangement:
    try:
        return Arrangement.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Arrangement()
    except (OSError, ValidationError, UnicodeDecodeError):
        log.warning("the arrangement of the window could not be read", exc_info=True)
        return Arrangement()
