"""What a draw reads and what it comes to: the values between reading, drawing and storing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tabapp.core.errors import TabappError
from tabapp.core.revisions import Revision
from tabapp.domain.draw import fingerprint
from tabapp.domain.types import Check, DrawSnapshot
from tabapp.services.elimination_case import EliminationCase
from tabapp.store.draw_rows import NewDebate
from tabapp.store.tournaments import RoundRow, TournamentRow


class AuditFailed(TabappError):
    """The independent checker found a fault in a draw that we made: our bug, never stored."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self.checks = tuple(checks)
        super().__init__("; ".join(f"{one.name}: {one.detail}" for one in checks))


@dataclass(frozen=True, slots=True)
class EliminationInput:
    """What the draw of an elimination round reads besides its snapshot.

    ``names`` are those of the teams, ``previous`` is the name of the round before, "" for the
    first round; ``warnings`` are sentences that do not keep a person from drawing.
    """

    case: EliminationCase
    names: Mapping[str, str]
    previous: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrawInput:
    """All that a draw reads, with the revisions that must still hold when it is stored.

    For an elimination round ``snapshot`` holds the teams that take part, and ``elimination`` says
    where they come from.
    """

    owner: TournamentRow
    round: RoundRow
    snapshot: DrawSnapshot
    revision: Revision
    drawn: bool
    elimination: EliminationInput | None = None
    ignored: tuple[str, ...] = ()
    """Debates, by archive id, whose missing results a person chose to draw without."""

    def seal(self) -> str:
        """Return the fingerprint of what the draw is made from."""
        if self.elimination is not None:
            return self.elimination.case.seal()
        return fingerprint(self.snapshot)


@dataclass(frozen=True, slots=True)
class DrawnRound:
    """A draw with everything that is stored and shown with it."""

    seq: int
    seed: int
    rule: Mapping[str, Any]
    debates: tuple[NewDebate, ...]
    quality: Mapping[str, Any]
    audit: tuple[Check, ...]
    certificate: Mapping[str, Any]
    warnings: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """Return what is kept with the round: enough to replay the draw and to judge it."""
        return {
            "rule": dict(self.rule), "quality": dict(self.quality),
            "certificate": dict(self.certificate), "audit": _checks(self.audit), "edits": [],
        }

    def as_json(self, seconds: Mapping[str, float]) -> dict[str, Any]:
        """Return the shape of ``headless.md``, The draw, as JSON."""
        return {
            "round": self.seq, "seed": self.seed, "rule": dict(self.rule),
            "debates": [_debate_json(one) for one in self.debates],
            "quality": dict(self.quality),
            "audit": {
                "ok": all(one.status != "failed" for one in self.audit),
                "checks": _checks(self.audit),
            },
            "certificate": dict(self.certificate), "warnings": list(self.warnings),
            "seconds": dict(seconds),
        }


def _checks(checks: Sequence[Check]) -> list[dict[str, str]]:
    return [{"name": one.name, "status": one.status, "detail": one.detail} for one in checks]


def _debate_json(one: NewDebate) -> dict[str, Any]:
    drawn = one.drawn
    return {
        "id": one.ref, "bracket": drawn.bracket, "room_rank": drawn.room_rank,
        "flags": list(drawn.flags),
        "sides": [
            {"side": side.value, "team": team, "flags": list(drawn.team_flags.get(team, ()))}
            for side, team in drawn.sides
        ],
        "why": list(one.why),
    }
