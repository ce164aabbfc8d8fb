"""What groups of settings, their choices and metrics are called on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tabapp.domain.formats import SettingInfo
from tabapp.gui.messages import tr
from tabapp.gui.names import MINUS

GROUPS: Mapping[str, str] = {
    "Score": "Scores", "Debate": "Debate", "Draw": "Draw", "Judges": "Judges",
    "Standings": "Standings", "Break": "Break rules", "Feedback": "Feedback",
    "Motions": "Motion rules", "Data entry": "Data entry", "Deadlines": "Deadlines",
    "Tab release": "Tab release",
    "Public": "Public", "Display": "Display", "Registration": "Registration",
    "Without effect": "Without effect",
}
"""Title of each group, in its place on the page."""

_CHOICES: Mapping[str, str] = {
    "none": "None", "off": "Off", "all": "All", "always": "Always", "never": "Never",
    "random": "By chance", "any": "Freely", "public": "Public form",
    "private-urls": "By a personal link", "everywhere": "Everywhere", "numeric": "As numbers",
    "title": "In words", "graph": "Minimum-cost matching", "initials": "By initials",
    # debate
    "per-adj": "One ballot a judge", "per-debate": "One ballot a room",
    "high-points": "As the marks say", "tied-points": "Breaks tied marks",
    "low-points": "Whatever the marks say", "prelim": "In preliminary rounds",
    "aff-neg": "Affirmative, Negative", "gov-opp": "Government, Opposition",
    "prop-opp": "Proposition, Opposition", "pro-con": "Pro, Con",
    "appellant-respondent": "Appellant, Respondent", "1-2": "First, Second",
    "average": "Average of its other rounds", "as_judged": "As judged",
    # draw
    "pullup_top": "Pull up the highest", "pullup_bottom": "Pull up the lowest",
    "pullup_middle": "Pull up the middle", "pullup_random": "Pull up by chance",
    "pullup_lowest_ds_rank": "Pull up by lowest draw strength",
    "intermediate": "Intermediate brackets",
    "intermediate_bubble_up_down": "Intermediate brackets, bubbling up or down",
    "intermediate1": "Intermediate brackets 1 (sides set)",
    "intermediate2": "Intermediate brackets 2 (sides set)",
    "slide": "Slide", "fold": "Fold", "adjacent": "Adjacent",
    "fold_top_adjacent_rest": "Fold the top, adjacent below",
    "balance": "Balanced", "preallocated": "Set beforehand", "manual-ballot": "From the ballot",
    "one_up_one_down": "One up, one down", "least_to_date": "Fewest pull-ups so far",
    "lowest_ds_wins": "Lowest draw strength by wins",
    "lowest_ds_speaks": "Lowest draw strength by speaks", "lowest": "The lowest team",
    "points": "A win without marks", "anywhere": "Anywhere in the bracket",
    "one_room": "All in one room", "simple": "Simple", "entropy": "Entropy",
    "variance": "Variance", "hungarian": "First of the best",
    "hungarian_preshuffled": "By chance among the best",
    # judges, break, feedback
    "important_first": "Important rooms first", "even": "All alike", "tabbycat": "As Tabbycat",
    "ask": "The tab director decides", "lot": "Lots are drawn",
    "minimal": "Chairs on everybody", "with-p-on-c": "and panellists on chairs",
    "with-t-on-c": "and trainees on chairs", "with-p-on-p": "and panellists on panellists",
    "all-adjs": "All judges", "no-adjs": "No judges", "orallist": "Who gave the reasons",
    "no-one": "Nobody",
    # house
    "forward": "First round first", "reverse": "Last round first", "all_areas": "Everything",
    "results_draw": "Results and draw", "results_only": "Results only", "test": "Base score",
    "final": "Final score", "current": "The current one", "all-released": "All released",
    "all-tooltips": "Beside the real name",
    "admin-tooltips-code": "Public codes, code as a hint here",
    "admin-tooltips-real": "Public codes, name as a hint here", "user": "By hand",
    "alphabetical": "By letters", "numerical": "By numbers",
    "a4": "A4", "us-letter": "US Letter",
    # deadlines
    "flag": "Mark the room", "forfeit": "Who never checked in forfeits",
}
_OWN: Mapping[tuple[str, str], str] = {
    ("winners_in_ballots", "none"): "Follows from the marks",
    ("break_ties", "all"): "All of them break", ("ties", "all"): "All of them break",
    ("adjudicators_tab_shows", "all"): "Every round's too",
    ("bye_team_results", "none"): "Nothing",
    ("bye_speaks", "none"): "None",
    ("bye_speaks", "average"): "The average of the other rounds",
    ("ballot_overdue_action", "none"): "Nothing", ("action", "none"): "Nothing",
    ("ballot_unconfirmed_action", "none"): "Nothing",
    ("bye_team_selection", "off"): "Nobody: rooms have to fill",
    ("draw_matching_scope", "bracket"): "One for each bracket",
    ("draw_matching_scope", "round"): "One over all brackets",
    ("assistant_access", "none"): "Nothing",
    ("speaker_ranks", "high-points"): "As the marks say",
    ("ballot_confirmed_by", "volunteer"): "Anybody at the desk",
    ("ballot_confirmed_by", "adjudication_core"): "Adjudication core or tab director",
    ("ballot_confirmed_by", "tab_director"): "A tab director",
}
"""Where a choice means something of its own in one setting, or in one parameter of a job."""
_METRICS: Mapping[str, str] = {
    "wins": "Wins", "points": "Points", "speaks_sum": "Sum of speaks",
    "speaks_avg": "Average speaks", "speaks_ind_avg": "Average of a speech",
    "speaks_stddev": "Spread of scores", "margin_sum": "Sum of margins",
    "margin_avg": "Average margin", "draw_strength": "Draw strength",
    "draw_strength_speaks": "Draw strength by speaks", "num_adjs": "Votes of judges",
    "firsts": "Firsts", "seconds": "Seconds", "thirds": "Thirds", "npullups": "Pull-ups",
    "pullup_debates": "Debates against pull-ups", "num_iron": "Iron-person speeches",
    "wbw": "Who beat whom", "draw_strength_rank": "Rank of draw strength",
    "subrank": "Rank within the bracket", "institution_rank": "Rank within the institution",
    "total": "Total", "average": "Average", "trimmed_mean": "Trimmed mean",
    "stdev": "Standard deviation", "count": "Speeches", "srank": "Sum of speech ranks",
    "team_points": "Team points", "team_wins": "Team wins",
}
_ASKED: Mapping[str, str] = {
    "name": "Name", "team": "Team", "institution": "Institution", "email": "E-mail",
    "gender": "Gender", "pronoun": "Pronoun", "categories": "Answer on categories",
    "consent": "Consent to be named", "base_score": "Score", "conflicts": "Declared conflicts",
}
"""What a complete record of a person may have to hold."""


def group_title(group: str) -> str:
    """Return what a group of settings is called."""
    return tr(GROUPS.get(group, group))


def choice_words(setting: str, value: str) -> str:
    """Return what a choice of a setting or parameter is called; an unknown one by its name."""
    return tr(_OWN.get((setting, value)) or _CHOICES.get(value) or value)


def metric_words(key: str) -> str:
    """Return what an item of a list is called: a metric, or a field of a person's record."""
    return tr(_METRICS.get(key) or _ASKED.get(key, key))


def value_words(info: SettingInfo, value: Any) -> str:
    """Return a value of a setting as a person reads it."""
    if info.kind == "flag":
        return tr("On") if value else tr("Off")
    if info.kind == "list":
        return ", ".join(map(metric_words, value)) or tr("None")
    if info.kind == "choice":
        return choice_words(info.name, value)
    if info.kind == "text":
        return str(value) or tr("blank")
    return number_words(value)


def number_words(value: float) -> str:
    """Return a number as people write it."""
    return f"{value:.10g}".replace("-", MINUS)
