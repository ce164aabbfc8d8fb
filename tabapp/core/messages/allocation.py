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
    # Simulation.
    "simulate_only_four_teams": (
        "Debate {debate} has {sides} teams; results are simulated for debates of four teams only. "
        "Enter its ballot by hand."
    ),
    "simulate_range_too_small": (
        "Marks from {low} to {high} leave no room for four different totals. "
        "Widen the range of speaker scores."
    ),
    "simulate_no_speakers": (
        "Team {team} has no speakers. Add its speakers before simulating results."
    ),
    # Generator.
    "generate_not_available": (
        "Random tournaments of the preset {preset} cannot be made. Choose one of: {available}."
    ),
    "generate_teams_not_a_multiple": (
        "{teams} teams cannot fill debates of four. Ask for {below} or {above} teams."
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
