"""Why a room of a power-paired two-team draw is in its bracket, and who was pulled up and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabapp.core.messages import word
from tabapp.domain.draw.brackets import points_of
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.places import (
    Places,
)
from tabapp.domain.draw.two_team.pull_ups import barred_by, eligible_places
from tabapp.domain.draw.words import name_of, number
from tabapp.domain.types import PULLUP, TWO_SIDES, Draw, DrawnDebate, DrawSnapshot, DrawTeam, Side


class BracketWords:
    """Words the brackets of one draw."""

    def __init__(
        self, draw: Draw, snapshot: DrawSnapshot, options: DrawOptions, places: Places
    ) -> None:
        self._teams = {team.id: team for team in snapshot.teams}
        self._options = options
        self._places = places
        self._resting = {
            team for one in draw.debates for side, team in one.sides if side is Side.BYE}

    def of(self, debate: DrawnDebate, here: Sequence[DrawTeam]) -> Iterator[str]:
        """Yield the sentences of a room."""
        level = points_of(debate.bracket)
        points = [points_of(team.points) for team in here]
        pulled = [team for team in here if PULLUP in debate.team_flags.get(team.id, ())]
        if pulled or level in points:
            yield word("why_two_bracket", {
                "bracket": number(level), "count": self._places.count(debate)})
            for team in pulled:
                yield from self._pulled(team, level)
            for team in here:
                if team not in pulled and points_of(team.points) != level:
                    yield word("why_two_outside", {
                        "team": name_of(team), "points": number(points_of(team.points)),
                        "bracket": number(level)})
        elif len(here) == len(TWO_SIDES):
            upper, lower = sorted(here, key=lambda team: -points_of(team.points))
            code = "why_two_between"
            if self._options.draw_side_allocations == "preallocated":
                code = "why_two_between_sides"
            yield word(code, {
                "team": name_of(upper), "points": number(points_of(upper.points)),
                "other": name_of(lower), "lower": number(points_of(lower.points))})

    def _pulled(self, team: DrawTeam, level: float) -> Iterator[str]:
        points = points_of(team.points)
        facts: dict[str, object] = {
            "team": name_of(team), "points": number(points), "bracket": number(level)}
        if self._options.draw_avoid_conflicts == "graph" and (
            self._options.draw_matching_scope == "round"
        ):
            cost = self._options.pullup_penalty * (level - points) ** 2
            yield word("why_two_pullup_matching", facts | {"cost": number(cost)})
            return
        by_side = self._options.draw_side_allocations == "preallocated"
        below = [
            one for one in self._teams.values()
            if points_of(one.points) == points and one.id not in self._resting
            and (not by_side or one.allocated_side is team.allocated_side)]
        allowed = [below[place] for place in eligible_places(below, self._options)]
        yield word("why_two_pullup_side" if by_side else "why_two_pullup", facts)
        if by_side or team.id in self._takes(allowed):
            yield word(f"chosen_{self._options.draw_odd_bracket}", {
                "count": len(allowed), "strength": number(team.draw_strength_rank)})
        else:
            yield word("chosen_otherwise", {})
        restriction = self._options.draw_pullup_restriction
        if restriction != "none":
            least = barred_by(allowed[0], self._options)
            yield word(f"why_only_{restriction}", {
                "least": number(least), "count": len(allowed), "level": len(below)})

    def _takes(self, allowed: Sequence[DrawTeam]) -> set[str]:
        """Return whom the rule would take; several where lots decide."""
        row = [team.id for team in sorted(allowed, key=lambda one: self._places.turn(one.id))]
        half = len(row) // 2
        strengths = [points_of(team.draw_strength_rank) for team in allowed]
        return {
            "pullup_top": set(row[:1]),
            "pullup_bottom": set(row[-1:]),
            "pullup_middle": set(row[half - 1 + len(row) % 2 : half + 1]),
            "pullup_lowest_ds_rank": {
                team.id for team, strength in zip(allowed, strengths, strict=True)
                if strength == min(strengths)},
        }.get(self._options.draw_odd_bracket, set(row))
