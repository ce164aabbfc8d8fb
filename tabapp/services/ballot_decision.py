"""The ballot that a decision between entries makes: field by field one of them, or another value.

What all of them say alike is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tabapp.domain.archive import Ballot, Sheet
from tabapp.domain.side_names import side_title
from tabapp.services.ballot_bundle import Bundle
from tabapp.services.ballot_fields import SheetForm
from tabapp.services.ballot_form import DeskForm
from tabapp.services.ballot_typed import Typed
from tabapp.services.double_entry import differences_of

_YES_OR_NO = ("ghost", "forfeit", "sheet", "substitute")
"""What only one of the entries can be right about."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field that entries fill in differently. ``values``: what each says, "" for nothing.

    ``key`` and ``judge`` are those of a ``Difference``.
    """

    key: str
    judge: str | None
    what: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was decided of one field: the entry with this index, or None for another value.

    ``value`` is that other value, typed or an archive id.
    """

    entry: int | None
    value: str = ""


@dataclass(slots=True)
class Decision:
    """What was decided so far, by judge ("" for what the room says once) and key of the field.

    ``based_on`` and ``drawn`` as those of a ``Bundle``: of other entries it says nothing.
    """

    chosen: dict[tuple[str, str], Chosen] = field(default_factory=dict)
    based_on: list[list[Any]] = field(default_factory=list)
    drawn: list[list[str]] = field(default_factory=list)

    def of(self, dispute: Dispute) -> Chosen | None:
        """Return what was decided of a field, None while it is open."""
        return self.chosen.get((dispute.judge or "", dispute.key))

    def copy(self) -> Decision:
        """Return the same, which stays when more is decided."""
        return Decision(dict(self.chosen), list(self.based_on), list(self.drawn))

    def as_json(self) -> dict[str, Any]:
        """Return all of it, to be kept."""
        decided = [
            [judge, key, one.entry, one.value] for (judge, key), one in self.chosen.items()]
        return {"decided": decided, "based_on": self.based_on, "drawn": self.drawn}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Decision:
        """Read what was kept."""
        return cls(
            {(judge, key): Chosen(entry, value)
             for judge, key, entry, value in content["decided"]},
            content["based_on"], content["drawn"])


def disputes(form: DeskForm, entries: Sequence[Ballot]) -> list[Dispute]:
    """Return what these entries of one room say differently, in the order of the sheet."""
    first = entries[0]
    rows: dict[tuple[str | None, str], Dispute] = {}
    for n, other in enumerate(entries[1:], 1):
        for one in differences_of(form, first, other):
            at = one.judge, one.key
            same = Dispute(one.key, one.judge, one.what, (one.first,) * len(entries))
            values = list(rows.get(at, same).values)
            values[n] = one.second
            rows[at] = Dispute(one.key, one.judge, one.what, tuple(values))
    return list(rows.values())


def agreed(form: DeskForm, entries: Sequence[Ballot]) -> list[tuple[str | None, str, str]]:
    """Return judge, field and value of all that these entries say alike, a line for each speech."""
    first = entries[0]
    empty = first.model_copy(update={
        "motion": None, "vetoes": {}, "forfeit": [],
        "sheets": [Sheet(adjudicator=one.adjudicator) for one in first.sheets]})
    open_ = {(one.judge, one.key) for one in disputes(form, entries)}
    said = [
        one for one in differences_of(form, first, empty) if (one.judge, one.key) not in open_]
    marks = {(one.judge, one.key) for one in said}
    names = {
        (one.judge, one.key.removesuffix(".speaker")): one.first for one in said
        if one.key.endswith(".speaker")}
    return [
        (one.judge, one.what, "  ".join(filter(None, (
            names.get((one.judge, one.key), ""), one.first))))
        for one in said
        if not one.key.endswith(".speaker")
        or (one.judge, one.key.removesuffix(".speaker")) not in marks]


def third_values(form: SheetForm, key: str) -> tuple[tuple[str, str], ...] | None:
    """Return what else a field can say, archive id and name; None where it is typed as a text.

    Nothing where one of the two entries has to be right, or the whole sheet has to be looked at.
    """
    side, _, rest = key.partition(".")
    name = rest.rpartition(".")[2]
    if key == "motion" or name == "veto":
        return form.motions
    if key == "winners":
        if form.context.advancing != 1:
            return ()
        return tuple(
            (seat.side.value, side_title(seat.side, form.settings.side_names))
            for seat in form.seats)
    if name == "speaker":
        return next((seat.speakers for seat in form.seats if seat.side.value == side), ())
    return () if name in _YES_OR_NO or not rest else None


def settle(
    entries: Sequence[Bundle], decided: Iterable[tuple[Dispute, Chosen]]
) -> Bundle:
    """Return the first entry with every field as it was decided; no entry is changed."""
    made = entries[0].copy()
    for dispute, chosen in decided:
        if chosen.entry is not None:
            _take(entries[chosen.entry], made, dispute)
        else:
            for typed in _sheets(made, dispute.judge):
                _put(typed, dispute.key, chosen.value)
    return made


def says(bundle: Bundle, judge: str | None, key: str) -> object:
    """Return what a bundle says of a field, to be compared with what it says later."""
    if key.endswith(".forfeit"):
        return key.removesuffix(".forfeit") in bundle.forfeits
    speech, _, name = key.rpartition(".")
    found: list[object] = []
    for typed in _sheets(bundle, judge):
        if key in ("motion", "winners"):
            found.append(getattr(typed, key))
        elif name == "ghost":
            found.append(speech in typed.ghosts)
        elif key != "sheet":
            found.append(_texts(typed, key).get(_place(key), ""))
    return repr(found)


def _sheets(bundle: Bundle, judge: str | None) -> list[Typed]:
    """Return the sheets that say a field: that of a judge, all for what the room says once."""
    found = bundle.sheets.get(judge) if judge is not None else None
    return [found] if found is not None else list(bundle.sheets.values())


def _take(source: Bundle, target: Bundle, dispute: Dispute) -> None:
    """Let ``target`` say what ``source`` says of a field."""
    key, judge = dispute.key, dispute.judge
    if key == "sheet":
        target.sheets[judge or ""] = source.sheets[judge or ""].copy()
    elif key.endswith(".forfeit"):
        side = key.removesuffix(".forfeit")
        others = [one for one in target.forfeits if one != side]
        target.forfeits = [*others, side] if side in source.forfeits else others
    else:
        given = _sheets(source, judge)
        for n, typed in enumerate(_sheets(target, judge)):
            _copy(given[min(n, len(given) - 1)], typed, key)


def _copy(source: Typed, target: Typed, key: str) -> None:
    speech, _, name = key.rpartition(".")
    if key == "motion":
        target.motion = source.motion
    elif key == "winners":
        target.winners = list(source.winners)
    elif name == "ghost":
        others = [one for one in target.ghosts if one != speech]
        target.ghosts = [*others, speech] if speech in source.ghosts else others
    else:
        given, kept, at = _texts(source, key), _texts(target, key), _place(key)
        kept.pop(at, None)
        if at in given:
            kept[at] = given[at]


def _put(typed: Typed, key: str, value: str) -> None:
    """Let a sheet say a third value."""
    if key == "motion":
        typed.motion = value
    elif key == "winners":
        typed.winners = [value]
    else:
        if key.endswith(".speaker"):  # who is of the team stands in for nobody
            typed.substitutes.pop(_place(key), None)
        _texts(typed, key)[_place(key)] = value


def _texts(typed: Typed, key: str) -> dict[str, str]:
    """Return the texts of a sheet among which a field is."""
    _speech, _, name = key.rpartition(".")
    known: Mapping[str, dict[str, str]] = {
        "speaker": typed.speakers, "substitute": typed.substitutes, "rank": typed.ranks,
        "veto": typed.vetoes, "place": typed.places,
    }
    if name in known:
        return known[name]
    return typed.scores if key.count(".") == 1 else typed.criteria


def _place(key: str) -> str:
    """Return under which key a text is kept: that of its speech, its side, or its own."""
    head, _, name = key.rpartition(".")
    return head if name in ("speaker", "substitute", "rank", "veto", "place") else key
