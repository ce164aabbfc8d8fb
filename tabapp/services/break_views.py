"""A break as a screen shows it: who stands where and why, what is missing, what is out of date."""

from __future__ import annotations

from dataclasses import dataclass

from tabapp.core.messages import word
from tabapp.domain.breaks import BreakCategory, Lots
from tabapp.domain.breaks.preferences import may_break
from tabapp.domain.standings import team_standings
from tabapp.domain.types import Stage, Standings, Value
from tabapp.services import break_edits, breaks
from tabapp.services.elimination import Bracket, read_bracket
from tabapp.services.elimination_draws import change_words
from tabapp.store.break_rows import HandRemark, StoredBreak, read_breaks, read_categories
from tabapp.store.draw_rows import round_progress
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class CategoryHead:
    """A category to choose: whether its break was made, and whether it waits for a decision."""

    slug: str
    name: str
    size: int
    made: bool
    tied: bool


@dataclass(frozen=True, slots=True)
class BreakLine:
    """One team in standings order. ``values`` are its metrics in the order of the view.

    ``reason`` is the sentence kept with the break, ``moved_up_for`` the team in whose place it
    breaks; ``shared`` tells that others have its rank too. ``preferences`` are the names of the
    categories that it prefers, in order; ``missing`` is how many rounds it still has to debate
    before it may break.
    """

    team: str
    name: str
    rank: int | None
    values: tuple[Value, ...]
    break_rank: int | None
    remark: str | None
    reason: str
    said: HandRemark | None
    moved_up_for: str = ""
    preferences: tuple[str, ...] = ()
    missing: int = 0
    shared: bool = False


@dataclass(frozen=True, slots=True)
class MissingRound:
    """A preliminary round without some results; ``missing`` 0 where it is not even drawn."""

    name: str
    missing: int


@dataclass(frozen=True, slots=True)
class BreakView:
    """The break of one category.

    ``eligible`` counts the teams that may break. ``outdated`` is a sentence, "" while the break
    holds. ``tied`` are the lines level at the line, ``places`` what they have to share.
    ``problem`` says why the rule of the category cannot work, "" where it can; ``following`` names
    the other categories whose breaks are out of date. Of the ``preliminary`` rounds ``played``
    have a result.
    """

    heads: tuple[CategoryHead, ...]
    category: BreakCategory | None = None
    metrics: tuple[str, ...] = ()
    lines: tuple[BreakLine, ...] = ()
    made: bool = False
    any_made: bool = False
    eligible: int = 0
    tied: tuple[BreakLine, ...] = ()
    places: int = 0
    lots: Lots | None = None
    outdated: str = ""
    missing: tuple[MissingRound, ...] = ()
    undrawn: tuple[str, ...] = ()
    bracket: Bracket | None = None
    stepping: break_edits.Stepping = break_edits.NOBODY
    ties_by_lot: bool = False
    two_team: bool = False
    problem: str = ""
    following: tuple[str, ...] = ()
    played: int = 0
    preliminary: int = 0

    @property
    def is_over(self) -> bool:
        """Tell whether all results that decide the break are in."""
        return not self.missing and not self.undrawn

    @property
    def breaking(self) -> tuple[BreakLine, ...]:
        """The teams that play, in standings order."""
        return tuple(one for one in self.lines if one.break_rank is not None)


def read_view(unit: ReadUnit, tournament_id: int, slug: str | None = None) -> BreakView:
    """Read the break of a category, the first one without ``slug``."""
    categories = read_categories(unit, tournament_id)
    if not categories:
        return BreakView(())
    made = read_breaks(unit, tournament_id)
    heads = tuple(
        CategoryHead(one.slug, one.name or one.slug, one.size, one.slug in made,
                     bool(one.slug in made and made[one.slug].tied))
        for one in categories
    )
    category = next((one for one in categories if one.slug == slug), categories[0])
    owner = get_tournament(unit, tournament_id)
    found = breaks.read_input(unit, owner)
    stored = found.stored.get(category.slug)
    members = frozenset(team.id for team in found.data.teams if may_break(team, category))
    table = team_standings(
        found.data, metrics=owner.settings.team_standings_precedence,
        members=None if category.general else members)
    lines = _lines(found, table, stored or StoredBreak((), None), category.size)
    progress = [one for one in round_progress(unit, tournament_id)
                if one.stage == Stage.PRELIMINARY]
    return BreakView(
        heads=heads, category=category, metrics=table.metrics, lines=lines,
        made=stored is not None, any_made=bool(made), eligible=len(members),
        tied=tuple(one for one in lines if one.remark == "tied"),
        places=break_edits.places_left(category.size, stored) if stored is not None else 0,
        lots=stored.lots if stored is not None else None,
        outdated=_outdated(found, category.slug),
        missing=tuple(
            MissingRound(one.name or f"Round {one.seq}", len(one.missing))
            for one in progress if one.debates and one.missing),
        undrawn=tuple(
            one.name or f"Round {one.seq}" for one in progress if not one.debates),
        bracket=read_bracket(unit, tournament_id, category.slug),
        stepping=break_edits.who_steps_up(unit, tournament_id, category.slug, found),
        ties_by_lot=owner.settings.break_ties == "lot",
        two_team=owner.settings.teams_in_debate == 2,
        problem=breaks.rule_problem(found, category),
        following=tuple(
            found.category(one).name or one for one in break_edits.out_of_date(found)
            if one != category.slug),
        played=sum(one.decided > 0 for one in progress), preliminary=len(progress),
    )


def _lines(
    found: breaks.BreakInput, table: Standings, stored: StoredBreak, size: int
) -> tuple[BreakLine, ...]:
    """Return every team of the table with what the break says of it."""
    called = {one.slug: one.name or one.slug for one in found.categories}
    wishes = {
        team.id: tuple(called[slug] for slug in team.break_preferences)
        for team in found.data.teams}
    least = found.owner.settings.break_min_rounds
    by_team = {row.team: row for row in stored.rows}
    names = {row.id: row.name for row in table.rows}
    moved = breaks.moved_up(stored.rows, size, stored.out)
    lines = []
    for row in table.rows:
        listed = by_team.get(row.id)
        lines.append(BreakLine(
            team=row.id, name=row.name, rank=row.rank,
            values=tuple(row.values[key] for key in table.metrics),
            break_rank=listed.break_rank if listed else None,
            remark=listed.remark if listed else None,
            reason=listed.reason if listed else "",
            said=listed.said if listed else None,
            moved_up_for=names.get(moved.get(row.id, ""), ""), preferences=wishes[row.id],
            missing=max(0, least - found.debated.get(row.id, 0)), shared=row.tied,
        ))
    return tuple(lines)


def _outdated(found: breaks.BreakInput, slug: str) -> str:
    changed = break_edits.difference(found, slug)
    if changed is None:
        return ""
    return word("break_outdated", {
        "change": f": {words}" if (words := change_words(changed)) else ""})
