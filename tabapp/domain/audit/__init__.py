"""Independent checkers of what the program computes, by other algorithms.

Map of the draws: ``draws`` chooses the checks of a round; ``draw_ground`` holds those of any draw,
``draw_bp`` those of BP (``draw_costs`` for positions, ``draw_optimum`` for their least total,
``bp_secondary`` for swaps at equal cost), ``two_team`` those of two teams (``two_team_levels`` and
``two_team_brackets`` for who stands where, ``two_team_pairs`` for pairs by a method,
``two_team_prices``, ``two_team_matching`` and ``matching_optimum`` for pairs at least cost,
``two_team_sides`` for sides), ``round_robin`` those of cycles, ``draw_elimination`` those of
brackets.

Map of the results: ``results`` checks stored results and standings and ``breaks`` the break lists,
against what ``recount`` counts, ``verdicts`` decides for each debate and ``figures`` works out.

One rule: an auditor shares no code with what it checks; types and the rules' text are all that
both may read.
"""
