"""Sentences about deadlines."""

MESSAGES: dict[str, str] = {
    "deadline_action": (
        '"{value}" is nothing that can be done with a late ballot. Choose to mark the room, to let '
        "who never checked in forfeit, or nothing."),
    "deadline_end": (
        "{value} is no time at which a round ends. Type 14:30, or 2026-01-31 14:30 with the day."),
    "deadlines_paused_already": (
        "The deadlines of {round} are paused already. Resume them to let them go on."),
    "deadlines_not_paused": (
        "The deadlines of {round} are not paused. Pause them first."),
    "debate_not_flagged": (
        "This room is not marked any more. Nothing was left to take off."),
    # what a flag says
    "flagged_warning": "The ballot is due soon.",
    "flagged_overdue": "The ballot is overdue.",
    "flagged_unconfirmed": "The ballot has waited long to be confirmed.",
    "flagged_forfeited": "{teams} forfeited: nobody of them checked in.",
    "forfeit_nobody_absent": "Nobody forfeits: it is not known that a side never checked in.",
    "forfeit_everybody_absent": "Nobody forfeits: of no side has anybody checked in.",
    "forfeit_needs_marks": (
        "Nobody forfeits by itself: the others have debated, and their marks are needed."),
    "forfeit_refused": "Nobody forfeits by itself. {problem}",
    "forfeit_by_clock": "{teams} never checked in, and no ballot came before its limit.",
    # what the trail says was marked
    "marked_warning": "soon due in {round}: {rooms}",
    "marked_overdue": "overdue in {round}: {rooms}",
    "marked_unconfirmed": "not confirmed in {round}: {rooms}",
    # the history of a debate
    "timeline_released": "The draw was released.",
    "timeline_out": "The debate began.",
    "timeline_received": "The ballot was handed in.",
    "timeline_entered": "The ballot was entered.",
    "timeline_checked": "The ballot was checked.",
    "timeline_confirmed": "The ballot was confirmed.",
    # jobs about results
    "ballot_gone": (
        "Ballot {id} is not there any more. It was taken back, or it is of another file."),
    "debate_gone": (
        "Debate {id} is not there any more. Its draw was made again, or it is of another file."),
    "standings_of_gone": (
        "Tournament {id} is not in this database any more. Take it off the list of the schedule."),
    # why a copy is made
    "copy_after_round": "after {round}",
    "copy_after_ballot": "after the ballot of {room}",
    "copy_after_ballots": "after ballots of {rooms}",
}
