"""Sentences about standings and breaks."""

MESSAGES: dict[str, str] = {
    "table_kind_unknown": (
        "A table is not written as {suffix}. Give the file the ending .csv for spreadsheets or"
        " .json for programs."
    ),
    "metric_twice": "The metric {metric} stands in the list twice. Remove one of them.",
    "metric_not_ranked": "Nothing can be ranked by {metric}, which follows from the ranks. Show it"
    " as an extra column.",
    "break_rule_not_available": "The rule {rule} of the break category {category} is not available"
    " in this version. Choose standard.",
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
    "break_reason_breaks": "Breaks in place {break_rank}: rank {rank} in {category}.",
    "break_reason_capped": "Rank {rank}: capped, since its institution has enough better teams.",
    "break_reason_ineligible": "Rank {rank}: not eligible for {category}.",
    "break_reason_different_break": "Rank {rank}: breaks in {other}, which goes before {category}.",
    "break_reason_disqualified": "Rank {rank}: disqualified.",
    "break_reason_lost_coin_toss": "Rank {rank}: level with the last breaking team of {category}"
    " on every metric, and lost the lot.",
    "break_reason_withdrawn": "Rank {rank}: withdrawn.",
    "break_reason_absent": "Rank {rank}: absent.",
    "break_reason_reserve": "Rank {rank}: in reserve after the {size} places of {category}.",
    "break_reason_tied": "Rank {rank}: level on every metric with others at the last of the {size}"
    " places of {category}. Decide who breaks.",
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
}
