"""Settings that decide results: scores, debates, draws, judges, standings and breaks."""

from __future__ import annotations

from typing import ClassVar, Literal

from tabapp.domain.formats.values import (
    BallotsPerDebate,
    Group,
    ShownSpeakerMetrics,
    ShownTeamMetrics,
    SpeakerMetrics,
    TeamMetrics,
    Text,
    Whole,
    penalty,
    score,
    setting,
)

SMALLEST_STEP = 0.001
"""Steps below this are nobody's marks, and dividing by them leaves the numbers."""


class ScoreRules(Group):
    """How speeches are marked."""

    GROUP: ClassVar[str] = "Score"

    score_min: float = score(68.0, "Lowest mark of a substantive speech")
    score_max: float = score(82.0, "Highest mark of a substantive speech")
    score_step: float = setting(1.0, "Step between marks of substantive speeches", ge=SMALLEST_STEP)
    reply_score_min: float = score(34.0, "Lowest mark of a reply speech")
    reply_score_max: float = score(41.0, "Highest mark of a reply speech")
    reply_score_step: float = setting(0.5, "Step between marks of reply speeches", ge=SMALLEST_STEP)
    maximum_margin: float = setting(0.0, "Largest margin of a debate; 0 for no limit", ge=0)
    margin_includes_dissenters: bool = setting(
        False, "Scores and margins average over the whole panel instead of its majority")
    teamscore_includes_ghosts: bool = setting(
        True, "A second speech by the same person counts in the team's score")
    ballot_introduction: Text = setting("", "Text above every ballot")


class DebateRules(Group):
    """Who speaks in a debate and what a ballot asks for."""

    GROUP: ClassVar[str] = "Debate"

    teams_in_debate: Whole = setting(
        2, "Teams in a debate: 2, 4 for British Parliamentary, others for public speaking",
        ge=2, le=20)
    substantive_speakers: Whole = setting(3, "Substantive speeches of a team", ge=1, le=20)
    reply_scores_enabled: bool = setting(True, "Reply speeches are given and marked")
    require_substantive_for_reply: bool = setting(
        True, "A reply is given by somebody who spoke in the debate")
    ballots_per_debate_prelim: BallotsPerDebate = setting(
        "per-adj", "In preliminary rounds each judge hands in a ballot, or the panel agrees on one")
    ballots_per_debate_elim: BallotsPerDebate = setting(
        "per-adj", "In elimination rounds each judge hands in a ballot, or the panel agrees on one")
    winners_in_ballots: Literal["none", "high-points", "tied-points", "low-points"] = setting(
        "none", "Whether a ballot declares the winner: not at all, as a check of the totals, to "
        "break tied totals, or whatever the totals say")
    speakers_in_ballots: Literal["always", "prelim", "never"] = setting(
        "always", "When ballots hold marks")
    side_names: Literal[
        "aff-neg", "gov-opp", "prop-opp", "pro-con", "appellant-respondent", "1-2"
    ] = setting("aff-neg", "What the sides are called")
    speaker_ranks: Literal["none", "any", "high-points"] = setting(
        "none", "Whether ballots rank the speeches, freely or in agreement with the marks")
    preparation_time: Whole = setting(
        -1, "Minutes from the release of the motion to the start; -1 for none", ge=-1, le=10_000)
    forfeit_winner_speaks: Literal["none", "average", "as_judged"] = setting(
        "average", "Speaker score of a team whose opponent forfeited: none, the average of its "
        "other rounds, or what was judged")
    bye_speaks: Literal["none", "average"] = setting(
        "none", "Speaker score of a team with a bye that counts as a win: none, or the average of "
        "its other rounds")


class DrawRules(Group):
    """What the draw follows: exactly the options that the draw engine takes."""

    GROUP: ClassVar[str] = "Draw"

    draw_odd_bracket: Literal[
        "pullup_top", "pullup_bottom", "pullup_middle", "pullup_random", "intermediate",
        "intermediate_bubble_up_down", "intermediate1", "intermediate2", "pullup_lowest_ds_rank",
    ] = setting("intermediate_bubble_up_down", "What is done with a bracket that does not fill up")
    draw_pairing_method: Literal[
        "slide", "fold", "random", "adjacent", "fold_top_adjacent_rest"
    ] = setting("slide", "Who meets whom within a bracket")
    draw_side_allocations: Literal["random", "balance", "preallocated", "manual-ballot"] = setting(
        "balance", "Where the sides of two teams come from")
    draw_avoid_conflicts: Literal["off", "one_up_one_down", "graph"] = setting(
        "one_up_one_down", "How pairings are changed to avoid rematches and own institutions")
    draw_pullup_restriction: Literal[
        "none", "least_to_date", "lowest_ds_wins", "lowest_ds_speaks"
    ] = setting("none", "Which teams can be pulled up")
    avoid_team_history: bool = setting(True, "Two teams that have met do not meet again")
    avoid_same_institution: bool = setting(True, "Teams of one institution do not meet")
    team_history_penalty: Whole = penalty(1000, "Cost of each earlier meeting of two teams")
    team_institution_penalty: Whole = penalty(1, "Cost of a debate within one institution")
    side_penalty: Whole = penalty(
        0, "Cost of worsening a side balance (minimum-cost matching only)")
    pullup_debates_penalty: Whole = penalty(
        0, "Cost of each debate against a pulled-up team before (minimum-cost matching only)")
    pairing_penalty: Whole = penalty(
        1, "Cost of each place away from the pairing method (minimum-cost matching only)")
    bye_team_selection: Literal["off", "random", "lowest"] = setting(
        "off", "Who has the bye where the number of teams does not fill the rooms")
    bye_team_results: Literal["none", "points"] = setting(
        "none", "What a bye gives: nothing, or a win without marks")
    bp_pullup_distribution: Literal["anywhere", "one_room"] = setting(
        "anywhere", "BP: pulled-up teams go anywhere in the bracket or all into one room")
    bp_position_cost: Literal["simple", "entropy", "variance"] = setting(
        "entropy", "BP: measure of how uneven the positions of a team are")
    bp_renyi_order: float = setting(
        1.0, "BP: order of the entropy (0 Hartley, 1 Shannon)", ge=0, le=100)
    bp_position_cost_exponent: float = setting(
        4.0, "BP: power of the position cost; a higher one avoids few bad cases first",
        ge=0, le=100)
    bp_assignment_method: Literal["hungarian", "hungarian_preshuffled"] = setting(
        "hungarian_preshuffled", "BP: whether chance decides among equally good assignments")
    draw_matching_scope: Literal["bracket", "round"] = setting(
        "bracket", "Minimum-cost matching: one for each bracket, or one over all brackets in which "
        "pull-ups have their price too")
    pullup_penalty: Whole = penalty(
        10_000, "Cost of each point between two teams that meet, squared (one matching over all "
        "brackets only)")
    bp_secondary_preferences: bool = setting(
        False, "BP: among draws of equal position cost the one with the fewest repeat meetings, "
        "rooms of one institution and teams pulled up again (not WUDC)")
    round_robin_legs: Whole = setting(
        1, "Round-robin: how often everybody meets everybody, the second time on other sides",
        ge=1, le=2)


class JudgeRules(Group):
    """How judges are put on panels."""

    GROUP: ClassVar[str] = "Judges"

    adj_min_voting_score: float = score(1.5, "Judges below this score are trainees")
    adj_conflict_penalty: Whole = penalty(1_000_000, "Cost of a conflict on a panel")
    adj_history_penalty: Whole = penalty(10_000, "Cost of a judge who has seen a team before")
    preformed_panel_mismatch_penalty: Whole = penalty(
        10_000_000, "Cost of a prepared panel in a room of another importance")
    no_panellist_position: bool = setting(False, "Rooms have a chair alone")
    no_trainee_position: bool = setting(False, "Trainees are not placed")
    panel_size_policy: Literal["important_first", "even", "tabbycat"] = setting(
        "important_first", "Which rooms have larger panels: the important ones, all alike, or as "
        "Tabbycat gives them")


class StandingsRules(Group):
    """What ranks teams and speakers, and what is shown beside it."""

    GROUP: ClassVar[str] = "Standings"

    team_standings_precedence: TeamMetrics = setting(
        ("wins", "speaks_avg"), "What ranks teams, in order (up to 8)")
    team_standings_extra_metrics: ShownTeamMetrics = setting(
        (), "What team tables show besides (up to 5)")
    speaker_standings_precedence: SpeakerMetrics = setting(
        ("average",), "What ranks speakers, in order (up to 4)")
    speaker_standings_extra_metrics: ShownSpeakerMetrics = setting(
        ("stdev", "count"), "What speaker tables show besides (up to 5)")
    standings_missed_debates: Whole = setting(
        -1, "Speeches that a ranked speaker can have missed; -1 for no limit", ge=-1, le=1000)
    standings_missed_replies: Whole = setting(
        -1, "Replies that a ranked reply speaker can have missed; -1 for no limit", ge=-1, le=1000)


class BreakRules(Group):
    """How breaks are decided where the rules leave a choice."""

    GROUP: ClassVar[str] = "Break"

    break_ties: Literal["ask", "lot", "all"] = setting(
        "ask", "Teams level on everything at the last place: the tab director decides, lots are "
        "drawn, or all break")
    break_easters_strict: bool = setting(
        False, "AIDA 2016 Easters: only capped teams in their institution's top three come back")
    break_min_rounds: Whole = setting(
        0, "Preliminary rounds that a team must have debated to break, byes and forfeits by its "
        "opponents included; 0 for no such condition", ge=0, le=1000)
