"""A debate format as one validated value: a preset, and what a tournament changes in it.

``values`` declares what a setting can be, ``rules`` and ``house`` list the settings, ``settings``
joins them, ``checks`` finds what is wrong, ``combinations`` knows which draw options go together
(the draw asks it too), ``presets`` reads the shipped data. One rule: a value is judged here and
nowhere else, so whoever holds ``Settings`` may trust them.
"""

from tabapp.domain.formats.presets import (
    Preset,
    check_overrides,
    differences,
    load_preset,
    presets,
    resolve,
)
from tabapp.domain.formats.settings import DRAW_OPTIONS, SettingInfo, Settings, setting_infos
from tabapp.domain.formats.values import (
    SHOWN_TEAM_METRICS,
    SPEAKER_METRICS,
    TEAM_METRICS,
    PaperSize,
)

__all__ = [
    "DRAW_OPTIONS",
    "SHOWN_TEAM_METRICS",
    "SPEAKER_METRICS",
    "TEAM_METRICS",
    "PaperSize",
    "Preset",
    "SettingInfo",
    "Settings",
    "check_overrides",
    "differences",
    "load_preset",
    "presets",
    "resolve",
    "setting_infos",
]
