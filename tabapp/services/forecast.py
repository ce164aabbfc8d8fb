"""How likely each team breaks: reading what it needs, simulating, keeping and showing it.

For the tab room only: it tells what silent rounds decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tabapp import __version__
from tabapp.core.messages import word
from tabapp.core.revisions import Revision
from tabapp.domain.forecast import Forecast, ForecastCase
from tabapp.domain.forecast.document import from_document, to_document
from tabapp.domain.types import Stage
from tabapp.services.events import ForecastUpdated
from tabapp.store import topics
from tabapp.store.break_rows import read_breaks, read_categories, withdrawn_teams
from tabapp.store.engine import Encoded
from tabapp.store.forecast_rows import (
    StoredForecast,
    absent_teams,
    debate_refs,
    encode,
    read_stored_forecast,
    replace_forecast,
    room_names,
)
from tabapp.store.people_reads import team_names
from tabapp.store.result_reads import read_numbered_results
from tabapp.store.tournaments import TournamentRow, list_rounds
from tabapp.store.unit import ReadUnit, WriteUnit

CACHE = "forecast"
"""The topic of the cached forecast itself."""

TOPICS = (
    topics.RESULTS, topics.PEOPLE, topics.SETTINGS, topics.ROUNDS, topics.DRAWS, topics.BREAK,
    "availability",
)
"""What a forecast is made from."""

SEED = 1
"""Of a forecast for which nobody named one: what moves from one forecast to the next is then
results, and not luck."""


@dataclass(frozen=True, slots=True)
class ForecastView:
    """The cached forecast as a screen shows it.

    ``outdated`` is a sentence, "" while it is that of the results. ``names`` are the teams',
    ``rooms`` those of the rooms that debates stand in, by the debate's id. ``notes`` are
    sentences about what was approximated.
    """

    forecast: Forecast
    outdated: str
    names: Mapping[str, str]
    rooms: Mapping[str, str]
    notes: tuple[str, ...]


def read_case(unit: ReadUnit, owner: TournamentRow) -> ForecastCase:
    """Read everything that a forecast needs."""
    data, numbers = read_numbered_results(unit, owner, speeches=False)
    refs = debate_refs(unit, owner.id)
    withdrawn = withdrawn_teams(unit, owner.id)
    categories = tuple(read_categories(unit, owner.id))
    stored = read_breaks(unit, owner.id)
    return ForecastCase(
        data=data, settings=owner.settings, categories=categories,
        out={
            one.slug: withdrawn | (
                frozenset(stored[one.slug].said) if one.slug in stored else frozenset())
            for one in categories},
        gone=withdrawn, absent=absent_teams(unit, owner.id),
        debates=tuple(refs[row] for row in numbers))


def is_over(unit: ReadUnit, tournament_id: int) -> bool:
    """Tell whether the elimination rounds have begun, so that nobody asks who will break."""
    return any(
        one.stage == Stage.ELIMINATION and one.status != "none"
        for one in list_rounds(unit, tournament_id))


def has_categories(unit: ReadUnit, tournament_id: int) -> bool:
    """Tell whether there is anything to break into."""
    return bool(read_categories(unit, tournament_id))


def read_fresh(unit: ReadUnit, tournament_id: int) -> StoredForecast | None:
    """Return the cached forecast if it is that of the results as they are."""
    stored = read_stored_forecast(unit, tournament_id)
    return stored if stored is not None and _is_fresh(unit, tournament_id, stored) else None


def _is_fresh(unit: ReadUnit, tournament_id: int, stored: StoredForecast) -> bool:
    if stored.version != __version__:
        return False
    return dict(unit.revision(tournament_id, *TOPICS).topics) == dict(stored.made_from)


@dataclass(frozen=True, slots=True)
class ReadyForecast:
    """A forecast made ready to be stored, so that its write unit holds nobody up."""

    runs: int
    read: Revision
    document: Encoded


def make_ready(forecast: Forecast, read: Revision) -> ReadyForecast:
    """Prepare a forecast to be stored; ``read`` is what it was made from."""
    return ReadyForecast(forecast.runs, read, encode(to_document(forecast)))


def store(unit: WriteUnit, ready: ReadyForecast) -> None:
    """Keep a forecast in place of the one before."""
    owner = ready.read.tournament
    replace_forecast(unit, ready.read, __version__, ready.runs, ready.document)
    unit.touch(CACHE, tournament=owner)
    unit.emit(ForecastUpdated(owner, ready.runs))


def read_forecast(unit: ReadUnit, tournament_id: int) -> ForecastView | None:
    """Return the cached forecast; None where there is none, or one of another version."""
    stored = read_stored_forecast(unit, tournament_id)
    if stored is None or stored.version != __version__:
        return None
    forecast = from_document(stored.document)
    fresh = _is_fresh(unit, tournament_id, stored)
    return ForecastView(
        forecast, "" if fresh else word("forecast_outdated", {}),
        team_names(unit, tournament_id), room_names(unit, tournament_id), sentences(forecast))


def sentences(forecast: Forecast) -> tuple[str, ...]:
    """Return what was approximated, in words."""
    return tuple(word(code, {}) for code in forecast.notes)


def as_json(forecast: Forecast) -> dict[str, Any]:
    """Return the shape of ``headless.md``, row ``forecast``, with more beside it."""
    return to_document(forecast) | {"notes": list(sentences(forecast))}
