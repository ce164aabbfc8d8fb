"""Sentences about ballots that can flip the break, and about what a correction changes."""

MESSAGES: dict[str, str] = {
    "guard_point_more": "One point more for {team}.",
    "guard_point_less": "One point less for {team}.",
    "guard_points_more": "{n} points more for {team}.",
    "guard_points_less": "{n} points less for {team}.",
    "guard_exchange": "{side} and {other} exchanged.",
    "guard_place": "{team} can break with a {place} place, and not with the next one.",
    "guard_place_win": "{team} can break if it wins, and not if it loses.",
    "guard_together": "Only together with other ballots that are out.",
    "guard_order": "Cannot change who breaks, only the places in the break.",
    "guard_nothing": "Cannot change the break.",
    "guard_then_both": "{change} Then {enters} would break in {category}, and {leaves} would not.",
    "guard_then_in": "{change} Then {enters} would break in {category}.",
    "guard_then_out": "{change} Then {leaves} would not be sure of {category}.",
    "guard_then_tied": "{change} Then others would be level at the line of {category}.",
    "guard_without_rounds": "No preliminary round has been drawn, so no ballot can change the"
    " break yet. Draw the first round.",
    "impact_same_result": "This correction leaves points, scores and places as they are.",
    "impact_bracket": "{team} would have been in the {after}-point bracket, not {before}.",
    "impact_not_drawn": "Not drawn yet: it will be drawn from what you save.",
    "impact_draft": "Drawn and not confirmed: draw it again after you save.",
    "impact_confirmed": "Confirmed and not released: unconfirm it and draw it again.",
    "impact_released": "Released: teams know their rooms. Draw again only if nobody has begun.",
    "impact_debated": "Debated: nothing can be repaired, and its results stand.",
    "impact_no_ballot": "This ballot cannot be decided yet. Fill in what is missing.",
}
