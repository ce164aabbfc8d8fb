"""Sentences about people, rooms and what is typed about them."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    # fields
    "field_missing": "The {field} is missing. Type it.",
    "field_too_long": "The {field} has {count} characters, {limit} at most. Shorten it.",
    "field_line_break": "The {field} has a line break. Write it in one line.",
    "field_bad_character": "The {field} has a character that cannot be shown. Remove it.",
    "email_wrong": '"{value}" is not an address. Correct it or leave it empty.',
    "number_wrong": '"{value}" is not a number. Type one such as 4.5.',
    "number_not_whole": "{value} is not a whole number. Type one such as 40.",
    "number_outside": "{value} is outside {low} to {high}. Type a number between them.",
    "flag_wrong": '"{value}" is neither yes nor no ({field}). Type yes or no.',
    "choice_wrong": '"{value}" is not known here. Type {known}.',
    # names
    "name_unknown": 'No {kind} is called "{name}". Add it first, or correct the name.',
    "name_unknown_nearest": 'No {kind} is called "{name}". {nearest}?',
    "name_taken": 'There is a {kind} "{name}" already. Give this one another name.',
    "name_pasted_twice": '"{name}" stands in line {line} too. Remove one of the two.',
    "code_taken": 'The code "{taken}" is taken. Give this one another.',
    "judge_same_name": "There is a judge {name} already. Check that these are two people.",
    "speaker_same_name": "{team} has a speaker {name} already. Check that these are two people.",
    "score_outside": "{score} is outside {low} to {high}, the range of judges' scores. Check it.",
    "wish_not_eligible": (
        "The team cannot break in {category}. Take it off this list, or let the team break there"
        " first."
    ),
    # what is there
    "person_gone": "This {kind} is not there any more. Somebody deleted it; look at the list.",
    "kind_not_withdrawn": "A {kind} cannot be withdrawn. Delete it instead.",
    "in_use": "{name} is in {places}, so it stays. Withdraw it instead.",
    "in_use_speaker": "{name} spoke in {places}, so the speaker stays.",
    "speaker_moved": (
        "{name} spoke in {places}, for the team so far. Add a new speaker to the other team."
    ),
    "institution_in_use": (
        "{name} has {members}. Give them another institution first, or delete them."
    ),
    # conflicts and constraints
    "conflict_with_itself": "{name} cannot have a conflict with itself. Choose somebody else.",
    "conflict_there": "{one} and {other} have this conflict already. Choose somebody else.",
    "constraint_kind_wrong": (
        "A {kind} cannot want rooms. Choose a team, a judge or an institution."
    ),
    "constraint_there": "{subject} has this room category already. Choose another.",
    # pasting
    "kind_not_pasted": "A {kind} cannot be pasted. Add it by hand.",
    "paste_empty": "There is nothing to paste. Copy rows in a spreadsheet first.",
    "paste_too_long": "The text has more than {limit} million characters. Paste fewer rows.",
    "paste_too_many_rows": "The text has {rows} rows, {most} at most. Paste it in parts.",
    "column_unknown": 'The column "{column}" is not known and is left out.',
    "column_twice": 'Two columns are called "{column}". Remove one of them.',
    "row_too_wide": "The row has {cells} cells, {columns} at most. Check for a stray separator.",
}
