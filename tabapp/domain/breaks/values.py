"""Break categories, rules, remarks and the lists that come out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tabapp.core.errors import Problem


class Remark(StrEnum):
    """Why a listed team does not break; the words of ``remark`` in the archive."""

    CAPPED = "capped"
    INELIGIBLE = "ineligible"
    DIFFERENT_BREAK = "different_break"
    DISQUALIFIED = "disqualified"
    LOST_COIN_TOSS = "lost_coin_toss"
    WITHDRAWN = "withdrawn"
    ABSENT = "absent"
    RESERVE = "reserve"
    TIED = "tied"


PERSONAL_REMARKS = frozenset(
    {Remark.ABSENT, Remark.DISQUALIFIED, Remark.LOST_COIN_TOSS, Remark.WITHDRAWN}
)
"""What a person says of a team, which holds when a break is made again; see ``is_personal``.

Rules.md, section 9, step 2.1 keeps any remark but a reserve. Here ``ineligible``,
``different_break`` and ``capped`` are found anew like reserves and ties: they follow from
eligibility, from the higher breaks and from the rule, and kept they would outlive their cause.
"""


def is_personal(remark: str | None, team: str, lot: Collection[str]) -> bool:
    """Tell whether a stored remark is a person's word.

    ``lot`` holds the teams of the lot that was drawn in the category: a coin toss that one of
    them lost was that lot, any other is what the tab director decided about a tie.

    >>> is_personal("lost_coin_toss", "T1", ["T1", "T2"]), is_personal("lost_coin_toss", "T1", [])
    (False, True)
    """
    if remark == Remark.LOST_COIN_TOSS:
        return team not in lot
    return remark in PERSONAL_REMARKS


ELIGIBLE = "eligible"
"""What a person says of a team that may break although it debated too few rounds."""


@dataclass(frozen=True, slots=True)
class BreakRule:
    """A way to choose the teams of a break. ``needs`` is a metric that must rank the teams."""

    key: str
    name: str
    definition: str
    needs: str = ""


BREAK_RULES: Mapping[str, BreakRule] = {
    rule.key: rule
    for rule in (
        BreakRule("standard", "Standard (WUDC)", "the first eligible teams up to the size"),
        BreakRule("aida-1996", "AIDA 1996", "at most the first three of an institution"),
        BreakRule(
            "aida-2016-easters", "AIDA 2016 Easters",
            "three of an institution; places left go to the top three first", "wins"),
        BreakRule(
            "aida-2016-australs", "AIDA 2016 Australs",
            "three of an institution, its best team alone below the natural cut-off", "wins"),
        BreakRule(
            "aida-2019-australs-open", "AIDA 2019 Australs Open",
            "as 2016, with one more of an institution for every eight places above 16", "wins"),
    )
}


def rule_clash(rule: str, precedence: Sequence[str], *, two_team: bool) -> RuleClash | None:
    """Tell why a rule cannot work with a precedence, None where it can or does not exist.

    Only debates of two teams have wins: where four meet, the metric is 0 for everybody, and a cap
    drawn from it would mean nothing.
    """
    known = BREAK_RULES.get(rule)
    if known is None or not known.needs or (two_team and known.needs in precedence):
        return None
    free = ", ".join(one.name for one in BREAK_RULES.values() if not one.needs)
    return RuleClash(
        "break_rule_needs_metric" if two_team else "break_rule_needs_two_teams",
        {"rule": known.name, "metric": known.needs, "nearest": free,
         "precedence": ", ".join(precedence) or "nothing"})


@dataclass(frozen=True, slots=True)
class RuleClash:
    """Why a rule cannot work: the code of the sentence and its facts, but for the category."""

    code: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BreakCategory:
    """A break of its own. A higher ``priority`` goes first; equal ones follow by ``seq``.

    ``general`` says who is ranked and listed: all teams of the tournament, not only those that
    are eligible. Who may break is said by each team's own categories, in a general category as
    in any other (rules.md, section 9, steps 1 and 2.2), so whoever is not eligible stands there
    as ``ineligible``. To make new teams eligible is up to whatever adds them.
    """

    slug: str
    name: str
    size: int
    reserve_size: int = 0
    rule: str = "standard"
    priority: int = 0
    general: bool = False
    seq: int = 0

    @property
    def title(self) -> str:
        """What the category is called."""
        return self.name or self.slug


def by_priority(categories: Iterable[BreakCategory]) -> list[BreakCategory]:
    """Return categories as breaks are made: by falling priority, equal ones by ``seq``."""
    return sorted(categories, key=lambda one: (-one.priority, one.seq, one.slug))


@dataclass(frozen=True, slots=True)
class BreakRow:
    """One team of a break list; it plays only with a ``break_rank``.

    ``rank`` is None where it is not known: in an imported list, or for a team that left the
    category.
    """

    team: str
    rank: int | None
    break_rank: int | None
    remark: str | None


@dataclass(frozen=True, slots=True)
class Lots:
    """A lot that was drawn: the teams at the line in the order in which they came out.

    An imported one may have no ``seed``.
    """

    seed: int | None
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BreakList:
    """The break of one category; ``rows`` stand in standings order, level teams by name.

    ``reasons`` has a sentence for each row, by team; ``note`` tells about the whole list, where
    there is something to say. ``unlisted`` are teams that a person made a remark about and that
    stand below the line: they are no part of the list, and the remark is not forgotten. With a
    ``problem`` the rule of the category cannot work, and nobody is listed. ``cut_off`` is the rank
    at which the line would have been drawn without caps, where a rule asks for it. ``aside`` are
    the teams whose preferences were left aside, see ``preferences.settle``.
    """

    category: str
    rule: str
    size: int
    rows: tuple[BreakRow, ...]
    lots: Lots | None
    reasons: Mapping[str, str]
    note: str | None = None
    unlisted: tuple[BreakRow, ...] = ()
    problem: Problem | None = None
    cut_off: int | None = None
    aside: frozenset[str] = frozenset()

    @property
    def breaking(self) -> frozenset[str]:
        """The teams that play."""
        return frozenset(row.team for row in self.rows if row.break_rank is not None)
