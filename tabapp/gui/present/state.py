"""The show without Qt: what is in preview, what is live, and when live falls dark."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from tabapp.domain.public import (
    PublicAward,
    PublicBallots,
    PublicBreak,
    PublicRound,
    PublicStandings,
)


class Kind(StrEnum):
    """What can be put on the screen of the hall."""

    TITLE = "title"
    ROOMS = "rooms"
    TEAMS = "teams"
    MOTION = "motion"
    BALLOTS = "ballots"
    STANDINGS = "standings"
    BREAK = "break"
    AWARDS = "awards"
    MESSAGE = "message"


OF_DRAW = frozenset({Kind.ROOMS, Kind.TEAMS})
OF_ROUND = OF_DRAW | {Kind.MOTION}
TURNING = OF_DRAW | {Kind.BALLOTS, Kind.STANDINGS}
"""Their pages turn by themselves."""
STEPPED = frozenset({Kind.MOTION, Kind.BREAK, Kind.AWARDS})
"""Their pages are steps that a person reveals."""
Lock = Literal["", "round", "draw", "motion", "standings", "break", "awards", "text"]
"""What is missing before a slide can be shown: a round, a release, words; "" nothing."""
_LOCKS: dict[Kind, Lock] = {
    Kind.STANDINGS: "standings", Kind.BREAK: "break", Kind.AWARDS: "awards"}
"""They show what is public of the tournament, and go dark with it."""
Awards = tuple[PublicAward, ...]
News = Literal["same", "update", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Slide:
    """What is shown, frozen at the moment it is taken. ``round`` has only the part it shows."""

    kind: Kind
    round: PublicRound | None = None
    text: str = ""
    awards: Awards = ()
    standings: PublicStandings | None = None
    breaking: PublicBreak | None = None
    ballots: PublicBallots | None = None


def lock_of(
    kind: Kind, round_: PublicRound | None, text: str = "", awards: Awards = (),
    standings: PublicStandings | None = None, breaking: PublicBreak | None = None,
    ballots: PublicBallots | None = None,
) -> Lock:
    """Return what keeps a slide from being shown."""
    if kind in _LOCKS:
        there = {Kind.STANDINGS: standings, Kind.BREAK: breaking, Kind.AWARDS: awards}[kind]
        return "" if there else _LOCKS[kind]
    if kind not in OF_ROUND and kind is not Kind.BALLOTS:
        return "" if text.strip() else "text"
    if round_ is None:
        return "round"
    if kind is Kind.BALLOTS:
        return "" if round_.draw_released and ballots is not None else "draw"
    if kind in OF_DRAW:
        return "" if round_.draw_released else "draw"
    return "" if round_.motions_released else "motion"


def make_slide(
    kind: Kind, round_: PublicRound | None, text: str = "", awards: Awards = (),
    standings: PublicStandings | None = None, breaking: PublicBreak | None = None,
    ballots: PublicBallots | None = None,
) -> Slide | None:
    """Return the slide with nothing in it that it does not show; None while it is locked."""
    if lock_of(kind, round_, text, awards, standings, breaking, ballots):
        return None
    if kind is Kind.BALLOTS:
        return Slide(kind, ballots=ballots)
    if kind in _LOCKS:
        return Slide(
            kind, awards=awards if kind is Kind.AWARDS else (),
            standings=standings if kind is Kind.STANDINGS else None,
            breaking=breaking if kind is Kind.BREAK else None)
    if kind not in OF_ROUND or round_ is None:
        return Slide(kind, text=text.strip())
    if kind in OF_DRAW:
        return Slide(kind, replace(round_, motions_released=False, motions=()))
    return Slide(kind, replace(round_, draw_released=False, rooms=()))


class Show:
    """What the hall sees. Live changes only by ``take``, ``accept``, ``turn`` and time.

    Two exceptions: what is no longer released falls dark at once, and ballots that come in are
    counted while they come, which nobody has to accept.
    """

    def __init__(self) -> None:
        self.live: Slide | None = None
        """None is dark."""
        self.round_id: int | None = None
        """The round of what is live, by its row id."""
        self.update: Slide | None = None
        """What live would be with what is released now, if that differs."""
        self.page = 0
        self.blank = False
        self.frozen = False
        self.elapsed = 0.0
        """Seconds that the page has been shown."""

    @property
    def is_dark(self) -> bool:
        """Tell whether the hall sees nothing."""
        return self.blank or self.live is None

    def take(self, slide: Slide, round_id: int | None, page: int = 0) -> None:
        """Put a slide live, from its page ``page``; it is neither blank nor frozen then."""
        self.live, self.update = slide, None
        of_round = slide.round is not None or slide.ballots is not None
        self.round_id = round_id if of_round else None
        self.page, self.elapsed = page, 0.0
        self.blank = self.frozen = False

    def accept(self) -> None:
        """Put the update live, on the page that is shown."""
        if self.update is not None:
            self.live, self.update = self.update, None
            self.elapsed = 0.0

    def renew(
        self, now: PublicRound | None, awards: Awards = (),
        standings: PublicStandings | None = None, breaking: PublicBreak | None = None,
        ballots: PublicBallots | None = None,
    ) -> News:
        """Compare live with what is public now of its round, None where that is gone, or at all."""
        live = self.live
        if live is None or (
            live.round is None and live.ballots is None and live.kind not in _LOCKS
        ):  # fmt: skip
            return "same"
        fresh = make_slide(
            live.kind, now, awards=awards, standings=standings, breaking=breaking,
            ballots=ballots)
        if fresh is None or _lost(live, fresh):
            self.clear()
            return "withdrawn"
        if fresh.kind is Kind.BALLOTS:
            self.live = live if fresh == live else fresh
            return "same"
        self.update = None if fresh == self.live else fresh
        return "update" if self.update is not None else "same"

    def clear(self) -> None:
        """Show nothing."""
        self.live = self.update = self.round_id = None
        self.page, self.elapsed = 0, 0.0
        self.blank = self.frozen = False

    def turn(self, by: int, pages: int) -> None:
        """Turn ``by`` pages, not beyond the first and the last."""
        self.page = min(max(0, self.page + by), max(0, pages - 1))
        self.elapsed = 0.0

    def tick(self, seconds: float, lasts: float, pages: int) -> bool:
        """Let time pass; tell whether the page turned. After the last one comes the first.

        ``lasts``: seconds of the page that is shown. The steps of a motion never turn alone.
        """
        if self.is_dark or self.frozen or pages < 2 or not self.turns_alone:
            return False
        self.elapsed += seconds
        if self.elapsed < lasts:
            return False
        self.page, self.elapsed = (self.page + 1) % pages, 0.0
        return True

    @property
    def turns_alone(self) -> bool:
        """Tell whether what is live has pages, not steps that a person reveals."""
        return self.live is not None and self.live.kind in TURNING


def _lost(before: Slide, after: Slide) -> bool:
    """Tell whether a part of what was shown is public no more."""
    return (
        _lost_winners(before.awards, after.awards)
        or (before.standings is not None and after.standings is not None
            and after.standings.shows_less_than(before.standings))
        or (before.breaking is not None and after.breaking is not None
            and after.breaking.shows_less_than(before.breaking)))


def _lost_winners(before: Awards, after: Awards) -> bool:
    """Tell whether an award, or one of its winners, is public no more.

    A winner in another's place, or by another name, is a change that waits like any other.
    """
    now = {one.key: len(one.winners) for one in after}
    return any(now.get(one.key, 0) < len(one.winners) for one in before)
