"""Sentences about tournaments, rounds and how they are found."""

MESSAGES: dict[str, str] = {
    "tournament_unknown": (
        "There is no tournament {slug} in this file. Choose one of: {known}."
    ),
    "no_tournament": (
        "This file has no tournament. Make one with 'tabapp new', or import one."
    ),
    "which_tournament": (
        "This file has several tournaments. Name one of them with --tournament: {known}."
    ),
    "round_gone": "There is no round with the row id {id} in this file. Name it by its number.",
    "round_unknown": "There is no round {seq}. Choose from: {known}.",
    "record_unknown": "There is no {kind} {ref} in this tournament. Check the id.",
    "slug_taken": (
        "This file already has a tournament with the short name {slug}. "
        "Name another one with --slug."
    ),
    "name_missing": "A tournament needs a name. Give one.",
    "rounds_out_of_range": "{value} rounds cannot be played. Choose from 1 to {most}.",
    "break_size_negative": "A break of {value} teams makes no sense. Choose 0 for none.",
    "category_unknown": "There is no category {slug}. Choose one of: {known}.",
    "no_break_category": (
        "This tournament has no break category. Add one before the break is made."
    ),
    "rounds_unreadable": "{text} names no rounds. Write 1-3 for the first three, or 2 for one.",
    "rounds_unknown": (
        "Rounds {rounds} are not all there to be played. The preliminary rounds are: {known}."
    ),
    "demo_file_exists": "{file} is there already. Give another name, or delete it.",
    "parameter_unreadable": "{text} is no parameter. Write key=value.",
    "run_unknown": (
        "There is no run {id} in the history of this file. 'tabapp job history' lists the runs."
    ),
    # what was typed
    "entry_blank": "Nothing is typed here. Type a number from {least} to {most}.",
    "entry_not_whole": "{value} is no whole number. Type one from {least} to {most}.",
    "entry_not_a_number": "{value} is no number. Type one from {least} to {most}.",
    "entry_out_of_range": "{value} is out of range. Type a number from {least} to {most}.",
    "entry_too_long": "This has {count} letters. Keep to {most}.",
    "start_unreadable": (
        "{value} is no start time. Type 14:30, or 2026-01-31 14:30 with the day."
    ),
    "slug_unreadable": (
        "{value} cannot be a short name. Use 1 to {most} letters, digits, dots, hyphens or "
        "underscores."
    ),
    "slug_twice": "{slug} is taken. Choose another short name.",
    # a new file
    "path_missing": "The tournament needs a file. Name one.",
    "path_suffix": "{file} does not end in {suffix}. Add it to the name.",
    "path_taken": "{file} is there already in {folder}. Open it, or choose another name.",
    "path_folder_missing": "There is no folder {folder}. Choose one that is there.",
    "path_impossible": "{file} cannot be a file here. Choose another name.",
    # rules
    "teams_in_debate_fixed": (
        "{round} is drawn with {teams} teams in a room, so that number stays. Delete the draws "
        "first, then change it."
    ),
    "effect_draw_one": (
        "{first} is drawn; it keeps the rules it was drawn with. Later draws follow what is set "
        "here."
    ),
    "effect_draw_many": (
        "{first} to {last} are drawn; they keep the rules they were drawn with. Later draws "
        "follow what is set here."
    ),
    "effect_judges_one": "{first} is drawn; panels that are seated stay as they are.",
    "effect_judges_many": "{first} to {last} are drawn; panels that are seated stay as they are.",
    "effect_debate_one": "{first} is drawn with {teams} teams in a room, so that number stays.",
    "effect_debate_many": (
        "{first} to {last} are drawn with {teams} teams in a room, so that number stays."
    ),
    "effect_ballots": (
        "{count} ballots are confirmed. Their marks stay and are counted anew by what is set "
        "here; ranges and steps hold for what is entered from now on."
    ),
    "effect_standings": (
        "{count} ballots are confirmed. Standings and the next draw follow a change here at once."
    ),
    "effect_break": "The break of {categories} is made; it stays until it is made again.",
    # rounds
    "round_name_missing": "A round needs a name. Give one.",
    "round_name_twice": "Another round is called {name} too. Choose a name that tells them apart.",
    "round_needs_elimination_draw": (
        "An elimination round is drawn from its bracket. Choose the elimination draw, or make "
        "the stage preliminary."
    ),
    "round_is_no_elimination": (
        "Only elimination rounds are drawn from a bracket. Choose another draw, or make the "
        "stage elimination."
    ),
    "round_needs_category": "An elimination round belongs to a break category. Choose one.",
    "round_has_no_category": (
        "A preliminary round belongs to no break category. Leave it out, or make the stage "
        "elimination."
    ),
    "category_gone": "This break category was deleted. Choose another one.",
    "first_round_power": (
        "Nobody has points before the first round, so pairing by them is left to chance. Choose "
        "the random draw."
    ),
    "round_drawn_keeps": "{round} is drawn, so this stays. Delete its draw first.",
    "round_drawn_stays": "{round} is drawn. Delete its draw first, then the round.",
    "round_before_drawn": (
        "{round} is drawn, and no round before it can come or go. Choose a place after it."
    ),
    "round_weighed_anew": (
        "{count} ballots of {round} are confirmed; standings follow another weight at once."
    ),
    "preliminary_after_elimination": (
        "Preliminary rounds come before elimination rounds. Choose a place before them."
    ),
    "elimination_made_elsewhere": (
        "Elimination rounds are made from the break. Make them on the page Break."
    ),
    "rounds_too_many": "There are {most} rounds already. Delete one first.",
    "round_is_first": "{round} is the first round. It cannot go up.",
    "round_is_last": "{round} is the last round. It cannot go down.",
    # break categories
    "category_name_missing": "A break category needs a name. Give one.",
    "category_slug_missing": (
        "No short name can be made of {name}. Type one, such as open."
    ),
    "break_size_without_bracket": (
        "A break of {size} teams has no bracket in rooms of four. Choose {possible}."
    ),
    "break_size_too_small": (
        "A break of {size} team has no debate. Choose 2 or more, or 0 for none."
    ),
    "category_size_above_field": (
        "{size} teams are to break and {count} can. Make more teams eligible, or the break smaller."
    ),
    "break_made_before": (
        "The break of {category} is made already. Make it again after this change."
    ),
    "break_rule_unknown": "There is no break rule {rule}. Choose one of: {possible}.",
    "category_has_rounds": (
        "{category} has elimination rounds: {rounds}. Delete them first, then the category."
    ),
    # motions
    "motion_gone": "This motion was deleted, or taken out of the round. Look at the list again.",
    "motion_text_missing": "A motion needs its words. Type them.",
    "motion_reference_long": (
        "This reference has {count} letters. Keep to {most}, such as Media or R3 Media."
    ),
    "motion_reference_twice": (
        "Another motion is called {reference} too. Choose a reference that tells them apart."
    ),
    "motion_reuse_off": (
        "This motion is set in {count} rounds. Choose one, or switch on enable_motion_reuse in "
        "the motion rules."
    ),
    "motion_named": (
        "Ballots of {round} name this motion, so it stays there. Change those ballots first."
    ),
    "motion_released": (
        "The motions of {round} are released, so this one stays there. Take the release back first."
    ),
    "motion_known_at_once": (
        "The motions of {round} are released, so this one is known as soon as it is stored."
    ),
    "round_without_motion": "{round} has no motion. Set one in it, then release it.",
}
