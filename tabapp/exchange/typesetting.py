"""PDF files by Typst, from the templates that are shipped.

Typst is loaded here alone, when a PDF is made. What is said reaches it as data, never as markup.
A file is PDF/A-2u, which also makes Typst refuse letters that no font has: then the fonts of this
computer are asked too, and what none of them has is told. Equal data make equal files.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tabapp.core.resources import resource_path

FONTS = (
    "IBM Plex Sans", "IBM Plex Sans Arabic", "IBM Plex Sans Devanagari", "IBM Plex Sans Hebrew",
    "IBM Plex Sans Thai",
)
"""The families that are shipped: Latin, Cyrillic and Greek first, then each script's own."""
_STANDARD = "a-2u"
_LACKS = re.compile(r'text `"(.*?)"` could not be displayed')


_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
"""How Typst writes a letter that cannot stand alone."""


class _Lacking(Exception):
    """No font that was asked has these letters."""

    def __init__(self, letters: tuple[str, ...]) -> None:
        super().__init__(*letters)
        self.letters = letters


def typeset(
    template: str, data: Mapping[str, Any], made: datetime
) -> tuple[bytes, tuple[str, ...]]:
    """Return the file, and a letter of each script that no font could show.

    ``made`` is the day that the file carries.
    """
    inputs = {"data": json.dumps(data)}
    try:
        return _compile(template, inputs, made, ours_alone=True, standard=_STANDARD), ()
    except _Lacking:
        pass
    try:
        return _compile(template, inputs, made, ours_alone=False, standard=_STANDARD), ()
    except _Lacking as error:
        lacking = error.letters
    return _compile(template, inputs, made, ours_alone=False, standard=None), lacking


def _compile(
    template: str, inputs: dict[str, str], made: datetime, *, ours_alone: bool, standard: Any
) -> bytes:
    import typst  # noqa: PLC0415 - 60 ms that most commands do not need

    try:
        content = typst.compile(
            resource_path("typst", template), sys_inputs=inputs, format="pdf",
            font_paths=[resource_path("fonts")], ignore_system_fonts=ours_alone,
            pdf_standards=standard or [], timestamp=made, pdf_tags=False)
    except typst.TypstError as error:
        found = _LACKS.findall(error.diagnostic)
        if standard is None or not found:
            raise
        raise _Lacking(one_of_each(found)) from error
    if not isinstance(content, bytes):
        raise TypeError("Typst made no PDF")
    return content


def one_of_each(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the first letter of each script in these texts, as Typst quotes them.

    What is no letter, such as an emoji, counts as one script; a mark stands for its script only
    where there is no letter of it.

    >>> one_of_each(["한", "국", "\\\\u{9be}", "ব", "日"])
    ('한', 'ব', '日')
    """
    found: dict[str, str] = {}
    for letter in _ESCAPED.sub(lambda one: chr(int(one[1], 16)), "".join(texts)):
        kind = unicodedata.category(letter)[0]
        script = unicodedata.name(letter, "").partition(" ")[0] if kind in "LM" else ""
        if script not in found or (kind == "L" and unicodedata.category(found[script])[0] != "L"):
            found[script] = letter
    return tuple(found.values())
