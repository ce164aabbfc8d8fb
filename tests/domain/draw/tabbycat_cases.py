"""Worked cases of Tabbycat's own draw tests as facts: teams, and who meets whom.

Tabbycat (its tests of the draw, test_generator, test_one_up_one_down, test_graph_allocations and
test_bphungarian_parts) is another program with rules of the same names; nothing here is its code.
Teams are numbers, ``5/C~12`` is team 5 of institution C that met team 12; ``4-8`` is 4 5 6 7 8;
behind a bar stand the teams whose allocated side is neg. Brackets without teams are left out.
"""

from __future__ import annotations

from typing import Any

FREE = "4: 1-5; 3: 6-9; 2: 10-14; 1: 15 16"

ODD_BRACKETS = {
    "pullup_top": "4: 1-6; 3: 7-10; 2: 11-14; 1: 15 16",
    "pullup_bottom": "4: 1-5 9; 3: 6-8 14; 2: 10-13; 1: 15 16",
    "intermediate": "4: 1-4; 3.5: 5 6; 3: 7 8; 2.5: 9 10; 2: 11-14; 1: 15 16",
}

PAIRS = {
    "fold": "1-6 2-5 3-4 7-10 8-9 11-14 12-13 15-16",
    "slide": "1-4 2-5 3-6 7-9 8-10 11-13 12-14 15-16",
    "adjacent": "1-2 3-4 5-6 7-8 9-10 11-12 13-14 15-16",
}
"""Pairs of ``FREE`` after ``pullup_top``."""

_HEAD, _TAIL = "4: 1/A 2/B 3/C 4/A 5/C~12", "1: 15/C~14 16/C"
_UP = {"4": "bubble_accommodate", "5": "bubble_up_institution"}
_STUCK = {"9": "cannot_bubble", "10": "cannot_bubble"}

BUBBLES: list[tuple[str, str, dict[str, str]]] = [
    (
        f"{_HEAD}; 3: 6/C 7/D 8/A~10 9/B~10; 2: 10/D~8~9 11/A 12/C~5 13/B 14/C~15; {_TAIL}",
        "4: 1-3 5; 3.5: 4 6; 3: 7 8; 2.5: 9 11; 2: 10 12-14; 1: 15 16",
        {**_UP, "10": "bubble_down_history", "11": "bubble_accommodate"},
    ),
    (
        f"{_HEAD}; 3: 6/C 7/D 8/A 9/B~10; 2: 10/D~9 11/A 12/C~5 13/B 14/C~15; {_TAIL}",
        "4: 1-3 5; 3.5: 4 6; 3: 7 9; 2.5: 8 10; 2: 11-14; 1: 15 16",
        {**_UP, "8": "bubble_accommodate", "9": "bubble_up_history"},
    ),
    (
        f"{_HEAD}; 3: 6/C 7/D 8/D 9/B~10; 2: 10/D~9 11/A 12/C~5 13/B 14/C~15; {_TAIL}",
        "4: 1-3 5; 3.5: 4 6; 3: 7 8; 2.5: 9 11; 2: 10 12-14; 1: 15 16",
        {**_UP, "10": "bubble_down_history", "11": "bubble_accommodate"},
    ),
    (
        f"{_HEAD}; 3: 6/B 7/D 8/D 9/B; 2: 10/D 11/A 12/C~5 13/B 14/C~15; {_TAIL}",
        "4: 1-4; 3.5: 5 6; 3: 7 8; 2.5: 9 10; 2: 11-14; 1: 15 16",
        {},
    ),
    (
        f"{_HEAD}; 3: 6/C 7/D 8/D 9/B~10; 2: 10/D~9 11/B 12/C~5 13/B 14/C~15; {_TAIL}",
        "4: 1-3 5; 3.5: 4 6; 3: 7 8; 2.5: 9 10; 2: 11-14; 1: 15 16",
        {**_UP, **_STUCK},
    ),
]
"""Field, brackets and flags; the source notes the upper of two teams that cannot bubble."""

_PLAIN = "1-5 2-6 3-7 4-8"

SWAPS: list[tuple[str, str, dict[str, Any]]] = [
    ("1/A 2/C 3/B 4/C 5/B 6/A 7/D 8/A", _PLAIN, {}),
    ("1/A 2/C 3/B 4/C 5/A 6/B 7/D 8/A", "1-6i 2-5a 3-7 4-8", {}),
    ("1/A 2/C 3/B 4/C 5/A 6/B 7/D 8/A", _PLAIN, {"avoid_same_institution": False}),
    ("1/A~5 2/C 3/B 4/C 5/B 6/A 7/D 8/A", "1-6h 2-5a 3-7 4-8", {}),
    ("1/A~5 2/C 3/B 4/C 5/B 6/A 7/D 8/A", _PLAIN, {"avoid_team_history": False}),
    ("1/A 2/C 3/B 4/C~8 5/B 6/A 7/D 8/A", "1-5 2-6 3-8a 4-7h", {}),
    ("1/C 2/A 3/C 4/B 5/A 6/A 7/A 8/D", _PLAIN, {}),
    ("1/A 2/A 3/A 4/B 5/C 6/A 7/D 8/D", _PLAIN, {}),
    ("1/A 2/A 3/B 4/B 5/C 6/A 7/A 8/D", _PLAIN, {}),
    ("1/C 2/A~5~6~7 3/C 4/B 5/B 6/C 7/D 8/D", _PLAIN, {}),
    ("1/C 2/A~5~6 3/C~6 4/B 5/B 6/C 7/D 8/D", _PLAIN, {}),
    ("1/C 2/A~5~7 3/C 4/B 5/B 6/A 7/D 8/D", _PLAIN, {}),
    ("1/C 2/A 3/C 4/B 5/B 6/A 7/C 8/D", "1-5 2-7i 3-6i 4-8", {}),
]
"""One bracket by slide; behind a pair why it was swapped: history, institution, accommodate."""

ALLOCATED = {
    1: "5: 1 | 14; 4: 2 3 | 15; 3: 4-8 | 16-18; 2: 9 10 | 19-21; 1: 11 12 | 22-25; 0: 13 | 26",
    2: "5: | 16 17; 4: 1-4 | 18-21; 3: 5-7 | 22 23; 2: 8-10 |; 1: 11-14 | 24-27; 0: 15 | 28-30",
    3: "5: 1 2 |; 4: 3 4 | 13; 3: 5-9 | 14-16; 2: | 17-19; 1: 10 11 | 20-24; 0: 12 |",
}

UNEQUAL = "5: 1 2 |; 4: 3 4 | 14; 3: 5-9 | 15 16; 2: | 17-20; 1: 10 11 | 21-24; 0: 12 13 |"

_APART_ALIKE = {
    1: ("5: 1 | 14; 4: 2 | 15; 3.5: 3 | 16; 3: 4 5 | 17 18; 2.5: 6-8 | 19-21; "
        "1.5: 9 10 | 22 23; 1: 11 12 | 24 25; 0: 13 | 26"),
    2: ("4.5: 1 2 | 16 17; 4: 3 4 | 18 19; 3.5: 5 6 | 20 21; 3: 7 | 22; 2.5: 8 | 23; "
        "1.5: 9 10 | 24 25; 1: 11 12 | 26 27; 0.5: 13 14 | 28 29; 0: 15 | 30"),
}

ALLOCATED_BRACKETS: dict[str, dict[int, str]] = {
    "pullup_top": {
        1: ("5: 1 | 14; 4: 2 3 | 15 16; 3: 4-8 | 17-21; 2: 9 10 | 22 23; 1: 11 12 | 24 25; "
            "0: 13 | 26"),
        2: ("5: 1 2 | 16 17; 4: 3-6 | 18-21; 3: 7 8 | 22 23; 2: 9 10 | 24 25; "
            "1: 11-14 | 26-29; 0: 15 | 30"),
        3: "5: 1 2 | 13 14; 4: 3 4 | 15 16; 3: 5-9 | 17-21; 1: 10-12 | 22-24",
    },
    "pullup_bottom": {
        1: ("5: 1 | 14; 4: 2 3 | 15 18; 3: 4-8 | 16 17 19-21; 2: 9 10 | 24 25; 1: 11 12 | 22 23; "
            "0: 13 | 26"),
        2: ("5: 3 4 | 16 17; 4: 1 2 6 7 | 18-21; 3: 5 10 | 22 23; 2: 8 9 | 26 27; "
            "1: 11-14 | 24 25 29 30; 0: 15 | 28"),
        3: "5: 1 2 | 13 16; 4: 3 4 | 14 15; 3: 5-9 | 17-19 23 24; 1: 10-12 | 20-22",
    },
    "intermediate1": {
        **_APART_ALIKE,
        3: ("4.5: 1 2 | 13 14; 3.5: 3 4 | 15 16; 2.5: 5-9 | 17-21; 1: 10 11 | 22 23; "
            "0.5: 12 | 24"),
    },
    "intermediate2": {
        **_APART_ALIKE,
        3: ("4.667: 1 | 13; 4.333: 2 | 14; 3.5: 3 4 | 15 16; 2.667: 5-7 | 17-19; "
            "2.333: 8 9 | 20 21; 1: 10 11 | 22 23; 0.5: 12 | 24"),
    },
}

STANDINGS = """
12B 4 a 22 26 11 15 14 ;  2D 3 a 22 22 16 20 10 ;  3E 3 a 22 23 20 25 4
11B 3 n 22 1 12 23 22  ;  6E 3 n 22 19 15 18 9  ; 17E 3 n 22 21 14 7 25
 4B 3 a 31 18 25 5 3   ; 14A 3 a 22 24 17 9 12  ;  8A 3 n 22 15 24 1 15
 7D 2 a 22 16 9 17 16  ;  9D 2 a 22 5 7 14 6    ; 15B 2 n 22 8 6 12 8
18B 2 n 22 4 21 6 21   ; 22A 2 n 22 2 10 16 11  ; 23A 2 a 22 3 19 11 5
24B 2 a 31 14 8 19 20  ; 25A 2 a 31 10 4 3 17   ;  1C 1 n 22 11 26 8 19
 5C 1 n 13 9 13 4 23   ; 10B 1 a 13 25 22 13 2  ; 16D 1 n 22 7 2 22 7
20E 1 a 22 13 3 2 24   ; 21A 1 a 22 17 18 26 18 ; 19B 1 n 13 6 23 24 1
26B 1 n 22 12 1 21 13  ; 13C 0 n 22 20 5 10 26
"""
"""After four rounds: team and institution, points, allocated side, affs and negs, opponents."""

_BETWEEN = ("12-11 2-8 3-17 4-6 14-15 7-22 9-18 23-16 24-5 25-1 10-26 20-19 21-13")

DRAWS: list[tuple[dict[str, Any], str, dict[str, str]]] = [
    (
        {"draw_odd_bracket": "pullup_top"},
        "12=2 3=14h 11-4a 6=7a 17=8h 9-24a 15=23i 18-25 22=1 5=19a 10-21i 16=13a 20=26h",
        {"2": "pullup", "7": "pullup", "1": "pullup", "13": "pullup"},
    ),
    (
        {"draw_odd_bracket": "intermediate_bubble_up_down"},
        "12=2 3=17 11=14i 6-4a 8=7 9=22 15=23 18-24 1-25 5-20 10-21 16=26 19-13",
        {"26": "bubble_up_history", "19": "bubble_accommodate"},
    ),
    *(
        ({"draw_odd_bracket": rule, "draw_pairing_method": "fold", "draw_avoid_conflicts": "off",
          "draw_side_allocations": "preallocated"}, _BETWEEN, {})
        for rule in ("intermediate1", "intermediate2")
    ),
]
"""Draws of ``STANDINGS``: ``6-4`` says who affirms, ``6=7`` leaves it to the lot."""

BP_ROOMS: list[tuple[dict[int, int], str, str]] = [
    (dict.fromkeys(range(11, -1, -1), 1), "11 10 9 8; 7 6 5 4; 3 2 1 0",
     "11 10 9 8; 7 6 5 4; 3 2 1 0"),
    ({3: 2, 2: 4, 1: 4, 0: 2}, "3 2; 2 1; 1 0", "3 2; 2 1; 1 0"),
    ({4: 3, 3: 5, 2: 11, 1: 4, 0: 1}, "4 3; 3; 2 1; 2 1; 2 1; 1 0", "4 3; 3; 2; 2; 2 1; 1 0"),
    ({4: 1, 3: 1, 2: 6, 0: 4}, "4 3 2; 2; 0", "4 3 2; 2; 0"),
    ({7: 11, 6: 5}, "7 6; 7 6; 7 6; 6", "7; 7; 7 6; 6"),
]
"""Teams at each level, and the points allowed in each room: pull-ups anywhere, in one room."""

SPLITS = {2: (1, 0), 3: (1, 1), 4: (2, 0), 5: (1, 3), 6: (2, 2), 7: (3, 1), 8: (4, 0),
          11: (3, 5), 21: (5, 11), 24: (8, 8), 27: (11, 5), 31: (15, 1), 32: (16, 0),
          45: (13, 19), 48: (16, 16), 61: (29, 3), 64: (32, 0), 99: (35, 29)}
"""Of a break of so many teams: rooms of the first round, and teams that skip it."""
