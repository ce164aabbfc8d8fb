"""Debates and sheets for the tests of ballots, and what is found on them."""

from __future__ import annotations

from typing import Any

from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import DebateContext, check_ballot
from tabapp.domain.formats import Settings
from tabapp.domain.types import BP_SIDES, Stage

SPEAKERS = {f"T{n}": frozenset({f"S{n}a", f"S{n}b"}) for n in range(4)}
EVERYONE = frozenset().union(*SPEAKERS.values()) | {"S9"}


def debate(stage: Stage = Stage.PRELIMINARY, *, sides: Any = BP_SIDES, last: bool = False) -> Any:
    return DebateContext(
        "D31", 1, stage, tuple((side, f"T{n}") for n, side in enumerate(sides)), SPEAKERS,
        last_elimination=last, all_speakers=EVERYONE, names={"S0a": "Ann", "T0": "Oxford A"},
    )  # fmt: skip


def speech(position: int, speaker: str | None, score: float | None, **more: Any) -> dict[str, Any]:
    return {"position": position, "speaker": speaker, "score": score, **more}


def sheet_of(*totals: float, sides: Any = BP_SIDES) -> dict[str, Any]:
    """A sheet on which the first speakers have 75 and the second ones the rest."""
    return {
        "sides": [
            {"side": side.value,
             "speeches": [speech(1, f"S{n}a", 75), speech(2, f"S{n}b", total - 75)]}
            for n, (side, total) in enumerate(zip(sides, totals, strict=True))
        ]
    }  # fmt: skip


def ballot(sheet: dict[str, Any] | None, **more: Any) -> Ballot:
    return Ballot.model_validate({"sheets": [sheet] if sheet else [], **more})


def good_sheet() -> dict[str, Any]:
    return sheet_of(155, 150, 145, 160)


def problems(sheet: dict[str, Any] | None, rules: Settings, where: Any = None, **more: Any) -> Any:
    return [
        (p.where, p.code) for p in check_ballot(ballot(sheet, **more), where or debate(), rules)
    ]
