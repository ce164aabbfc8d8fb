"""Sentences about breaks: who breaks, who does not and why, and what people decide about it."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    # rules
    "break_rule_needs_metric": "{rule} in the break category {category} needs {metric}, which is"
    " not in the ranking of teams ({precedence}). Add {metric} to it, or choose one of: {nearest}.",
    "break_rule_needs_two_teams": "{rule} in the break category {category} caps by {metric}, and"
    " only debates of two teams have them. Choose one of: {nearest}.",
    "unknown_break_rule": "The break category {category} has the rule {rule}, which does not exist."
    " Choose among {known}.",
    "unknown_break_category": "There is no break category {category}. Choose among {known}.",
    "unknown_break_remark": "The remark {remark} of {team} in the break category {category} does"
    " not exist. Choose among {known}.",
    "break_ties_all_in_bp": "A break in rooms of four teams cannot take in all that are level at"
    " the line. Choose to be asked, or to draw lots.",
    "break_lot_without_seed": "Lots are to decide ties at the line, but without a seed. Give one.",
    "break_without_teams": "Nobody can break in {category}. Make teams eligible for it, or remove"
    " the category.",
    "break_note_above_not_made": "{category} was made while {others}, which goes before it, has no"
    " stored break: who would break there was worked out now. Make all breaks at once to keep them"
    " in step.",
    "break_note_below_is_older": "The break of {others} is older than this one of {category}. Make"
    " it again, so that nobody breaks twice.",
    "break_reason_ineligible": "Rank {rank}: not eligible for {category}.",
    "break_reason_different_break": "Rank {rank}: breaks in {other}, which goes before {category}.",
    "break_reason_disqualified": "Rank {rank}: disqualified.",
    "break_reason_withdrawn": "Rank {rank}: withdrawn.",
    "break_reason_absent": "Rank {rank}: absent.",
    "break_reason_lost_by_hand": "Rank {rank}: level with the last breaking team of {category} on"
    " every metric, and lost the coin toss.",
    "break_reason_other_break": "Rank {rank}: does not take its place in {category}, so that it may"
    " break elsewhere.",
    "break_reason_moved_up": "Moved up, since {team} is {remark}.",
    "break_not_made": "The break of {category} has not been made. Make it first.",
    "break_no_remark": "Nobody made a remark about {team}, so there is none to take back. What the"
    " break found itself changes with the results.",
    "break_no_tie": "Nobody is level at the line of {category}, so there is nothing to decide. Make"
    " the break again if results have changed.",
    "break_not_level": "{team} is not among the teams level at the line. Choose from those.",
    "break_tie_count": "{count} teams are chosen for {free} free places. Choose {free}.",
    "break_outdated": "Results changed since this break was made{change}. Make it again.",
    # reasons with their numbers
    "break_reason_breaks": "Breaks in place {break_rank} of {size}: rank {rank} in {category}.",
    "break_reason_back": "Breaks in place {break_rank} of {size}: {home} of {institution} at {at},"
    " set aside by the cap and let in again, since it left only {left} teams for {size} places.",
    "break_reason_back_by_wins": "Breaks in place {break_rank} of {size}: rank {rank}, dropped for"
    " too few wins and let in again, since only {left} teams were left for {size} places.",
    "break_reason_won_lot": "The lot decided: drawn {drawn} of {count} level teams for {places} of"
    " the places.",
    "break_reason_all_in": "All level teams came in, so that {count} break for {size} places.",
    "break_reason_wanted": "{category} is a break that it asked for.",
    "break_reason_prefers": "Rank {rank}: breaks in {other}, which it prefers to {category}.",
    "break_reason_over_cap": "{home} of {institution} at {at}: the cap is {cap} for each"
    " institution.",
    "break_reason_over_cap_above": "{home} of {institution} at {at}: the cap is {cap} for each"
    " institution; natural cut-off {cut_off}.",
    "break_reason_below_cut_off": "{home} of {institution} at {at}: below the natural cut-off,"
    " {cut_off}, only the best team of an institution comes in.",
    "break_reason_too_few_wins": "Rank {rank}: fewer wins than the {wins} of the last place.",
    "break_reason_capped": "Rank {rank}: capped, as was decided by hand.",
    "break_reason_ineligible_by_hand": "Rank {rank}: not eligible for {category}, as was decided by"
    " hand.",
    "break_reason_swing": "Rank {rank}: a swing team never breaks.",
    "break_reason_held": "Rank {rank}: debated {debated} of the {needed} rounds that it takes to"
    " break; {missing} missing.",
    "break_reason_reserve": "{place} reserve: rank {rank}, after the {size} places of {category}.",
    "break_reason_tied": "Rank {rank}: one of {count} teams level on every metric for {places} of"
    " the {size} places of {category}. Decide who breaks.",
    "break_reason_lost_coin_toss": "Rank {rank}: drawn {drawn} of {count} teams level on every"
    " metric, for {places} of the {size} places of {category}.",
    "break_reason_let_in": "Free of the minimum of {needed} rounds, of which it debated {debated},"
    " as was decided by hand.",
    # notes about a whole list
    "break_note_all_held": "Nobody has debated the {rounds} rounds that it takes to break in"
    " {category}. Lower break_min_rounds, or let teams in one by one.",
    "break_note_short": "{count} teams break for the {size} places of {category}, since no more can"
    " break in it.",
    "break_note_short_by_caps": "{count} teams break for the {size} places of {category}, since all"
    " others that can break are capped.",
    "break_note_no_metric": "Nothing ranks the teams, so that all are level in {category}. Choose"
    " what ranks teams.",
    "break_note_no_results": "No result is confirmed yet, so that all teams are level in"
    " {category}.",
    "break_note_wishes_aside": "The preferences of {teams} were left aside, since with them caps"
    " and lots come to no end: priority holds for them.",
    # what people decide
    "break_not_held": "{team} debated {debated} rounds, which is enough to break: there is nothing"
    " to free it from.",
    "break_judge_count": "{count} judges cannot be chosen from {judges}. Choose a number from 0 to"
    " {judges}.",
    "break_judges_level": "{names} have equal scores and share {places} of the places. Choose among"
    " them by hand.",
}
