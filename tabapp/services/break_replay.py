"""Making breaks again by what was decided before, and letting those follow that hang on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from tabapp.core.errors import UserError
from tabapp.domain.breaks import BreakList, Remark, TieRule, by_priority
from tabapp.domain.breaks.preferences import matters
from tabapp.services import breaks
from tabapp.services.breaks import BreakInput
from tabapp.store.break_rows import HandRemark, StoredBreak, StoredRow


@dataclass(frozen=True, slots=True)
class Difference:
    """How a stored break differs from what the results say now; names of teams."""

    would_break: tuple[str, ...]
    would_not: tuple[str, ...]


def saying(
    found: BreakInput, category: str, said: Mapping[str, HandRemark | None]
) -> BreakInput:
    """Return the input as though people had said this of teams; None takes a remark back."""
    kept = {**found.remarks.get(category, {}), **said}
    words = {team: one for team, one in kept.items() if one is not None}
    return replace(found, remarks={**found.remarks, category: words})


def made_alone(
    found: BreakInput, category: str, ties: TieRule, seed: int | None = None
) -> BreakList:
    """Qualify for one category while the stored breaks of the others stand."""
    return breaks.compute(found, category=category, ties=ties, seed=seed)[0]


def names(found: BreakInput, teams: Collection[str]) -> tuple[str, ...]:
    """Return what teams are called, sorted."""
    return tuple(sorted(found.name_of(team) for team in teams))


def replay(found: BreakInput, category: str) -> BreakList:
    """Qualify again by what was decided before: the same lot among the same teams, else ask."""
    stored = found.stored.get(category)
    if stored is None:
        return made_alone(found, category, "ask")
    if stored.lots is None:
        everybody = len(stored.breaking) > found.category(category).size
        two_team = found.owner.settings.teams_in_debate == 2
        return made_alone(found, category, "all" if everybody and two_team else "ask")
    if stored.lots.seed is None:  # an imported lot: who lost it is all that is known
        lost = {row.team: HandRemark(row.remark) for row in stored.rows
                if row.remark == Remark.LOST_COIN_TOSS}
        return made_alone(saying(found, category, lost), category, "ask")
    again = made_alone(found, category, "lot", stored.lots.seed)
    if again.lots is None or {*again.lots.order} == {*stored.lots.order}:
        return again
    return made_alone(found, category, "ask")


def difference(found: BreakInput, category: str) -> Difference | None:
    """Tell how a stored break differs from what it would be now, None where it still holds."""
    stored = found.stored.get(category)
    if stored is None:
        return None
    try:
        now = replay(found, category)
    except UserError:  # a rule that cannot work any more: nothing can be said
        return None
    rows = {row.team: row for row in (*now.rows, *now.unlisted)}
    places = {row.team: row.break_rank for row in now.rows}
    same = stored.ranks == {team: rank for team, rank in places.items() if rank is not None}
    if same and all(
        row.team in rows and rows[row.team].remark == row.remark
        and row.rank in (None, rows[row.team].rank) for row in stored.rows
    ) and len(rows) == len(stored.rows):
        return None
    return Difference(
        would_break=names(found, now.breaking - stored.breaking),
        would_not=names(found, stored.breaking - now.breaking),
    )


def out_of_date(found: BreakInput) -> tuple[str, ...]:
    """Return the categories whose stored break would differ now and whose bracket is not drawn."""
    return tuple(
        slug for slug in _in_order(found, found.stored.keys())
        if slug not in found.drawn and difference(found, slug) is not None)


def catch_up(found: BreakInput, changed: Iterable[str]) -> tuple[BreakInput, list[BreakList]]:
    """Make the breaks again that follow from ``changed`` ones until all fit together.

    Whoever breaks in a higher category, or in one that a team prefers, decides about others; so a
    change goes on from list to list, and may come back to where it began. A break whose bracket
    was drawn stays. Returned are the breaks made again, highest first, and the input with them.
    """
    reached = _reached(found, changed)
    made: dict[str, BreakList] = {}
    for _pass in range(2 * len(found.categories)):
        moved = [slug for slug in reached if difference(found, slug) is not None]
        if not moved:
            break
        made[moved[0]] = replay(found, moved[0])
        found = having(found, made[moved[0]])
    return found, [made[slug] for slug in _in_order(found, made)]


def generate(
    found: BreakInput, *, category: str | None, ties: TieRule | None, seed: int | None,
    cascade: bool,
) -> tuple[BreakList, ...]:
    """Qualify for one category or for all; with ``cascade`` also for those that one leaves stale.

    Where all are made there is nothing left to follow.
    """
    lists = breaks.compute(found, category=category, ties=ties, seed=seed)
    return with_followers(found, lists[0]) if cascade and category is not None else lists


def with_followers(found: BreakInput, made: BreakList) -> tuple[BreakList, ...]:
    """Return a break with those that follow from it, itself first."""
    _after, others = catch_up(having(found, made), [made.category])
    again = {one.category: one for one in (made, *others)}
    return again.pop(made.category), *again.values()


def having(found: BreakInput, made: BreakList) -> BreakInput:
    """Return the input as though a break had been stored."""
    said = found.remarks.get(made.category, {})
    rows = tuple(
        StoredRow(row.team, row.rank, row.break_rank, row.remark,
                  made.reasons.get(row.team, ""), said.get(row.team))
        for row in (*made.rows, *made.unlisted))
    return replace(
        found, settled={**found.settled, made.category: made.breaking},
        stored={**found.stored, made.category: StoredBreak(rows, made.lots)})


def is_stored(found: BreakInput, made: BreakList) -> bool:
    """Tell whether a list is stored just so: its rows with their reasons, and its lots."""
    return having(found, made).stored[made.category] == found.stored.get(made.category)


def _reached(found: BreakInput, changed: Iterable[str]) -> list[str]:
    """Return the stored categories whose breaks hang on others, highest first."""
    by_slug = {one.slug: one for one in found.categories}
    waiting, reached = list(changed), set[str]()
    while waiting:
        above = by_slug[waiting.pop()]
        for one in found.categories:
            if one.slug not in reached and one is not above and matters(
                above, one, found.data.teams
            ):
                reached.add(one.slug)
                waiting.append(one.slug)
    return [
        slug for slug in _in_order(found, reached)
        if slug in found.stored and slug not in found.drawn]


def _in_order(found: BreakInput, slugs: Collection[str]) -> list[str]:
    return [one.slug for one in by_priority(found.categories) if one.slug in slugs]
