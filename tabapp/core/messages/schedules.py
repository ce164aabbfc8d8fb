"""Sentences about schedules of jobs."""

MESSAGES: dict[str, str] = {
    "schedule_too_often": (
        "Every {seconds} seconds is too often. Give it at least {shortest} seconds."
    ),
    "schedule_before_release": (
        "Nobody knows when a draw will be released, so nothing can run before it. Give 0 or more "
        "minutes, or count from the start of the round."
    ),
    "schedule_unreadable": (
        "This schedule of the kind {kind!r} was made by another version of the program. Set its "
        "time anew."
    ),
    "schedule_over": "{at} is over. Give a time that is still to come.",
    "schedule_never": (
        "No day fits {line!r}, so it would never run. Correct the day, the month or the weekday."
    ),
    "schedule_cron_fields": (
        "{line!r} has {count} fields; a cron line has five: minute, hour, day, month, weekday. "
        "Write for example '30 3 * * sun' for Sundays at 03:30."
    ),
    "schedule_cron_field": (
        "{value!r} is no {field} of a cron line. Write numbers, names such as sun or jan, ranges "
        "with '-', steps with '/', or '*' for each."
    ),
    "schedule_job_gone": (
        "The job {job!r} is not in this version of the program. Delete the schedule, or keep it "
        "for a program that has the job."
    ),
    "schedule_tournament_gone": (
        "The tournament {id} of this schedule is not in this database any more. Choose another "
        "tournament or delete the schedule."
    ),
    "schedule_unknown": "There is no schedule named {name!r}. Known schedules are: {known}.",
    "schedule_cannot_run": "{title} cannot run. {problem}",
    "schedule_no_title": "The schedule has no title. Give it one by which people know it.",
    "schedule_title_long": "This title has {count} letters. Give it at most {most}.",
    "schedule_param_filled": (
        "The clock gives {name!r} to each run itself. Leave it out, and choose the tournament of "
        "the schedule instead."
    ),
    "schedule_fixed": (
        "{title} comes with the program and keeps its title and its tournament. Change its time, "
        "or add a schedule of your own."
    ),
    "schedule_builtin_stays": (
        "{name!r} comes with the program and cannot be deleted. Pause it instead."
    ),
    "schedule_not_builtin": (
        "{title} is a schedule of your own, so there is nothing to which it could be reset. "
        "Change or delete it."
    ),
    "schedule_one_when": (
        "A schedule needs one of --cron, --every, --at and --round. Give exactly one of them."
    ),
    "schedule_one_act": (
        "Only one of --add, --pause, --resume, --retime, --run, --reset and --delete can be done "
        "at a time. Give one of them."
    ),
    "schedule_when_unread": (
        "{text!r} is no value for {option}. Write it like {example}."
    ),
    "queue_unknown": "There is no queue named {name!r}. Known queues are: {known}.",
    "schedule_too_far": "No schedule can wait for longer than {days} days. Give it less.",
    "schedule_year": "The year {year} is none in which this program runs. Give another time.",
}
