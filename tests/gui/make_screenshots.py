"""Photograph every page and dialog: ``python -m tests.gui.make_screenshots FOLDER``.

From the root of the tree; works without a screen, and shows the same each time but for how long
work took. ``--only NAME`` takes those whose name has that part, ``--story NAME`` those of one
story, ``--best`` the few for the README.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import UTC
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TZ"] = str(UTC)

from PySide6.QtWidgets import QApplication

from tabapp.gui import theme
from tabapp.gui.tokens import THEMES, Scheme
from tests.gui import (
    photo_stories,
    photo_stories_desk,
    photo_stories_draw,
    photo_stories_results,
    photo_stories_round,
)
from tests.gui.photo_studio import Camera

BEST = (
    "overview-ballots", "people-teams", "draw-why", "draw-two-team", "draw-compare",
    "judges-price", "ballot-half-typed", "ballot-second-look", "director-desk", "decide", "lock",
    "results-teams", "break-forecast", "break-bracket", "projector",
    "palette", "welcome", "settings-rules", "import", "jobs", "awards",
)
STORIES = (
    *photo_stories.STORIES, *photo_stories_round.STORIES, *photo_stories_draw.STORIES,
    *photo_stories_results.STORIES, *photo_stories_desk.STORIES,
)
RESOURCES = Path(__file__).parents[2] / "resources" / "screenshots"


def main() -> int:
    """Take the pictures that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/pictures"))
    parser.add_argument("--only", default="")
    parser.add_argument(
        "--story", default="", choices=["", *(one.__name__ for one in STORIES)],
        help="only what this story takes")
    parser.add_argument("--best", action="store_true", help="few, small, into the resources")
    parser.add_argument("--scheme", choices=list(Scheme), type=Scheme, help="only this one")
    wanted = parser.parse_args()
    folder = RESOURCES if wanted.best else wanted.folder
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    for scheme in [wanted.scheme] if wanted.scheme else list(Scheme)[: 1 if wanted.best else 3]:
        theme.apply(app, THEMES[scheme])
        camera = Camera(
            folder, scheme, wanted.only, frozenset(BEST) if wanted.best else frozenset())
        with tempfile.TemporaryDirectory() as scratch:
            os.environ["TABAPP_HOME"] = str(Path(scratch, "home"))
            for story in STORIES:
                if wanted.story in ("", story.__name__):
                    story(camera, Path(scratch))
    return 0


if __name__ == "__main__":
    sys.exit(main())
