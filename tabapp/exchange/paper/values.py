"""What stands on a score sheet and on a feedback form, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

AnswerKind = Literal[
    "checkbox", "yes/no", "integer", "scale", "number", "text", "long text", "one", "many"]


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF file, how many pages it has, and letters that no font could show."""

    content: bytes
    pages: int
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """What a scanner reads, and how people read it; ``title`` says of what it is.

    One that ``is_open`` is not given yet: there is a frame of the size that it will have, with
    ``words`` in it and nothing that a scanner reads.
    """

    text: str
    words: str
    title: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """The marks that a speech can have."""

    low: float
    high: float
    step: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A criterion, which has a box of its own; ``value`` is what the sample shows.

    ``range`` and ``step`` are said in the box; the ``scale`` is None where a bound is open.
    """

    name: str
    range: str = ""
    value: str = ""
    step: str = ""
    scale: Scale | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Speech:
    """A line of a team: who may give the speech, and on the sample page what is written there.

    Without ``names`` there is a line to write on.
    """

    label: str
    scale: Scale
    names: tuple[str, ...] = ()
    reply: bool = False
    criteria: tuple[Mark, ...] = ()
    who: int | None = None
    score: str = ""
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """A team in its place; ``choices`` are the sides to tick where the room decides them."""

    title: str
    name: str
    speeches: tuple[Speech, ...] = ()
    choices: tuple[str, ...] = ()
    note: str = ""
    total: str = ""
    place: str = ""
    advances: bool = False


@dataclass(frozen=True, slots=True)
class MotionLine:
    """A motion, or a line for one where ``text`` is ""; ``on`` are the columns that are marked."""

    label: str
    text: str = ""
    on: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """One page. ``when`` is round and time, ``author`` whose sheet it is, ``role`` as what.

    ``places`` are the places to circle, none where nobody places teams; ``advance`` is how many
    teams go on, 0 where totals or places decide; ``winner`` are the teams of which one is ticked;
    ``motion_columns`` are the circles beside a motion; ``mark`` stands across a page that is no
    sheet of a room.
    """

    tournament: str
    room: str
    when: str
    teams: tuple[Team, ...]
    author: str = ""
    role: str = ""
    panel: str = ""
    intro: str = ""
    motions: tuple[MotionLine, ...] = ()
    motion_columns: tuple[str, ...] = ()
    scale: str = ""
    scores: bool = True
    ranks: bool = False
    digits: bool = True
    places: int = 0
    advance: int = 0
    winner: tuple[str, ...] = ()
    won: int | None = None
    margin: str | None = None
    bring: str = ""
    code: Code | None = None
    blank: bool = False
    mark: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A question of a feedback form; ``scale`` and ``choices`` where its kind has them."""

    words: str
    kind: AnswerKind
    required: bool = False
    scale: Scale | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A feedback form: who rates whom. Several ``targets``: one of them is ticked."""

    tournament: str
    room: str
    when: str
    source: str
    targets: tuple[str, ...]
    intro: str = ""
    answers: tuple[Answer, ...] = ()
    bring: str = ""
    codes: tuple[Code, ...] = ()
