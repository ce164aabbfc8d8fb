"""A forecast as plain JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tabapp.domain.forecast.values import (
    CategoryForecast,
    Forecast,
    PointsShare,
    Stake,
    TeamChance,
    TeamOutlook,
    Threshold,
    WatchedRoom,
)


def to_document(forecast: Forecast) -> dict[str, Any]:
    """Return the forecast as what JSON can hold; keys of points become texts."""
    document = asdict(forecast)
    for room in document["rooms"]:
        for stake in room["stakes"]:
            stake["by_points"] = {
                str(points): p for points, p in stake["by_points"].items()}
    return document


def from_document(document: Mapping[str, Any]) -> Forecast:
    """Return the forecast that ``to_document`` wrote."""
    plain = {key: document[key] for key in ("runs", "seed", "rounds_left")}
    return Forecast(
        **plain,
        categories=tuple(_category(one) for one in document["categories"]),
        outlook=tuple(TeamOutlook(**one) for one in document["outlook"]),
        rooms=tuple(
            WatchedRoom(
                one["debate"], one["seq"], one["worth"],
                tuple(_stake(stake) for stake in one["stakes"]))
            for one in document["rooms"]),
        notes=tuple(document["notes"]),
    )


def _category(found: Mapping[str, Any]) -> CategoryForecast:
    line = found["threshold"]
    threshold = line and Threshold(
        line["expected"], line["low"], line["high"],
        tuple(PointsShare(**one) for one in line["by_points"]))
    return CategoryForecast(
        found["slug"], found["size"], threshold,
        tuple(TeamChance(**one) for one in found["teams"]))


def _stake(found: Mapping[str, Any]) -> Stake:
    by_points = {int(points): p for points, p in found["by_points"].items()}
    return Stake(**{**found, "by_points": by_points})
