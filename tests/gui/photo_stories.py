"""What is photographed before and after the rounds: welcome, empty pages, people, settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from tabapp.core.crash import UncleanEnd
from tabapp.domain.archive import Archive
from tabapp.domain.setup import new_tournament
from tabapp.domain.simulation import generate_tournament
from tabapp.gui.dialogs.new_tournament import NewTournamentDialog
from tabapp.gui.welcome.page import WelcomePage
from tabapp.gui.welcome.recents import Recent
from tabapp.store.glimpse import Glimpse
from tests.gui.desk import Desk, open_desk
from tests.gui.photo_studio import SIZES, Camera, DayClock, Studio, waiter

WHO = "Ingrid Solheim"
SEED = 48213
TEAM_ROWS = (
    "Team\tInstitution\tSpeaker 1\tSpeaker 2\tSpeaker 1 email\n"
    "Kranichfeld A\tKranichfeld\tAna Ruiz\tOtto Lind\tana@example.org\n"
    "Kranichfeld B\tKranichfeld\tMarta Ek\tNils Dahl\tmarta@@\n"
    "Kranichfeld B\tKranichfeld\tUma Rao\t\tuma@example.org\n"
)


def big(name: str = "Northlight Open") -> Archive:
    """Make the tournament of the pictures: 88 teams, five rounds, nothing drawn."""
    made = generate_tournament(preset="bp", teams=88, rounds=5, seed=1, play=False)
    made.tournament.name = name
    made.tournament.short_name = name
    return made


@contextmanager
def studio(
    camera: Camera, folder: Path, archive: Archive, name: str = "northlight"
) -> Iterator[Studio]:
    """Open a window on ``archive`` at an hour of today."""
    clock = DayClock()
    with open_desk(
        waiter(), folder, archive=archive, clock=clock, actor=WHO, name=name, household=True
    ) as desk:
        _look_after_health(desk)
        made = Studio(camera, desk, clock)
        yield made
        made.close()


def _look_after_health(desk: Desk) -> None:
    """Find the file well before the clock runs, which starts where jobs are photographed."""
    health = desk.workspace.health
    assert health is not None
    health.clockwork, clockwork = None, health.clockwork
    health.look()
    health.clockwork = clockwork


def welcome(camera: Camera, folder: Path) -> None:
    """The welcome page: the first time, with recents, while the demo plays, after a crash."""
    page = WelcomePage("0.1.0")
    page.resize(*SIZES[0])
    page.show()
    page.activateWindow()
    page.take_keys()
    camera.take("welcome-first", page)
    now = DayClock().now()
    page.show_recents([
        Recent("~/Tournaments/northlight-2026.tabapp", "Northlight Open 2026",
               "British Parliamentary", 88,
               Glimpse("Northlight Open 2026", "bp", 88, 6, "Round 5", 5, "ballots", 0), at=now),
        Recent("~/Tournaments/sandoya-easters.tabapp", "Sandøya Easters 2026", "Australs", 32,
               Glimpse("Sandøya Easters 2026", "australs", 32, 5, "", 0, "finished", 0),
               at=now - timedelta(days=40)),
        Recent("/media/TAB/schools-cup.tabapp", "Schools Cup of the Harbour Cities", "WSDC", 46,
               missing=True, at=now - timedelta(days=81)),
    ])
    page.take_keys()
    camera.take("welcome", page, contrast=True)
    page.more.click()
    camera.take("welcome-all-formats", page)
    page.show_busy("Round 3: judges", 0.45, can_stop=True)
    camera.take("welcome-demo", page)
    page.show_busy("")
    page.show_problem("northlight.tabapp is damaged. Restore the newest snapshot.")
    camera.take("welcome-problem", page)
    page.show_problem("")
    end = UncleanEnd(
        now.isoformat(), "0.1.0", "Fatal Python error: Segmentation fault\n" * 6,
        folder / "crash.txt", "~/Tournaments/northlight-2026.tabapp", now.isoformat())
    page.show_trouble([end])
    camera.take("welcome-after-a-crash", page)
    assert page.trouble is not None
    page.trouble.show_report()
    camera.take("crash-report", page)
    _close_dialogs(page)
    page.show_trouble([])
    dialog = NewTournamentDialog(page, Path("/home/ingrid/Tournaments"), preset="bp")
    dialog.open()
    camera.take("new-tournament", page)
    dialog.act()
    camera.take("new-tournament-problems", page)
    dialog.close()
    page.close()


def _close_dialogs(page: QWidget) -> None:
    for one in page.findChildren(QDialog):
        one.close()


def empty(camera: Camera, folder: Path) -> None:
    """Every place of a tournament in which nothing is."""
    archive = new_tournament("Northlight Open", preset="bp", rounds=5, break_size=16)
    with studio(camera, folder, archive, "empty") as at:
        for place in at.window.places:
            at.go(place.key)
            at.take(f"empty-{place.key}")
        at.go("overview/suggestions")
        at.take("empty-suggestions")
        for part in ("schedules", "figures", "health"):
            at.go(f"jobs/{part}")
            at.take(f"empty-jobs-{part}")
        for stage in ("draw", "judges", "rooms", "release", "ballots", "complete"):
            at.go(f"rounds/{stage}")
            at.take(f"empty-round-{stage}")


def people(camera: Camera, folder: Path) -> None:
    """The seven lists of people and their dialogs, then the settings and theirs."""
    with studio(camera, folder, big(), "people") as at:
        at.desk.play(2)
        at.desk.session.set_round(at.desk.rounds()[2].id)
        at.go("people")
        for name in (
            "speakers", "judges", "institutions", "rooms", "categories", "conflicts", "teams",
        ):
            at.give(f"people.{name}")
            at.take(f"people-{name}", contrast=name == "teams")
        at.shot("people-add", "people.add")
        at.shot("people-add-problems", "people.add", "Ctrl+Return")
        at.shot("people-edit", "people.edit")
        at.shot("people-delete", "people.delete")
        at.shot("people-eligibility", "people.eligibility")
        at.shot("people-conflict", "people.conflict")
        at.paste(TEAM_ROWS)
        at.shot("people-paste", "people.paste")
        at.give("people.teams")
        at.press("Down", "Return")
        at.take("people-team-detail")
        at.close_dialogs()
        at.give("people.withdraw")
        at.take("people-withdrawn")
        at.quiet()
        at.give("people.judges")
        at.shot("people-add-judge", "people.add")
        at.press("Down", "Return")
        at.take("people-judge-detail")
        at.close_dialogs()
        at.shot("people-judge-record", "people.edit")
        at.give("people.speakers")
        at.shot("people-speaker-record", "people.edit")
        at.give("people.filter")
        at.type("zzz")
        at.take("people-nothing-matches")
        _settings(at)


def _settings(at: Studio) -> None:
    at.go("settings")
    sections = at.window.stack.get("settings").sections  # type: ignore[attr-defined]
    for key, one in sections.items():
        at.go("settings", key)
        at.take("settings-" + key.lower().replace("/", "-").replace(" ", "-"))
        if one.group == "Draw":
            at.take("settings-rules")
    at.go("settings", "motions")
    at.shot("settings-motion-add", "settings.motion_add")
    at.go("settings", "rounds")
    at.shot("settings-round-add", "settings.round_add")
    at.shot("settings-round-delete", "settings.round_delete")
    at.quiet()
    at.go("settings", "categories")
    at.shot("settings-category-add", "settings.category_add")
    at.go("settings", "tournament")
    at.shot("settings-preset", "settings.preset")
    at.go("settings")
    at.give("settings.find")
    at.type("margin")
    at.take("settings-found")


STORIES = (welcome, empty, people)
