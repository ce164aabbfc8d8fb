"""The deadlines of a round: what holds, when its ballots are due, and changing it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import get_args

from tabapp.core.errors import Problem, UserError
from tabapp.core.messages import word
from tabapp.domain import deadlines
from tabapp.domain.deadlines import Limits
from tabapp.domain.formats import Settings
from tabapp.domain.formats.values import OverdueAction
from tabapp.services.entries import Reader, parse_start, refuse, shown
from tabapp.services.round_moments import end_of, start_of, zone_of
from tabapp.store.deadline_reads import TimedRound, timed_round
from tabapp.store.draw_rows import update_round
from tabapp.store.flag_rows import FlagRow, FlagSetter, delete_flags, flags_of_debate, setter_of
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit

LONGEST_WARNING = 1440


@dataclass(frozen=True, slots=True)
class RoundDeadlines:
    """What holds for the ballots of one round, as it is at ``now``. Times are in UTC."""

    round: TimedRound
    settings: Settings
    now: datetime

    @property
    def round_id(self) -> int:
        """Return its row id."""
        return self.round.id

    @property
    def title(self) -> str:
        """Return what the round is called."""
        return self.round.title

    @property
    def zone(self) -> tzinfo:
        """Return the time zone in which people type its times."""
        return zone_of(self.round.timezone)

    @property
    def limits(self) -> Limits:
        """Return what holds."""
        return deadlines.limits_of(self.settings, self.round.own)

    @property
    def usual(self) -> Limits:
        """Return what its tournament says."""
        return deadlines.limits_of(self.settings, None)

    @property
    def start(self) -> datetime | None:
        """Return when its debates begin, None where nothing tells."""
        return start_of(self.round, self.settings, self.now)

    @property
    def end(self) -> datetime | None:
        """Return when it is expected to end, None where nothing tells."""
        return end_of(self.round, self.settings, self.now)

    @property
    def worked_out(self) -> datetime | None:
        """Return when it would end by its start and the times of its format."""
        return end_of(replace(self.round, expected_end=None), self.settings, self.now)

    @property
    def due(self) -> datetime | None:
        """Return when something is done about ballots that have not come."""
        end = self.end
        return end + timedelta(minutes=self.limits.timeout_minutes) if end else None

    @property
    def warns(self) -> datetime | None:
        """Return when a room that is out is called to mind."""
        due = self.due
        return due - timedelta(minutes=self.limits.warning_minutes) if due else None


@dataclass(frozen=True, slots=True)
class DeadlineEntry:
    """The deadlines of a round as a person types them; "" stands for the tournament's.

    ``expected_end`` "" is worked out; ``paused`` None stays as it is.
    """

    warning_minutes: str = ""
    timeout_minutes: str = ""
    action: str = ""
    expected_end: str = ""
    paused: bool | None = None

    @classmethod
    def of(cls, found: RoundDeadlines) -> DeadlineEntry:
        """Return what a person would have typed for what holds."""
        own = found.round.own or {}
        return cls(
            warning_minutes=str(own.get("warning_minutes", "")),
            timeout_minutes=str(own.get("timeout_minutes", "")),
            action=str(own.get("action", "")),
            expected_end=_as_typed(found.round),
        )


def _as_typed(round_: TimedRound) -> str:
    return (round_.expected_end or "").replace("T", " ")


def read_deadlines(unit: ReadUnit, round_id: int, now: datetime) -> RoundDeadlines:
    """Return what holds for a round; ``UserError`` where it is gone."""
    found = _find(unit, round_id)
    return RoundDeadlines(found, get_tournament(unit, found.tournament_id).settings, now)


def _find(unit: ReadUnit, round_id: int) -> TimedRound:
    found = timed_round(unit, round_id)
    if found is None:
        raise UserError("round_gone", id=round_id)
    return found


def check_deadlines(found: RoundDeadlines, entry: DeadlineEntry) -> list[Problem]:
    """Return everything that is wrong with what was typed, each at its field."""
    return _typed(found.round, entry)[1]


def foresee(found: RoundDeadlines, entry: DeadlineEntry) -> RoundDeadlines:
    """Return what would hold with what was typed; what cannot be read counts as left blank."""
    typed, problems = _typed(found.round, entry)
    own = dict(typed.own or {})
    for one in problems:
        own.pop(one.where, None)
    return replace(found, round=replace(typed, own=own))


def set_deadlines(unit: WriteUnit, round_id: int, entry: DeadlineEntry) -> None:
    """Set what holds for a round instead of what its tournament says, and when it ends.

    ``ProblemsFound`` with everything that is wrong, each at its field.
    """
    typed, problems = _typed(_find(unit, round_id), entry)
    refuse(problems)
    update_round(unit, round_id, deadlines=typed.own or None, expected_end=typed.expected_end)
    unit.describe(subject=typed.title)


def _typed(found: TimedRound, entry: DeadlineEntry) -> tuple[TimedRound, list[Problem]]:
    """Return a round with what was typed, and what is wrong with that."""
    reader = Reader()
    own = dict(found.own or {})
    for name, most in (
        ("warning_minutes", LONGEST_WARNING), ("timeout_minutes", deadlines.LONGEST)
    ):
        own.pop(name, None)
        if text := str(getattr(entry, name)).strip():
            own[name] = reader.whole(name, text, 0, most)
    own.pop("action", None)
    if entry.action:
        if entry.action not in get_args(OverdueAction):
            reader.problems.append(
                Problem.of("error", "action", "deadline_action", value=shown(entry.action)))
        own["action"] = entry.action
    if entry.paused is not None:
        own.pop("paused", None)
        if entry.paused:
            own["paused"] = True
    end = found.expected_end
    if entry.expected_end.strip() != _as_typed(found):  # else as a file told it
        end = parse_start(entry.expected_end)
        if end is None and entry.expected_end.strip():
            reader.problems.append(Problem.of(
                "error", "expected_end", "deadline_end", value=shown(entry.expected_end)))
    return replace(found, own=own, expected_end=end), reader.problems


def pause_round(unit: WriteUnit, round_id: int) -> None:
    """Let nothing be done about ballots of a round that are late, as in a fire alarm."""
    _set_paused(unit, round_id, paused=True)


def resume_round(unit: WriteUnit, round_id: int) -> None:
    """Let the deadlines of a paused round go on."""
    _set_paused(unit, round_id, paused=False)


def _set_paused(unit: WriteUnit, round_id: int, *, paused: bool) -> None:
    found = _find(unit, round_id)
    own = dict(found.own or {})
    if (own.get("paused") is True) is paused:
        code = "deadlines_paused_already" if paused else "deadlines_not_paused"
        raise UserError(code, round=found.title)
    own.pop("paused", None)
    if paused:
        own["paused"] = True
    update_round(unit, round_id, deadlines=own or None)
    unit.describe(subject=found.title)


def lift_flags(unit: WriteUnit, debate_id: int) -> int:
    """Take the flags off a debate; they do not come again unless its limit moves.

    A forfeit is no flag to take off: its ballot says it. Returns how many.
    """
    flags = [one for one in flags_of_debate(unit, debate_id) if one.kind != "forfeited"]
    if not flags:
        raise UserError("debate_not_flagged")
    delete_flags(unit, [one.id for one in flags])
    return len(flags)


@dataclass(frozen=True, slots=True)
class Forfeit:
    """A forfeit that was given by itself: what the flag says, and what can be taken back."""

    words: str
    setter: FlagSetter


def read_forfeit(unit: ReadUnit, debate_id: int) -> Forfeit | None:
    """Return the forfeit of a debate that no person entered, None where there is none."""
    for flag in flags_of_debate(unit, debate_id):
        setter = setter_of(unit, flag.id) if flag.kind == "forfeited" else None
        if setter is not None:
            return Forfeit(flag_words(flag), setter)
    return None


def flag_words(flag: FlagRow) -> str:
    """Return what a flag says, with why nobody forfeits where that was asked for."""
    said = word(f"flagged_{flag.kind}", flag.facts)
    why = str(flag.facts.get("why") or "")
    return f"{said} {word(why, flag.facts)}" if why else said

