"""Every job of the program with input for it: by hand where it matters, else by its signature.

A job that is added later is tried with what the names of its parameters stand for in the scene.
"""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select

from tabapp.app import job_registry, open_workspace
from tabapp.core.clock import ManualClock
from tabapp.jobs.params import parameter_names
from tabapp.jobs.spec import AnySpec
from tabapp.jobs.testing import JobTestContext
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.tournaments import RoundRow, TournamentRow
from tabapp.store.unit import ReadUnit, WriteUnit
from tabapp.tasks.play import play_round
from tests.reliability.scenes import Rows, add, exports, made_up, rounds_of, rows_of

KEPT = (
    schema.result_team, schema.result_speech, schema.standing, schema.recommendation,
    schema.recommendation_answer, schema.debate_flag, schema.debate_event, schema.schedule,
    schema.form_draft,
)
"""What a job may change besides what an archive holds."""

State = tuple[dict[int, bytes], dict[str, Rows]]
Params = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """A tournament of three rounds, of which two were played."""

    work: Workspace
    owner: TournamentRow
    rounds: tuple[RoundRow, ...]

    def run(self, name: str, **params: Any) -> None:
        self.work.run(name, tournament=self.owner.id, **params)

    @property
    def last(self) -> int:
        return self.rounds[-1].id

    def draw_last(self) -> None:
        self.run("draw.generate", round_id=self.last, seed=3, confirm=True)
        self.run("draw.allocate_adjudicators", round_id=self.last, seed=3)
        self.run("draw.allocate_venues", round_id=self.last, seed=3)

    def play_last(self) -> None:
        self.draw_last()
        self.run("demo.simulate", round_id=self.last, seed=3)

    def first_of(self, table: Any) -> int:
        with self.work.database.read() as unit:
            found = unit.scalar(select(table.c.id).order_by(table.c.id))
        assert isinstance(found, int)
        return found

    def copy(self) -> Path:
        """Return a copy of the whole file, as somebody else might have one."""
        path = self.work.database.path
        assert path is not None
        return Path(shutil.copy(path, path.with_name("other.tabapp")))


Case = Callable[[Scene], Params]


def a_first_draw(scene: Scene) -> Params:
    return {"round_id": scene.last, "seed": 5}


def another_draw(scene: Scene) -> Params:
    scene.draw_last()
    return {"round_id": scene.last, "seed": 5, "replace": True}


def the_draw_that_is_there(scene: Scene) -> Params:
    scene.play_last()
    return {"round_id": scene.last, "seed": 3, "replace": True}


def seats(scene: Scene) -> Params:
    scene.run("draw.generate", round_id=scene.last, seed=3)
    return {"round_id": scene.last, "seed": 5}


def other_seats(scene: Scene) -> Params:
    scene.draw_last()
    return {"round_id": scene.last, "seed": 5}


def results(scene: Scene) -> Params:
    scene.draw_last()
    return {"round_id": scene.last, "seed": 5}


def a_break_by_lot(scene: Scene) -> Params:
    scene.play_last()
    return {"tournament_id": scene.owner.id, "ties": "lot", "seed": 5}


def a_break_that_asks(scene: Scene) -> Params:
    scene.play_last()
    return {"tournament_id": scene.owner.id, "ties": "ask"}


CASES: Mapping[str, list[Case]] = {
    "break.generate": [a_break_by_lot, a_break_that_asks],
    "demo.simulate": [results],
    "draw.allocate_adjudicators": [seats, other_seats],
    "draw.allocate_venues": [seats, other_seats],
    "draw.generate": [a_first_draw, another_draw, the_draw_that_is_there],
}
"""Input by hand; of the other jobs the signature decides."""

FILLED: Mapping[str, Callable[[Scene], Any]] = {
    "tournament_id": lambda scene: scene.owner.id,
    "round_id": lambda scene: scene.last,
    "debate_id": lambda scene: scene.first_of(schema.debate),
    "ballot_id": lambda scene: scene.first_of(schema.ballot),
    "seed": lambda _scene: 5,
    "runs": lambda _scene: 300,
    "event": lambda _scene: "round.completed",
    "source": lambda scene: str(scene.copy()),
}
"""What a parameter of that name stands for here."""


def after_the_last_round(spec: AnySpec) -> Case:
    """Return the case of a job that nobody wrote one for: all is played, its names are filled."""
    signature = inspect.signature(spec.function).parameters

    def case(scene: Scene) -> Params:
        scene.play_last()
        found = {}
        for name in parameter_names(spec.function):
            if name in FILLED:
                found[name] = FILLED[name](scene)
            elif signature[name].default is inspect.Parameter.empty:
                raise AssertionError(f"{spec.name}: say in FILLED what {name!r} stands for")
        return found

    case.__name__ = "by_its_signature"
    return case


def every_case() -> list[tuple[str, Case]]:
    """Return each job of the registry with each input for it."""
    return [
        (spec.name, case)
        for spec in job_registry()
        for case in CASES.get(spec.name) or [after_the_last_round(spec)]
    ]


def play_two_rounds(path: Path) -> None:
    """Make the file of a ``Scene``; points alone decide in it, so that teams tie."""
    with open_workspace(path, create=True, clock=ManualClock()) as work:
        owner = add(work, made_up(7, teams=12, rounds=3, team_standings_precedence=["points"]))
        for round_ in rounds_of(work, owner)[:2]:
            for _result in play_round(work, owner, round_, 1):
                pass


def state_of(work: Workspace) -> State:
    """Return all that jobs may change, but for the history of jobs and the journal."""
    with work.database.read() as unit:
        return exports(work.database), {table.name: rows_of(unit, table) for table in KEPT}


@contextmanager
def opened(path: Path) -> Iterator[Scene]:
    """Open the file of a scene, in which no time passes."""
    with open_workspace(path, clock=ManualClock()) as work:
        owner = work.tournament()
        yield Scene(work, owner, tuple(rounds_of(work, owner)))


def tournament_of(scene: Scene, spec: AnySpec) -> int | None:
    """Return for which tournament a job is submitted."""
    return scene.owner.id if spec.lock == "tournament" else None


Context = TypeVar("Context", bound=JobTestContext[ReadUnit, WriteUnit])


def context_of(scene: Scene, spec: AnySpec, kind: type[Context]) -> Context:
    """Return what runs a job here, with all that the program lends to it."""
    queue = scene.work.queue
    return kind(
        scene.work.database, tournament=tournament_of(scene, spec), registry=queue.registry,
        clock=scene.work.clock, resources=queue.resources)


class Trial:
    """One job with one input, run again and again from one state."""

    def __init__(self, name: str, case: Case, played: Path) -> None:
        self.spec = job_registry().get(name)
        self.case = case
        self.start = played.with_name(f"{name}-{case.__name__}.tabapp")
        shutil.copy(played, self.start)
        with opened(self.start) as scene:
            self.params = case(scene)
            self.old = state_of(scene.work)

    @contextmanager
    def afresh(self) -> Iterator[Scene]:
        """Open a copy of the state in which the job starts."""
        with opened(self.copied()) as scene:
            yield scene

    def copied(self) -> Path:
        """Return a new copy of the state in which the job starts."""
        return Path(shutil.copy(self.start, self.start.with_name("copy.tabapp")))

    def context(self, scene: Scene) -> JobTestContext[ReadUnit, WriteUnit]:
        """Return what runs the job of this trial."""
        return context_of(scene, self.spec, JobTestContext)

    def run(self, scene: Scene) -> None:
        """Run the job through the queue."""
        scene.work.run(
            self.spec.name, tournament=tournament_of(scene, self.spec), **self.params)
