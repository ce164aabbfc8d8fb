"""Break categories as they are set up: adding, changing and deleting them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tabapp.core.errors import Problem, UserError
from tabapp.core.messages import word
from tabapp.domain.breaks.values import BREAK_RULES, RuleClash, rule_clash
from tabapp.domain.setup import MOST_BREAKING, check_break_size, slugify
from tabapp.domain.types import TWO_SIDES
from tabapp.services.entries import Reader, refuse
from tabapp.store import category_rows
from tabapp.store.category_rows import CategoryRow, list_category_rows
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit

MOST_PRIORITY = 1_000_000


@dataclass(frozen=True, slots=True)
class CategoryEntry:
    """A break category as a person types it; without ``slug`` one is made of the name."""

    name: str
    slug: str = ""
    size: str = "0"
    reserve_size: str = "0"
    rule: str = "standard"
    priority: str = "0"
    limit: str = "0"
    general: bool = False

    @classmethod
    def of(cls, row: CategoryRow) -> CategoryEntry:
        """Return what a person would have typed for a category that is there."""
        return cls(
            name=row.name, slug=row.slug, size=str(row.size), reserve_size=str(row.reserve_size),
            rule=row.rule, priority=str(row.priority), limit=str(row.limit), general=row.general,
        )

    @property
    def short(self) -> str:
        """The short name that it will have."""
        return self.slug.strip() or (slugify(self.name, "") if self.name.strip() else "")


@dataclass(frozen=True, slots=True)
class CategoryBoard:
    """The break categories of a tournament in their order, and what their rules hang on.

    That is how many teams a room takes, and the ``precedence`` by which teams are ranked.
    """

    categories: tuple[CategoryRow, ...]
    teams_in_debate: int
    precedence: tuple[str, ...] = ()

    def rule_clash(self, rule: str) -> RuleClash | None:
        """Tell why a rule cannot work in this tournament, None where it can."""
        return rule_clash(rule, self.precedence, two_team=self.teams_in_debate == len(TWO_SIDES))

    def category(self, category_id: int) -> CategoryRow:
        """Return a category by its row id; ``UserError`` where somebody has deleted it."""
        found = next((one for one in self.categories if one.id == category_id), None)
        if found is None:
            raise UserError("category_gone")
        return found


def read_board(unit: ReadUnit, tournament_id: int) -> CategoryBoard:
    """Read the break categories of a tournament."""
    settings = get_tournament(unit, tournament_id).settings
    return CategoryBoard(
        categories=tuple(list_category_rows(unit, tournament_id)),
        teams_in_debate=settings.teams_in_debate, precedence=settings.team_standings_precedence,
    )


def check_category(
    board: CategoryBoard, entry: CategoryEntry, category_id: int | None = None
) -> list[Problem]:
    """Return what is wrong with a category, and what is unusual, each at its field."""
    before = board.category(category_id) if category_id is not None else None
    reader = Reader()
    values = _values(reader, board, entry, before)
    return [*reader.problems, *_check(board, entry, before, reader, values)]


def _values(
    reader: Reader, board: CategoryBoard, entry: CategoryEntry, before: CategoryRow | None
) -> dict[str, Any]:
    taken = [one.slug for one in board.categories if one is not before]
    return {
        "name": reader.name("name", entry.name),
        "slug": reader.slug("slug", entry.short, taken) if entry.short else "",
        "size": reader.whole("size", entry.size, 0, MOST_BREAKING),
        "reserve_size": reader.whole("reserve_size", entry.reserve_size, 0, MOST_BREAKING),
        "rule": entry.rule, "general": entry.general,
        "priority": reader.whole("priority", entry.priority, -MOST_PRIORITY, MOST_PRIORITY),
        "limit": reader.whole("limit", entry.limit, 0, MOST_BREAKING),
    }


def _check(
    board: CategoryBoard, entry: CategoryEntry, before: CategoryRow | None, reader: Reader,
    values: dict[str, Any],
) -> Iterator[Problem]:
    if not values["name"]:
        yield Problem.of("error", "name", "category_name_missing")
    elif not entry.short:  # nothing of the name can stand in a short name
        yield Problem.of("error", "slug", "category_slug_missing", name=values["name"])
    size = values["size"]
    read = {one.where for one in reader.problems}
    if "size" not in read:
        yield from check_break_size(size, board.teams_in_debate, where="size")
    yield from _check_rule(board, entry, before)
    if before is not None and "size" not in read:
        if size > before.eligible:
            yield Problem.of(
                "warning", "size", "category_size_above_field", size=size, count=before.eligible)
        if before.is_made and (size, entry.rule) != (before.size, before.rule):
            yield Problem.of("warning", "size", "break_made_before", category=before.title)


def _check_rule(
    board: CategoryBoard, entry: CategoryEntry, before: CategoryRow | None
) -> Iterator[Problem]:
    if entry.rule not in BREAK_RULES:
        possible = ", ".join(
            one.name for one in BREAK_RULES.values() if board.rule_clash(one.key) is None)
        yield Problem.of("error", "rule", "break_rule_unknown", rule=entry.rule, possible=possible)
    clash = board.rule_clash(entry.rule)
    if clash is not None:
        # a category that has it, from a file or an earlier ranking, can be changed in all else
        kept = before is not None and before.rule == entry.rule
        yield Problem.of(
            "warning" if kept else "error", "rule", clash.code,
            category=entry.name.strip() or entry.short, **clash.facts)


def save_category(
    unit: WriteUnit, tournament_id: int, entry: CategoryEntry, category_id: int | None = None
) -> int:
    """Store a new category, or change one; return its row id.

    One that comes to be general takes in every team but swing teams (rules.md, section 9).
    """
    board = read_board(unit, tournament_id)
    refuse(check_category(board, entry, category_id))
    before = board.category(category_id) if category_id is not None else None
    values = _values(Reader(), board, entry, before)
    if category_id is None:
        category_id = category_rows.insert_category(unit, tournament_id, values)
    else:
        category_rows.update_category(unit, category_id, values)
    if entry.general and not (before and before.general):
        category_rows.make_all_eligible(unit, tournament_id, category_id)
    return category_id


def why_not_deleted(row: CategoryRow) -> str:
    """Return why a category cannot be deleted, "" if it can."""
    facts = {"category": row.title, "rounds": ", ".join(row.rounds)}
    return word("category_has_rounds", facts) if row.rounds else ""


def delete_category(unit: WriteUnit, tournament_id: int, category_id: int) -> None:
    """Delete a category with its break; one with elimination rounds stays."""
    row = read_board(unit, tournament_id).category(category_id)
    if row.rounds:
        raise UserError("category_has_rounds", category=row.title, rounds=", ".join(row.rounds))
    category_rows.delete_category(unit, category_id)
