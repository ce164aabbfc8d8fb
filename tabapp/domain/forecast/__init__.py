"""Forecasts: who breaks how likely, by many simulated endings of the tournament.

``field`` collects what is known, ``strength`` estimates how good teams are; ``chance`` gives
random numbers, ``rounds`` plays a round in many runs at once, ``ranking`` and ``lines`` find who
breaks in each, ``tally`` counts; ``bounds`` says what is certain already, ``simulate`` puts all
together. One rule: whole numbers throughout, so that a seed means the same on every machine.
"""

from tabapp.domain.forecast.simulate import (
    FIRST,
    MOST,
    RUNS,
    Simulation,
    make_forecast,
)
from tabapp.domain.forecast.values import (
    CategoryForecast,
    Forecast,
    ForecastCase,
    PointsShare,
    Stake,
    TeamChance,
    TeamOutlook,
    Threshold,
    WatchedRoom,
)

__all__ = [
    "FIRST", "MOST", "RUNS", "CategoryForecast", "Forecast", "ForecastCase", "PointsShare",
    "Simulation", "Stake", "TeamChance", "TeamOutlook", "Threshold", "WatchedRoom",
    "make_forecast",
]
