"""Sentences about background jobs."""

MESSAGES: dict[str, str] = {
    "job_lacks_resource": (
        "This needs {kind}, which this way of starting the program does not offer. Start it from "
        "the window or with 'tabapp work'."
    ),
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
        "copy the details into a report."
    ),
    "job_timed_out": (
        "{title} waited too long for an answer. Check the other side and start it again."
    ),
    "job_took_too_long": (
        "{title} took longer than {seconds} s and was stopped; nothing half done is left. "
        "Look at what holds it up and start it again."
    ),
    "job_chain_stopped": (
        "This was to follow {step!r}, which did not end well. Look at {step!r}, then start what "
        "is still wanted."
    ),
    "job_group_failed": (
        "{count} of {total} did not end well: {titles}. Look at these and start them again."
    ),
    "job_elsewhere": (
        "{title} waits for another program, since this one does not run the queue {queue}. Look "
        "at it in the history of jobs."
    ),
    "circuit_open": (
        "{title} did not answer several times in a row and is left alone since {since}. It is "
        "asked again at {until}; check it until then."
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
