"""What two entries of one ballot say differently, field by field, in words of the desk.

Whatever can be typed counts, and nothing else: who entered a version, its comment and its reason
do not, nor does the order in which sheets, sides and speeches are listed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import BaseModel

from tabapp.domain.archive import Ballot, Sheet, Speech
from tabapp.domain.ballots.speech_checks import last_position
from tabapp.domain.ballots.values import DebateContext
from tabapp.domain.formats import Settings
from tabapp.domain.ordinals import ordinal
from tabapp.domain.side_names import side_title
from tabapp.domain.types import Side

_Value: TypeAlias = str | float | bool | tuple[str, ...]
_Key: TypeAlias = tuple[str, ...]
"""A field on its sheet: ``("og", "1", "score")``, ``("motion",)``, ``("sheet",)``."""
_Fields: TypeAlias = dict[_Key, _Value]

_PLACES = ("first", "second", "third", "fourth")
_ORDER = {side.value: place for place, side in enumerate(Side)}
_HEADS = {("motion",): "Motion", ("winners",): "Winner"}
_SPEECH = {
    "score": "", "speaker": ", name", "substitute": ", stands in for", "ghost": ", ghost",
    "rank": ", rank",
}
"""What the fields of a speech add to its name, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two entries fill in differently, in the texts that would be typed.

    ``key`` is the field of the form, such as ``og.1`` or ``og.1.speaker``; ``judge`` the archive id
    of whose sheet it is on, None on the only one and for what the room says once; "" in ``first``
    or ``second`` is an empty field.
    """

    key: str
    judge: str | None
    what: str
    first: str
    second: str


def same_content(one: Ballot, other: Ballot) -> bool:
    """Tell whether two versions say the same, whoever entered them."""
    return _room_fields(one) == _room_fields(other) and _sheets(one) == _sheets(other)


def differences(
    first: Ballot, second: Ballot, debate: DebateContext, settings: Settings
) -> tuple[Difference, ...]:
    """Return what two entries say differently: what the room says once, then sheet by sheet.

    There is none exactly where ``same_content`` holds. A sheet that only one of them has is one
    difference, as are marks by criterion whose sum follows from them.
    """
    words = _Words(debate, settings)
    found = list(_compare(_room_fields(first), _room_fields(second), None, words))
    mine, yours = _sheets(first), _sheets(second)
    for judge in _in_seats(mine.keys() | yours.keys(), debate):
        for n in range(max(len(mine.get(judge, ())), len(yours.get(judge, ())))):
            found += _compare(_nth(mine, judge, n), _nth(yours, judge, n), judge, words)
    return tuple(found)


def _in_seats(judges: set[str | None], debate: DebateContext) -> list[str | None]:
    """Return judges as they sit, whoever is not on the panel after them."""
    seats = {judge: place for place, (judge, _role) in enumerate(debate.panel)}
    return sorted(judges, key=lambda one: (seats.get(one or "", len(seats)), one or ""))


def _nth(sheets: Mapping[str | None, Sequence[_Fields]], judge: str | None, n: int) -> _Fields:
    given = sheets.get(judge, ())
    return given[n] if n < len(given) else {}


# --- a ballot as the fields that are filled in -------------------------------------------------


def _room_fields(ballot: Ballot) -> _Fields:
    """Return what a room says once, whatever its sheets."""
    found: _Fields = {}
    _put(found, ("motion",), ballot.motion)
    for side, motion in ballot.vetoes.items():
        _put(found, (side, "veto"), motion)
    for side in ballot.forfeit:
        found[side, "forfeit"] = True
    _put_extra(found, (), ballot)
    return found


def _sheets(ballot: Ballot) -> dict[str | None, list[_Fields]]:
    """Return the sheets by judge, of whom a spoilt ballot can hold several."""
    found: dict[str | None, list[_Fields]] = {}
    for sheet in ballot.sheets:
        found.setdefault(sheet.adjudicator, []).append(_sheet_fields(sheet))
    return found


def _sheet_fields(sheet: Sheet) -> _Fields:
    found: _Fields = {("sheet",): True}
    _put(found, ("winners",), tuple(_by_side(sheet.winners or ())))
    for side, place in (sheet.ranks or {}).items():
        found[side, "place"] = place
    for part in sheet.sides:
        _put_extra(found, (part.side,), part)
        for speech in part.speeches:
            _put_speech(found, (part.side, str(speech.position)), speech)
    _put_extra(found, (), sheet)
    return found


def _put_speech(found: _Fields, at: _Key, speech: Speech) -> None:
    for criterion, mark in speech.criteria.items():
        _put(found, (*at, "criterion", criterion), mark)
    for name, value in zip(_SPEECH, (
        speech.score, speech.speaker, speech.substitute_for, speech.ghost, speech.rank,
    ), strict=True):
        _put(found, (*at, name), value)
    _put_extra(found, at, speech)


def _put(found: _Fields, key: _Key, value: _Value | None) -> None:
    """Note a field that is filled in; a second speech of one position stands behind the first."""
    if value is None or value is False or value in ("", ()):
        return
    while key in found:
        key = (f"{key[0]}+", *key[1:])
    found[key] = value


def _put_extra(found: _Fields, at: _Key, part: BaseModel) -> None:
    """Note what another program said of it that this one does not know."""
    for name, value in (part.model_extra or {}).items():
        _put(found, (*at, "extra", name), repr(value))


def _by_side(sides: Sequence[str]) -> list[str]:
    return sorted(sides, key=lambda side: (_ORDER.get(side, len(_ORDER)), side))


# --- and what differs, in words ----------------------------------------------------------------


def _compare(
    mine: _Fields, yours: _Fields, judge: str | None, words: _Words
) -> Iterator[Difference]:
    """Yield what two sheets, or two heads, say differently."""
    sheet = ("sheet",)
    if (sheet in mine) != (sheet in yours):
        handed = words.handed_in
        yield Difference(
            "sheet", judge, words.sheet(judge), handed(sheet in mine), handed(sheet in yours))
        return
    keys = [key for key in mine.keys() | yours.keys() if mine.get(key) != yours.get(key)]
    by_marks = {key[:2] for key in keys if key[2:3] == ("criterion",)}
    for key in sorted(keys, key=_rank):
        if key[2:] == ("score",) and key[:2] in by_marks:
            continue  # the sum of marks of which one is told
        first, second = (words.value(key, one.get(key)) for one in (mine, yours))
        if first == second:  # two marks that differ where nobody writes them
            first, second = repr(mine.get(key)), repr(yours.get(key))
        yield Difference(_form_key(key), judge, words.what(key), first, second)


def _rank(key: _Key) -> tuple[Hashable, ...]:
    """Return where a field stands: sides as they speak, speeches in order, then their fields."""
    side = -1 if key in _HEADS else _ORDER.get(key[0], len(_ORDER))
    fields = list(_SPEECH)
    if len(key) > 2 and key[2] in (*fields, "criterion"):
        field = fields.index(key[2]) if key[2] in fields else len(fields)
        return side, int(key[1]), field, key
    return side, 0, 0, key


def _form_key(key: _Key) -> str:
    """Return what the form calls a field."""
    return ".".join(part for part in key if part not in ("score", "criterion"))


class _Words:
    """What fields and values are called at the desk of one debate."""

    def __init__(self, debate: DebateContext, settings: Settings) -> None:
        self._debate, self._settings = debate, settings

    def sheet(self, judge: str | None) -> str:
        """Name a sheet."""
        return f"The sheet of {self._debate.name(judge)}" if judge else "The sheet of the room"

    @staticmethod
    def handed_in(there: bool) -> str:
        """Say whether a sheet is there at all."""
        return "entered" if there else ""

    def what(self, key: _Key) -> str:
        """Name a field."""
        if key in _HEADS:
            return _HEADS[key]
        match key:
            case (side, position, "criterion", criterion):
                known = self._debate.criteria.get(criterion)
                return f"{self._speech(side, position)}, {known.name if known else criterion}"
            case (side, position, name) if name in _SPEECH:
                return self._speech(side, position) + _SPEECH[name]
            case (side, "veto" | "forfeit" | "place" as name):
                return f"{self._side(side)}, {name}"
        return ", ".join(part for part in key if part != "extra")

    def value(self, key: _Key, value: _Value | None) -> str:
        """Return a value as it would be typed."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes"
        if isinstance(value, tuple):
            return ", ".join(self._side(side) for side in value)
        if isinstance(value, int | float):
            return f"{value:g}"
        known = key[-1] in ("motion", "veto", "speaker", "substitute") and key[-2:-1] != ("extra",)
        return self._debate.name(value) if known else value

    def _side(self, side: str) -> str:
        known: Any = _ORDER.get(side)
        return side if known is None else side_title(Side(side), self._settings.side_names)

    def _speech(self, side: str, position: str) -> str:
        at, last = int(position), last_position(self._settings)
        if at == last > self._settings.substantive_speakers:
            return f"{self._side(side)}, reply"
        place = _PLACES[at - 1] if 0 < at <= len(_PLACES) else ordinal(at)
        return f"{self._side(side)}, {place} speaker"
