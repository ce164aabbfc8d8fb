"""Paper for the hall: sheets and forms of a round, signs, badges and certificates.

``sheets`` reads the score sheets of a round, ``sheet_words`` says what stands on them, ``sample``
makes the page that shows how they are filled in, ``forms`` reads the feedback forms, ``packs``
gives codes and makes the files. ``signs``, ``badges`` and ``certificates`` each do all of this for
theirs. One rule: a sheet goes to judges and a sign to everybody, so they say by name only what the
public may read, and nothing of any result; certificates, which do, say what of it is secret.
"""

from tabapp.services.paper.packs import (
    Pack,
    give_paper_codes,
    lacking_paper_codes,
    print_feedback,
    print_score_sheets,
    read_feedback,
    read_sample,
    read_score_sheets,
    read_spares,
    write_pack,
)
from tabapp.services.paper.sheets import SheetOptions, find_rooms

__all__ = [
    "Pack", "SheetOptions", "find_rooms", "give_paper_codes", "lacking_paper_codes",
    "print_feedback", "print_score_sheets", "read_feedback", "read_sample", "read_score_sheets",
    "read_spares", "write_pack",
]
