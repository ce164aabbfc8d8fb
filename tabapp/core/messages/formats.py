"""Sentences about formats."""

MESSAGES: dict[str, str] = {
    "unknown_preset": "There is no preset {name}. Choose one of: {known}.",
    "unknown_setting": (
        "There is no setting {name}. It is kept and has no effect; the nearest name is {nearest}."
    ),
    "setting_not_a_number": "{name} must be a number, not {value}. Give one such as 72 or 72.5.",
    "setting_not_whole": "{name} must be a whole number, not {value}. Give one such as 2.",
    "setting_not_true_or_false": "{name} cannot be {value}. Give true or false.",
    "setting_not_text": "{name} must be text, not {value}. Put it between quotation marks.",
    "setting_not_a_list": "{name} must be a list of metrics, not {value}. Give a list of keys.",
    "setting_not_a_choice": "{name} cannot be {value}. Choose one of: {choices}.",
    "setting_too_small": "{name} cannot be {value}. Give {limit} or more.",
    "setting_too_large": "{name} cannot be {value}. Give {limit} or less.",
    "unknown_metric": "{name} has no metric {value}. Choose from: {choices}.",
    "repeated_metric": (
        "{name} lists {value} twice. Take one of them out; only wbw can stand several times."
    ),
    "too_many_metrics": "{name} lists {count} metrics. Keep {limit} at most.",
    "empty_score_range": (
        "{low} ({low_value}) leaves no room below {high} ({high_value}). "
        "Lower the first or raise the second."
    ),
    "odd_bracket_needs_free_sides": (
        "Odd brackets by {rule} cannot be drawn with preallocated sides. "
        "Set draw_odd_bracket to one of {possible}, or draw_side_allocations to balance."
    ),
    "odd_bracket_needs_allocated_sides": (
        "Odd brackets by {rule} need preallocated sides, and sides are set to {sides}. "
        "Set draw_odd_bracket to one of {possible}, or draw_side_allocations to preallocated."
    ),
    "pairing_needs_free_sides": (
        "Pairing by {method} cannot be drawn with preallocated sides, since teams that follow each "
        "other may have the same side. Set draw_pairing_method to one of {possible}, or "
        "draw_side_allocations to balance."
    ),
    "matching_scope_without_effect": (
        "One matching over all brackets has no effect where draw_avoid_conflicts is {method}. "
        "Set that to graph, or draw_matching_scope to bracket."
    ),
    "restriction_without_pullups": (
        "The restriction {restriction} has no effect, since odd brackets by {rule} pull no team "
        "up. Set draw_pullup_restriction to none, or draw_odd_bracket to one of {possible}."
    ),
    "intermediate_needs_whole_points": (
        "Odd brackets by {rule} need whole points, and teams are ranked by {metric} first. "
        "Put wins or points first, or choose a pull-up rule."
    ),
    "ballots_per_judge_need_two_teams": (
        "{name} is per-adj, which does not work with {teams} teams in a debate. "
        "Set it to per-debate, or switch on margin_includes_dissenters for public speaking."
    ),
    "bp_elimination_needs_consensus": (
        "An elimination debate of four teams cannot be decided by one ballot for each judge. "
        "Set ballots_per_debate_elim to per-debate."
    ),
    "team_count_needs_public_speaking": (
        "Debates of {teams} teams have no winner that a panel could agree on. "
        "Set teams_in_debate to 2 or 4, or ballots_per_debate_prelim to per-adj with "
        "margin_includes_dissenters on."
    ),
    "bp_break_cannot_grow": (
        "A break of four-team debates cannot take in every tied team. "
        "Set break_ties to ask or lot."
    ),
}
