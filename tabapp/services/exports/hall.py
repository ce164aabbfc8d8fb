"""What the hall may see in a file: the settings of release, and which rounds are public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tabapp.core.errors import UserError
from tabapp.domain.formats import Settings
from tabapp.services.exports.request import TITLES, ExportRequest
from tabapp.services.public import hides_results
from tabapp.store.tournaments import RoundRow

_SWITCH = {
    "teams": "team_tab_released", "speakers": "speaker_tab_released",
    "replies": "replies_tab_released", "adjudicators": "adjudicators_tab_released",
    "participants": "public_participants", "ballots": "ballots_released",
}
"""The setting that has to be on before something is public."""
_CATEGORY = {
    "teams": "break_category_tabs_released", "speakers": "speaker_category_tabs_released",
    "replies": "speaker_category_tabs_released",
}
LIMITS = {
    "teams": "team_tab_limit", "speakers": "speaker_tab_limit", "replies": "replies_tab_limit",
}


def check_released(request: ExportRequest, settings: Settings) -> None:
    """Refuse what is not released: ``export_not_released`` names the setting to turn on."""
    what = request.what
    switch = _CATEGORY.get(what) if request.category is not None else None
    switch = switch or _SWITCH.get(what)
    is_open = bool(getattr(settings, switch)) if switch is not None else True
    if what == "results":
        switch, is_open = "public_results", (
            settings.public_results or settings.all_results_released)
    elif what == "break":
        switch, is_open = "public_breaking_teams", (
            settings.public_breaking_teams or settings.public_breaking_adjs)
    elif what == "draw":
        switch, is_open = "public_draw", settings.public_draw != "off"
    if not is_open:
        raise UserError(
            "export_not_released", what=TITLES[what], setting=setting_title(switch or ""))


def setting_title(switch: str) -> str:
    """Return what a setting is called in the settings."""
    description = Settings.model_fields[switch].description or switch
    return description.strip().rstrip(".")


def is_public(one: RoundRow, settings: Settings) -> bool:
    """Tell whether everybody may know the results of a round: completed, and not kept silent."""
    return one.completed and (settings.all_results_released or not hides_results(one))


def within(rounds: Iterable[RoundRow], request: ExportRequest) -> list[RoundRow]:
    """Return the rounds that a request asks for."""
    return [one for one in rounds if request.until is None or one.seq <= request.until]


def kept_back(rounds: Sequence[RoundRow], settings: Settings) -> frozenset[int]:
    """Return the numbers of the rounds whose results are not public."""
    return frozenset(one.seq for one in rounds if not is_public(one, settings))
