"""Sentences about elimination."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    # what cannot be drawn or made
    "elimination_bracket_too_large": (
        "A bracket of {size} teams is too large to be shown. Lower the size of the break to {most} "
        "or less."
    ),
    "elimination_sides": (
        "Rooms of {sides} have no bracket, which is for rooms of two and of four teams. "
        "Pair the rooms by hand."
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
        "Exactly {wanted} must advance from each room of {previous}, but not so from {rooms}. "
        "Correct their ballots before {round} is drawn."
    ),
    "elimination_absent": (
        "{teams} break in {category} and are withdrawn or marked absent in {round}. Let the next "
        "teams step up on the page of the break, or mark them present."
    ),
    "elimination_absent_later": (
        "{teams} earned a place in {round} and are withdrawn or marked absent, and after the first "
        "round nobody steps up any more. Mark them present, draw, and enter their forfeit."
    ),
    "elimination_beside": (
        "{teams} stand in {other} at the same time, so {round} cannot have them too. Give the "
        "rounds different starts, or say in one break that they take their place in another."
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
    "elimination_warn_rounds": (
        "{count} teams break in {category}, which takes {needed} elimination rounds, but {present} "
        "were made. Delete them and create them again before the draw is released."
    ),
    "elimination_outdated": (
        "{round} was drawn before the break or the results it comes from were changed. "
        "Draw it again."
    ),
    # sides
    "sides_confirmed_already": (
        "The sides of {round} are confirmed already. Undo that to change them."
    ),
    "sides_are_confirmed": (
        "The sides of debate {debate} in {round} are confirmed. Undo that to swap them."
    ),
    "sides_have_ballot": (
        "Debate {debate} has a ballot already. Take it back before its sides are swapped."
    ),
    "sides_of_four": (
        "It is not said which two teams of debate {debate} swap sides. Name two that stand in it."
    ),
    "sides_no_debate": (
        "There is no debate {debate} in {round}. Look at its draw and choose one that is there."
    ),
    # reserves
    "reserves_nobody": (
        "No team that breaks in {category} is withdrawn or absent, so nobody steps up. Mark a team "
        "absent in the first elimination round, or set a remark."
    ),
    "reserves_after_draw": (
        "The first elimination round of {category} is drawn, so nobody steps up any more. "
        "Delete its draw first, or enter the forfeit of {teams}."
    ),
    # why a room looks as it does
    "why_elimination_fold": (
        "Seeds {seeds} meet by the four-way fold of {count} teams: {teams}."
    ),
    "why_elimination_fold_two": (
        "Seeds {seeds} meet by the fold of {count} teams, best against last: {teams}."
    ),
    "why_elimination_bye_one": "The first seed waits for the next round.",
    "why_elimination_bye": "The first {count} seeds wait for the next round.",
    "why_elimination_join": (
        "{first} and {second} waited as seeds {high} and {low}; {third} and {fourth} advance from "
        "room {room} of {previous}."
    ),
    "why_elimination_waited": (
        "{first} and {second} skipped {previous} as seeds {high} and {low}."
    ),
    "why_elimination_meets": (
        "{first} skipped {previous} as seed {high}; {second} won its room {low}."
    ),
    "why_elimination_pair": (
        "{first} won room {high} of {previous}, {second} room {low}."
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
