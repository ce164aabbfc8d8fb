"""Where this computer keeps the program's files, and the few settings outside tournaments."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from platformdirs import PlatformDirs
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from tabapp.core.errors import Problem, UserError
from tabapp.core.files import write_whole

HOME_VARIABLE = "TABAPP_HOME"
MOST_RECENT = 10


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of one user: settings, tournaments, logs, verified copies, what can be made anew.

    A variable ``TABAPP_HOME`` puts all of them under one folder: for a portable installation on
    a stick, and for tests.
    """

    config: Path
    data: Path
    log: Path
    snapshots: Path
    cache: Path

    @classmethod
    def find(cls, environ: Mapping[str, str] | None = None) -> Folders:
        """Return the folders of this user; creates none."""
        home = (os.environ if environ is None else environ).get(HOME_VARIABLE, "").strip()
        if home:
            root = Path(home).expanduser().absolute()
            return cls(*(root / name for name in ("config", "data", "log", "snapshots", "cache")))
        system = PlatformDirs("tabapp", appauthor=False)
        return cls(
            config=system.user_config_path,
            data=system.user_data_path,
            log=system.user_log_path,
            snapshots=system.user_data_path / "snapshots",
            cache=system.user_cache_path,
        )

    @property
    def settings_file(self) -> Path:
        """The file that ``load_settings`` and ``save_settings`` use."""
        return self.config / "settings.json"

    def make(self) -> Folders:
        """Create what is missing. Raises ``UserError`` where this user may not."""
        for folder in (self.config, self.data, self.log, self.snapshots, self.cache):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise UserError(
                    "folder_not_made", folder=str(folder), reason=error.strerror or str(error)
                ) from error
        return self


def _first_of_each(targets: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, targets)))[:MOST_RECENT]


class AppSettings(BaseModel):
    """Settings of this computer. A tournament's rules are in the tournament, never here.

    ``language`` is a code such as ``en``; empty follows the system. ``recent`` holds paths and
    database URLs, the latest first. ``switch_interval_ms`` is how long a Python thread may keep
    the others, and so the window, waiting.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    language: str = ""
    theme: Literal["system", "light", "dark"] = "system"
    recent: Annotated[tuple[str, ...], AfterValidator(_first_of_each)] = ()
    snapshot_folder: Path | None = None
    second_snapshot_folder: Path | None = None
    switch_interval_ms: Annotated[float, Field(ge=0.01, le=5.0)] = 0.1

    def with_recent(self, target: str) -> AppSettings:
        """Return these settings with ``target`` as the latest; a password is never kept."""
        if "://" in target and urlsplit(target).password is not None:
            return self
        return self.model_copy(update={"recent": _first_of_each((target, *self.recent))})

    def without_recent(self, target: str) -> AppSettings:
        """Return these settings without ``target``, as when the file is gone."""
        return self.model_copy(update={"recent": tuple(r for r in self.recent if r != target)})


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings that can be used, and what was wrong with their file, if anything was."""

    settings: AppSettings
    problem: Problem | None = None


def load_settings(path: Path) -> LoadedSettings:
    """Read the settings; never raises for what stands in the file.

    A damaged file is kept beside it as ``….bad``. Values that can be used are, defaults stand in
    for the others.
    """
    try:
        text = path.read_text(encoding="utf-8")
        document = json.loads(text)
    except FileNotFoundError:
        return LoadedSettings(AppSettings())
    except OSError as error:
        reason = error.strerror or str(error)
        problem = Problem.of(
            "warning", str(path), "settings_unreadable", path=str(path), reason=reason
        )
        return LoadedSettings(AppSettings(), problem)
    except (ValueError, RecursionError):
        return LoadedSettings(AppSettings(), _keep_aside(path))
    if not isinstance(document, dict):
        return LoadedSettings(AppSettings(), _keep_aside(path))
    try:
        return LoadedSettings(AppSettings.model_validate(document))
    except ValidationError as error:
        return LoadedSettings(_salvage(document, error), _keep_aside(path))


def _salvage(document: dict[str, Any], error: ValidationError) -> AppSettings:
    wrong = {finding["loc"][0] for finding in error.errors(include_url=False)}
    return AppSettings.model_validate({k: v for k, v in document.items() if k not in wrong})


def _keep_aside(path: Path) -> Problem:
    kept = path.with_name(path.name + ".bad")
    try:
        path.replace(kept)
    except OSError:  # a read-only folder: the damaged file stays where it is
        kept = path
    return Problem.of("warning", str(path), "settings_damaged", path=str(path), kept=str(kept))


def save_settings(path: Path, settings: AppSettings) -> None:
    """Write the settings whole or not at all. Raises ``UserError`` where the disk refuses."""
    text = json.dumps(settings.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode())
    except OSError as error:
        raise UserError(
            "settings_not_saved", path=str(path), reason=error.strerror or str(error)
        ) from error
