"""Sentences about draws: what cannot be drawn, and why a drawn room looks as it does."""

MESSAGES: dict[str, str] = {
    # what cannot be drawn
    "draw_not_available": (
        "This version cannot make a {draw_type} draw for {format} debates. "
        "Choose a manual draw and pair the rooms by hand."
    ),
    "draw_type_not_for_format": (
        "A {draw_type} draw does not exist in {format} debates. Choose one of: {possible}."
    ),
    "draw_team_count": (
        "{count} teams do not fill rooms of {size}. Add swing teams (missing: {add}), mark teams "
        "as absent (too many: {remove}), or switch byes on (bye_team_selection)."
    ),
    "draw_too_few_teams": (
        "{count} teams are too few to draw: a room takes {size}. "
        "Mark more teams as present or add swing teams."
    ),
    "draw_duplicate_team": "The team {team} stands in the draw twice. Leave one of the two out.",
    "draw_points_not_finite": (
        "The points of {team} are {points}, which is no number. Correct its results first."
    ),
    "draw_sides_invalid": (
        "The earlier positions of {team} are {sides}. Give {size} counts from 0 to {most}."
    ),
    "draw_renyi_negative": (
        "The Rényi order of the position cost (bp_renyi_order) is {value}. "
        "Set it to 0 or more; 1 is the usual one."
    ),
    "draw_option_invalid": "The draw option {name} is {value}. It may be: {possible}.",
    "draw_cost_too_large": (
        "With the exponent {exponent} (bp_position_cost_exponent) position costs become too large "
        "to be compared. Lower the exponent; 4 is the usual one."
    ),
    "draw_seed_invalid": "The seed is {seed}. Give a whole number that is not negative.",
    "unknown_option": (
        "There is no draw option {name}. Leave it out or correct its name; the nearest is {near}."
    ),
    "pair_case_invalid": "The case is not as it should be at {where}: {what}. Correct it there.",
    # elimination
    "draw_break_size": (
        "A break of {size} teams has no bracket. In rooms of four choose 4, 8, 16, 32, 64 … or "
        "6, 12, 24, 48 …"
    ),
    "draw_break_teams": (
        "{count} teams have a break rank, but the break has {size} places. "
        "Complete the break or change its size."
    ),
    "draw_advancing": (
        "From room {room} of the previous round not just two of its four teams advance "
        "({advancing}). Enter its result first."
    ),
    "draw_previous_rooms": (
        "The previous round has {count} rooms, the first of rank {lowest}, which no round of a "
        "break of {size} has. Check that all its rooms are there and the rank of each is right."
    ),
    "draw_final_done": "The previous round was the final. There is no round left to draw.",
    # why a room looks as it does
    "why_bye": "{team} has a bye, since {count} teams do not fill rooms of four.",
    "why_lot": "Drawn by lot: neither points nor earlier positions and meetings were looked at.",
    "why_bracket": "The room belongs to the bracket of {bracket}, filled by teams on {allowed}.",
    "why_outside": "The room holds teams on {points}, which no bracket of this draw does.",
    "why_pullup_whole": (
        "{team} ({points}) is pulled up: the bracket of {bracket} needed the whole level of "
        "{points}."
    ),
    "why_pullup": (
        "{team} ({points}) is pulled up: the bracket of {bracket} needed {places} of the {level} "
        "teams on {points}, and the positions decided which, not the rank."
    ),
    "why_position_best": (
        "{team} is {side} after {history}: cost {cost}, the least of its four positions.{change}"
    ),
    "why_position": (
        "{team} is {side} after {history}: cost {cost}; {best} would have been its cheapest with "
        "{best_cost}.{change}"
    ),
    "why_position_lot": "{team} is {side} after {history}.{change}",
    "why_regression": " Its positions are no longer balanced.",
    "why_resolved": " Its positions are balanced again.",
    "why_improving": " Its positions are less unbalanced than before.",
    "why_still_bad": " Its positions stay unbalanced.",
    "why_met_once": "{team} and {other} have met before.",
    "why_met": "{team} and {other} have met {times} times before.",
    "why_institution": "{team} and {other} are of one institution.",
}
