"""A ballot as it is typed: texts by field, the ballot that they make, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from math import isfinite
from typing import Any

from tabapp.domain.archive import HIGHEST, Ballot, Sheet, SideSheet, Speech
from tabapp.domain.ballots import DebateContext, ResultType, result_type
from tabapp.domain.ballots.criteria import is_on_step
from tabapp.domain.ballots.paper import DECIMALS
from tabapp.domain.ballots.speech_checks import last_position
from tabapp.domain.formats import Settings
from tabapp.domain.types import Side, Stage


class Asks(StrEnum):
    """What a ballot asks of each side."""

    SCORES = "scores"
    ADVANCING = "advancing"
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class Limits:
    """The marks that one speech can have."""

    low: float
    high: float
    step: float

    def allows(self, score: float) -> bool:
        """Tell whether a mark lies on a step from the lowest."""
        return is_on_step(score, self.low, self.step)


@dataclass(frozen=True, slots=True)
class Seat:
    """One side with its team and who may speak for it, in the order of registration."""

    side: Side
    team: str
    name: str
    institution: str
    speakers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SheetForm:
    """What one debate's sheet asks, made from its format. ``means``: speaker -> mean mark."""

    context: DebateContext
    settings: Settings
    asks: Asks
    seats: tuple[Seat, ...]
    motions: tuple[tuple[str, str], ...]
    means: Mapping[str, float]

    @property
    def positions(self) -> range:
        """The speeches of a side, replies last."""
        return range(1, last_position(self.settings) + 1)

    @property
    def keys(self) -> list[str]:
        """The score fields in the order of typing, such as ``og.1``."""
        return [key_of(seat.side, at) for seat in self.seats for at in self.positions]

    @property
    def asks_winners(self) -> bool:
        """Tell whether winners or advancing teams are ticked."""
        return self.asks is Asks.ADVANCING or (
            self.asks is Asks.SCORES and len(self.seats) == 2
            and self.settings.winners_in_ballots != "none")

    @property
    def asks_motion(self) -> bool:
        """Tell whether somebody has to choose the motion."""
        return self.settings.enable_motions and len(self.motions) > 1

    def limits(self, position: int) -> Limits:
        """Return the marks of a speech."""
        rules = self.settings
        if position > rules.substantive_speakers:
            return Limits(rules.reply_score_min, rules.reply_score_max, rules.reply_score_step)
        return Limits(rules.score_min, rules.score_max, rules.score_step)

    def name(self, ref: str | None) -> str:
        """Return the name of a team or a person."""
        return self.context.name(ref or "?")


@dataclass(slots=True)
class Typed:
    """The texts of a form by field; everything is a value that JSON knows, to be kept as a draft.

    ``criteria`` has keys such as ``og.1.K2``, ``ranks`` the rank of a speech by its key ``og.1``,
    ``vetoes`` the motion that a side vetoed. ``kept`` holds the unusual marks that somebody has
    answered for, as ``og.1=80``; ``based_on`` the versions of the ballot on which it was typed,
    ``drawn`` the side and team of each quarter.
    """

    scores: dict[str, str] = field(default_factory=dict)
    speakers: dict[str, str] = field(default_factory=dict)
    substitutes: dict[str, str] = field(default_factory=dict)
    ghosts: list[str] = field(default_factory=list)
    winners: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    forfeits: list[str] = field(default_factory=list)
    paper: dict[str, str] = field(default_factory=dict)
    criteria: dict[str, str] = field(default_factory=dict)
    ranks: dict[str, str] = field(default_factory=dict)
    vetoes: dict[str, str] = field(default_factory=dict)
    motion: str | None = None
    comment: str = ""
    reason: str = ""
    kept: list[str] = field(default_factory=list)
    based_on: list[list[Any]] = field(default_factory=list)
    drawn: list[list[str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return all of it, to be kept."""
        return asdict(self)

    def copy(self) -> Typed:
        """Return the same texts, which stay when these are typed over."""
        return Typed(**asdict(self))

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Typed:
        """Read what was kept, by this program or an older one."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in content.items() if name in known})


@dataclass(frozen=True, slots=True)
class Running:
    """How a sheet stands while it is typed. ``places`` are those of the complete sides."""

    totals: dict[Side, float]
    complete: frozenset[Side]
    places: dict[Side, int]
    to_go: int


def key_of(side: Side, position: int) -> str:
    """Return the key of a score field."""
    return f"{side.value}.{position}"


def number(text: str) -> float | None:
    """Read a mark or a total as somebody types it; None for what is none."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if isfinite(value) and abs(value) <= HIGHEST else None


def asked(context: DebateContext, settings: Settings) -> Asks:
    """Say what the ballots of a debate ask (``UserError`` for the one invalid combination)."""
    kind = result_type(settings, context.stage, len(context.sides))
    if kind is ResultType.CONSENSUS_SCORES:
        return Asks.SCORES
    ticked = context.stage is Stage.ELIMINATION or len(context.sides) == 2
    return Asks.ADVANCING if ticked else Asks.PLACES


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


def typed_from(form: SheetForm, ballot: Ballot) -> Typed:
    """Return the sheet that would be typed for ``ballot``, to be corrected."""
    made = blank(form)
    made.motion, made.comment = ballot.motion, ballot.comment
    made.forfeits = _in_order(form, ballot.forfeit)
    for sheet in ballot.sheets[:1]:
        made.winners = list(sheet.winners or ())
        made.places = {side: str(place) for side, place in (sheet.ranks or {}).items()}
        for part in sheet.sides:
            for one in part.speeches:
                key = f"{part.side}.{one.position}"
                made.scores[key] = "" if one.score is None else f"{one.score:g}"
                made.speakers.pop(key, None)
                if one.speaker is not None:
                    made.speakers[key] = one.speaker
                if one.substitute_for is not None:
                    made.substitutes[key] = one.substitute_for
                if one.ghost:
                    made.ghosts.append(key)
    return made


def ballot_of(form: SheetForm, typed: Typed, base: Ballot | None = None) -> Ballot:
    """Return the ballot that the texts make; what the form does not ask comes from ``base``."""
    old = base.sheets[0] if base is not None and base.sheets else Sheet()
    sides = []
    for seat in form.seats:
        if seat.side.value in typed.forfeits:
            continue
        speeches = _speeches(form, typed, seat, old) if form.asks is Asks.SCORES else []
        if speeches:
            sides.append(SideSheet(side=seat.side.value, speeches=speeches))
    sheet = old.model_copy(update={
        "sides": sides, "ranks": None,
        "winners": _in_order(form, typed.winners) if form.asks_winners else None,
    })
    if form.asks is Asks.PLACES:
        places = {side: number(text) for side, text in typed.places.items()}
        sheet = sheet.model_copy(update={"ranks": {
            side: int(place) for side, place in places.items() if place is not None}})
    head = base if base is not None else Ballot()
    return head.model_copy(update={
        "motion": typed.motion, "comment": typed.comment.strip(), "reason": typed.reason.strip(),
        "forfeit": _in_order(form, typed.forfeits), "sheets": [sheet],
    })


def _in_order(form: SheetForm, sides: Sequence[str]) -> list[str]:
    return [seat.side.value for seat in form.seats if seat.side.value in sides]


def _speeches(form: SheetForm, typed: Typed, seat: Seat, old: Sheet) -> list[Speech]:
    before = {
        one.position: one for part in old.sides if part.side == seat.side.value
        for one in part.speeches}
    made = []
    for position in form.positions:
        key = key_of(seat.side, position)
        made.append(before.get(position, Speech(position=position)).model_copy(update={
            "speaker": typed.speakers.get(key), "score": number(typed.scores.get(key, "")),
            "ghost": key in typed.ghosts, "substitute_for": typed.substitutes.get(key),
        }))
    return made


def running(form: SheetForm, typed: Typed) -> Running:
    """Add up what is typed; sides with every mark are placed, equal ones alike."""
    totals: dict[Side, float] = {}
    complete = set()
    to_go = 0
    for seat in form.seats:
        if seat.side.value in typed.forfeits:
            continue
        marks = [
            number(typed.scores.get(key_of(seat.side, at), "")) for at in form.positions]
        known = [mark for mark in marks if mark is not None]
        to_go += len(marks) - len(known)
        if known:
            totals[seat.side] = round(sum(known), DECIMALS)
        if len(known) == len(marks):
            complete.add(seat.side)
    places = {
        side: 1 + sum(totals[other] > totals[side] for other in complete) for side in complete}
    return Running(totals, frozenset(complete), places, to_go)


def swap_speakers(form: SheetForm, typed: Typed, key: str) -> None:
    """Let the speaker of ``key`` change places with the one of the next substantive speech."""
    here, there = _pair(form, key)
    for kept in (typed.speakers, typed.substitutes):
        one, other = kept.pop(here, None), kept.pop(there, None)
        if other is not None:
            kept[here] = other
        if one is not None:
            kept[there] = one


def turn_iron_person(form: SheetForm, typed: Typed, key: str) -> None:
    """Let the speaker of ``key`` speak twice, the second speech as the ghost.

    Once more makes the first speech the ghost, a third time the usual order comes back.
    """
    first, second = sorted(_pair(form, key), key=lambda one: int(one.rpartition(".")[2]))
    twice = typed.speakers.get(first) == typed.speakers.get(second) and first in typed.speakers
    ghosts = [one for one in typed.ghosts if one not in (first, second)]
    if twice and second in typed.ghosts:
        typed.ghosts = [*ghosts, first]
    elif twice:
        usual = blank(form).speakers
        typed.ghosts = ghosts
        for one in (first, second):
            typed.substitutes.pop(one, None)
            typed.speakers.pop(one, None)
            if one in usual:
                typed.speakers[one] = usual[one]
    elif key in typed.speakers:
        typed.ghosts = [*ghosts, second]
        for one in (first, second):
            typed.speakers[one] = typed.speakers[key]
            if key in typed.substitutes:
                typed.substitutes[one] = typed.substitutes[key]
            else:
                typed.substitutes.pop(one, None)


def turn_forfeit(typed: Typed, side: str) -> None:
    """Let a side forfeit, or stand again."""
    if side in typed.forfeits:
        typed.forfeits.remove(side)
    else:
        typed.forfeits.append(side)
        typed.winners = [one for one in typed.winners if one != side]


def choose_speaker(form: SheetForm, typed: Typed, key: str, ref: str) -> None:
    """Let somebody of the team give a speech; what made it a ghost or a substitute's goes."""
    typed.speakers[key] = ref
    typed.substitutes.pop(key, None)
    side = key.partition(".")[0]
    for ghost in [one for one in typed.ghosts if one.startswith(f"{side}.")]:
        same = [one for one in form.keys if one.startswith(f"{side}.") and one != ghost and (
            typed.speakers.get(one) == typed.speakers.get(ghost))]
        if not same:
            typed.ghosts.remove(ghost)


def turn_winner(form: SheetForm, typed: Typed, side: str, on: bool) -> None:
    """Tick a side or not; where only one can win the tick moves."""
    kept = [] if on and form.context.advancing == 1 else [
        one for one in typed.winners if one != side]
    typed.winners = _in_order(form, [*kept, side] if on else kept)


def _pair(form: SheetForm, key: str) -> tuple[str, str]:
    """Return a speech and the next substantive one of its side, from the first after the last."""
    side, _, text = key.rpartition(".")
    position = int(text)
    following = position % form.settings.substantive_speakers + 1
    return key, f"{side}.{following}"
