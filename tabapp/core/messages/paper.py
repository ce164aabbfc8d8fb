"""Sentences about codes and what is printed."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "code_of_other_tournament": (
        "{text} is a code of {other}, not of this tournament. Put this sheet aside and ask whose"
        " it is."
    ),
    "code_of_old_draw": (
        "{text} is the sheet of {room} in a draw of {round} that does not stand any more. {now}"
    ),
    "code_old_same_teams": (
        "The same teams debate in {room}: print the new sheet of {room} and type the marks there."
    ),
    "code_old_other_teams": (
        "Its teams are now in {rooms}: print the new sheets of {rooms}, and ask who debated whom."
    ),
    "code_old_no_draw": "The round is not drawn now: put the sheet aside until it is.",
    "code_unknown": (
        "Nothing here has the code {text}. Scan it again, or type the room or the name."
    ),
    "code_shared": (
        "The code {text} belongs to {names}. Give all but one of them another, or type the name."
    ),
    "codes_used_up": (
        "All codes are given out. Delete the tournaments of this file that are not needed."
    ),
    "paper_no_draw": "{round} has no draw yet, so there are no sheets. Draw it first.",
    "paper_no_sheets": (
        "{round} has no debate that needs a sheet: every team has a bye. Nothing is printed."
    ),
    "paper_room_unknown": (
        "{round} has no room {room}. Its rooms are: {known}."
    ),
    "paper_no_feedback": (
        "{round} asks for no feedback on paper: {why} Nothing is printed."
    ),
    "paper_no_feedback_wanted": "the settings ask neither teams nor judges to rate anybody.",
    "paper_no_feedback_stage": "feedback is given in preliminary rounds.",
    "paper_no_feedback_judges": "no panel has anybody to rate yet. Allocate judges first.",
    "paper_letters_lacking": (
        "{what} shows boxes for letters that no font here has, such as {letters}. Install a font"
        " for each such script and print it again."
    ),
    "paper_nothing_chosen": "No {what} is chosen, so nothing is printed. Choose at least one.",
    "sign_no_rooms": (
        "No room is entered, so there are no signs. Enter rooms under People first."
    ),
    "sign_room_gone": (
        "The room {room} does not exist any more. Open the list of rooms again and choose anew."
    ),
    "sign_round_without_rooms": (
        "No debate of {round} has one of these rooms. Draw the round and give it rooms first."
    ),
    "sign_draw_secret": (
        "The draw of {round} is not released, so no sign may show it. Release it, or print the"
        " signs without teams."
    ),
    "badge_nobody": (
        "Nobody is entered, so there are no badges. Enter speakers and judges under People first."
    ),
    "certificate_placeholder": (
        "“{line}” has the placeholder {name}, which is none. Use one of these: {known}."
    ),
    "certificate_brace": (
        "“{line}” has a brace without its other one. Close it, or double a brace that is to be"
        " printed."
    ),
    "certificate_line_unknown": (
        "{line} is no line of a certificate. Write one of these, an equals sign and the words:"
        " {known}."
    ),
    "certificate_signatures": (
        "A certificate has room for {most} signatures. Leave some of them out."
    ),
    "certificate_gone": (
        "{id} can have no such certificate any more. Open the list again and choose anew."
    ),
    "certificate_no_break": (
        "The {category} break is not made yet, so there are no certificates for it. Make it first."
    ),
    "certificate_break_tied": (
        "Teams are level at the line of the {category} break. Decide who breaks first."
    ),
    "certificate_break_outdated": (
        "The {category} break is not what the results say now. Make it again first."
    ),
    "certificate_rounds_open": (
        "Places can still change, as these rounds are not completed: {rounds}. Complete or delete"
        " them first."
    ),
    "certificate_award_unknown": (
        "There is no award {award}. Choose one of the list of awards."
    ),
    "certificate_nobody_breaking_teams": (
        "No breaking team has a speaker, so nobody can have a certificate. Enter the speakers."
    ),
    "certificate_nobody_breaking_judges": (
        "No judge breaks yet. Choose the breaking judges on the page Break first."
    ),
    "certificate_nobody_speakers": (
        "No speaker has a place there. Choose another category, or more places than these."
    ),
    "certificate_nobody_award": "Nobody has earned this award yet. Choose another one.",
    "certificate_nobody_participation": (
        "Nobody is entered, so there are no certificates. Enter people under People first."
    ),
    "certificate_nobody_judges": (
        "No judge has judged a completed round yet. Complete a round first."
    ),
    "certificate_nobody_chairs": (
        "No judge has chaired a completed round yet. Complete a round first."
    ),
    "certificate_nobody_core": (
        "No judge is marked as adjudication core. Mark them under People first."
    ),
    "certificate_secret": (
        "This is not public yet: the setting “{setting}” is off. Keep the pages in the tab room."
    ),
    "certificate_secret_rounds": (
        "These results are not public yet: {rounds}. Keep the pages in the tab room."
    ),
    "certificate_secret_award": (
        "The award {award} is not public yet. Keep the pages in the tab room."
    ),
}
