"""Sentences about ballots that are entered twice, and about who may let them count."""

MESSAGES: dict[str, str] = {
    "field_differs": "The first entry says something else.",
    "entry_is_own": "You entered this ballot. Somebody else has to check it: leave it to the next"
    " operator.",
    "confirmed_by_adjudication_core": "Ballots here are confirmed by the adjudication core or a tab"
    " director. Leave this one to them.",
    "confirmed_by_tab_director": "Ballots here are confirmed by a tab director. Leave this one to"
    " them.",
    "decision_of_author": "One of these entries is yours. A third operator, the adjudication core"
    " or a tab director has to decide.",
    "second_entry_wanted": "{name} entered this ballot already. Type it as the second entry, which"
    " is compared with the first.",
    "blind_check_wanted": "The ballot of {debate} is checked by typing it again. Type it from the"
    " paper; it counts when both entries say the same.",
    "entries_to_decide": "{names} entered the ballot of {debate} differently. Decide between the"
    " entries, with the paper at hand.",
    "nothing_to_decide": "The entries of {debate} do not differ any more. Open the room again.",
    "motion_of_other_round": "The motion {motion} is not one of round {round}. Name a motion of"
    " that round, or none.",
    "correction_above_role": "This ballot is confirmed, and a volunteer cannot correct it. Ask a"
    " tab director.",
    "discard_of_other": "{name} made this entry, and a volunteer can only discard the own ones. Ask"
    " a tab director.",
    "reason_of_decision": "{names} entered it differently; {actor} decided.",
    "reason_of_second_try": "{actor} entered it twice, differently; the second entry counts.",
}
