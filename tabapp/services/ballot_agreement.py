"""What all judges of a room saw alike: putting their sheets in agreement where they differ."""

from __future__ import annotations

from tabapp.core.errors import Problem
from tabapp.services.ballot_bundle import Bundle

_CODES = frozenset({
    "sheets_speaker_differs", "sheets_ghost_differs", "sheets_motion_differs",
    "sheets_veto_differs"})


def is_difference(problem: Problem) -> bool:
    """Tell whether two sheets say differently what every judge saw alike."""
    return problem.code in _CODES


def agree(bundle: Bundle, judge: str, key: str) -> None:
    """Let all sheets say of the field ``key`` what the sheet of ``judge`` says.

    Of a speaker that is who gave any speech of the side, since one name moves another.
    """
    said = bundle.sheets[judge]
    side, _, rest = key.partition(".")
    for other in bundle.sheets.values():
        if other is said:
            continue
        if key == "motion":
            other.motion = said.motion
        elif rest == "veto":
            other.vetoes.pop(side, None)
            if side in said.vetoes:
                other.vetoes[side] = said.vetoes[side]
        else:
            _copy_order(said.speakers, other.speakers, side)
            _copy_order(said.substitutes, other.substitutes, side)
            other.ghosts = [
                *(one for one in other.ghosts if not one.startswith(f"{side}.")),
                *(one for one in said.ghosts if one.startswith(f"{side}."))]
            for one in (said, other):  # what is agreed follows the marks of no sheet
                one.ghosts_by_mark = [
                    ghost for ghost in one.ghosts_by_mark if not ghost.startswith(f"{side}.")]


def _copy_order(said: dict[str, str], other: dict[str, str], side: str) -> None:
    for key in [one for one in other if one.startswith(f"{side}.")]:
        del other[key]
    other.update({key: ref for key, ref in said.items() if key.startswith(f"{side}.")})
