"""A tournament whose first round is out since nine, on a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tabapp.app import open_workspace
from tabapp.core.clock import ManualClock
from tabapp.core.events import Event
from tabapp.core.settings import HOME_VARIABLE
from tabapp.domain.archive import Archive
from tabapp.services import exchange
from tabapp.services.events import DomainEvent
from tabapp.services.happenings import emit_domain_events
from tabapp.services.undoing import check_reversal
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.derived import refresh_results
from tabapp.store.flag_rows import flags_of_tournament
from tabapp.store.times import to_text
from tabapp.store.unit import WriteUnit
from tests.builders import small_archive

TWO_TEAMS = {
    "ballots_per_debate_prelim": "per-debate", "substantive_speakers": 2,
    "reply_scores_enabled": False, "score_min": 50, "score_max": 99, "score_step": 1,
}
TOOK = {"bp": 71, "australs": 43}
"""Minutes of a debate with the decision of its judges."""


@dataclass
class Late:
    """An open file, its clock and the domain events that its bus carried."""

    work: Workspace
    clock: ManualClock
    events: list[DomainEvent] = field(default_factory=list)

    @property
    def owner(self) -> int:
        return self.work.tournament("small").id

    def after(self, minutes: float) -> None:
        """Let time pass until so many minutes after nine."""
        now = (self.clock.now().hour - 9) * 60 + self.clock.now().minute
        self.clock.advance((minutes - now) * 60)

    def look(self, job: str = "ballots.check_pending", **params: Any) -> dict[str, int]:
        """Let the clock look, with all that follows."""
        handle = self.work.queue.submit(job, submitted_by="clock", **params)
        result = handle.wait(5)
        assert result.status == "success", result.error
        return dict(result.stats)

    def flags(self) -> dict[str, list[str]]:
        """Return archive id of a debate -> its flags."""
        with self.work.database.read() as unit:
            refs = dict(unit.fetch(select(schema.debate.c.id, schema.debate.c.ref)))
            return {
                refs[row]: [one.kind for one in flags]
                for row, flags in sorted(flags_of_tournament(unit, self.owner).items())}

    def debate(self, ref: str) -> int:
        with self.work.database.read() as unit:
            found = unit.scalar(select(schema.debate.c.id).where(schema.debate.c.ref == ref))
        assert isinstance(found, int)
        return found

    def round(self, seq: int = 1) -> int:
        return self.work.round("small", seq)[1].id

    def write(self, change: Callable[[WriteUnit], object], actor: str = "Ann") -> int | None:
        with self.work.database.write(
            actor=actor, verb="change", tournament=self.owner
        ) as unit:
            change(unit)
        return unit.action_id

    def check_in(self, *speakers: str) -> None:
        self.write(lambda unit: unit.insert(schema.check_in, [
            {"tournament_id": self.owner, "kind": "speaker", "subject": one,
             "at": to_text(self.clock.now()), "by": "desk"} for one in speakers]))

    def names(self) -> list[str]:
        """Return the names of the events so far, and forget them."""
        found = [one.name for one in self.events]
        self.events.clear()
        return found


def document(preset: str = "bp", **settings: Any) -> Archive:
    """Two rounds of eight teams: the first is out, the second not drawn."""
    made = small_archive(8, 2, results=False)
    made["tournament"]["settings"] = dict(settings)
    made["rounds"][0]["starts_at"] = "09:00"
    made["rounds"][1] |= {"status": "none", "debates": []}
    if preset != "bp":
        made["tournament"]["preset"] = preset
        made["tournament"]["settings"] = TWO_TEAMS | settings
        debates = made["rounds"][0]["debates"]
        made["rounds"][0]["debates"] = [
            one | {
                "id": f"{one['id']}{half}", "venue": None, "panel": [],
                "sides": [
                    {"side": side, "team": place["team"]}
                    for side, place in zip(("aff", "neg"), one["sides"][start:], strict=False)],
            }
            for one in debates for half, start in (("", 0), ("b", 2))]
    return Archive.model_validate(made)


@contextmanager
def open_late(path: Path, preset: str = "bp", **settings: Any) -> Iterator[Late]:
    """Open a file with it; the clock stands at nine."""
    clock = ManualClock()
    with (
        pytest.MonkeyPatch.context() as patch,
        open_workspace(path / "late.tabapp", create=True, clock=clock) as work,
    ):
        patch.setenv(HOME_VARIABLE, str(path / "home"))  # where copies go
        work.database.hooks[:] = [refresh_results, check_reversal, emit_domain_events]
        exchange.add(work.database, document(preset, **settings), now=clock.now(), actor="test")
        late = Late(work, clock)

        def note(event: Event) -> None:
            assert isinstance(event, DomainEvent)
            late.events.append(event)

        work.bus.subscribe(DomainEvent, note)
        yield late
