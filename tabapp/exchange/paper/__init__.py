"""Paper of the tab room: score sheets and feedback forms as values, and their PDF files.

``values`` says what stands on a sheet, ``codes`` what bars and squares hold, ``score_sheets`` and
``feedback_forms`` lay it out and give it to the templates; ``signs``, ``badges`` and
``certificates`` have their values beside them, ``fitting`` prepares large names, ``files`` sets
all of them. One rule: nothing here knows where a name came from, and whatever it is, it is printed
as it stands.
"""

from tabapp.exchange.paper.feedback_forms import fit_halves, print_forms
from tabapp.exchange.paper.score_sheets import print_sheets
from tabapp.exchange.paper.values import (
    Answer,
    Code,
    Form,
    Mark,
    MotionLine,
    Printed,
    Scale,
    ScoreSheet,
    Speech,
    Team,
)

__all__ = [
    "Answer", "Code", "Form", "Mark", "MotionLine", "Printed", "Scale", "ScoreSheet", "Speech",
    "Team", "fit_halves", "print_forms", "print_sheets",
]
