"""Sentences about rounds: what a swap does, what is refused, what is looked at before a step."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    # what a swap of two teams does
    "swap_same_room": "Allowed: both stay in their room.",
    "swap_by_lot": "Allowed: this draw is by lot.",
    "swap_level": "Allowed: both stand on {points} points.",
    "swap_in_bracket": "Allowed: both rooms keep to their bracket.",
    "swap_bye": "One of the two has a bye: the rule chose who rests.",
    "swap_bracket_tree": "Against the bracket: teams change places in the tree.",
    "swap_outside": "{team} ({points}) does not belong in the bracket of {bracket}.",
    "swap_no_top": "Without it no team on {bracket} stands in its room: {team} has {points}.",
    "swap_manual": "Allowed: this draw is by hand.",
    "swap_cycle": "Against the cycle: some would meet twice and others never.",
    "swap_allocated": "{team} was allocated the other side.",
    "swap_rule": "Against the rule: it chose between {team} and {other} by their places.",
    "swap_balance": "{team} comes to {history}.",
    "swap_pairs_same": "The cost of the pairs stays {before}.",
    "swap_pairs_up": "The cost of the pairs rises from {before} to {after}.",
    "swap_pairs_down": "The cost of the pairs falls from {before} to {after}.",
    "swap_cost_same": "The position cost stays {before}.",
    "swap_cost_up": "The position cost rises from {before} to {after}.",
    "swap_cost_down": "The position cost falls from {before} to {after}.",
    "swap_by_hand": "{team} and {other} changed places by hand.",
    "swap_clash": "{judge} clashes with {team}.",
    # what is refused
    "draw_is_released": (
        "The draw of {round} is released. Take it back first; the hall has seen it."
    ),
    "draw_is_draft": "The draw of {round} is a draft already. Change it or confirm it.",
    "draw_confirmed_already": (
        "The draw of {round} is confirmed already. Go on with its judges and rooms."
    ),
    "draw_has_ballots": (
        "{count} rooms of {round} have ballots. Delete the draw if it should go with them, or "
        "leave it confirmed."
    ),
    "release_unconfirmed": (
        "The draw of {round} is a draft. Confirm it before the hall sees it."
    ),
    "draw_released_already": "The draw of {round} is released already. Nothing was changed.",
    "draw_not_released": "The draw of {round} is not released. There is nothing to take back.",
    "round_is_completed": "{round} is completed. Reopen it before you change it.",
    "round_not_completed": "{round} is not completed. There is nothing to reopen.",
    "complete_unconfirmed": (
        "The draw of {round} is a draft. Confirm it and enter its ballots before it is completed."
    ),
    "complete_without_reason": (
        "{count} ballots of {round} are missing. Enter them, or say why the round is completed "
        "without them."
    ),
    "draw_seen_otherwise": (
        "Ballots, judges or rooms of {round} have changed since the question. Look at what would "
        "go now, then ask again."
    ),
    "team_not_drawn": "{team} is not in the draw of {round}. Choose a team that is.",
    "swap_with_itself": "{team} cannot change places with itself. Choose another team.",
    "swap_has_ballots": (
        "{room} has a ballot already, which names its teams by side. Delete that ballot before "
        "teams change places there."
    ),
    # what is looked at before a release
    "check_draw_confirmed": "The draw is confirmed.",
    "check_draw_draft": "The draw is a draft.",
    "check_chairs": "Each of the {count} rooms has a chair.",
    "check_no_chair": "Without a chair: {rooms}.",
    "check_no_clash": "No judge clashes with a team.",
    "check_clash": "In {room}: {clash}",
    "check_clashes": "In {room}: {clash} And {more} more.",
    "check_places": "Each debate has a room.",
    "check_no_place": "Without a room: {rooms}.",
    "check_place_twice": "Used by two debates: {rooms}.",
    "check_motion": "The motion is there.",
    "check_motions": "{count} motions are there.",
    "check_no_motion": "No motion is set for {round}.",
    "check_start": "Starts at {time}.",
    "check_no_start": "No start time is set.",
    # what is looked at before a round is completed
    "check_released": "The draw is released.",
    "check_not_released": "The draw was never released to the hall.",
    "check_ballots": "All {count} ballots are in.",
    "check_ballots_out": "{count} of {of} ballots are missing: {rooms}.",
    "check_no_drafts": "No ballot waits to be confirmed.",
    "check_drafts": "Entered, not confirmed: {rooms}.",
    "check_nobody_twice": "Nobody is in two rooms.",
    "check_results": "Each confirmed ballot has its result.",
    "check_no_result": "A confirmed ballot without a result: {rooms}. Enter it anew.",
    "check_no_postponed": "No debate is postponed.",
    "check_postponed": "Postponed: {rooms}.",
    # a room in a few words
    "room_all_on": "All stand on {points} points.",
    "room_on": "Teams on {points} stand in the bracket of {bracket}.",
    "room_by_lot": "Drawn by lot.",
    "room_nobody_pulled": "Nobody is pulled up.",
    "room_pulled": "Pulled up: {teams}.",
    "room_strangers": "No two have met.",
    "room_met": "Pairs that have met before: {count}.",
    "room_institutions": "No two share an institution.",
    "room_institution": "Pairs of one institution: {count}.",
    "pair_all_on": "Both stand on {points} points.",
    "pair_strangers": "They have not met.",
    "pair_met": "They have met before.",
    "pair_institutions": "They are of different institutions.",
    "pair_institution": "Both are of one institution.",
    "guard_of_elimination": (
        "{round} takes its teams from the break, not from points. Look at the break instead."
    ),
    # postponing a room
    "postponements_off": (
        "Rooms are not postponed in this tournament. Turn on \"Debates can be postponed\" "
        "(enable_postponements) in the settings first."
    ),
    "postponed_already": "{room} of {round} is postponed already. Resume it instead.",
    "not_postponed": "{room} of {round} is not postponed. There is nothing to resume.",
    "postpone_bye": "{room} of {round} is a bye, which nobody has to debate. Choose another room.",
    "postpone_has_result": (
        "{room} of {round} has a confirmed ballot. Take its confirmation back in the history "
        "before the room is postponed."
    ),
    "postponed_told": "{room} is postponed: it counts for nothing until it is resumed.",
    "postponed_elimination": (
        "{room} is postponed. The round after {round} cannot be drawn before it is resumed."
    ),
    "resumed_told": "{room} is resumed: {round} waits for its ballot.",
}
