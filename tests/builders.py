"""Small tournaments as plain JSON, for tests that need a whole document."""

from __future__ import annotations

from typing import Any

Doc = dict[str, Any]
SIDES = ("og", "oo", "cg", "co")


def small_archive(
    teams: int = 8, rounds: int = 1, *, results: bool = True, judges_per_room: int = 1
) -> Doc:
    """Make a valid British Parliamentary tournament with two speakers a team.

    ``teams`` must be a multiple of four. In each round the teams are dealt to rooms and sides in
    another order; scores depend on the team, so that team 1 is the best, and no totals tie.
    """
    rooms = teams // 4
    return {
        "format": "tabapp-archive",
        "version": 1,
        "tournament": {
            "name": "Small Open", "short_name": "Small", "slug": "small", "preset": "bp",
            "timezone": "UTC", "settings": {}, "criteria": [],
        },
        "institutions": [
            {"id": f"I{n}", "name": f"College {n}", "code": f"C{n}", "region": ""}
            for n in range(1, rooms * 2 + 1)
        ],
        "break_categories": [
            {"id": "BC1", "name": "Open", "slug": "open", "seq": 1, "size": 4, "general": True},
        ],
        "speaker_categories": [{"id": "SC1", "name": "Novice", "slug": "novice", "seq": 1}],
        "teams": [_team(n) for n in range(1, teams + 1)],
        "speakers": [
            {"id": f"S{n}", "name": f"Speaker {n}", "team": f"T{(n + 1) // 2}",
             "categories": ["SC1"] if n % 4 == 0 else []}
            for n in range(1, teams * 2 + 1)
        ],
        "adjudicators": [
            {"id": f"A{n}", "name": f"Judge {n}", "base_score": 5.0}
            for n in range(1, rooms * judges_per_room + 1)
        ],
        "venues": [{"id": f"V{n}", "name": f"Room {n}"} for n in range(1, rooms + 1)],
        "motions": [
            {"id": f"M{n}", "reference": f"Motion {n}", "text": f"That we test {n}."}
            for n in range(1, rounds + 1)
        ],
        "rounds": [
            _round(seq, teams, results=results, judges=judges_per_room)
            for seq in range(1, rounds + 1)
        ],
    }


def _team(number: int) -> Doc:
    home = f"I{(number + 1) // 2}"
    return {
        "id": f"T{number}", "name": f"College {(number + 1) // 2} {'AB'[(number + 1) % 2]}",
        "institution": home, "institution_conflicts": [home], "break_categories": ["BC1"],
    }


def _round(seq: int, teams: int, *, results: bool, judges: int) -> Doc:
    rooms = teams // 4
    order = [(place * (2 * seq - 1) + seq) % teams for place in range(teams)]
    if len(set(order)) < teams:
        order = [(place + seq) % teams for place in range(teams)]
    return {
        "seq": seq, "name": f"Round {seq}", "abbreviation": f"R{seq}", "stage": "preliminary",
        "draw_type": "random" if seq == 1 else "power", "status": "released",
        "completed": results, "motions": [f"M{seq}"], "motions_released": True,
        "debates": [
            _debate(seq, rooms, room, [number + 1 for number in order[room::rooms]],
                    results=results, judges=judges)
            for room in range(rooms)
        ],
    }


def _debate(
    seq: int, rooms: int, room: int, teams: list[int], *, results: bool, judges: int
) -> Doc:
    first = room * judges + 1
    return {
        "id": f"D{(seq - 1) * rooms + room + 1}", "bracket": 0, "room_rank": room + 1,
        "venue": f"V{room + 1}", "status": "confirmed" if results else "none",
        "sides": [
            {"side": side, "team": f"T{team}"} for side, team in zip(SIDES, teams, strict=True)
        ],
        "panel": [
            {"adjudicator": f"A{first + n}", "role": "panellist" if n else "chair"}
            for n in range(judges)
        ],
        "ballots": [_ballot(seq, teams)] if results else [],
    }


def _ballot(seq: int, teams: list[int]) -> Doc:
    best_first = sorted(teams)
    return {
        "version": 1, "status": "confirmed", "motion": f"M{seq}",
        "sheets": [{
            "adjudicator": None,
            "sides": [
                {"side": side, "speeches": [
                    {"position": n, "speaker": f"S{2 * team - 2 + n}", "score": score + n}
                    for n in (1, 2)
                ]}
                for side, team in zip(SIDES, teams, strict=True)
                for score in (79.0 - 2 * best_first.index(team),)
            ],
        }],
    }
