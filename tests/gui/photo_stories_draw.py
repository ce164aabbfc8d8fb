"""What is photographed of draws: rooms of two and of four, alternatives, balance, the guard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from tabapp.domain.archive import Archive
from tabapp.domain.simulation import generate_tournament
from tests.gui.photo_stories import SEED, studio
from tests.gui.photo_studio import Camera, Studio


def before_the_last_round(preset: str, teams: int, *, missing: int = 0) -> Archive:
    """Make a tournament whose fifth round is not drawn.

    ``missing`` ballots of the fourth are out, and half as many are entered and not confirmed.
    """
    made = generate_tournament(preset=preset, teams=teams, rounds=5, seed=7)
    made.tournament.name = made.tournament.short_name = "Northlight Open"
    made.breaks, made.feedback = [], []
    last, before = made.rounds[4], made.rounds[3]
    last.debates, last.draw_seed, last.motions_released = [], None, False
    last.status, last.completed = "none", False
    for debate in before.debates[:missing]:
        debate.ballots = []
    for debate in before.debates[missing:missing + missing // 2]:
        for ballot in debate.ballots:
            ballot.status = "draft"
    before.completed = not missing
    return made


@contextmanager
def _at_the_draw(camera: Camera, folder: Path, archive: Archive, name: str) -> Iterator[Studio]:
    with studio(camera, folder, archive, name) as at:
        at.desk.session.set_round(at.desk.rounds()[4].id)
        at.go("rounds/draw")
        yield at


def _draw(at: Studio) -> None:
    fifth = at.desk.rounds()[4]
    at.desk.workspace.run(
        "draw.generate", tournament=at.desk.owner.id, round_id=fifth.id, about=fifth.name,
        seed=SEED, confirm=False)
    at.settle()


def _take_draw(at: Studio, name: str) -> None:
    """Take the draw, why a room is so, the list of swaps and the price of one."""
    at.take(f"draw-{name}")
    at.press("Down", "Down", "Down")
    at.give("draw.explain")
    at.take(f"draw-{name}-why")
    at.give("draw.explain")
    at.press("Right")
    at.shot(f"draw-{name}-swap", "draw.swap")
    at.give("draw.lift")
    at.press("Right")
    at.take(f"draw-{name}-price")
    at.press("Esc")


def two_teams(camera: Camera, folder: Path) -> None:
    """A draw of 88 teams in rooms of two, other draws beside it, and the balance of sides."""
    archive = before_the_last_round("australs", 88)
    with _at_the_draw(camera, folder, archive, "pairs") as at:
        _draw(at)
        _take_draw(at, "two-team")
        with patch("secrets.randbelow", return_value=SEED + 1):  # the other seed of the list
            at.shot("draw-compare", "draw.compare")
        at.shot("draw-balance", "draw.balance")
        at.give("draw.replay")
        at.take("draw-replayed")
        at.give("draw.order")
        at.give("draw.order")
        at.take("draw-two-team-by-team")


def large(camera: Camera, folder: Path) -> None:
    """A draw of 400 teams in rooms of four."""
    with _at_the_draw(camera, folder, before_the_last_round("bp", 400), "large") as at:
        _draw(at)
        _take_draw(at, "large")
        at.shot("draw-large-balance", "draw.balance")


def guard(camera: Camera, folder: Path) -> None:
    """A round before its draw while ballots of the last one are out."""
    archive = before_the_last_round("uadc", 24, missing=4)
    with _at_the_draw(camera, folder, archive, "guard") as at:
        at.take("draw-guard")


STORIES = (two_teams, large, guard)
