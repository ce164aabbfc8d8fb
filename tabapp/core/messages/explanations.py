"""Sentences that explain a number of a table of results."""

MESSAGES: dict[str, str] = {
    # how a metric is used
    "terms_place": "{place} of the {count} metrics that rank {things}.",
    "terms_only": "The only metric that ranks {things}.",
    "terms_shown": "Only shown: nothing is ranked by it.",
    # ballots
    "terms_ballots_all": "{ballots}, all confirmed{checked}; {missed}.",
    "terms_ballots_some": "{confirmed} of {ballots} confirmed; {missed}.",
    "terms_ballots_none": "No ballot of {name} is confirmed.",
    # who beat whom
    "terms_pair": "Level with {other} on everything before it; they met {times}.",
    "terms_pair_never": (
        "Level with {other} on everything before it; they never met, which counts as 0."
    ),
    "terms_level_alone": "No other team is level with it on what stands before: it has no effect.",
    "terms_level_many": (
        "{count} other teams are level with it on everything before ({names}). It decides between "
        "two only."
    ),
    # ranks
    "terms_rank_first": "Nobody stands better.",
    "terms_rank_step": "Below {above} by {metric}: {own} against {other}.",
    "terms_rank_shared": "Level with {names} on every metric, so they share the rank.",
    "terms_rank_none": "Listed without a rank: missed more rounds than the settings allow.",
    "terms_rank_title": "{name}: rank {rank}",
    "terms_rank_sentence": "Ranked by {metrics}, one after the other.",
    # others
    "terms_title": "{name}: {metric} {value}",
    "terms_round_title": "{name}: {round}",
    "terms_round_sentence": "{name} scored {score} in the round.",
    "terms_round_nothing": "{name} has no result in {round}.",
    "terms_round_postponed": "The debate is postponed.",
    "terms_judge_shown": "From the list of judges and their panels; nothing is added up.",
}
