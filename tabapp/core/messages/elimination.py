"""Sentences about elimination."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    # what cannot be drawn or made
    "elimination_two_team": (
        "{what} cannot be drawn in this version, which knows elimination rounds of four teams a "
        "room only. Pair the rooms by hand."
    ),
    "elimination_break_missing": (
        "The break of {category} has not been made, so nobody stands in {round} yet. "
        "Make the break first."
    ),
    "elimination_tied": (
        "{teams} are level at the line of {category}. Decide who breaks before {round} is drawn."
    ),
    "elimination_too_few": (
        "{count} teams break in {category}, too few for {round}: a room takes {size}. "
        "Make teams eligible, or make the break again."
    ),
    "elimination_results_missing": (
        "{count} rooms of {previous} have no confirmed ballot: {rooms}. "
        "Enter them before {round} is drawn."
    ),
    "elimination_advancing": (
        "Not exactly two teams advance from these rooms of {previous}: {rooms}. "
        "Correct their ballots before {round} is drawn."
    ),
    "elimination_absent": (
        "{teams} break in {category} and are marked absent in {round}. Mark them present, or give "
        "them a remark in the break so that the next team moves up."
    ),
    "elimination_break_changed": (
        "The break of {category} was changed after {previous} was drawn: {waiting} would wait for "
        "{round} now, where {needed} places are kept. Draw {previous} again, or undo the change."
    ),
    "elimination_rounds_exist": (
        "{category} has elimination rounds already: {rounds}. Delete them before others are made."
    ),
    # what a draw warns of
    "elimination_warn_results": (
        "Results changed since the break of {category} was made{change}. Make the break again "
        "before {round} is released."
    ),
    "elimination_outdated": (
        "{round} was drawn before the break or the results it comes from were changed. "
        "Draw it again."
    ),
    # why a room looks as it does
    "why_elimination_fold": (
        "Seeds {seeds} meet by the four-way fold of {count} teams: {teams}."
    ),
    "why_elimination_bye": "The first {count} seeds wait for the next round.",
    "why_elimination_join": (
        "{first} and {second} waited as seeds {high} and {low}; {third} and {fourth} advance from "
        "room {room} of {previous}."
    ),
    "why_elimination_winners": (
        "{first} and {second} advance from room {high} of {previous}, {third} and {fourth} from "
        "room {low}."
    ),
    "why_elimination_shared": (
        "{teams} share break rank {rank}; the lot decided in which order they are seeded."
    ),
    "why_elimination_sides": "The sides were drawn by lot.",
}
