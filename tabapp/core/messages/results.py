"""Sentences about standings and breaks."""

MESSAGES: dict[str, str] = {
    "metric_twice": "The metric {metric} stands in the list twice. Remove one of them.",
    "metric_not_ranked": "Nothing can be ranked by {metric}, which follows from the ranks. Show it"
    " as an extra column.",
    "judges_without_categories": "Judges have no categories, so there is no table of {slug} alone."
    " Leave the category out.",
}
