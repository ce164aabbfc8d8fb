"""What is photographed of that which works by itself: jobs, health, suggestions, awards."""

from __future__ import annotations

from PySide6.QtCore import QSize

from tabapp.gui.pages.projector.picture_view import PictureView
from tabapp.gui.present.painting import picture
from tabapp.services import tournament_settings
from tests.gui.photo_studio import Studio

HALL = QSize(1920, 1080)
STEPS = 3
"""Slides of awards that are photographed."""


def jobs(at: Studio) -> None:
    """The jobs with their dialogs while the clock runs, then the suggestions."""
    work = at.desk.workspace
    assert work.household is not None
    work.household.clockwork._watch.look()  # the clock of the pictures has gone on by jumps
    work.household.start()
    at.settle()
    at.go("awards")
    at.give("awards.check")
    at.go("jobs/health")
    at.take("jobs-health-first")
    at.give("health.snapshot")
    at.give("health.look")
    at.quiet()
    at.take("jobs-health", contrast=True)
    at.shot("jobs-restore", "health.restore")
    at.go("jobs", _fail_one(at))
    at.quiet()
    at.take("jobs", contrast=True)
    at.press("Down", "Down", "Down")
    at.take("jobs-chosen")
    at.shot("jobs-run", "jobs.run")
    at.shot("jobs-run-problem", "jobs.run", *"recovery", "Return", "Ctrl+Return")
    at.go("jobs/schedules")
    at.take("jobs-schedules", contrast=True)
    at.shot("jobs-schedule-add", "schedules.add")
    at.shot("jobs-schedule-change", "schedules.edit")
    at.go("jobs/figures")
    at.take("jobs-figures")
    at.go("overview/suggestions")
    at.give("suggestions.again")
    at.quiet()
    at.take("suggestions", contrast=True)
    at.shot("suggestions-dismiss", "suggestions.dismiss")
    at.quiet()
    at.go("overview/now")


def _fail_one(at: Studio) -> int:
    """Let a job fail, since the file that it looks for is not there; return its run."""
    handle = at.desk.workspace.queue.submit(
        "recovery.recover", tournament=at.desk.owner.id, submitted_by=at.desk.workspace.actor,
        source="/media/STICK/northlight.tabapp")
    handle.wait(30)
    at.settle()
    return handle.id


def awards(at: Studio) -> None:
    """The awards, and their slides once they are public."""
    at.go("awards")
    at.take("awards", contrast=True)
    at.press("Down", "Down", "Return")
    at.take("awards-winner")
    with at.desk.workspace.database.write(
        actor="Ingrid", verb="change the settings", tournament=at.desk.owner.id
    ) as unit:
        tournament_settings.change_settings(
            unit, at.desk.owner.id, {"public_results": True, "public_participants": True})
    at.settle()
    at.take("awards-public")
    at.go("projector", ("awards", "giant_killer"))
    at.take("projector-awards")
    for step in range(STEPS):
        view = next(one for one in at.window.findChildren(PictureView) if one.sheet is not None)
        at.camera.keep(f"slide-awards-{step + 1}", picture(view.sheet, HALL, 1.0))
        at.give("projector.preview_next")
