"""Which snapshots time lets go, and what is never touched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tabapp.services.snapshot_files import Label, SnapshotInfo, copies_in, outlived
from tests.services.snapshot_room import START, Room, open_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as found:
        yield found


def info(at: datetime, reason: str = "") -> SnapshotInfo:
    return SnapshotInfo(Path(f"{at.isoformat()}{reason}"), at, reason, 1, False)


def test_forty_days_leave_two_hours_a_day_and_a_month() -> None:
    """A copy every half hour, thinned out at once, and something destructive every three days."""
    kept: list[SnapshotInfo] = []
    now = START
    for step in range(40 * 24 * 2):
        now = START + timedelta(minutes=30 * step)
        kept.insert(0, info(now, "before it" if step % 144 == 7 else ""))
        gone = {one.path for one in outlived(kept, now)}
        kept = [one for one in kept if one.path not in gone]
    ages = [now - one.at for one in kept]
    recent = [age for age in ages if age <= timedelta(hours=2)]
    hourly = [one.at for one in kept if now - one.at <= timedelta(days=1)]
    assert len(recent) == 5
    assert {at.replace(minute=0) for at in hourly} >= {
        (now - timedelta(hours=back)).replace(minute=0) for back in range(24)}
    days = {one.at.date() for one in kept}
    assert days >= {(now - timedelta(days=back)).date() for back in range(1, 29)}
    assert max(ages) <= timedelta(days=30)
    assert len(kept) < 5 + 24 + 31 + 8
    careful = [one for one in kept if one.reason and now - one.at <= timedelta(days=7)]
    assert [now - one.at for one in careful] == [
        timedelta(minutes=30 * back) for back in range(1920) if (1919 - back) % 144 == 7
        and back <= 336]


def test_the_newest_stays_whatever_its_age(room: Room) -> None:
    old, new = (room.snapshots.take("by hand").path for _ in range(2))
    assert room.snapshots.thin_out(START + timedelta(days=400)) == 2  # one in each folder
    assert room.names() == [new.name] == room.names(room.stick)
    assert not old.exists()


def test_only_our_own_copies_are_ever_deleted(room: Room) -> None:
    room.folder.mkdir()
    mark = Label.of(room.path).mark
    others = [
        "Worlds 2020-01-01 000000 ~000000.tabapp", "Other 2020-01-01 000000 ~" + mark + ".tabapp",
        "Worlds 2020-01-01 000000.tabapp", "Worlds 2020-13-01 000000 ~" + mark + ".tabapp",
        "letter.odt", ".hidden.part",
    ]
    for name in others:
        (room.folder / name).write_text("mine")
    (room.folder / f"Worlds 2020-01-01 000000 ~{mark}.tabapp").mkdir()
    part = f".Worlds 2020-01-02 000000 ~{mark}.tabapp.part"
    left = {part, f"{part}-journal"}
    for name in left:
        (room.folder / name).write_text("half")
    room.snapshots.take("by hand")
    assert room.snapshots.thin_out(START + timedelta(days=400)) == 2  # what a killed copy left
    assert set(others) < set(room.names())
    assert not left & set(room.names())


def test_the_newest_is_told_from_the_folder_alone(room: Room) -> None:
    assert room.snapshots.latest() is None
    room.snapshots.take("one")
    room.clock.advance(3600)
    room.snapshots.take("two")
    latest = room.snapshots.latest()
    assert latest is not None
    assert (latest.reason, latest.at) == ("two", START + timedelta(hours=1))
    assert copies_in(room.folder / "nowhere", Label.of(room.path)) == []
