"""The texts of one sheet by field, what they add up to, and the ranks that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from itertools import groupby
from typing import Any

from tabapp.domain.archive import Speech
from tabapp.domain.ballots.criteria import criteria_sum
from tabapp.domain.ballots.paper import DECIMALS
from tabapp.domain.types import Side
from tabapp.services.ballot_fields import SheetForm, key_of, number, position_of, side_of


@dataclass(slots=True)
class Typed:
    """The texts of a sheet by field; everything is a value that JSON knows, to be kept as a draft.

    ``criteria`` has keys such as ``og.1.K2``, ``ranks`` the rank of a speech by its key ``og.1``,
    ``vetoes`` the motion that a side vetoed. ``paper`` and ``paper_places`` hold what the paper
    says of totals and places. ``rank_order`` is the order of speeches on the ballot that is
    corrected. ``ghosts_by_mark`` holds those of ``ghosts`` that nobody chose: they follow the lower
    mark. ``kept`` holds what somebody has answered for, as ``og.1=80``. ``forfeits`` repeats
    what the room has once (``Bundle.sheet``).
    """

    scores: dict[str, str] = field(default_factory=dict)
    speakers: dict[str, str] = field(default_factory=dict)
    substitutes: dict[str, str] = field(default_factory=dict)
    ghosts: list[str] = field(default_factory=list)
    ghosts_by_mark: list[str] = field(default_factory=list)
    winners: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    forfeits: list[str] = field(default_factory=list)
    paper: dict[str, str] = field(default_factory=dict)
    paper_places: dict[str, str] = field(default_factory=dict)
    criteria: dict[str, str] = field(default_factory=dict)
    ranks: dict[str, str] = field(default_factory=dict)
    rank_order: list[str] = field(default_factory=list)
    vetoes: dict[str, str] = field(default_factory=dict)
    motion: str | None = None
    kept: list[str] = field(default_factory=list)

    def copy(self) -> Typed:
        """Return the same texts, which stay when these are typed over."""
        texts: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(self)}
        copies: dict[str, Any] = {
            name: one.copy() if isinstance(one, dict | list) else one
            for name, one in texts.items()}
        return Typed(**copies)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Typed:
        """Read what was kept, by this program or an older one."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in content.items() if name in known})

    @property
    def is_touched(self) -> bool:
        """Tell whether anything of this sheet was typed: a mark, a winner, a place or a rank."""
        texts = (*self.scores.values(), *self.criteria.values(), *self.places.values(),
                 *self.paper.values(), *self.ranks.values())
        return bool(self.winners) or any(text.strip() for text in texts)


@dataclass(frozen=True, slots=True)
class Running:
    """How a sheet stands while it is typed. ``places`` are those of the complete sides."""

    totals: dict[Side, float]
    complete: frozenset[Side]
    places: dict[Side, int]
    to_go: int


def blank(form: SheetForm) -> Typed:
    """Return an empty sheet with each team in its usual order and the only motion there is."""
    made = Typed()
    for seat in form.seats:
        for position in form.positions:
            # a reply is given by the first speaker unless somebody says otherwise
            at = position - 1 if position <= form.settings.substantive_speakers else 0
            if at < len(seat.speakers):
                made.speakers[key_of(seat.side, position)] = seat.speakers[at][0]
    if form.settings.enable_motions and len(form.motions) == 1:
        made.motion = form.motions[0][0]
    return made


def mark_of(form: SheetForm, typed: Typed, key: str) -> float | None:
    """Return the mark of a speech: as typed, or what its criteria make; None where it is open.

    A speech that an older ballot marks as a whole keeps that mark while no criterion is typed.
    """
    criteria = form.criterion_keys(position_of(key))
    texts = {one: typed.criteria.get(f"{key}.{one}", "") for one in criteria}
    if not any(text.strip() for text in texts.values()):
        return number(typed.scores.get(key, ""))
    marks = {one: number(text) for one, text in texts.items()}
    known = {one: mark for one, mark in marks.items() if mark is not None}
    return criteria_sum(
        Speech(position=position_of(key), criteria=known), {one.id: one for one in form.criteria})


def running(form: SheetForm, typed: Typed) -> Running:
    """Add up what is typed; sides with every mark are placed, equal ones alike.

    ``to_go`` counts the fields of marks that are open. Nobody has a place in public speaking.
    """
    totals: dict[Side, float] = {}
    complete = set()
    to_go = 0
    for seat in form.seats:
        if seat.side.value in typed.forfeits:
            continue
        keys = [key_of(seat.side, at) for at in form.positions]
        marks = [mark_of(form, typed, key) for key in keys]
        known = [mark for mark in marks if mark is not None]
        to_go += sum(
            _open_fields(form, typed, key)
            for key, mark in zip(keys, marks, strict=True) if mark is None)
        if known:
            totals[seat.side] = round(sum(known), DECIMALS)
        if len(known) == len(marks):
            complete.add(seat.side)
    places = {
        side: 1 + sum(totals[other] > totals[side] for other in complete) for side in complete}
    return Running(totals, frozenset(complete), places if form.is_contest else {}, to_go)


def _open_fields(form: SheetForm, typed: Typed, key: str) -> int:
    fields_ = form.keys_of_marks(key)
    if fields_ == [key]:
        return 1
    return sum(number(typed.criteria.get(one, "")) is None for one in fields_)


def ranks_of(form: SheetForm, typed: Typed) -> dict[str, str]:
    """Return the rank of each speech: what is typed, else what follows from the marks.

    Where ranks have to agree with the marks (``high-points``) they are proposed as soon as all
    marks are there, and follow a mark that is corrected. Equal marks stand in the order of the
    ballot that is corrected; of a new one somebody types which is better.
    """
    keys = [key for key in form.ranked_keys if side_of(key) not in typed.forfeits]
    own = {key: typed.ranks.get(key, "").strip() for key in keys}
    proposed = _proposed(form, typed, keys, own) if (
        form.settings.speaker_ranks == "high-points") else {}
    return {key: own[key] or proposed.get(key, "") for key in keys if own[key] or key in proposed}


def _proposed(
    form: SheetForm, typed: Typed, keys: list[str], own: Mapping[str, str]
) -> dict[str, str]:
    marks = {key: mark_of(form, typed, key) for key in keys}
    known = {key: round(mark, DECIMALS) for key, mark in marks.items() if mark is not None}
    if len(known) < len(keys):
        return {}
    found: dict[str, str] = {}
    first = 1
    for _mark, same in groupby(sorted(keys, key=lambda key: -known[key]), key=known.__getitem__):
        level = list(same)
        taken = {own[key] for key in level}
        free = [str(n) for n in range(first, first + len(level)) if str(n) not in taken]
        left = [key for key in level if not own[key]]
        first += len(level)
        if len(left) == 1 or all(key in typed.rank_order for key in left):
            left.sort(key=lambda key: (
                typed.rank_order.index(key) if key in typed.rank_order else 0))
            found |= dict(zip(left, free, strict=False))
    return found
