"""Sentences about standings and breaks."""

MESSAGES: dict[str, str] = {
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
}
