"""Room signs: one page across for each, with the name as large as the page lets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tabapp.domain.formats import PaperSize
from tabapp.domain.types import Tick, no_tick
from tabapp.exchange.paper.codes import code_data
from tabapp.exchange.paper.files import set_files
from tabapp.exchange.paper.fitting import large
from tabapp.exchange.paper.values import Code, Printed
from tabapp.exchange.paper.words import printable

Arrow = Literal["", "left", "right", "up", "down"]
CHUNK = 200
"""Signs in one file."""


@dataclass(frozen=True, slots=True)
class SignTeam:
    """A team on a sign; ``side`` is "" where the room decides who stands where."""

    side: str
    name: str


@dataclass(frozen=True, slots=True)
class RoomSign:
    """One page. ``when`` is round and time, "" on a sign of no round; ``note`` the categories."""

    tournament: str
    room: str
    when: str = ""
    arrow: Arrow = ""
    note: str = ""
    teams: tuple[SignTeam, ...] = ()
    panel: str = ""
    code: Code | None = None


def print_room_signs(
    signs: Sequence[RoomSign], *, title: str = "Room signs", paper: PaperSize = "a4",
    tick: Tick = no_tick,
) -> list[Printed]:
    """Return the signs in PDF files of at most ``CHUNK``, one a page.

    ``tick`` is told of the signs that are done and may raise to cancel.
    """
    return set_files(
        "signs", "signs", signs, _sign, title=title, most=CHUNK, tick=tick,
        paper=paper)


def _sign(sign: RoomSign) -> dict[str, Any]:
    return {
        "tournament": printable(sign.tournament), "room": large(sign.room),
        "when": printable(sign.when), "arrow": sign.arrow, "note": printable(sign.note),
        "panel": printable(sign.panel), "code": code_data(sign.code),
        "teams": [
            {"side": printable(one.side), "team": printable(one.name)} for one in sign.teams],
    }
