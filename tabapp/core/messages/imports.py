"""Sentences about imports."""

MESSAGES: dict[str, str] = {
    # reading
    "import_nothing_given": "No file was named. Name the file to import.",
    "import_one_file_only": "{count} files were named, but this kind is imported one at a time."
    " Import them one after the other.",
    "import_file_missing": "{file} is not there. Check the name and the folder.",
    "import_is_folder": "{file} is a folder. Name the file in it.",
    "import_file_empty": "{file} is empty. Export it again from where it came.",
    "import_file_too_large": "{file} has more than the {limit} MB that are read. Check that it is"
    " the right file.",
    "import_file_unreadable": "{file} cannot be read: {reason}. Check its permissions and the"
    " drive.",
    "import_unknown_kind": "{file} is not a file that can be imported. Give an archive of tabapp"
    " (.json), a DebateXML file (.xml) or a folder of Tabbycat's CSV files.",
    "import_no_such_kind": "There is no kind of import called {kind}. Use one of {known}.",
    "import_kind_not_available": "{file} looks like {kind}, which cannot be imported yet. Give an"
    " archive of tabapp or a DebateXML file.",
    "import_not_utf8": "The file is not UTF-8 text (byte {byte}). Save it as UTF-8.",
    "import_bad_json": "The JSON is broken at line {line}, column {column}: {reason}. Correct it"
    " there, or export it again.",
    "import_too_deep": "The JSON is nested more than {limit} levels deep, as no archive is. Check"
    " that it is the right file.",
    "import_too_many_values": "The JSON has more than {limit} keys and values, as no tournament"
    " has. Check that it is the right file.",
    "import_duplicate_key": "The key {key} stands twice in {about}. Remove one of the two.",
    "import_number_too_large": "The number {value} is too large. Correct it.",
    "import_not_a_number": "{value} stands where JSON wants a number (line {line}, column"
    " {column}). Replace it by a number or null.",
    "import_bad_character": "The text “{value}” holds a character that cannot be stored. Remove"
    " it.",
    "import_not_archive": "{file} is JSON, but not an archive of tabapp. Give a file that tabapp"
    " exported.",
    "import_bad_version": "The version {version} of the archive is not a number from 1. Correct"
    " it, or export the archive again.",
    "import_newer_version": "This archive was made by a newer tabapp (format {version}, this"
    " program knows up to {known}). Update tabapp, then import it.",
    "import_missing_key": "{place} is missing; an archive cannot do without {key}. Add it.",
    "import_wrong_value": "{place} is {value} where {expected} is wanted. Correct it.",
    "import_wrong_flood": "{count} values are wrong, too many to name them. Check that it is the"
    " right file.",
    "import_more_problems": "{more} more errors are not listed. Correct those listed and try"
    " again.",
    "import_more_warnings": "{more} more warnings are not listed. Look at those listed first.",
    # ids and references
    "import_duplicate_id": "The {kind} {id} is there {count} times. Give each its own.",
    "import_blank_id": "A {kind} has no id. Give it one.",
    "import_long_id": "The {kind} {id} has more than {limit} characters. Shorten it.",
    "import_unknown_reference": "{place} names the {kind} {id}, which is not there. Add it or"
    " correct the name.",
    "import_listed_twice": "{place} lists the {kind} {id} twice. Remove one of them.",
    "import_conflict_with_itself": "The {kind} {id} has a conflict with itself. Remove that"
    " conflict.",
    "import_feedback_source": "{place} must come from either a team or an adjudicator. Name one of"
    " the two.",
    # tournament
    "import_blank_slug": "The tournament has no slug. Give it a short name for commands and"
    " files.",
    "import_unknown_timezone": "The time zone {timezone} does not exist. Use a name such as"
    " Europe/Berlin or UTC.",
    "import_settings_flood": "There are more than {limit} settings, or some with names longer than"
    " {length} characters. Remove what is no setting.",
    # rounds and draws
    "import_duplicate_seq": "There are several rounds with the number {seq}. Number the rounds"
    " one after the other.",
    "import_bad_seq": "A round has the number {seq}. Number the rounds from 1.",
    "import_bad_weight": "{place} has the weight {weight}. Give it a weight from 0 to {most}.",
    "import_stage_contradicts_draw": "{place} is of the stage {stage} but drawn as {draw}. Make"
    " both elimination or neither.",
    "import_no_break_category": "{place} is an elimination round without a break category. Name"
    " the category that plays in it.",
    "import_needless_break_category": "{place} is a preliminary round and yet of the break"
    " category {category}. Remove the category, or make it an elimination round.",
    "import_unknown_side": "{place} names the side {side}, which the format does not have. Use one"
    " of {sides}.",
    "import_side_twice": "The side {side} stands twice in {debate}. Correct the sides.",
    "import_sides_missing": "{debate} has no team for {sides}. Add the missing teams, or remove the"
    " debate.",
    "import_team_twice": "{team} stands twice in {debate}. Keep one of the two.",
    "import_team_in_two_rooms": "{team} is in {debate} and in {other} at the same time. Keep one"
    " of the two.",
    "import_judge_in_two_rooms": "{judge} is in {debate} and in {other} at the same time. Keep one"
    " of the two.",
    "import_venue_twice": "The room {venue} is used by {debate} and {other} at the same time. Check"
    " which of the two was there.",
    "import_bye_not_alone": "{debate} is a bye and has other teams. Give a bye one team alone.",
    "import_bad_importance": "{debate} has the importance {importance}. Give it one from {lowest}"
    " to {highest}.",
    "import_override_of_two": "One override of {judge} allows both {team} and {other}. Write an"
    " override for each.",
    "import_two_chairs": "{place} has several chairs: {chairs}. Make one the chair and the others"
    " panellists.",
    "import_no_chair": "{place} has judges but no chair. Name the chair.",
    "import_even_panel": "{debate} has {votes} voting judges, so the vote can be split. Check the"
    " panel.",
    "import_conflict_with_team": "{judge} judges {team} in {debate} in spite of a conflict. Check"
    " the conflict, or note why it was allowed.",
    "import_conflict_with_judge": "{judge} and {other} sit together in {debate} in spite of a"
    " conflict. Check the conflict, or note why it was allowed.",
    "import_repeated_round": "Round {seq} has the same debates and results as round {earlier}."
    " Check that it was not copied by mistake.",
    # results
    "import_two_confirmed_ballots": "{debate} has several confirmed ballots (versions {versions})."
    " Keep one confirmed and discard the others.",
    "import_duplicate_version": "{debate} has several ballots with the version {version}. Number"
    " them anew.",
    "import_bad_ballot_version": "{debate} has a ballot with the version {version}. Number the"
    " ballots of a debate from 1.",
    "import_bye_with_ballot": "{debate} is a bye and has a ballot. Remove the ballot.",
    "import_confirmed_without_ballot": "{debate} is marked as confirmed, but none of its ballots"
    " is. Confirm one, or change the debate's status.",
    "import_ballot_not_counted": "{debate} has a confirmed ballot, but its status is {status}."
    " Check which of the two is right.",
    "import_two_sheets": "{place} has {count} sheets of {judge}. Keep one of them.",
    "import_sheet_of_stranger": "{judge} has a sheet in {debate} without sitting on its panel."
    " Check the panel.",
    "import_position_twice": "{place} has speech {position} of {side} twice. Number the speeches"
    " anew.",
    "import_bad_position": "{place} has a speech of {side} with the position {position}. Number the"
    " speeches from 1.",
    # breaks
    "import_unknown_remark": "{team} has the remark {remark} in {place}, which no break knows."
    " Leave it out, or use one of {known}.",
    "import_general_without_members": "{category} is for all teams, but no team names it among its"
    " break categories, so nobody can break in it. Add it to the teams.",
    "import_two_breaks": "There are two breaks of the category {category}. Keep one of them.",
    "import_negative_size": "{place} has the size {size}. Give it a size of 0 or more.",
    "import_size_without_bracket": "{place} has the size {size}, for which there is no bracket."
    " Choose another size before its first round is drawn.",
    "import_size_above_field": "{place} has the size {size}, but only {field} teams can break."
    " Check the size and who may break.",
    # DebateXML
    "debatexml_forbidden": "The XML declares a document type or entities, which DebateXML never"
    " needs and which can be used to attack. Remove the declaration if you trust the file.",
    "debatexml_broken": "The XML is broken at line {line}, column {column}: {reason}. Correct it"
    " there, or export it again.",
    "debatexml_unreadable": "The XML cannot be read: {reason}. Export it again as UTF-8.",
    "debatexml_wrong_root": "The XML begins with <{root}>, not with <tournament>. Give a DebateXML"
    " file.",
    "debatexml_bad_value": "The {name} of {place} is “{value}” where {expected} is wanted. It"
    " was left out; correct it if it matters.",
    "debatexml_missing": "{place} has no {name}. Add it.",
    "debatexml_id_made": "{place} has no id and was given the id {id}. Check what refers to it.",
    "debatexml_unknown_element": "<{element}> in <{parent}> is not known and was left out. Check"
    " that nothing of weight is lost.",
    "debatexml_style_guessed": "The file names no style that is known here ({style}), so the"
    " format was taken to be {preset} by the look of its debates. Check the settings.",
    "debatexml_category_made": "Elimination rounds name no break category, so {category} was made"
    " for them. Check the break categories.",
    "debatexml_no_rounds": "The file has no rounds. Check that it is whole.",
    "debatexml_no_teams": "{place} names no teams, as of a draw without results. Enter its teams.",
    "debatexml_side_count": "{place} has {count} teams, but debates of this format have {needed}."
    " Correct the debate, or the style of the tournament.",
    "debatexml_no_result": "{place} has results for some of its teams only. Add what is missing.",
    "debatexml_ballots_differ": "{place} does not say which judges gave which of its results."
    " Name the judges of each ballot.",
    "debatexml_ranks_differ": "The places announced in {place} do not follow from its speeches. The"
    " announced places were kept.",
    "debatexml_total_differs": "The total of {place} is given as {given}, but its"
    " speeches add up to {sum}. The speeches were kept.",
    "debatexml_too_many_speeches": "{place} has {count} speeches, but the format has"
    " {needed}. Correct the speeches or the style.",
    # CSV files of Tabbycat
    "csv_no_known_file": "No file in this folder is one of Tabbycat's. Give a folder with files"
    " such as {known}.",
    "csv_not_folder": "{file} is no folder and no CSV file. Give the folder of Tabbycat's CSV"
    " files.",
    "csv_file_unknown": "{file} is not one of Tabbycat's files and was left out. Check its name.",
    "csv_not_utf8": "{file} is not UTF-8 text from line {line} on. Save it as CSV in UTF-8.",
    "csv_broken": "The CSV is broken from line {line} on: {reason}. Look for a quote that does not"
    " end.",
    "csv_too_long": "{file} has more than {limit} lines, as no tournament has. Check that it is the"
    " right file.",
    "csv_column_twice": "The column {column} stands twice. Remove one of the two.",
    "csv_column_unknown": "There is no column {column} in {file}; the nearest is {near}. Correct"
    " its title or remove it.",
    "csv_column_missing": "{file} has no column {column}. Add it, with its title in the first"
    " line.",
    "csv_row_too_wide": "This line has {cells} cells, but only {columns} columns have titles. Look"
    " for a comma that wants quotes around its text.",
    "csv_blank": "The {column} is blank. Type it, or remove the line.",
    "csv_bad_value": "“{value}” stands where {expected} is wanted. Correct it.",
    "csv_unknown_name": "There is no {kind} called {name}. Add it or correct the name.",
    "csv_misspelt_name": "There is no {kind} called {name}. {near}?",
    "csv_row_twice": "The {kind} {name} is there already. Remove one of the two lines.",
    "csv_same_name": "{name} is there already. Check that these are two; what names them finds the"
    " first.",
    "csv_format_guessed": "The folder names no format, so it was taken to be {preset} by the"
    " size of its teams. Check the settings.",
}
