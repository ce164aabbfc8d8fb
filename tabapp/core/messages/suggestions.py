"""Sentences about suggestions: what stands out, and why in numbers."""

MESSAGES: dict[str, str] = {
    # --- what stands out ---
    "suggestion_title_speech": "{name} has {score} in {round}.",
    "suggestion_title_team": "{name} has {score} in {count} speeches of {round}.",
    "suggestion_title_exchange_speakers":
        "The marks of {name} and {other} may be exchanged in {round}.",
    "suggestion_title_exchange_teams":
        "The marks of {name} and {other} may be exchanged in {round}.",
    "suggestion_title_margin": "{name} is {margin} ahead of {other} in {round}.",
    "suggestion_title_against": "{name} beat {other} in {round} with {by} less.",
    "suggestion_title_judge": "{name} has {base}, the feedback says {mean}.",
    "suggestion_title_swap": "Swap {name} and {other_name} in {round}.",
    "suggestion_title_swap_pool": "Seat {other_name} for {name} in {round}.",
    "suggestion_title_team_speakers": "{name} has {has} of {wanted} speakers.",
    "suggestion_title_team_institution": "{name} has no institution.",
    "suggestion_title_teams_institution": "{missing} teams have no institution.",
    "suggestion_title_judge_institution": "{name} has no institution.",
    "suggestion_title_judges_institution": "{missing} judges have no institution.",
    "suggestion_title_judge_score": "{name} has no score.",
    "suggestion_title_judges_score": "{missing} judges have no score.",
    "suggestion_title_speaker_email": "{name} has no e-mail address.",
    "suggestion_title_speakers_email": "{missing} speakers have no e-mail address.",
    "suggestion_title_judge_email": "{name} has no e-mail address.",
    "suggestion_title_judges_email": "{missing} judges have no e-mail address.",
    "suggestion_title_speaker_twice": "{name} and {other} may be one speaker.",
    "suggestion_title_judge_twice": "{name} and {other} may be one judge.",
    # --- why ---
    "suggestion_why_speech":
        "{others} Expected {expected} ± {sd}: {z} deviations {way}.",
    "suggestion_why_team":
        "All of them are far off. Expected {expected} ± {sd}: {z} deviations {way}.",
    "suggestion_others": "The other {count} speeches are {low} to {high}.",
    "suggestion_other_one": "The other speech is {low}.",
    "suggestion_others_none": "No other speech is known.",
    "suggestion_why_exchange_speakers":
        "{name} {score}, expected {expected}; {other} {other_score}, expected {other_expected}. "
        "Exchanged, that is {times} times likelier.",
    "suggestion_why_exchange_teams":
        "{side} and {other_side}: exchanged, the marks fit the speakers' records {times} times "
        "better.",
    "suggestion_why_margin":
        "Expected {expected} ± {sd} by their speakers' records: {z} deviations. It is margin "
        "{rank} of {debates}, the next one is {widest}.",
    "suggestion_why_against":
        "{name} has {score}, {other} {other_score}: the result goes against the marks.",
    "suggestion_why_judge":
        "{count} pieces of feedback: {mean} ± {spread}, {z} standard errors {way}.{kinder} "
        "Proposed: {proposed}.",
    "suggestion_kinder": " Feedback lies {kinder} over the scores as a whole.",
    "suggestion_stricter": " Feedback lies {kinder} under the scores as a whole.",
    "suggestion_why_swap":
        "{place} and {other_place} cost {before} now and {after} then: {saved} less.",
    "suggestion_why_swap_pool":
        "{place} costs {before} now and {after} then: {saved} less. {name} goes to the pool.",
    "suggestion_why_team_speakers":
        "A debate needs {wanted} of each team: somebody would speak twice.",
    "suggestion_why_team_institution":
        "{have} of {count} teams have one. Clashes with judges are found by it.",
    "suggestion_why_teams_institution":
        "{names}. Clashes with judges are found by the institution.",
    "suggestion_why_judge_institution":
        "{have} of {count} judges have one or are independent. Clashes with teams are found by it.",
    "suggestion_why_judges_institution":
        "{names}. Clashes with teams are found by the institution.",
    "suggestion_why_judge_score":
        "{have} of {count} judges have one. Panels are made by scores.",
    "suggestion_why_judges_score": "{names}. Panels are made by scores.",
    "suggestion_why_speaker_email": "{have} of {count} speakers have one.",
    "suggestion_why_speakers_email": "{names}. The other {have} have one.",
    "suggestion_why_judge_email": "{have} of {count} judges have one.",
    "suggestion_why_judges_email": "{names}. The other {have} have one.",
    "suggestion_why_speaker_twice": "Their names are nearly the same. Teams: {homes}.",
    "suggestion_why_judge_twice": "Their names are nearly the same. Institutions: {homes}.",
    # --- what accepting does ---
    "suggestion_would_judge": "Sets the score of {name} from {base} to {proposed}.",
    "suggestion_would_swap": "{name} and {other_name} take each other's places.",
    "suggestion_would_swap_pool": "{other_name} takes the place of {name}, who goes to the pool.",
    # --- what is wrong ---
    "suggestion_gone":
        "This suggestion is not there any more: what it was about has changed. Choose another one.",
    "suggestion_answered":
        "This suggestion was answered already. Undo that answer to decide it anew.",
    "suggestion_score_moved":
        "{name} has {now} by now and not {base}. Look again for what is proposed now.",
    "suggestion_round_moved":
        "{round} is released or has ballots, so its panels stay. Dismiss this suggestion.",
    "suggestion_swap_moved":
        "{name} and {other} do not sit where they sat. Look again for what saves cost now.",
    "suggestion_swap_dear":
        "To swap {name} and {other} would save {saved} by now, not {promised}. Look again for "
        "what saves more.",
    "suggestion_swap_barred":
        "{name} and {other} cannot swap any more: one would clash, not vote or be away. Look again "
        "for what saves cost now.",
    "suggestion_about_nobody":
        'No team, speaker or judge here has the id "{subject}". Leave it out to look at all.',
}
