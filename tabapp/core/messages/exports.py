"""Sentences about files that are written."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "export_not_available": (
        "{what} cannot be exported yet. This version writes: {known}."
    ),
    "export_kind_unknown": (
        "{what} cannot be written as {suffix}. Name a file that ends in .json."
    ),
    "table_kind_unknown": (
        "A table is not written as {suffix}. Give the file the ending .csv, .xlsx, .json, .html"
        " or .pdf."
    ),
    "file_not_written": "{file} could not be written: {reason}. Choose another place.",
    "export_file_blank": "No file is named. Type its path, or browse for a folder.",
    "export_folder_missing": "The folder {folder} is not there. Choose one that is.",
    "export_replaces": "{file} is there already; its content will be replaced.",
    "export_archive_whole": (
        "The archive holds the whole tournament, so {option} makes no sense with it. Leave it out,"
        " or export a table."
    ),
    "export_no_categories": (
        "{what}: there is no table of one category. Leave the category out."
    ),
    "export_not_released": (
        "{what}: nothing of it is released to the public. Turn on “{setting}” in the settings, or"
        " export the complete version."
    ),
    "export_nothing_public": (
        "{what}: there is nothing yet that the public may see. Complete a round that is not"
        " silent, release what is ready, or export the complete version."
    ),
    "export_break_until": (
        "The break follows from all preliminary rounds. Leave the round out, or name {round}"
        " ({seq}) or a later one."
    ),
    "export_letters_lacking": (
        "{file} shows boxes for letters that no font here has, such as {letters}. Install a font"
        " for each such script and export it again, or use .html."
    ),
}
