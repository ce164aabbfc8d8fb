"""Sentences about allocation, simulation and the generator of tournaments."""

MESSAGES: dict[str, str] = {
    # Judges.
    "allocate_no_debates": (
        "This round has no debates to judge. Draw the round first."
    ),
    "no_round_in_archive": (
        "There is no round {seq} in this tournament. Choose one of its rounds."
    ),
    "allocate_no_judges": (
        "No judge is available for this round. Mark at least one judge as present."
    ),
    "allocate_none_votes": (
        "No available judge may vote: all are trainees or score below {minimum}. "
        "Lower the minimum voting score or mark other judges as present."
    ),
    "allocate_unknown_policy": (
        "There is no policy of panel sizes called {policy}. Choose one of: {known}."
    ),
    "allocate_few_judges": (
        "{judges} judges may vote for {debates} debates, so some rooms have no judge. "
        "Find more judges, or lower the minimum voting score."
    ),
    "allocate_short_panels": (
        "{judges} judges may vote for {debates} debates, so {panels} rooms have a panel of three. "
        "Find more judges if every room is to have a panel."
    ),
    "allocate_room_without_judge": (
        "Debate {debate} has no judge. Choose one by hand, or find a judge without a conflict."
    ),
    "allocate_judge_not_placed": (
        "{name} may vote but sits in no room. Seat this judge by hand where it is wanted."
    ),
    "allocate_score_out_of_range": (
        "{name} has the score {score}, outside {low} to {high}. "
        "Correct the score or widen the range of adjudicator scores."
    ),
    # The board of judges: who knows whom, what is wrong, what a move costs.
    "clash_personal": "Personal conflict with {team}",
    "clash_own": "Same institution as {team}",
    "clash_shared": "Conflict with {institution}, as has {team}",
    "clash_judge": "Personal conflict with {name}",
    "met_team": "Judged {team} in {round}",
    "met_judge": "Sat with {name} in {round}",
    "board_debate": "Debate {rank}",
    "board_no_judges": "{debate} has no judges. Seat a chair.",
    "board_no_chair": "{debate} has no chair. Make one of the panel the chair.",
    "board_even_panel": "{debate} has {count} voting judges, so votes can tie. Add or take one.",
    "board_even_consensus": "{debate} has an even panel of {count}; the chair decides a tie.",
    "board_clash": "{debate}, {name}: {clash}. Move the judge, or seat again and give a reason.",
    "board_judge_twice": "{name} sits in {debate} and in another room. Take one of the two out.",
    "board_judge_absent": "{name} sits in {debate} but is marked absent. Seat somebody else.",
    "board_trainee_votes": "{name} votes in {debate} but is a trainee. Make it a trainee's place.",
    "price_no_clash": "No clash with the teams or the panel.",
    "price_clash": "Clash: {clash}",
    "price_clash_of": "Clash of {name}: {clash}",
    "price_clash_allowed": "Clash: {clash}. Allowed: {reason}",
    "price_other_meetings": "Other meetings in this room.",
    "price_learns": "Learns here and does not vote.",
    "price_stronger": "Stronger {role} than {name}",
    "price_weaker": "Weaker {role} than {name}",
    "price_other_role": "Same judge, another place.",
    "price_first_chair": "The room has no chair now.",
    "price_within": "One of the {places} that the room is due.",
    "price_beyond": "More than the {places} that the room is due.",
    "price_trainee_votes": "{name} may not vote: a trainee, or below the minimum score.",
    "price_odd": "Panel of {count}, odd.",
    "price_even": "Panel of {count}, even.",
    "price_to_pool": "{name} goes to the pool.",
    "price_role": "{name} becomes {role}",
    "price_goes": "{name} goes to {debate}",
    "price_leaves": "{debate} loses this judge.",
    # Edits by hand.
    "panel_judge_unknown": "There is no judge {judge} in this tournament. Choose one of the board.",
    "panel_debate_unknown": "{round} has no debate {debate} any more. Look at its draw.",
    "panel_has_result": (
        "{debate} has its result, given by the panel that is there. "
        "Discard its ballot before the panel is changed."
    ),
    "panel_judge_elsewhere": (
        "{name} judges in {round} at the same time. Take this judge out there first."
    ),
    "panel_clash_needs_reason": (
        "{name}: {clash}. Give the reason why this judge sits there all the same; it is kept."
    ),
    "panel_importance": "An importance of {importance} is not possible. Give -2 to 2.",
    "allocate_not_confirmed": "The draw of {round} is not confirmed. Confirm it first.",
    "allocate_released": (
        "{round} is released, so the hall knows its judges and rooms. Move single ones by hand, "
        "or take the release back."
    ),
    # Rooms.
    "rooms_no_debates": (
        "This round has no debates to place. Draw the round first."
    ),
    "rooms_too_few": (
        "{rooms} rooms are available for {debates} debates, so some debates have none. "
        "Mark more rooms as available."
    ),
    "rooms_unmet_no_room": (
        "There was no room left for this debate. Mark more rooms as available."
    ),
    "rooms_unmet_category_absent": (
        "No available room is of this category. Mark one as available or drop the wish."
    ),
    "rooms_unmet_outranked": (
        "Every room of this category went to a stronger wish. "
        "Raise this priority or add a room to the category."
    ),
    "rooms_wish": "{name} wants {category}. {reason}",
    "rooms_twice": "{room} is the room of {count} debates. Give one of them another room.",
    "rooms_away": "{room} is not available in this round. Choose another, or mark it available.",
    "room_name_unknown": 'No room is called "{name}". {near}',
    "room_name_near": "{near}?",
    "room_name_far": "Choose one of the list.",
    "room_in_other_round": "{room} is used by {round} at the same time. Choose another one.",
    "room_has_result": "{debate} has its result, given in the room that is there.",
    # Simulation.
    "simulate_other_room": (
        "Debate {debate} has {sides} teams; results are simulated for debates of two or four "
        "teams. Enter its ballot by hand."
    ),
    "simulate_no_judges": (
        "Debate {debate} has no judge who votes, and each judge hands in a ballot. "
        "Seat a chair before simulating results."
    ),
    "simulate_range_too_small": (
        "Marks from {low} to {high} leave no room for {teams} different totals. "
        "Widen the range of speaker scores."
    ),
    "simulate_criteria_do_not_fit": (
        "The marks for {criteria} cannot add up to the score {score}. "
        "Change their weights, ranges or steps, or the range of speaker scores."
    ),
    "simulate_no_speakers": (
        "Team {team} has no speakers. Add its speakers before simulating results."
    ),
    # Generator.
    "generate_not_available": (
        "The preset {preset} has rooms of {size} teams, for which there are no sides, so that "
        "nothing can be made up. Choose one of: {available}."
    ),
    "generate_teams_not_a_multiple": (
        "{teams} teams cannot fill debates of {size}. Ask for {below} or {above} teams."
    ),
    "generate_teams_out_of_range": (
        "A tournament of {teams} teams cannot be made. Ask for between {least} and {most} teams."
    ),
    "generate_rounds_out_of_range": (
        "{rounds} rounds cannot be made. Ask for between {least} and {most} rounds."
    ),
    "generate_chaos_out_of_range": (
        "A chaos of {chaos} is not possible. Give a number between 0 and 1."
    ),
    "generate_break_size": (
        "A break of {size} teams has no bracket here. Choose one of: {possible}."
    ),
}
