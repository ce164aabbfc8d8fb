"""What the hall may see of a round, read from what is released now."""

from __future__ import annotations

from tabapp.domain.formats import Settings
from tabapp.domain.public import PublicMotion, PublicRoom, PublicRound, PublicSide, publish
from tabapp.domain.types import Stage
from tabapp.services.rounds import start_words
from tabapp.store.draw_rows import read_debates
from tabapp.store.motion_rows import motions_of_round
from tabapp.store.public_reads import public_names
from tabapp.store.sheet_rows import read_names, round_facts
from tabapp.store.tournaments import RoundRow, get_round
from tabapp.store.unit import ReadUnit

_CODED = frozenset({"admin-tooltips-code", "admin-tooltips-real", "everywhere"})
"""Settings of code names with which the public reads codes."""


def shows_codes(settings: Settings) -> bool:
    """Tell whether the public reads the code names of teams."""
    return settings.team_code_names in _CODED


def hides_results(one: RoundRow) -> bool:
    """Tell whether the results of a round wait until all are released."""
    return one.silent or one.stage == Stage.ELIMINATION


def read_public(unit: ReadUnit, round_id: int) -> PublicRound:
    """Return what is public of a round; unreleased parts are not even read."""
    owner, round_ = get_round(unit, round_id)
    facts = round_facts(unit, round_id)
    drawn = round_.status == "released"
    return publish(
        name=round_.name or f"Round {round_.seq}", starts=start_words(facts.starts_at),
        draw_released=drawn,
        rooms=_rooms(
            unit, owner.id, round_id, codes=shows_codes(owner.settings)
        ) if drawn else (),
        motions_released=facts.motions_released,
        motions=[
            PublicMotion(one.text, one.info_slide) for one in motions_of_round(unit, round_id)
        ] if facts.motions_released else [],
        side_names=owner.settings.side_names,
    )


def _rooms(
    unit: ReadUnit, tournament_id: int, round_id: int, *, codes: bool
) -> list[PublicRoom]:
    teams = public_names(unit, tournament_id, codes=codes)
    venues = read_names(unit, tournament_id).venues
    return [
        PublicRoom(
            room=venues.get(one.venue, "") if one.venue and not waits else "",
            sides=tuple(
                PublicSide(side, teams.get(team, team)) for side, team in one.drawn.sides),
            postponed=waits,
        )
        for one in read_debates(unit, round_id) for waits in (one.status == "postponed",)
    ]
