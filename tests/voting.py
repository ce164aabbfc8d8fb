"""An Australs tournament of four teams in which single judges vote, small enough for the hand."""

from __future__ import annotations

from typing import Any

Doc = dict[str, Any]
LETTERS = "abc"
PANELS = {
    "D1": ["A1", "A2", "A3"], "D2": ["A4", "A5", "A6", "A7", "A8"], "D3": ["A1"],
    "D4": ["A2", "A3"],
}  # fmt: skip
TEAMS = {"D1": ("T1", "T2"), "D2": ("T3", "T4"), "D3": ("T1", "T3"), "D4": ("T2", "T4")}


def flat(mark: float) -> list[float]:
    """Three speeches with one mark, and a reply with half of it."""
    return [mark, mark, mark, mark / 2]


def sheet(judge: str | None, aff: list[float], neg: list[float], teams: Any = ("T1", "T2")) -> Doc:
    """One judge's sheet; speakers a, b and c of each team, the first of whom replies."""
    return {"adjudicator": judge, "sides": [
        {"side": side, "speeches": [
            {"position": n, "speaker": f"S{team[1:]}{'abca'[n - 1]}", "score": mark}
            for n, mark in enumerate(marks, start=1)
        ]}
        for side, team, marks in zip(("aff", "neg"), teams, (aff, neg), strict=True)
    ]}  # fmt: skip


def two_to_one() -> list[Doc]:
    """Totals 262.5 to 259 by the chair, 263 to 265.5, and 266 to 262."""
    return [
        sheet("A1", [75, 75, 75, 37.5], [74, 74, 74, 37]),
        sheet("A2", [76, 75, 74, 38], [77, 76, 75, 37.5]),
        sheet("A3", [77, 76, 75, 38], [75, 75, 75, 37]),
    ]


def sheets() -> dict[str, list[Doc]]:
    """All sheets: two to one, three to two, a lone judge, and a casting vote."""
    for_aff, for_neg = (flat(75), flat(74)), (flat(73), flat(76))
    return {
        "D1": two_to_one(),
        "D2": [
            sheet(judge, *(for_neg if judge in ("A4", "A5") else for_aff), TEAMS["D2"])
            for judge in PANELS["D2"]
        ],
        "D3": [sheet("A1", flat(74), flat(78), TEAMS["D3"])],
        "D4": [sheet("A2", *for_aff, TEAMS["D4"]), sheet("A3", flat(73), flat(79), TEAMS["D4"])],
    }


def voting_archive(*, results: bool = True, **settings: Any) -> Doc:
    """Two rounds of two debates; A9 sits with the panel of D1 as a trainee."""
    given = sheets()
    return {
        "format": "tabapp-archive", "version": 1,
        "tournament": {"name": "Votes", "slug": "votes", "preset": "australs",
                       "settings": settings},
        "institutions": [{"id": f"I{n}", "name": f"College {n}"} for n in range(1, 5)],
        "teams": [
            {"id": f"T{n}", "name": f"College {n}", "institution": f"I{n}"} for n in range(1, 5)],
        "speakers": [
            {"id": f"S{n}{letter}", "name": f"Speaker {n}{letter}", "team": f"T{n}"}
            for n in range(1, 5) for letter in LETTERS
        ],
        "adjudicators": [{"id": f"A{n}", "name": f"Judge {n}"} for n in range(1, 10)],
        "rounds": [
            {"seq": seq, "name": f"Round {seq}", "draw_type": "random", "status": "released",
             "completed": results, "debates": [_debate(ref, given[ref] if results else [])
                                               for ref in debates]}
            for seq, debates in ((1, ("D1", "D2")), (2, ("D3", "D4")))
        ],
    }  # fmt: skip


def _debate(ref: str, given: list[Doc]) -> Doc:
    panel = [
        {"adjudicator": judge, "role": "panellist" if n else "chair"}
        for n, judge in enumerate(PANELS[ref])
    ]
    if ref == "D1":
        panel.append({"adjudicator": "A9", "role": "trainee"})
    return {
        "id": ref, "room_rank": 1 + (ref in ("D2", "D4")),
        "status": "confirmed" if given else "none",
        "sides": [{"side": side, "team": team}
                  for side, team in zip(("aff", "neg"), TEAMS[ref], strict=True)],
        "panel": panel,
        "ballots": [{"version": 1, "status": "confirmed", "sheets": given}] if given else [],
    }  # fmt: skip
