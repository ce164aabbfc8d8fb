"""Folders are where they are said to be; settings survive damage, refusal and other versions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.core.errors import UserError
from tabapp.core.settings import (
    MOST_RECENT,
    AppSettings,
    Folders,
    load_settings,
    save_settings,
)


def test_one_variable_puts_every_folder_under_one_roof(tmp_path: Path) -> None:
    folders = Folders.find({"TABAPP_HOME": str(tmp_path)}).make()
    all_of_them = {folders.config, folders.data, folders.log, folders.snapshots, folders.cache}
    assert {folder.parent for folder in all_of_them} == {tmp_path}
    assert len(all_of_them) == 5
    assert all(folder.is_dir() for folder in all_of_them)
    assert folders.settings_file.parent == folders.config


def test_without_the_variable_the_folders_are_the_systems_own() -> None:
    folders = Folders.find({})
    assert folders.data.is_absolute()
    assert "tabapp" in folders.data.parts
    assert Folders.find({"TABAPP_HOME": "  "}) == folders


def test_a_folder_that_cannot_be_made_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        Folders.find({"TABAPP_HOME": str(tmp_path / "file")}).make()
    assert caught.value.code == "folder_not_made"
    assert str(tmp_path / "file") in caught.value.message


def test_settings_come_back_as_they_were_saved(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "settings.json"
    settings = AppSettings(
        language="de", theme="dark", recent=("/tmp/ä.tabapp",), snapshot_folder=tmp_path,
        switch_interval_ms=0.5,
    )
    save_settings(path, settings)
    loaded = load_settings(path)
    assert (loaded.settings, loaded.problem) == (settings, None)
    assert [found.name for found in path.parent.iterdir()] == ["settings.json"]


def test_without_a_file_the_defaults_hold_and_nothing_is_wrong(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path / "settings.json")
    assert (loaded.settings, loaded.problem) == (AppSettings(), None)


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"\xff\xfe\x00", b"[1, 2]", b"null", b"\x00" * 4096, b"[" * 100_000]
)
def test_a_damaged_file_is_kept_aside_and_defaults_are_used(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(damage)
    loaded = load_settings(path)
    assert loaded.settings == AppSettings()
    assert loaded.problem is not None
    assert loaded.problem.code == "settings_damaged"
    assert (tmp_path / "settings.json.bad").read_bytes() == damage
    assert not path.exists()


def test_one_bad_value_costs_that_value_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(
        json.dumps({"theme": "pink", "language": "fr", "switch_interval_ms": 1e9, "later": 1}),
        encoding="utf-8",
    )
    loaded = load_settings(path)
    assert loaded.settings == AppSettings(language="fr")
    assert loaded.problem is not None


def test_a_setting_of_a_newer_version_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"language": "fr", "holograms": true}', encoding="utf-8")
    loaded = load_settings(path)
    assert (loaded.settings, loaded.problem) == (AppSettings(language="fr"), None)


def test_settings_that_cannot_be_read_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()
    loaded = load_settings(path)
    assert loaded.settings == AppSettings()
    assert loaded.problem is not None
    assert loaded.problem.code == "settings_unreadable"
    assert path.is_dir()


def test_a_save_that_fails_leaves_the_old_settings_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, AppSettings(language="fr"))

    def no_room(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tabapp.core.settings.os.fsync", no_room)
    with pytest.raises(UserError, match="No space left on device"):
        save_settings(path, AppSettings(language="de"))
    assert load_settings(path).settings.language == "fr"
    assert [found.name for found in tmp_path.iterdir()] == ["settings.json"]


@given(st.lists(st.sampled_from([f"/t/{n}.tabapp" for n in range(15)]), max_size=40))
def test_recent_files_stand_once_the_latest_first_and_no_more_than_ten(opened: list[str]) -> None:
    settings = AppSettings()
    for path in opened:
        settings = settings.with_recent(path)
    assert settings.recent == tuple(dict.fromkeys(reversed(opened)))[:MOST_RECENT]
    assert AppSettings.model_validate(settings.model_dump()) == settings


def test_a_file_that_is_gone_is_forgotten() -> None:
    settings = AppSettings().with_recent("/a").with_recent("/b").without_recent("/a")
    assert settings.recent == ("/b",)


def test_a_password_is_never_written_into_the_settings() -> None:
    settings = AppSettings().with_recent("postgresql://tab:secret@hall/worlds")
    assert settings.with_recent("postgresql://hall/worlds").recent == ("postgresql://hall/worlds",)
