"""Writes archives in one canonical form: equal tournaments have equal bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Any, Protocol, TypeVar

from tabapp.domain.archive import (
    Adjudicator,
    Archive,
    Ballot,
    Break,
    Debate,
    PanelMember,
    Part,
    PreformedPanel,
    Round,
    Sheet,
    Speaker,
    Team,
    Tournament,
    Venue,
)
from tabapp.domain.types import BP_SIDES, TWO_SIDES, Role, Side, id_key

T = TypeVar("T")


class _Identified(Protocol):
    id: str


Thing = TypeVar("Thing", bound=_Identified)

_SIDE_RANK = {side.value: i for i, side in enumerate((*BP_SIDES, *TWO_SIDES, Side.BYE))}
_ROLE_RANK = {Role.CHAIR.value: 0, Role.PANELLIST.value: 1, Role.TRAINEE.value: 2}
_EXACT = 2.0**53  # whole numbers above this are not exact as floats

# Where the contract's order of keys differs from the order of the fields.
_ORDER: dict[type[Part], tuple[str, ...]] = {
    Speaker: ("id", "name", "team"),
    Adjudicator: (
        "id", "name", "institution", "base_score", "base_score_history", "trainee",
        "independent", "adj_core", "breaking",
    ),
}

# Keys that came later than the contract: written where there is something to say.
_WHERE_SAID: dict[type[Part], frozenset[str]] = {
    Round: frozenset({"deadlines"}),
    Speaker: frozenset({"consent", "categories_answered"}),
    Adjudicator: frozenset({"consent", "conflicts_declared"}),
}


def write_archive(archive: Archive) -> bytes:
    """Return the archive's canonical bytes: UTF-8, indented by one, with a last newline.

    Every key of the contract is written, also where it is empty, but for a few that came later;
    whole numbers are written without a fraction. Unknown keys follow the known ones, sorted.
    """
    document = _plain(canonical(archive))
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    return (text + "\n").encode("utf-8")


def canonical(archive: Archive) -> Archive:
    """Return the archive with every list in its canonical order.

    Things stand by id, rounds by seq, debates by room rank and then id, sides in speaking order,
    panels chair first, ballots by version, sheets by adjudicator, speeches by position, breaks by
    category and their teams by rank. Lists whose order means something stay as they are: break
    preferences, a round's motions, choices, lots, declared winners, reasons, the activity.
    """
    return archive.model_copy(update={
        "tournament": _tournament(archive.tournament),
        "institutions": _by_id(archive.institutions),
        "break_categories": _by_id(archive.break_categories),
        "speaker_categories": _by_id(archive.speaker_categories),
        "teams": [_team(team) for team in _by_id(archive.teams)],
        "speakers": [_speaker(speaker) for speaker in _by_id(archive.speakers)],
        "adjudicators": [_adjudicator(judge) for judge in _by_id(archive.adjudicators)],
        "venue_categories": _by_id(archive.venue_categories),
        "venues": [_venue(venue) for venue in _by_id(archive.venues)],
        "venue_constraints": _sorted(
            archive.venue_constraints,
            lambda c: (c.kind, id_key(c.subject), id_key(c.category), c.priority),
        ),
        "motions": _by_id(archive.motions),
        "questions": _by_id(archive.questions),
        "rounds": _sorted([_round(r) for r in archive.rounds], lambda r: (r.seq,)),
        "breaks": _sorted([_break(b) for b in archive.breaks], lambda b: (b.category,)),
        "feedback": _by_id(archive.feedback),
        "achievements": _sorted(
            archive.achievements,
            lambda a: (a.key, id_key(a.subject), *_blank_first(a.round), a.awarded_at or ""),
        ),
    })


def _tournament(tournament: Tournament) -> Tournament:
    return tournament.model_copy(update={"criteria": _by_id(tournament.criteria)})


def _team(team: Team) -> Team:
    return team.model_copy(update={
        "break_categories": _ids(team.break_categories),
        "institution_conflicts": _ids(team.institution_conflicts),
        "team_conflicts": _ids(team.team_conflicts),
    })


def _speaker(speaker: Speaker) -> Speaker:
    return speaker.model_copy(update={"categories": _ids(speaker.categories)})


def _adjudicator(judge: Adjudicator) -> Adjudicator:
    return judge.model_copy(update={
        # Stable: within a round the order tells the history.
        "base_score_history": sorted(
            judge.base_score_history, key=lambda base: _blank_first(base.round)
        ),
        "institution_conflicts": _ids(judge.institution_conflicts),
        "team_conflicts": _ids(judge.team_conflicts),
        "adjudicator_conflicts": _ids(judge.adjudicator_conflicts),
    })


def _venue(venue: Venue) -> Venue:
    return venue.model_copy(update={"categories": _ids(venue.categories)})


def _round(round_: Round) -> Round:
    return round_.model_copy(update={
        "absent_teams": _ids(round_.absent_teams),
        "absent_adjudicators": _ids(round_.absent_adjudicators),
        "absent_venues": _ids(round_.absent_venues),
        "preformed_panels": _sorted(
            [_panelled(panel) for panel in round_.preformed_panels], lambda p: (p.room_rank,)
        ),
        "debates": _sorted(
            [_debate(debate) for debate in round_.debates],
            lambda d: (d.room_rank, id_key(d.id)),
        ),
    })


def _panelled(panel: PreformedPanel) -> PreformedPanel:
    return panel.model_copy(update={"panel": _panel(panel.panel)})


def _panel(panel: Iterable[PanelMember]) -> list[PanelMember]:
    return _sorted(panel, lambda member: (_ROLE_RANK[member.role], id_key(member.adjudicator)))


def _debate(debate: Debate) -> Debate:
    return debate.model_copy(update={
        "flags": sorted(debate.flags),
        "overrides": _sorted(
            debate.overrides,
            lambda o: (id_key(o.adjudicator), id_key(o.team or ""), id_key(o.other or "")),
        ),
        "sides": _sorted(
            [side.model_copy(update={"flags": sorted(side.flags)}) for side in debate.sides],
            lambda s: (*_side_rank(s.side), id_key(s.team)),
        ),
        "panel": _panel(debate.panel),
        "ballots": _sorted([_ballot(b) for b in debate.ballots], lambda b: (b.version,)),
    })


def _ballot(ballot: Ballot) -> Ballot:
    return ballot.model_copy(update={
        "forfeit": sorted(ballot.forfeit, key=_side_rank),
        "sheets": _sorted(
            [_sheet(sheet) for sheet in ballot.sheets],
            lambda s: (s.adjudicator is not None, id_key(s.adjudicator or "")),
        ),
    })


def _sheet(sheet: Sheet) -> Sheet:
    sides = [
        side.model_copy(
            update={"speeches": _sorted(side.speeches, lambda speech: (speech.position,))}
        )
        for side in sheet.sides
    ]
    return sheet.model_copy(update={"sides": _sorted(sides, lambda s: _side_rank(s.side))})


def _break(found: Break) -> Break:
    teams = _sorted(
        found.teams,
        lambda t: (*_blank_last(t.rank), *_blank_last(t.break_rank), id_key(t.team)),
    )
    return found.model_copy(update={"teams": teams})


def _side_rank(side: str) -> tuple[int, str]:
    return _SIDE_RANK.get(side, len(_SIDE_RANK)), side


def _blank_first(number: int | None) -> tuple[bool, int]:
    return number is not None, number or 0


def _blank_last(number: int | None) -> tuple[bool, int]:
    return number is None, number or 0


def _ids(refs: Iterable[str]) -> list[str]:
    return sorted(refs, key=id_key)


def _by_id(parts: Iterable[Thing]) -> list[Thing]:
    return _sorted(parts, lambda part: id_key(part.id))


def _sorted(parts: Iterable[T], key: Callable[[T], Any]) -> list[T]:
    """Sort by key and, where keys are equal, by the whole text, so that input order is lost."""
    keyed = sorted(((key(part), part) for part in parts), key=lambda pair: pair[0])
    if any(first[0] == second[0] for first, second in pairwise(keyed)):
        keyed.sort(key=lambda pair: (pair[0], json.dumps(_plain(pair[1]))))
    return [part for _key, part in keyed]


def _plain(value: Any) -> Any:
    """Return the value as JSON types, keys in order and whole numbers without a fraction."""
    if isinstance(value, Part):
        extra = value.model_extra or {}
        names = _field_names(type(value))
        optional = _WHERE_SAID.get(type(value), frozenset())
        known = {
            name: _plain(getattr(value, name)) for name in names
            if name not in optional or getattr(value, name) not in (None, False)}
        return known | {key: _plain(extra[key]) for key in sorted(extra)}
    if isinstance(value, Mapping):
        return {key: _plain(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value


_names_of: dict[type[Part], tuple[str, ...]] = {}


def _field_names(part: type[Part]) -> tuple[str, ...]:
    names = _names_of.get(part)
    if names is None:
        first = _ORDER.get(part, ())
        names = first + tuple(name for name in part.model_fields if name not in first)
        _names_of[part] = names
    return names
