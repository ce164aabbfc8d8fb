"""Drawing a stored round again from its input, its seed and its rule, to see the same come out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from tabapp.domain.draw import ENGINE
from tabapp.domain.records import draw_snapshot
from tabapp.domain.standings import needs_speeches
from tabapp.domain.types import DrawnDebate, DrawType, Side, Stage, Tick, no_tick
from tabapp.services import draws
from tabapp.services.drawn import DrawInput
from tabapp.store import topics
from tabapp.store.availability import side_allocations
from tabapp.store.draw_rows import draw_record, read_debates
from tabapp.store.journal import Action, read_history
from tabapp.store.result_reads import read_results
from tabapp.store.tournaments import RoundRow, TournamentRow, get_round
from tabapp.store.unit import ReadUnit

Verdict = Literal["same", "edited", "sides", "input", "differs", "engine", "unknown"]
"""What came of a replay.

``same`` to the byte; ``edited`` apart from edits that are declared; ``sides`` apart from sides
that the room decided; ``input`` cannot be told, since what the draw read is otherwise now;
``differs`` for no reason, which is a fault; ``engine`` differs, by another version of it;
``unknown`` without a certificate that tells seed, rule and input.
"""
INPUT = (topics.RESULTS, topics.PEOPLE, topics.SETTINGS, topics.ROUNDS)
"""The topics that a draw reads, in the order in which they are told."""

_MAKES = "draw.generate"
_SEARCHED = 2000


@dataclass(frozen=True, slots=True)
class ReplayCase:
    """A stored draw, and what it is drawn from again.

    ``found`` is None where the round has no certificate to replay.
    """

    found: DrawInput | None
    debates: tuple[DrawnDebate, ...]
    certificate: Mapping[str, Any]
    edited: frozenset[str]
    """Teams that were moved by hand, as declared."""
    changed_rule: tuple[str, ...]
    moved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of a replay.

    ``rooms`` are the room ranks that differ. ``moved`` are topics of the input that changed since
    the draw was made. ``changed_rule`` are draw options that are set otherwise now than when the
    round was drawn; it was replayed by those of then.
    """

    verdict: Verdict
    rooms: tuple[int, ...] = ()
    moved: tuple[str, ...] = ()
    changed_rule: tuple[str, ...] = ()


def read_replay(unit: ReadUnit, round_id: int) -> ReplayCase:
    """Read a stored draw and its input as it is now, under the rule of its certificate.

    Raises ``UserError`` for an elimination round that could not be drawn from its break now.
    """
    owner, round_ = get_round(unit, round_id)
    record = draw_record(unit, round_id) or {}
    certificate, rule = _mapping(record, "certificate"), _mapping(record, "rule")
    debates = tuple(one.drawn for one in read_debates(unit, round_id))
    found = None
    if debates and _tells(certificate, rule):
        found = _input(unit, owner, round_, rule, debates)
    edits = record.get("edits")
    return ReplayCase(
        found=found, debates=debates, certificate=certificate,
        edited=frozenset(_moved_by_hand(edits if isinstance(edits, list) else ())),
        changed_rule=_changed_rule(owner, round_, rule) if found is not None else (),
        moved=_moved(unit, owner.id, round_.seq))


def replay(case: ReplayCase, tick: Tick = no_tick) -> Replayed:
    """Draw again and compare, debate by debate; takes as long as a draw."""
    found = case.found
    if found is None:
        return Replayed("unknown")
    if found.seal() != case.certificate["input_sha256"]:
        return Replayed("input", moved=case.moved, changed_rule=case.changed_rule)
    again = draws.draw_round(found, seed=case.certificate["seed"], tick=tick)
    verdict, rooms = _compare(case, [one.drawn for one in again.debates])
    return Replayed(verdict, rooms, changed_rule=case.changed_rule)


def room_text(debate: DrawnDebate) -> str:
    """Return a debate as the canonical JSON that two draws are compared by."""
    return json.dumps({
        "bracket": debate.bracket, "room_rank": debate.room_rank,
        "sides": [[side.value, team] for side, team in debate.sides],
        "flags": list(debate.flags),
        "team_flags": {team: list(flags) for team, flags in debate.team_flags.items() if flags},
    }, sort_keys=True, separators=(",", ":"))


def _compare(
    case: ReplayCase, again: Sequence[DrawnDebate]
) -> tuple[Verdict, tuple[int, ...]]:
    stored = {one.room_rank: one for one in case.debates}
    drawn = {one.room_rank: one for one in again}
    reasons = {
        rank: _why_other(stored.get(rank), drawn.get(rank), case.edited)
        for rank in sorted({*stored, *drawn})}
    differing = tuple(rank for rank, reason in reasons.items() if reason != "same")
    for verdict in ("differs", "edited", "sides"):
        if verdict in reasons.values():
            other_engine = case.certificate.get("engine") != ENGINE
            return "engine" if verdict == "differs" and other_engine else verdict, differing
    return "same", ()


def _why_other(
    stored: DrawnDebate | None, drawn: DrawnDebate | None, edited: frozenset[str]
) -> Literal["same", "edited", "sides", "differs"]:
    if stored is None or drawn is None:
        return "differs"
    if room_text(stored) == room_text(drawn):
        return "same"
    teams = {*stored.teams, *drawn.teams}
    if teams & edited:
        return "edited"
    turned = replace(stored, sides=drawn.sides)
    open_sides = not drawn.sides_confirmed and {*stored.teams} == {*drawn.teams}
    return "sides" if open_sides and room_text(turned) == room_text(drawn) else "differs"


def _input(
    unit: ReadUnit, owner: TournamentRow, round_: RoundRow, rule: Mapping[str, Any],
    debates: Sequence[DrawnDebate],
) -> DrawInput:
    """Read the input as it is now: of the teams that were drawn, by the rule of then."""
    if round_.stage == Stage.ELIMINATION:
        return draws.read_input(unit, round_.id, ignore_missing=True)
    speeches = needs_speeches(owner.settings.team_standings_precedence)
    snapshot = draw_snapshot(
        read_results(unit, owner, speeches=speeches), owner.settings, round_seq=round_.seq,
        draw_type=DrawType(rule["draw_type"]),
        present={team for one in debates for team in one.teams},
        allocated={t: Side(s) for t, s in side_allocations(unit, round_.id).items()})
    options = {name: value for name, value in rule.items() if name != "draw_type"}
    return DrawInput(
        owner=owner, round=round_, snapshot=replace(snapshot, options=options), drawn=True,
        revision=unit.revision(owner.id, *draws.topics_read(round_.seq)))


def _tells(certificate: Mapping[str, Any], rule: Mapping[str, Any]) -> bool:
    """Tell whether a record has all that a replay needs; an imported one may hold anything."""
    kind = rule.get("draw_type")
    return (
        isinstance(certificate.get("seed"), int)
        and isinstance(certificate.get("input_sha256"), str)
        and kind in tuple(DrawType) and kind != DrawType.MANUAL)


def _mapping(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = record.get(name)
    return found if isinstance(found, dict) else {}


def _moved_by_hand(edits: Sequence[Any]) -> Iterator[str]:
    for one in edits:
        teams = one.get("teams") if isinstance(one, dict) else None
        if isinstance(teams, list):
            yield from (team for team in teams if isinstance(team, str))


def _changed_rule(
    owner: TournamentRow, round_: RoundRow, rule: Mapping[str, Any]
) -> tuple[str, ...]:
    now = {"draw_type": round_.draw_type, **owner.settings.draw_options()}
    return tuple(name for name, value in rule.items() if name in now and now[name] != value)


def _moved(unit: ReadUnit, tournament_id: int, seq: int) -> tuple[str, ...]:
    """Return which topics of the input have moved since the round was drawn."""
    found: set[str] = set()
    for action in read_history(unit.connection, tournament_id, _SEARCHED):
        named = {topic for _owner, topic in action.topics}
        if _drew(action, named, seq):
            break
        found |= named
    return tuple(one for one in (*INPUT, topics.availability_of(seq)) if one in found)


def _drew(action: Action, named: set[str], seq: int) -> bool:
    return action.verb == _MAKES and topics.draw_of(seq) in named
