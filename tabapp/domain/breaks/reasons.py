"""Say in a sentence, with its numbers, why a team breaks or does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tabapp.core.messages import word
from tabapp.domain.breaks.caps import Contender, Queues
from tabapp.domain.breaks.line import Line
from tabapp.domain.breaks.values import BreakCategory, BreakRow, Remark
from tabapp.domain.ordinals import ordinal
from tabapp.domain.types import TeamInfo

_SMALL = (
    "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth",
)


def ordinal_word(number: int) -> str:
    """Return a place as a word at the head of a sentence, in figures above ten."""
    return _SMALL[number - 1] if 1 <= number <= len(_SMALL) else ordinal(number)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the sentences of one list share."""

    category: BreakCategory
    institutions: Mapping[str, str]
    queues: Queues
    line: Line


def reason(
    row: BreakRow, facts: Facts, own: Contender, team: TeamInfo, other: BreakCategory | None,
    condition: tuple[int, int] | None,
) -> str:
    """Return the sentence of a row.

    ``other`` is the category that the team wants more and breaks in, ``condition`` the rounds that
    it debated and those that it takes, where these are too few.
    """
    category = facts.category
    said: dict[str, object] = {
        "rank": row.rank, "at": ordinal(own.rank), "break_rank": row.break_rank,
        "category": category.title, "size": category.size,
        "home": ordinal_word(own.home_rank),
        "institution": facts.institutions.get(team.institution or "", "its institution"),
    }
    if row.break_rank is not None:
        return _breaks(row, facts, team, said)
    if row.remark == Remark.INELIGIBLE:
        return _not_eligible(category, team, condition, said)
    if row.remark == Remark.DIFFERENT_BREAK and other is not None:
        said["other"] = other.title
        wished = other.slug in team.break_preferences or other.priority <= category.priority
        return word(
            "break_reason_prefers" if wished else "break_reason_different_break", said)
    say = _AT_THE_LINE.get(row.remark or "")
    return word(f"break_reason_{row.remark}", said) if say is None else say(row, facts, said)


def _breaks(row: BreakRow, facts: Facts, team: TeamInfo, said: Mapping[str, object]) -> str:
    line, parts = facts.line, []
    if row.team in line.back:
        wins = facts.queues.aside[row.team] == "wins"
        parts.append(word("break_reason_back_by_wins" if wins else "break_reason_back", {
            **said, "left": sum(one.team not in line.back for one in line.breaking)}))
    else:
        parts.append(word("break_reason_breaks", said))
    if line.lots is not None and row.team in line.lots.order:
        parts.append(word("break_reason_won_lot", _lot(row, facts)))
    elif line.excess and row.rank == line.grown_at:
        parts.append(word("break_reason_all_in", {
            "count": len(line.breaking), "size": facts.category.size}))
    if facts.category.slug in team.break_preferences:
        parts.append(word("break_reason_wanted", said))
    return " ".join(parts)


def _lot(row: BreakRow, facts: Facts) -> dict[str, object]:
    order = facts.line.lots.order if facts.line.lots is not None else ()
    return {"drawn": ordinal(order.index(row.team) + 1), "count": len(order),
            "places": facts.line.places}


def _lost(row: BreakRow, facts: Facts, said: Mapping[str, object]) -> str:
    if facts.line.lots is not None and row.team in facts.line.lots.order:
        return word("break_reason_lost_coin_toss", {**said, **_lot(row, facts)})
    return word("break_reason_lost_by_hand", said)


def _not_eligible(
    category: BreakCategory, team: TeamInfo, condition: tuple[int, int] | None,
    said: Mapping[str, object],
) -> str:
    if team.type == "swing":
        return word("break_reason_swing", said)
    if category.slug not in team.break_categories or condition is None:
        return word("break_reason_ineligible", said)
    debated, needed = condition
    return word("break_reason_held", {
        **said, "debated": debated, "needed": needed, "missing": needed - debated})


def _capped(row: BreakRow, facts: Facts, said: Mapping[str, object]) -> str:
    found = facts.queues
    ground = found.aside.get(row.team)
    if ground == "wins":
        return word("break_reason_too_few_wins", {**said, "wins": f"{found.wins or 0:g}"})
    if ground == "below_cut_off":
        return word("break_reason_below_cut_off", {
            **said, "cut_off": ordinal(found.cut_off or 0)})
    if found.cut_off is None:
        return word("break_reason_over_cap", {**said, "cap": found.cap})
    return word("break_reason_over_cap_above", {
        **said, "cap": found.cap, "cut_off": ordinal(found.cut_off)})


def _reserve(row: BreakRow, facts: Facts, said: Mapping[str, object]) -> str:
    places = [one.team for one in facts.line.reserves]
    return word("break_reason_reserve", {
        **said, "place": ordinal_word(places.index(row.team) + 1)})


def _tied(_row: BreakRow, facts: Facts, said: Mapping[str, object]) -> str:
    return word("break_reason_tied", {
        **said, "count": len(facts.line.undecided), "places": facts.line.places})


_AT_THE_LINE: Mapping[str, Callable[[BreakRow, Facts, Mapping[str, object]], str]] = {
    Remark.CAPPED: _capped, Remark.RESERVE: _reserve, Remark.TIED: _tied,
    Remark.LOST_COIN_TOSS: _lost,
}
