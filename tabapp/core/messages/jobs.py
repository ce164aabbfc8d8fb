"""Sentences about background jobs."""

MESSAGES: dict[str, str] = {
    "job_unknown": (
        "There is no job named {name!r}. Known jobs are: {known}."
    ),
    "job_params_invalid": (
        "{job} cannot start with these parameters: {problems}. Correct them and start it again."
    ),
    "job_param_unknown": "{name!r} is not a parameter of {job}; leave it out or use: {known}.",
    "job_param_missing": "the parameter {name!r} is missing; give it a value.",
    "job_param_wrong": "{name!r} cannot be {value}; it needs another value: {reason}.",
    "job_param_too_small": "{name!r} cannot be {value}; give it at least {bound}.",
    "job_param_too_large": "{name!r} cannot be {value}; give it at most {bound}.",
    "job_param_not_above": "{name!r} cannot be {value}; give it more than {bound}.",
    "job_param_not_below": "{name!r} cannot be {value}; give it less than {bound}.",
    "job_other_tournament": (
        "{title} was started for tournament {held}, but what it works on belongs to tournament "
        "{other}. Start it again for the tournament to which that belongs."
    ),
    "job_needs_tournament": "{job} works on one tournament and none was named; name one.",
    "job_broken": (
        "{title} stopped because of a fault in the program. Your data is as it was before; "
        "please copy the details into a report."
    ),
    "job_timed_out": (
        "{title} waited too long for an answer. Check the other side and start it again."
    ),
    "job_connection_failed": (
        "{title} could not reach the other side. Check the network and start it again."
    ),
    "job_interrupted": (
        "{title} was running when its program ended. Look at what it did, then start it again."
    ),
    "job_unreadable": (
        "{title} was left by another version of the program and cannot go on. Start it anew."
    ),
    "jobs_stopped": (
        "The program is closing and takes no new jobs. Open it again and start {title} there."
    ),
    "job_still_running": "{title} has not ended within {seconds} seconds. Wait or cancel it.",
    "job_not_repeatable": "Run {id} is not one that ended without success. Choose another run.",
}
