"""Tournaments of every format whose first round waits for its ballots, for a typist."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Archive
from tests.gui.ballot_typist import Typist, sit_down
from tests.gui.desk import open_desk

Doc = dict[str, Any]
_FIRST = (
    "Marta", "Selin", "Juma", "Hinemoa", "Tobias", "Noor", "Anselm", "Farah", "Viktor", "Amara",
    "Beatriz", "Oluwaseun")
_LAST = ("Nguyễn", "Ashworth", "Eriksen", "Bergström", "Dlamini", "Novotná", "Whitmore", "Pereira")
SIX = ("aff", "neg")
TWO_TEAMS: Doc = {
    "teams_in_debate": 2, "substantive_speakers": 3, "side_names": "aff-neg",
    "reply_scores_enabled": True, "score_min": 60, "score_max": 80, "score_step": 0.5,
    "reply_score_min": 30, "reply_score_max": 40, "reply_score_step": 0.5,
    "winners_in_ballots": "none", "speakers_in_ballots": "always",
    "ballots_per_debate_prelim": "per-adj", "ballots_per_debate_elim": "per-adj",
    "enable_motions": False, "motion_vetoes_enabled": False,
}
CRITERIA = [
    {"id": "K1", "name": "Matter", "weight": 1.0, "min": 24, "max": 32, "step": 0.5},
    {"id": "K2", "name": "Manner", "weight": 1.0, "min": 24, "max": 32, "step": 0.5},
    {"id": "K3", "name": "Method", "weight": 1.0, "min": 12, "max": 16, "step": 0.5},
]


def name_of(number: int) -> str:
    """Return the name of a speaker; nobody shares a first name within a team."""
    return f"{_FIRST[number % len(_FIRST)]} {_LAST[(number * 3) % len(_LAST)]}"


def rooms_of(
    sides: tuple[str, ...] = SIX, *, rooms: int = 2, judges: int = 3, motions: int = 1,
    criteria: list[Doc] | None = None, **settings: Any,
) -> Doc:
    """Make a released round of ``rooms`` debates without ballots, as plain JSON."""
    rules = {**(TWO_TEAMS if len(sides) == 2 else {}), **settings}
    size = rules.get("substantive_speakers", 2)
    teams = rooms * len(sides)
    return {
        "format": "tabapp-archive", "version": 1,
        "tournament": {
            "name": "Harbour Open", "short_name": "Harbour", "slug": "harbour", "preset": "bp",
            "timezone": "UTC", "settings": rules, "criteria": criteria or [],
        },
        "institutions": [
            {"id": f"I{n}", "name": f"University of Kranichfeld {n}", "code": f"K{n}"}
            for n in range(1, teams + 1)],
        "break_categories": [
            {"id": "BC1", "name": "Open", "slug": "open", "seq": 1, "size": 4, "general": True}],
        "teams": [
            {"id": f"T{n}", "name": f"Kranichfeld {'ABCDEFGH'[n - 1]}", "institution": f"I{n}",
             "break_categories": ["BC1"]} for n in range(1, teams + 1)],
        "speakers": [
            {"id": f"S{n}", "name": name_of(n), "team": f"T{(n - 1) // size + 1}"}
            for n in range(1, teams * size + 1)],
        "adjudicators": [
            {"id": f"A{n}", "name": f"{('Ann', 'Bo', 'Cy', 'Di', 'Ed', 'Flo')[n % 6]} Judge {n}",
             "base_score": 5.0} for n in range(1, rooms * judges + 1)],
        "venues": [{"id": f"V{n}", "name": f"Room {n}"} for n in range(1, rooms + 1)],
        "motions": [
            {"id": f"M{n}", "reference": f"Motion {n}", "text": f"That we test motion {n}."}
            for n in range(1, motions + 1)],
        "rounds": [{
            "seq": 1, "name": "Round 1", "abbreviation": "R1", "stage": "preliminary",
            "draw_type": "random", "status": "released", "completed": False,
            "motions": [f"M{n}" for n in range(1, motions + 1)], "motions_released": True,
            "debates": [_debate(room, sides, judges) for room in range(rooms)],
        }],
    }


def _debate(room: int, sides: tuple[str, ...], judges: int) -> Doc:
    first = room * len(sides)
    return {
        "id": f"D{room + 1}", "bracket": 0, "room_rank": room + 1, "venue": f"V{room + 1}",
        "status": "none",
        "sides": [{"side": side, "team": f"T{first + n + 1}"} for n, side in enumerate(sides)],
        "panel": [
            {"adjudicator": f"A{room * judges + n + 1}", "role": "panellist" if n else "chair"}
            for n in range(judges)],
        "ballots": [],
    }


@contextmanager
def at_rooms(qtbot: QtBot, folder: Path, document: Doc, room: str = "Room 1") -> Iterator[Typist]:
    """Sit down before these rooms and open one of them by its name."""
    with open_desk(qtbot, folder, archive=Archive.model_validate(document)) as desk:
        typist = sit_down(desk)
        if room:
            typist.open(room)
        yield typist
        typist.page.close()
        desk.settle()
