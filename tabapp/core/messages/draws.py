"""Sentences about draws: what cannot be drawn, and why a drawn room looks as it does."""

MESSAGES: dict[str, str] = {
    # what cannot be drawn
    "draw_type_not_for_format": (
        "A {draw_type} draw does not exist in {format} debates. Choose one of: {possible}."
    ),
    "draw_by_hand": (
        "The rooms of {round} are put together by hand. Add them on the page of its draw, or give "
        "the round another draw type in the settings."
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
    # pairs of two teams
    "draw_price_too_large": (
        "A meeting would cost {price} points, which is too much to be added up exactly. Lower the "
        "penalties of the draw (pullup_penalty, team_history_penalty and the like)."
    ),
    "draw_seed_invalid": "The seed is {seed}. Give a whole number that is not negative.",
    "unknown_option": (
        "There is no draw option {name}. Leave it out or correct its name; the nearest is {near}."
    ),
    "pair_case_invalid": "The case is not as it should be at {where}: {what}. Correct it there.",
    "pair_team_unlisted": (
        "{team} of room {room} of the previous round is not among the teams of the case. "
        "Correct its id, or list it, without a break rank if it has left the break."
    ),
    "draw_not_wudc": (
        "Earlier meetings, institutions and pull-ups chose among draws of equal position cost, "
        "so this draw is not one of WUDC."
    ),
    # draws to choose between
    "compare_elimination": (
        "{round} is an elimination round: its break gives one draw, so there is nothing to "
        "compare. Draw it."
    ),
    "compare_manual": (
        "The teams of {round} are put together by hand, so there is nothing to compare. Give the "
        "round another draw type in the settings first."
    ),
    # teams that a two-team draw cannot place
    "draw_points_too_large": (
        "The points of {team} are {points}. Correct its results, so that they are {most} at most."
    ),
    "draw_points_fractional": (
        "Odd brackets by {rule} need whole points, which these teams do not have: {teams}. "
        "Rank teams by wins or points first, or set draw_odd_bracket to one of {possible}."
    ),
    "draw_sides_missing": (
        "Sides are preallocated, and these teams have none for this round: {teams}. "
        "Give each of them aff or neg, or set draw_side_allocations to balance."
    ),
    "draw_sides_unequal": (
        "Sides are preallocated to {aff} aff and {neg} neg, who cannot meet one to one. "
        "Move {move} from {longer} to the other side, or set draw_side_allocations to balance."
    ),
    "draw_seeds_missing": (
        "A seeded draw needs a seed for each team, and these have none: {teams}. "
        "Give them one, 0 for unseeded, or choose another draw type."
    ),
    # round-robin
    "draw_cycle_over": (
        "The round-robin of {teams} teams ends with its round {rounds}, so it has no round "
        "{round}. Choose another draw type for this round."
    ),
    "draw_cycle_over_one_leg": (
        "The round-robin of {teams} teams ends with its round {rounds}, so it has no round "
        "{round}. Choose another draw type for this round, or a second leg (round_robin_legs = 2)."
    ),
    "draw_not_in_cycle": (
        "{team} is not among the teams of this round-robin. "
        "Mark it as absent, or choose another draw type for this round."
    ),
    "draw_cycle_repeat": "One pair of teams meets again; no draw without one was found.",
    "draw_cycle_repeats": "{count} pairs of teams meet again, the fewest that were found.",
    # elimination
    "draw_break_size": (
        "A break of {size} teams has no bracket. In rooms of four choose 4, 8, 16, 32, 64 … or "
        "6, 12, 24, 48 …"
    ),
    "draw_break_teams": (
        "{count} teams have a break rank, but the break has {size} places. "
        "Complete the break or change its size."
    ),
    "draw_break_size_two": (
        "A break of {size} teams has no bracket, since a room takes two. Choose 2 or more."
    ),
    "draw_break_too_few": (
        "{count} teams have a break rank, too few for a bracket. Give at least two teams one."
    ),
    "draw_room_teams": (
        "Room {room} of the previous round holds {teams}, but its rooms hold {sides} teams each. "
        "Correct who stood there."
    ),
    "draw_room_twice": (
        "{team} stands in rooms {room} and {other} of the previous round. "
        "Take it out of the one where it was not."
    ),
    "draw_result_missing": (
        "These rooms of the previous round have no result: {rooms}. Enter their results first."
    ),
    "draw_advancing": (
        "Room {room} of the previous round ({teams}) sends {advancing} on, but exactly {wanted} "
        "of its teams must advance. Correct its result."
    ),
    "draw_waiting": (
        "{count} breaking teams did not stand in the previous round ({teams}), but it was drawn "
        "with {needed} waiting. Check the break and that all its rooms are there."
    ),
    "draw_field": (
        "{waiting} teams that waited and the winners of {rooms} rooms make {count}, which is no "
        "power of two. Check that all rooms of the previous round are there."
    ),
    "draw_previous_rooms": (
        "The previous round has {count} rooms of rank {ranks}, which no round of a break of {size} "
        "has. Check that all its rooms are there and the rank of each is right."
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
    # why a room of two teams looks as it does
    "why_two_lot": "Drawn by lot; points were not looked at.",
    "why_two_manual": "Paired by hand.",
    "why_two_seeded": "All {count} teams stand in one bracket, by their seeds.",
    "why_cycle": "Round {number} of a round-robin of {count} teams: the circle decides who meets.",
    "why_cycle_bye": (
        "{team} rests: in a round-robin of {count} teams it has no opponent in this round, or one "
        "that is away."
    ),
    "why_two_bye": "{team} has a bye, since {count} teams do not fill rooms of two.",
    "why_two_bracket": "The room belongs to the bracket of {bracket}, which has {count} teams.",
    "why_two_outside": "{team} ({points}) does not belong in the bracket of {bracket}.",
    "why_two_between": (
        "A room between brackets, as the upper one had an odd number: {team} ({points}) meets "
        "{other} ({lower})."
    ),
    "why_two_between_sides": (
        "A room between brackets, as the allocated sides of the upper one were unequal: {team} "
        "({points}) meets {other} ({lower})."
    ),
    "why_two_pullup": (
        "{team} ({points}) is pulled up, as the bracket of {bracket} had an odd number of teams."
    ),
    "why_two_pullup_side": (
        "{team} ({points}) is pulled up, as the bracket of {bracket} lacked teams on its side."
    ),
    "why_two_pullup_matching": (
        "{team} ({points}) is pulled up to {bracket}: one matching over all brackets paid {cost} "
        "for it."
    ),
    "chosen_pullup_top": "The rule takes from the top of the {count} that could be.",
    "chosen_pullup_bottom": "The rule takes from the bottom of the {count} that could be.",
    "chosen_pullup_middle": "The rule takes from the middle of the {count} that could be.",
    "chosen_pullup_random": "Lots chose among the {count} that could be.",
    "chosen_pullup_lowest_ds_rank": (
        "The rule takes the lowest draw strength by rank, here {strength}, of the {count} that "
        "could be."
    ),
    "chosen_otherwise": "The rule would have taken another.",
    "why_only_least_to_date": (
        "Only teams with the fewest pull-ups so far ({least}) could be: {count} of {level}."
    ),
    "why_only_lowest_ds_wins": (
        "Only teams with the lowest draw strength by wins ({least}) could be: {count} of {level}."
    ),
    "why_only_lowest_ds_speaks": (
        "Only teams with the lowest draw strength by speaks ({least}) could be: {count} of "
        "{level}."
    ),
    "why_two_places": "{team} stands {place} of {count} in it, {other} {other_place}.",
    "why_two_places_side": (
        "{team} stands {place} of {count} on its side of it, {other} {other_place} on the other."
    ),
    "why_two_plain": "By {method} these two meet.",
    "why_two_pair_lot": "{team} and {other} were paired by lot among {count}.",
    "why_two_not_plain": "By {method} alone {team} would have met {plain}.",
    "why_two_cost": "The room costs {cost} in the cheapest matching.",
    "why_two_cost_plain": "{team} against {other}, as the method has it, costs {cost}.",
    "why_bubble_up_history": (
        "{team} changed places with a team of the bracket above, since it had met its opponent."
    ),
    "why_bubble_up_institution": (
        "{team} changed places with a team of the bracket above, since its opponent was of its "
        "institution."
    ),
    "why_bubble_down_history": (
        "{team} changed places with a team of the bracket below, since it had met its opponent."
    ),
    "why_bubble_down_institution": (
        "{team} changed places with a team of the bracket below, since its opponent was of its "
        "institution."
    ),
    "why_bubble_accommodate": (
        "{team} changed places with a team of a neighbouring bracket that clashed there."
    ),
    "why_cannot_bubble": (
        "{team} clashes with its opponent, and neither neighbouring bracket had a team to change "
        "places with."
    ),
    "why_1u1d_history": (
        "Neighbouring rooms changed their second teams, since teams would have met again here."
    ),
    "why_1u1d_institution": (
        "Neighbouring rooms changed their second teams, since teams of one institution would have "
        "met here."
    ),
    "why_1u1d_accommodate": (
        "Its second team came from a neighbouring room, in which it clashed or made room."
    ),
    "why_too_many_swaps": "Twenty tries by lot found no opponent without a clash.",
    "why_two_side": "{team}: {side}, after {history}.",
    "why_sides_balance": (
        "{team} is {side}, since its sides so far lean to the other one more than those of {other}."
    ),
    "why_sides_kind": (
        "{team} is {side}: over all rounds the two are level, but in rounds of this kind its sides "
        "lean to the other one more than those of {other}."
    ),
    "why_sides_level": "Both were level, so lots decided the sides.",
    "why_sides_against": "The sides are against the balance, which would have them turned.",
    "why_sides_random": "Lots decided the sides.",
    "why_sides_preallocated": "The sides were allocated beforehand.",
    "why_sides_cycle": "The cycle balances the sides.",
    "why_sides_open": "The sides are only suggested until they are confirmed.",
}
