"""Paths that begin with the home of a user whom nobody knows: files of that name, and no fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabapp.core.clock import ManualClock
from tabapp.core.errors import UserError
from tabapp.core.files import at_home
from tabapp.core.settings import AppSettings, Folders
from tabapp.services.recovery import read_other
from tabapp.services.restoring import choose
from tabapp.services.snapshot_files import Label
from tabapp.services.snapshots import folders_of
from tabapp.store.opening import Place

NOBODY = Path("~nobody-has-this-name/t.tabapp")


def test_it_stays_as_it_was_typed() -> None:
    assert at_home(NOBODY) == NOBODY
    assert at_home(Path("~")) == Path.home()
    assert Label.of(NOBODY).stem == "t"
    assert Place.of(str(NOBODY)).path == NOBODY.absolute()


def test_a_snapshot_or_another_file_there_is_missing() -> None:
    with pytest.raises(UserError, match=r"There is no file ~nobody") as chosen:
        choose(str(NOBODY), [], Path("t.tabapp"))
    assert chosen.value.code == "snapshot_missing"
    with pytest.raises(UserError, match=r"There is no file ~nobody"):
        read_other(NOBODY, "worlds", ManualClock())


def test_settings_that_name_it_keep_nobody_from_starting(tmp_path: Path) -> None:
    folders = Folders(*(tmp_path / name for name in "abcde"))
    settings = AppSettings(snapshot_folder=NOBODY, second_snapshot_folder=NOBODY)
    assert folders_of(settings, folders) == (NOBODY, NOBODY)
