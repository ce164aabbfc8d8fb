"""What can be printed, and what somebody asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from tabapp.domain.formats import PaperSize
from tabapp.exchange.paper.signs import Arrow
from tabapp.services.paper.certificate_words import Line
from tabapp.services.paper.certificates import SIGNED

Order = Literal["institution", "name"]
What = Literal[
    "score-sheets", "sample", "blanks", "feedback-forms", "signs", "badges", "certificates"]
WHATS: tuple[What, ...] = get_args(What)
TITLES: Mapping[What, str] = {
    "score-sheets": "Score sheets", "sample": "A sheet filled in as a sample",
    "blanks": "Spare score sheets", "feedback-forms": "Feedback forms", "signs": "Room signs",
    "badges": "Badges", "certificates": "Certificates",
}
OF_ROUND: frozenset[What] = frozenset({"score-sheets", "sample", "blanks", "feedback-forms"})
"""What belongs to a round."""
OF_DRAW: frozenset[What] = frozenset({"score-sheets", "feedback-forms"})
"""What follows the draw of a round, and so waits until that is confirmed."""
SHEETS: frozenset[What] = frozenset({"score-sheets", "sample", "blanks"})
"""What may stand two on a page, with motions or without."""
CODED: frozenset[What] = frozenset({"score-sheets", "feedback-forms", "signs", "badges"})
"""What has barcodes."""
MOST_BLANKS = 200


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """What to print. ``only`` are keys of ``Part``, None for all; nothing where nothing fits.

    ``motions``: None lets the settings and the release of the motions decide. Signs with a
    ``round_id`` are of the rooms of that round, and say who debates there with ``teams``; one
    ``arrow`` stands on all of them. ``order`` is that of badges; ``institutions`` on them: None as
    the settings show them. Of certificates ``subject`` is a key of ``Subject``, ``top`` how many
    of the best speakers, ``lines`` are worded otherwise than usual, ``signatures`` as
    ``read_signatures`` reads them. ``paper``: None as the settings say.
    ``open_codes``: to be looked at before codes are given.
    """

    what: What = "score-sheets"
    round_id: int | None = None
    only: tuple[str, ...] | None = None
    two_up: bool = False
    motions: bool | None = None
    codes_on_all: bool = False
    blanks: int = 10
    teams: bool = False
    arrow: Arrow = ""
    order: Order = "institution"
    institutions: bool | None = None
    subject: str = "participation"
    top: int = 10
    each_speaker: bool = False
    own_names: bool = False
    date: str = ""
    lines: Mapping[Line, str] = field(default_factory=dict)
    signatures: str = SIGNED
    paper: PaperSize | None = None
    open_codes: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Something that can be printed alone: a room, a person, an award.

    ``detail`` tells two of one name apart; those of a ``group`` can be chosen together.
    """

    key: str
    name: str
    detail: str = ""
    group: str = ""

    @property
    def words(self) -> str:
        """Return how it stands in a list."""
        return f"{self.name} · {self.detail}" if self.detail else self.name


@dataclass(frozen=True, slots=True)
class Subject:
    """What certificates are for; the key is a kind, and after a colon a category or an award."""

    key: str
    words: str

    @property
    def kind(self) -> str:
        """Return its kind."""
        return self.key.partition(":")[0]


@dataclass(frozen=True, slots=True)
class PrintRound:
    """A round that is printed for."""

    id: int
    seq: int
    title: str
    status: str


@dataclass(frozen=True, slots=True)
class PrintChoices:
    """What there is to choose from.

    ``current`` is the round that stands first in the dialog, ``paper`` what the settings say.
    """

    slug: str
    rounds: tuple[PrintRound, ...]
    current: int | None
    paper: PaperSize = "a4"

    def round(self, round_id: int | None) -> PrintRound | None:
        """Return a round."""
        return next((one for one in self.rounds if one.id == round_id), None)

    def file_name(self, request: PrintRequest, words: str = "") -> str:
        """Return a name for the file; ``words`` say of which part it is, "" for the whole."""
        of_round = request.what in OF_ROUND or request.what == "signs"
        found = self.round(request.round_id) if of_round else None
        parts = [self.slug, f"r{found.seq}" if found is not None else "", request.what]
        return "-".join(part for part in (*parts, as_name(words)) if part) + ".pdf"


def as_name(words: str) -> str:
    """Return words as a part of a file's name: letters and digits, hyphens between them.

    >>> as_name("Room 4 (Großer Hörsaal)")
    'room-4-großer-hörsaal'
    """
    plain = unicodedata.normalize("NFC", words).lower()
    return re.sub(r"[\W_]+", "-", plain).strip("-")[:40]
