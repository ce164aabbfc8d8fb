"""Printing: from what somebody asks for to a PDF file, for the window and the command line.

``requests`` says what can be asked for; ``rounds`` reads what belongs to a round, ``hall`` and
``certificates`` what does not; ``paper`` sets all of it, or one page to look at, ``apart`` sets
it so that one can leave; ``packing`` checks, gives codes before, and writes. One rule: nothing is
set while a database is being read.
"""

from tabapp.services.paper.certificate_words import LINES, Line, Wording
from tabapp.services.paper.certificates import SIGNED
from tabapp.services.printing.certificates import usual_words
from tabapp.services.printing.packing import (
    Made,
    Prepared,
    check_file,
    check_output,
    check_request,
    give_codes,
    give_verb,
    lacking_codes,
    prepare,
    print_file,
    read_choices,
    read_parts,
)
from tabapp.services.printing.paper import PagePicture, Paper, picture_of
from tabapp.services.printing.requests import (
    MOST_BLANKS,
    OF_DRAW,
    OF_ROUND,
    SHEETS,
    TITLES,
    WHATS,
    Order,
    Part,
    PrintChoices,
    PrintRequest,
    PrintRound,
    Subject,
    What,
)

__all__ = [
    "LINES", "MOST_BLANKS", "OF_DRAW", "OF_ROUND", "SHEETS", "SIGNED", "TITLES", "WHATS",
    "Line", "Made", "Order", "PagePicture", "Paper", "Part", "Prepared", "PrintChoices",
    "PrintRequest", "PrintRound", "Subject", "What", "Wording", "check_file", "check_output",
    "check_request", "give_codes", "give_verb", "lacking_codes", "picture_of", "prepare",
    "print_file", "read_choices", "read_parts", "usual_words",
]
