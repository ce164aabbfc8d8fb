"""Elimination rounds of a break: making them, and the bracket from the first to the champion."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.core.errors import UserError
from tabapp.domain.breaks import BreakCategory
from tabapp.services.elimination_bracket import (
    Bracket,
    BracketRoom,
    BracketRound,
    BracketSource,
    BracketTeam,
    built,
    winner,
)
from tabapp.services.elimination_draws import rounds_of
from tabapp.services.elimination_rounds import bracket_teams, no_bracket, round_names
from tabapp.services.elimination_shape import has_bracket, shape_of
from tabapp.store.break_rows import read_breaks, read_categories
from tabapp.store.draw_rows import draw_record
from tabapp.store.elimination_rows import insert_rounds, read_outcomes
from tabapp.store.people_reads import team_names
from tabapp.store.tournaments import RoundRow, TournamentRow, get_tournament, list_rounds
from tabapp.store.unit import ReadUnit, WriteUnit

__all__ = [
    "Bracket", "BracketRoom", "BracketRound", "BracketTeam", "champion", "create_rounds",
    "is_outdated", "read_bracket", "ready_categories", "round_names",
]

FEEDBACK_WEIGHT = 0.5


def create_rounds(unit: WriteUnit, tournament_id: int, category_slug: str) -> list[int]:
    """Make all rounds from the break of a category to its final; return their row ids.

    Where a tournament has several categories each round is named after its own.
    """
    categories = read_categories(unit, tournament_id)
    category = _category(categories, category_slug)
    sides = get_tournament(unit, tournament_id).settings.teams_in_debate
    present = rounds_of(list_rounds(unit, tournament_id), category.slug)
    if present:
        raise UserError(
            "elimination_rounds_exist", category=category.title,
            rounds=", ".join(one.name or f"Round {one.seq}" for one in present))
    prefix = category.title if len(categories) > 1 else ""
    stored = read_breaks(unit, tournament_id).get(category.slug)
    names = round_names(bracket_teams(category, stored, sides), prefix, sides=sides)
    unit.describe(new=", ".join(name for name, _short in names))
    return insert_rounds(
        unit, tournament_id, category.slug, names, feedback_weight=FEEDBACK_WEIGHT)


def ready_categories(unit: ReadUnit, tournament_id: int) -> list[str]:
    """Return the slugs of the categories whose bracket could begin and has no rounds yet.

    Their break is made, nobody waits for a decision at its line, and it fills a bracket.
    """
    sides = get_tournament(unit, tournament_id).settings.teams_in_debate
    made = read_breaks(unit, tournament_id)
    rounds = list_rounds(unit, tournament_id)
    return [
        one.slug for one in read_categories(unit, tournament_id)
        if (stored := made.get(one.slug)) is not None
        and not stored.tied
        and not rounds_of(rounds, one.slug)
        and has_bracket(bracket_teams(one, stored, sides), sides)
        and len(stored.breaking) == bracket_teams(one, stored, sides)
    ]


def _category(categories: Sequence[BreakCategory], slug: str) -> BreakCategory:
    found = next((one for one in categories if one.slug == slug), None)
    if found is None:
        known = ", ".join(one.slug for one in categories) or "none"
        raise UserError("unknown_break_category", category=slug, known=known)
    return found


def champion(unit: ReadUnit, tournament_id: int, category_slug: str) -> str | None:
    """Return the archive id of the team that won the final of a category, None before that."""
    category = _category(read_categories(unit, tournament_id), category_slug)
    rounds = rounds_of(list_rounds(unit, tournament_id), category.slug)
    outcomes = read_outcomes(unit, [one.id for one in rounds])
    return winner(BracketSource(category, {}, {}, rounds, outcomes))


def is_outdated(unit: ReadUnit, owner: TournamentRow, round_: RoundRow) -> bool:
    """Tell whether a drawn round does not fit the break or the results before it any more."""
    return any(
        one.outdated for one in read_bracket(unit, owner.id, round_.category or "").rounds
        if one.id == round_.id)


def read_bracket(unit: ReadUnit, tournament_id: int, category_slug: str) -> Bracket:
    """Read the bracket of a category: what is drawn, and what is known of the rest."""
    category = _category(read_categories(unit, tournament_id), category_slug)
    sides = get_tournament(unit, tournament_id).settings.teams_in_debate
    stored = read_breaks(unit, tournament_id).get(category.slug)
    teams = bracket_teams(category, stored, sides)
    if not has_bracket(teams, sides):
        return Bracket((), None, no_bracket(teams, sides).message)
    rounds = rounds_of(list_rounds(unit, tournament_id), category.slug)
    source = BracketSource(
        category=category, ranks=stored.ranks if stored is not None else {},
        names=team_names(unit, tournament_id), rounds=rounds,
        outcomes=read_outcomes(unit, [one.id for one in rounds]),
        edited={one.id: seal for one in rounds if (seal := _seal_of_edited(unit, one.id))})
    return built(source, shape_of(teams, sides))


def _seal_of_edited(unit: ReadUnit, round_id: int) -> str:
    """Return the seal of a draw that was edited by hand, "" for any other."""
    record = draw_record(unit, round_id) or {}
    certificate = record.get("certificate")
    if not record.get("edits") or not isinstance(certificate, dict):
        return ""
    return str(certificate.get("input_sha256", ""))
