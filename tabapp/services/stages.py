"""How far each round is: the seven stages of a round and what blocks each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tabapp.domain.formats import Settings
from tabapp.domain.types import Stage
from tabapp.store.stage_reads import Here, RoundCounts, completed_rounds, count_rounds
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit

StageKey = Literal["availability", "draw", "judges", "rooms", "release", "ballots", "complete"]
STAGES: tuple[StageKey, ...] = (
    "availability", "draw", "judges", "rooms", "release", "ballots", "complete")
StageStatus = Literal["done", "now", "later", "attention", "problem"]


_SIZES = {2: "two", 4: "four"}
_FACTS = {
    "here": "{teams} teams, {judges} judges",
    "from_break": "from the break; {judges} judges",
    "not_as_drawn": "{teams} teams here, {drawn} drawn",
    "too_few": "{teams} teams; a room takes {size}",
    "not_in_rooms": "{teams} teams are here; rooms hold {size}",
    "no_judges": "{teams} teams, no judge",
    "not_drawn": "not drawn",
    "draft": "draft",
    "draft_audited": "draft, audit passed",
    "draft_edited": "draft, edited by hand",
    "confirmed": "confirmed",
    "confirmed_audited": "confirmed, audit passed",
    "draw_edited": "confirmed, edited by hand",
    "audit_failed": "the audit failed",
    "after_draw": "after the draw",
    "none_seated": "nobody is seated",
    "look_one": "1 panel needs a look",
    "look": "{n} panels need a look",
    "seated": "{n} panels",
    "placed": "{n} of {m} placed",
    "used_twice": "{n} used twice",
    "released": "released",
    "needs_draw": "draw",
    "needs_judges": "judges",
    "needs_rooms": "rooms",
    "after": "after {stages}",
    "ready": "ready",
    "ballots": "{n} of {m}",
    "ballots_to_check": "{n} of {m}, {drafts} to check",
    "completed": "completed",
    "after_ballot": "after 1 ballot",
    "after_ballots": "after {n} ballots",
}
"""The fact or the blocker of a stage in a few words; no sentences."""


@dataclass(frozen=True, slots=True)
class StageState:
    """One stage: where it stands, and the fact or the blocker in a few words."""

    key: StageKey
    status: StageStatus
    fact: str


@dataclass(frozen=True, slots=True)
class RoundState:
    """A round with its stages. ``ballots_out`` counts debates without a confirmed ballot."""

    id: int
    seq: int
    name: str
    stage: str
    status: str
    completed: bool
    category: str | None
    stages: tuple[StageState, ...]
    ballots_out: int


def round_states(unit: ReadUnit, tournament_id: int) -> list[RoundState]:
    """Return every round of a tournament with its stages, by sequence."""
    settings = get_tournament(unit, tournament_id).settings
    here, rounds = count_rounds(unit, tournament_id)
    return [
        RoundState(
            id=one.id, seq=one.seq, name=one.name, stage=one.stage, status=one.status,
            completed=one.completed, category=one.category,
            stages=tuple(_with_now(list(_Stages(here, one, settings).all()))),
            ballots_out=one.rooms - one.postponed - one.confirmed,
        )
        for one in rounds
    ]


def current_round(unit: ReadUnit, tournament_id: int) -> int | None:
    """Return the row id of the first round that is not completed, else the last; None without."""
    rounds = completed_rounds(unit, tournament_id)
    waiting = [row_id for row_id, completed in rounds if not completed]
    if waiting:
        return waiting[0]
    return rounds[-1][0] if rounds else None


def _say(fact: str, facts: Mapping[str, object]) -> str:
    return _FACTS[fact].format_map(facts)


def _with_now(stages: list[StageState]) -> Iterator[StageState]:
    """Make the first stage that waits for somebody the one that is now."""
    found = False
    for one in stages:
        if one.status == "later" and not found:
            found = True
            yield StageState(one.key, "now", one.fact)
        else:
            found = found or one.status == "now"
            yield one


class _Stages:
    """The stages of one round from its counts. ``later`` stands for not done."""

    def __init__(self, here: Here, counts: RoundCounts, settings: Settings) -> None:
        self._here, self._counts, self._settings = here, counts, settings
        self._elimination = counts.stage == Stage.ELIMINATION
        self._size = settings.teams_in_debate
        ballots = (
            settings.ballots_per_debate_elim if self._elimination
            else settings.ballots_per_debate_prelim)
        self._even = counts.even if ballots == "per-adj" and self._size == 2 else 0
        self._drawn = counts.rooms > 0 or counts.teams > 0

    def all(self) -> Iterator[StageState]:
        """Yield the seven stages."""
        yield StageState("availability", *self._availability())
        yield StageState("draw", *self._draw())
        yield StageState("judges", *self._judges())
        yield StageState("rooms", *self._rooms())
        yield StageState("release", *self._release())
        yield StageState("ballots", *self._ballots())
        yield StageState("complete", *self._complete())

    def _availability(self) -> tuple[StageStatus, str]:
        counts = self._counts
        teams = self._here.teams - counts.absent_teams
        judges = self._here.judges - counts.absent_judges
        if self._elimination:
            return "done", _say("from_break", {"judges": judges})
        facts = {"teams": teams, "judges": judges, "drawn": counts.teams}
        if self._drawn:
            changed = counts.teams != teams and not counts.completed
            code = "not_as_drawn" if changed else "here"
            return "attention" if changed else "done", _say(code, facts)
        return self._before_draw(teams, judges)

    def _before_draw(self, teams: int, judges: int) -> tuple[StageStatus, str]:
        if teams < self._size:
            return "problem", _say("too_few", {"teams": teams, "size": self._size})
        if teams % self._size and self._settings.bye_team_selection == "off":
            size = _SIZES.get(self._size, str(self._size))
            return "attention", _say("not_in_rooms", {"teams": teams, "size": size})
        if not judges:
            return "attention", _say("no_judges", {"teams": teams})
        return "done", _say("here", {"teams": teams, "judges": judges})

    def _draw(self) -> tuple[StageStatus, str]:
        if not self._drawn:
            return "later", _say("not_drawn", {})
        audit = self._counts.record.get("audit")
        checks = [one for one in audit if isinstance(one, dict)] if isinstance(audit, list) else []
        edits = self._counts.record.get("edits")
        draft = self._counts.status == "draft"
        if edits and isinstance(edits, list):
            code = "draft_edited" if draft else "draw_edited"
            return "later" if draft else "done", _say(code, {"edits": len(edits)})
        if any(one.get("status") == "failed" for one in checks):
            return "problem", _say("audit_failed", {})
        passed = any(one.get("status") == "passed" for one in checks)
        state = "draft" if draft else "confirmed"
        code = f"{state}_audited" if passed else state
        return "later" if draft else "done", _say(code, {})

    def _judges(self) -> tuple[StageStatus, str]:
        counts = self._counts
        if not counts.rooms:
            return "later", _say("after_draw", {})
        if not counts.seated:
            return "later", _say("none_seated", {})
        look = min(counts.rooms, counts.no_chair + self._even + counts.clashes)
        if look:
            return "attention", _say("look_one" if look == 1 else "look", {"n": look})
        return "done", _say("seated", {"n": counts.seated})

    def _rooms(self) -> tuple[StageStatus, str]:
        counts = self._counts
        if not counts.rooms:
            return "later", _say("after_draw", {})
        due = counts.rooms - counts.postponed
        facts = {"n": counts.placed, "m": due}
        if counts.placed > counts.places and not counts.completed:
            return "attention", _say("used_twice", {"n": counts.placed - counts.places})
        if counts.placed == due:
            return "done", _say("placed", facts)
        return "attention" if counts.placed else "later", _say("placed", facts)

    def _release(self) -> tuple[StageStatus, str]:
        if self._counts.status == "released":
            return "done", _say("released", {})
        waits = [
            _say(f"needs_{key}", {}) for key, (status, _fact) in (
                ("draw", self._draw()), ("judges", self._judges()), ("rooms", self._rooms()))
            if status == "later"
        ]
        if waits:
            return "later", _say("after", {"stages": ", ".join(waits)})
        return "later", _say("ready", {})

    def _ballots(self) -> tuple[StageStatus, str]:
        counts = self._counts
        due = counts.rooms - counts.postponed
        facts = {"n": counts.confirmed, "m": due, "drafts": counts.drafts}
        if not counts.rooms:
            return "later", _say("after_draw", {})
        if counts.confirmed >= due:
            return "done", _say("ballots", facts)
        code = "ballots_to_check" if counts.drafts else "ballots"
        started = counts.confirmed or counts.drafts or counts.status == "released"
        return "now" if started else "later", _say(code, facts)

    def _complete(self) -> tuple[StageStatus, str]:
        counts = self._counts
        if counts.completed:
            return "done", _say("completed", {})
        out = counts.rooms - counts.postponed - counts.confirmed
        if not counts.rooms:
            return "later", ""
        if out:
            code = "after_ballot" if out == 1 else "after_ballots"
            return "later", _say(code, {"n": out})
        return "later", _say("ready", {})


