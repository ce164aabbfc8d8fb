"""Check break lists against a recount of the archive: who was passed over, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tabapp.domain.archive import Archive, BreakCategory
from tabapp.domain.audit.figures import Key, team_figures
from tabapp.domain.audit.recount import recount, verdict
from tabapp.domain.breaks.values import BreakList
from tabapp.domain.formats import Settings
from tabapp.domain.types import Check

EXCUSES = frozenset({
    "capped", "ineligible", "different_break", "disqualified", "lost_coin_toss", "withdrawn",
    "absent", "tied",
})  # fmt: skip
ALL_BREAKS = "all categories"
"""The scope of what is checked across the lists."""


def audit_break(
    archive: Archive,
    lists: Sequence[BreakList],
    settings: Settings,
    *,
    remarks: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[Check, ...]:
    """Hold each break list against the teams' records.

    ``remarks`` are decisions of a person, category slug to team to remark, for those that stand in
    no row; what is no reason to stay out, as a place in reserve, excuses nobody. Who may break is
    said by the teams' own categories, in general categories too; a team that was withdrawn from
    the tournament waits for no place. While a category that goes
    before has no list, who breaks there is not known, and what hangs on it is ``unclear``.
    """
    counted = recount(archive, settings, None)
    keys = team_figures(counted, settings.team_standings_precedence).keys
    gone = {team.id for team in archive.teams if team.withdrawn}
    checks: list[Check] = []
    for made in lists:
        category = next((c for c in archive.break_categories if c.slug == made.category), None)
        if category is None:
            checks.append(
                Check("category", made.category, "failed", "there is no such break category")
            )
            continue
        given = (remarks or {}).get(made.category, {})
        excused = {team for team, remark in given.items() if remark in EXCUSES}
        excused |= gone | _breaking_above(archive, lists, made)
        missing = _without_list_above(archive, lists, category.slug)
        checks += _Auditor(archive, category, made, keys, excused, missing).checks()
    return (*checks, _breaks_once(archive, lists))


class _Auditor:
    def __init__(
        self,
        archive: Archive,
        category: BreakCategory,
        made: BreakList,
        keys: Mapping[str, Key],
        excused: set[str],
        missing: Sequence[str],
    ) -> None:
        self.category = category
        self.made = made
        self.keys = keys
        self.excused = excused
        self.missing = missing
        self.breaking = [row for row in made.rows if row.break_rank is not None]
        self.remarks = {row.team: row.remark for row in made.rows}
        slugs = {c.id: c.slug for c in archive.break_categories}
        self.eligible = {
            team.id
            for team in archive.teams
            if team.type != "swing"
            and any(slugs.get(c, c) == category.slug for c in team.break_categories)
        }

    def checks(self) -> Iterator[Check]:
        for name, wrong in (
            ("breaking teams may break", self._ineligible()),
            ("nobody better was passed over", self._passed_over()),
            ("break ranks follow from the records", self._ranks()),
            ("ties at the line are told", self._silent_ties()),
        ):
            yield verdict(name, self.made.category, wrong)
        yield self._size()

    def _waiting(self) -> list[str]:
        """Eligible teams that do not break and have no remark that explains it."""
        inside = {row.team for row in self.breaking}
        return [
            team for team in sorted(self.eligible - inside - self.excused)
            if self.remarks.get(team) not in EXCUSES
        ]  # fmt: skip

    def _ineligible(self) -> Iterator[str]:
        for row in self.breaking:
            if row.team not in self.eligible:
                yield f"{row.team} breaks without being eligible"
            if row.remark is not None:
                yield f"{row.team} breaks and is {row.remark}"

    def _passed_over(self) -> Iterator[str]:
        if not self.breaking:
            return
        worst = max(self.breaking, key=lambda row: self.keys[row.team])
        for team in self._waiting():
            if self.keys[team] < self.keys[worst.team]:
                yield f"{team} has a better record than {worst.team}, which breaks"

    def _size(self) -> Check:
        name, scope = "the break is full and not too large", self.made.category
        size, count = self.category.size, len(self.breaking)
        waiting = self._waiting()
        if count < size and waiting and "tied" not in self.remarks.values():
            detail = f"only {count} of {size} places are filled, while {waiting[0]} waits"
            if self.missing:
                return Check(name, scope, "unclear", f"{detail}; {_no_list(self.missing)}")
            return Check(name, scope, "failed", detail)
        wrong = []
        if count > size:
            tail = {self.keys[r.team] for r in sorted(
                self.breaking, key=lambda row: self.keys[row.team])[max(size - 1, 0):]}  # fmt: skip
            if size <= 0 or len(tail) > 1:
                wrong = [f"{count} teams break for {size} places"]
        return verdict(name, scope, wrong)

    def _ranks(self) -> Iterator[str]:
        for row in self.breaking:
            better = [r for r in self.breaking if self.keys[r.team] < self.keys[row.team]]
            if row.break_rank != len(better) + 1:
                yield f"{row.team} has break rank {row.break_rank}, {len(better)} are better"

    def _silent_ties(self) -> Iterator[str]:
        level_with_last = {self.keys[row.team] for row in self.breaking}
        for team in self._waiting():
            if self.keys[team] in level_with_last:
                yield f"{team} is level with a breaking team and is left out in silence"
        undecided = [team for team, remark in self.remarks.items() if remark == "tied"]
        if len({self.keys[team] for team in undecided}) > 1:
            yield f"{', '.join(undecided)} are called tied and are not level"


def _without_list_above(archive: Archive, lists: Sequence[BreakList], slug: str) -> list[str]:
    """Return the categories of higher priority whose break is not among ``lists``."""
    priority = {c.slug: c.priority for c in archive.break_categories}
    known = {made.category for made in lists}
    return [
        other for other in priority
        if other not in known and priority[other] > priority.get(slug, 0)
    ]  # fmt: skip


def _breaking_above(
    archive: Archive, lists: Sequence[BreakList], made: BreakList
) -> set[str]:
    priority = {c.slug: c.priority for c in archive.break_categories}
    return {
        row.team
        for other in lists
        if priority.get(other.category, 0) > priority.get(made.category, 0)
        for row in other.rows
        if row.break_rank is not None
    }


def _breaks_once(archive: Archive, lists: Sequence[BreakList]) -> Check:
    priority = {c.slug: c.priority for c in archive.break_categories}
    places: dict[str, list[int]] = {}
    for made in lists:
        for row in made.rows:
            if row.break_rank is not None:
                places.setdefault(row.team, []).append(priority.get(made.category, 0))
    wrong = [f"{team} breaks twice" for team, found in places.items() if len(set(found)) > 1]
    open_above: set[str] = set()
    for made in lists:
        own = priority.get(made.category, 0)
        missing = _without_list_above(archive, lists, made.category)
        for row in made.rows:
            if row.remark == "different_break" and not any(
                place > own for place in places.get(row.team, ())
            ):
                if missing:
                    open_above.update(missing)
                else:
                    wrong.append(f"{row.team} breaks nowhere above {made.category}")
    if open_above and not wrong:
        detail = _no_list(sorted(open_above))
        return Check("a team breaks once", ALL_BREAKS, "unclear", detail)
    return verdict("a team breaks once", ALL_BREAKS, wrong)


def _no_list(missing: Sequence[str]) -> str:
    return f"there is no break of {', '.join(missing)}"
