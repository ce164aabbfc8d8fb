"""What is photographed of the pages beside the round, and of what floats above all pages."""

from __future__ import annotations

from PySide6.QtCore import QSize

from tabapp.gui.pages.projector.picture_view import PictureView
from tabapp.gui.present.painting import picture
from tests.gui.photo_studio import Studio

HALL = QSize(1920, 1080)


def pages(at: Studio) -> None:
    """Break and history at this hour."""
    at.go("breaks")
    at.take("break-none")
    at.give("break.make")
    at.take("break-too-early")
    at.close_dialogs()
    at.go("overview")
    at.shot("history", "overview.activity")


def frame(at: Studio) -> None:
    """Palette, keys, toasts, messages, menu, rail."""
    at.go("overview")
    at.window.search("quill")
    at.settle()
    at.take("palette", contrast=True)
    at.window.palette_panel.dismiss()
    at.window.search("")
    at.settle()
    at.take("palette-nothing-typed")
    at.window.palette_panel.dismiss()
    at.window.search("zzzz")
    at.settle()
    at.take("palette-nothing-found")
    at.window.palette_panel.dismiss()
    for place in ("overview", "people", "ballots", "rounds/judges"):
        at.go(place)
        at.give("help.keys")
        at.take("keys-" + place.replace("/", "-"))
        at.window.sheet.dismiss()
    at.go("overview")
    tell = at.desk.session.tell
    tell("Maritime 2.14 confirmed. 6 to come.", "done", "Undo", lambda: None)
    tell("Two judges arrived after the draw and have no panel.", "attention", "Seat them",
         lambda: None)
    tell("The file could not be written: the disk is full. Make room, then try again.",
         "problem", "Copy report", lambda: None)
    at.take("toasts")
    at.quiet()
    at.give("view.messages")
    at.take("messages")
    at.window.messages.dismiss()
    at.give("view.menu")
    at.take("menu")
    at.window.menu.close()
    at.give("view.rail")
    at.take("rail-unfolded")
    at.give("view.rail")
    at.window.preferences.keep(rail_folded=None)


def projector(at: Studio) -> None:
    """The console of the projector."""
    at.go("projector")
    at.take("projector", contrast=True)
    for name in ("by-room", "by-team"):
        view = next(one for one in at.window.findChildren(PictureView) if one.sheet is not None)
        at.camera.keep(f"slide-{name}", picture(view.sheet, HALL, 1.0))
        at.press("Down")
        at.take(f"projector-after-{name}")
    at.give("projector.screens")
    at.take("projector-screens")
    at.close_dialogs()
