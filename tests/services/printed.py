"""A round on paper: printed, rendered, read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
import zxingcpp

from tabapp.domain.archive import Archive
from tabapp.exchange.paper import Form, ScoreSheet
from tabapp.services.barcodes import Found, find_code
from tabapp.services.paper import (
    Pack,
    SheetOptions,
    find_rooms,
    give_paper_codes,
    print_feedback,
    print_score_sheets,
    read_feedback,
    read_score_sheets,
)
from tabapp.services.workspace import Workspace
from tabapp.store.tournaments import find_round
from tests.builders import small_archive
from tests.reliability.scenes import add
from tests.voting import Doc

QUESTIONS: list[Doc] = [
    {"id": f"Q{at}", "name": kind, "text": f"Question {kind}?", "type": kind, "from_teams": True,
     "from_adjudicators": kind != "bc", "min_value": 1 if kind == "is" else None,
     "max_value": 5 if kind == "is" else None,
     "choices": ["Chair it", "Sit on it"] if kind in ("ss", "ms") else []}
    for at, kind in enumerate(("bc", "bs", "i", "is", "f", "t", "tl", "ss", "ms"))
]
"""One question of each of the nine types."""


@dataclass(frozen=True)
class Pages:
    """The pages of a pack: the words of each, and what a scanner reads on each."""

    texts: list[str]
    codes: list[list[tuple[str, str]]]

    @property
    def linear(self) -> list[list[str]]:
        return [[text for kind, text in page if kind == "Code128"] for page in self.codes]


def look_at(pack: Pack, *, dpi: int = 200) -> Pages:
    """Render every page at the resolution of a poor printer and read it."""
    texts, codes = [], []
    for content in pack.files:
        document = pypdfium2.PdfDocument(content)
        for page in document:
            text = page.get_textpage().get_text_bounded()
            texts.append(" ".join(text.replace("\ufffe", "").replace("\u200b", "").split()))
            found: Any = zxingcpp.read_barcodes(page.render(scale=dpi / 72).to_numpy())
            codes.append([(one.format.name, one.text) for one in found])
    assert len(texts) == pack.pages
    return Pages(texts, codes)


def store(work: Workspace, document: Doc) -> None:
    add(work, Archive.model_validate(document))


def round_id(work: Workspace, seq: int = 1) -> int:
    with work.database.read() as unit:
        return find_round(unit, work.tournament().id, seq).id


def give(work: Workspace, seq: int = 1, *, feedback: bool = False) -> None:
    owner, wanted = work.tournament().id, round_id(work, seq)
    with work.database.write(
        actor="Ann", verb="give codes", tournament=owner, trail=False, undoable=False
    ) as unit:
        give_paper_codes(unit, wanted, feedback=feedback)


def sheets(work: Workspace, seq: int = 1, **options: Any) -> tuple[ScoreSheet, ...]:
    with work.database.read() as unit:
        return read_score_sheets(
            unit, find_round(unit, work.tournament().id, seq).id, SheetOptions(**options))


def forms(work: Workspace, seq: int = 1, rooms: Sequence[int] | None = None) -> tuple[Form, ...]:
    with work.database.read() as unit:
        return read_feedback(unit, find_round(unit, work.tournament().id, seq).id, rooms)


def printed(work: Workspace, seq: int = 1, *, two_up: bool = False, **options: Any) -> Pages:
    """Give codes, print the score sheets of a round and look at them."""
    give(work, seq)
    return look_at(print_score_sheets(sheets(work, seq, **options), two_up=two_up))


def printed_forms(work: Workspace, seq: int = 1) -> Pages:
    give(work, seq, feedback=True)
    return look_at(print_feedback(forms(work, seq)))


def find(work: Workspace, text: str) -> Found:
    with work.database.read() as unit:
        return find_code(unit, work.tournament().id, text)


def rooms_of(work: Workspace) -> dict[int, str]:
    with work.database.read() as unit:
        return dict(find_rooms(unit, round_id(work)))


def bp(teams: int = 8, **settings: Any) -> Doc:
    made = small_archive(teams, 2, results=False, judges_per_room=3)
    made["tournament"]["settings"] = settings
    return made
