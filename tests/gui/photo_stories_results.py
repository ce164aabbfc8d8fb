"""What is photographed of results, the break and what the hall sees of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tabapp.domain.simulation import generate_tournament
from tabapp.gui.pages.ballots.impact_dialog import ImpactDialog
from tabapp.gui.pages.ballots.page import BallotsPage
from tabapp.gui.pages.projector.picture_view import PictureView
from tabapp.gui.pages.results.page import ResultsPage
from tabapp.gui.present.announce import announce_break
from tabapp.gui.present.painting import picture
from tabapp.services.ballot_desk import read_desk
from tabapp.services.tournament_settings import change_settings
from tests.gui.photo_stories import SEED, WHO, studio
from tests.gui.photo_stories_draw import before_the_last_round
from tests.gui.photo_stories_frame import HALL
from tests.gui.photo_studio import Camera, Studio
from tests.services.out_rounds import OutRounds

_TABLES = ("teams", "speakers", "replies", "judges", "motions", "positions")


def bp(camera: Camera, folder: Path) -> None:
    """88 teams in rooms of four after four rounds, some ballots of the last still out."""
    with studio(camera, folder, before_the_last_round("bp", 88, missing=4), "standings") as at:
        _last_played(at)
        _tables(at, "")
        _explained(at, "teams", ("rank", "value:points", "value:speaks_sum", "R2"))
        _explained(at, "speakers", ("value:total", "value:stdev"))
        _explained(at, "judges", ("value:score",))
        _explain(at, "teams", 5, "value:speaks_sum")
        at.take("results-teams", contrast=True)
        at.press("Esc")
        at.give("results.filter")
        at.type("zzz")
        at.take("results-nothing-matches")
        at.press("Esc")
        at.shot("results-metrics", "results.metrics")
        at.shot("results-export", "results.export")
        _correction(at, "", "86")
        _ahead(at, "")


def australs(camera: Camera, folder: Path) -> None:
    """88 teams in rooms of two, each judge with a sheet, and replies."""
    with studio(camera, folder, before_the_last_round("australs", 88), "pairs-results") as at:
        _last_played(at)
        _tables(at, "-two-team")
        _explained(at, "teams", ("value:wins", "value:speaks_sum", "R3"), "-two-team")
        _explained(at, "speakers", ("R2",), "-two-team")
        _explained(at, "replies", ("value:average",), "-two-team")
        at.give("results.teams")
        at.shot("results-metrics-two-team", "results.metrics")
        _ahead(at, "-two-team")


def large(camera: Camera, folder: Path) -> None:
    """400 teams in rooms of four."""
    with studio(camera, folder, before_the_last_round("bp", 400), "large-results") as at:
        _last_played(at)
        _tables(at, "-large")
        _explained(at, "teams", ("value:points",), "-large")
        _ahead(at, "-large")


def after(camera: Camera, folder: Path) -> None:
    """The break of 88 teams when the rounds are over, its judges, and what the hall sees."""
    for preset, suffix in (("bp", ""), ("australs", "-two-team")):
        archive = generate_tournament(preset=preset, teams=88, rounds=5, seed=7)
        archive.tournament.name = archive.tournament.short_name = "Northlight Open"
        with studio(camera, folder, archive, f"{preset}-after") as at:
            at.desk.session.set_round(at.desk.rounds()[4].id)
            at.go("breaks")
            at.take(f"break-over{suffix}")
            room = _OutRounds(at)
            room.make_break()
            at.settle()
            at.take(f"break-held{suffix}")
            at.give("break.category")
            at.take(f"break-second-category{suffix}")
            at.give("break.judges")
            at.take(f"break-judges{suffix}")
            at.give("break.judges_best")
            at.take(f"break-judges-chosen{suffix}")
            at.quiet()
            _hall(at, suffix)


def _hall(at: Studio, suffix: str) -> None:
    """Publish the standings, announce the break: the console, and every kind of slide."""
    work, owner = at.desk.workspace, at.desk.owner
    at.go("projector", "standings")
    at.take(f"projector-standings-locked{suffix}")
    with work.database.write(
        actor=WHO, verb="publish", subject="the standings", tournament=owner.id
    ) as unit:
        change_settings(unit, owner.id, {"public_team_standings": True})
    at.settle()
    at.take(f"projector-standings{suffix}")
    _keep(at, f"slide-standings{suffix}")
    announce_break(at.desk.session, "open")
    at.settle()
    at.take(f"projector-break{suffix}")
    _keep(at, f"slide-break-title{suffix}")
    for step in ("first", "second"):
        at.give("projector.preview_next")
        _keep(at, f"slide-break-{step}{suffix}")
    at.take(f"projector-break-begun{suffix}")
    for _ in range(20):
        at.give("projector.preview_next")
    at.take(f"projector-break-later{suffix}")
    _keep(at, f"slide-break-later{suffix}")


def _keep(at: Studio, name: str) -> None:
    shown = [one for one in at.window.findChildren(PictureView) if one.sheet is not None]
    if shown:
        at.camera.keep(name, picture(shown[0].sheet, HALL, 1.0))


class _OutRounds(OutRounds):
    """The tab room of the window."""

    def __init__(self, at: Studio) -> None:
        self.work, self.owner, self.category = at.desk.workspace, at.desk.owner, "open"


def _ahead(at: Studio, suffix: str) -> None:
    """The break while rounds are to come: as it stands, and as it is foreseen."""
    at.desk.session.set_round(at.desk.rounds()[3].id)
    at.go("breaks")
    at.take(f"break-as-it-stands{suffix}")
    at.desk.workspace.run(
        "break.forecast", tournament=at.desk.owner.id, tournament_id=at.desk.owner.id, seed=SEED,
        about="Open", runs=2000)
    at.settle()
    at.take(f"break-forecast{suffix}", contrast=not suffix)
    at.give("break.watch")
    at.take(f"break-rooms-to-watch{suffix}")
    at.give("break.category")
    at.take(f"break-forecast-second{suffix}")


def _last_played(at: Studio) -> None:
    at.desk.session.set_round(at.desk.rounds()[3].id)
    at.go("results")


def _page(at: Studio) -> ResultsPage:
    page = at.window.page
    assert isinstance(page, ResultsPage)
    return page


def _tables(at: Studio, suffix: str) -> None:
    """Take every table and part that there is."""
    page = _page(at)
    for name in _TABLES:
        if not page.why_not(f"results.{name}"):
            at.give(f"results.{name}")
            at.take(f"results-{name}-plain{suffix}")
    at.give("results.teams")


def _explain(at: Studio, table: str, row: int, column: str) -> None:
    """Open the popover on a number."""
    page = _page(at)
    at.give(f"results.{table}")
    keys = [one.key for one in page.rows.columns]
    page.table.go_to_cell(row, keys.index(column) if column in keys else 0)
    page.table.setFocus()
    at.give("results.explain")


def _explained(at: Studio, table: str, columns: Sequence[str], suffix: str = "") -> None:
    for row, column in zip((20, 1, 4, 9), columns, strict=False):
        _explain(at, table, row, column)
        at.take(f"results-{table}-{column.rpartition(':')[2]}{suffix}")
        at.press("Esc")


def _correction(at: Studio, suffix: str, mark: str) -> None:
    """Correct a ballot of the second round: what it changes, in a sentence and in tables."""
    second = at.desk.rounds()[1]
    at.desk.session.set_round(second.id)
    at.go("ballots")
    page = at.window.page
    assert isinstance(page, BallotsPage)
    with at.desk.workspace.database.read() as unit:
        page.open_at(read_desk(unit, at.desk.owner.id, second.id).rooms[2].id)
    at.settle()
    at.give("ballots.correct")
    at.press("Ctrl+A")
    at.type(mark)
    at.desk.qtbot.waitUntil(lambda: page.impact.found is not None, timeout=20_000)
    at.take(f"ballot-impact{suffix}")
    at.give("ballots.impact")
    for part in ("teams", "speakers", "break", "rounds"):
        if isinstance(at.top, ImpactDialog):
            at.top.parts.choose(part)
            at.top.show_part(part)
        at.take(f"ballot-impact-{part}{suffix}")
    at.close_dialogs()
    at.press("Esc", "Esc")
    at.quiet()


STORIES = (bp, australs, large, after)
