"""A drawn second round with judges, rooms, conflicts and wishes, whose first round was played.

D3 holds T3, T1, T7, T5 under A1 (chair), A2, A3; D4 holds T6, T4, T2, T8 under A4 (chair), A5, A6.
In Round 1 A1 to A3 judged T2, T4, T6, T8 and A4 to A6 the others. A5 has a conflict with the
institution of T4. Free are A7 (a personal conflict with T3), A8 (of the institution of T1 and T2)
and A9, a trainee in conflict with A6; A10 is absent.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tabapp.app import open_workspace
from tabapp.domain.archive import Archive
from tabapp.services import exchange
from tabapp.services.workspace import Workspace
from tabapp.store.archive_out import read_archive
from tabapp.store.tournaments import RoundRow, TournamentRow
from tests.builders import Doc, small_archive

SCORES = {"A1": 9, "A2": 7, "A3": 6, "A4": 8, "A5": 7, "A6": 5, "A7": 8.5, "A8": 6.5, "A9": 3,
          "A10": 9}
MORE: dict[str, Doc] = {
    "A5": {"institution_conflicts": ["I2"]},
    "A6": {"adjudicator_conflicts": ["A9"]},
    "A7": {"team_conflicts": ["T3"]},
    "A8": {"institution": "I1", "institution_conflicts": ["I1"]},
    "A9": {"trainee": True},
}


def document() -> Doc:
    """Return the tournament as an archive."""
    made = small_archive(8, 2, judges_per_room=3)
    made["adjudicators"] = [
        {"id": ref, "name": f"Judge {ref}", "base_score": score, **MORE.get(ref, {})}
        for ref, score in SCORES.items()
    ]
    made["venue_categories"] = [{"id": "VC1", "name": "Step-free"}]
    made["venues"] = [
        {"id": "V1", "name": "Aula", "priority": 9},
        {"id": "V2", "name": "Library", "priority": 8},
        {"id": "V3", "name": "Ramp", "priority": 7, "categories": ["VC1"]},
        {"id": "V4", "name": "Attic", "priority": 1},
    ]
    made["venue_constraints"] = [
        {"kind": "team", "subject": "T1", "category": "VC1", "priority": 5}]
    second = made["rounds"][1]
    second |= {
        "status": "confirmed", "completed": False, "absent_adjudicators": ["A10"],
        "absent_venues": ["V4"],
    }
    for debate in second["debates"]:
        debate |= {"status": "none", "ballots": []}
    return made


class Scene:
    """The open file with its second round."""

    def __init__(self, work: Workspace, owner: TournamentRow, round_: RoundRow) -> None:
        self.work, self.owner, self.round = work, owner, round_

    def archive(self) -> Archive:
        """Return what is stored now, without the trail of what was done."""
        with self.work.database.read() as unit:
            return read_archive(unit, self.owner.id).model_copy(update={"activity": []})

    def panels(self) -> dict[str, dict[str, list[str]]]:
        """Return debate -> role -> judges of the second round."""
        found: dict[str, dict[str, list[str]]] = {}
        for debate in self.archive().rounds[1].debates:
            here = found.setdefault(debate.id, {})
            for member in debate.panel:
                here.setdefault(member.role, []).append(member.adjudicator)
        return {ref: {role: sorted(who) for role, who in one.items()} for ref, one in found.items()}


@contextmanager
def open_scene(folder: Path, made: Doc | None = None) -> Iterator[Scene]:
    """Store the tournament in a new file."""
    with open_workspace(folder / "board.tabapp", create=True) as work:
        archive = Archive.model_validate(made or document())
        exchange.add(work.database, archive, now=work.clock.now(), actor="test")
        owner, round_ = work.round("small", 2)
        yield Scene(work, owner, round_)
