"""Sentences about liveness and forecasts."""

MESSAGES: dict[str, str] = {
    "forecast_too_large":
        "A forecast is made for up to {most} teams and this tournament has {teams}. "
        "Use the liveness of the break page instead.",
    "liveness_not_preliminary":
        "{round} is an elimination round, before which all breaks are made. "
        "Name a preliminary round.",
    "forecast_note_draws":
        "Rounds that are not drawn yet are drawn by an approximation: teams of equal points meet "
        "at random, open brackets take random teams of the next one, sides are at random.",
    "forecast_note_no_marks":
        "There are no marks, so that strength is estimated from results alone.",
    "forecast_note_not_by_points":
        "The standings do not begin with points or wins, so that later rounds are drawn at "
        "random and nothing is told to be certain.",
    "forecast_note_who_beat_whom":
        "Who beat whom is left out: such ties are decided by what stands next, then by chance.",
    "forecast_note_metrics_held":
        "Some metrics of the precedence are kept as they stand now.",
    "forecast_note_metrics_near":
        "Some metrics of the precedence are simulated only nearly as they are defined.",
    "forecast_note_preferences":
        "What teams prefer among categories is not regarded.",
    "forecast_outdated":
        "The forecast is older than the results. A new one is on its way or can be asked for.",
}
