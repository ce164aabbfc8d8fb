"""Check break lists against a recount of the archive: who was passed over, and why.

Nothing is shared with the code that makes breaks: claims to places are worked out in
``break_claims``, records in ``recount``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tabapp.domain.archive import Archive, BreakCategory
from tabapp.domain.audit.break_claims import (
    CUT_OFF_RULES,
    KNOWN_RULES,
    OUT,
    Claim,
    Ground,
    Wishes,
    debates_held,
    members_of,
)
from tabapp.domain.audit.figures import Key, team_figures
from tabapp.domain.audit.recount import recount, verdict
from tabapp.domain.breaks.values import BreakList
from tabapp.domain.formats import Settings
from tabapp.domain.types import Check

WORDS = frozenset({"withdrawn", "absent", "disqualified"})
"""What keeps a team out because a person says so; anything else has to follow from the records."""
LET_IN = "eligible"
"""A person freed the team from the minimum of rounds."""
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
    the tournament waits for no place. While a category that decides about another has no list,
    who breaks there is not known, and what hangs on it is ``unclear``.
    """
    counted = recount(archive, settings, None)
    records = _Records(
        keys=team_figures(counted, settings.team_standings_precedence).keys,
        wins={team: one.wins for team, one in counted.teams.items()},
        held=debates_held(archive), settings=settings,
        wishes=Wishes(archive, {team for made in lists for team in made.aside}),
        breaking={
            made.category: {row.team for row in made.rows if row.break_rank is not None}
            for made in lists},
    )
    checks: list[Check] = []
    for made in lists:
        category = next((c for c in archive.break_categories if c.slug == made.category), None)
        if category is None:
            checks.append(
                Check("category", made.category, "failed", "there is no such break category")
            )
            continue
        said = (remarks or {}).get(made.category, {})
        checks += _Auditor(archive, category, made, records, said).checks()
    return (*checks, _breaks_once(archive, lists, records))


@dataclass(frozen=True, slots=True)
class _Records:
    """What is the same for all lists; ``breaking`` is by slug, ``held`` counts debates."""

    keys: Mapping[str, Key]
    wins: Mapping[str, int]
    held: Mapping[str, int]
    wishes: Wishes
    settings: Settings
    breaking: Mapping[str, set[str]]

    def breaks_rather(self, team: str, slug: str) -> bool:
        """Tell whether a team breaks in a category that it wants more than this one."""
        return any(
            team in teams and self.wishes.rather(team, other, slug)
            for other, teams in self.breaking.items() if other != slug)

    def missing(self, archive: Archive, slug: str) -> list[str]:
        """Return the categories without a list that decide about this one."""
        return [
            other.slug for other in archive.break_categories
            if other.slug not in self.breaking and other.slug != slug
            and self.wishes.decides(other.slug, slug)]


class _Auditor:
    def __init__(
        self, archive: Archive, category: BreakCategory, made: BreakList, records: _Records,
        said: Mapping[str, str],
    ) -> None:
        self.category = category
        self.made = made
        self.keys = records.keys
        self.records = records
        self.said = said
        self.breaking = [row for row in made.rows if row.break_rank is not None]
        self.inside = {row.team for row in self.breaking}
        self.remarks = {row.team: row.remark for row in made.rows}
        self.missing = records.missing(archive, category.slug)
        self.eligible = members_of(archive, category)
        self.gone = {team.id for team in archive.teams if team.withdrawn}
        teams = {team.id: team for team in archive.teams}
        lot = made.lots.order if made.lots is not None else ()
        self.lost = {
            team for team, remark in {**said, **self.remarks}.items()
            if remark == "lost_coin_toss" and team not in lot}
        contending = self.inside & self.eligible | {
            team for team in self.eligible if not self._stays_out(team)}
        ground = Ground(
            category, teams, records.keys, records.wins,
            listed=teams if category.general else self.eligible, contending=contending,
            strict=records.settings.break_easters_strict)
        self.claims = ground.claims()

    def _stays_out(self, team: str) -> bool:
        """Tell whether a team takes part in no way, whatever its record."""
        if team in self.gone or {self.said.get(team), self.remarks.get(team)} & WORDS:
            return True
        if self._debated_too_little(team):
            return True
        # while a list is missing, nobody knows whether the team breaks there
        unknown = bool(self.missing) and self.remarks.get(team) == "different_break"
        return unknown or self.records.breaks_rather(team, self.category.slug)

    def _debated_too_little(self, team: str) -> bool:
        least = self.records.settings.break_min_rounds
        return self.records.held.get(team, 0) < least and self.said.get(team) != LET_IN

    def checks(self) -> Iterator[Check]:
        scope = self.made.category
        unusable = self._unusable()
        if unusable:
            yield Check("the rule of the break", scope, "unclear", unusable)
            return
        for name, wrong in (
            ("breaking teams may break", self._ineligible()),
            ("nobody better was passed over", self._passed_over()),
            ("caps are kept", self._caps()),
            ("teams have debated enough", self._debated()),
            ("break ranks follow from the records", self._ranks()),
            ("ties at the line are told", self._silent_ties()),
            ("reserves are the next", self._reserves()),
        ):
            yield self._open(verdict(name, scope, wrong))
        yield self._size()

    def _unusable(self) -> str:
        rule, precedence = self.category.rule, self.records.settings.team_standings_precedence
        if rule not in KNOWN_RULES:
            return f"there is no rule {rule}"
        two_team = self.records.settings.teams_in_debate == 2
        if rule in CUT_OFF_RULES and ("wins" not in precedence or not two_team):
            return f"{rule} cannot work without wins in the ranking of teams"
        return ""

    def _open(self, found: Check) -> Check:
        """Leave open what hangs on a break that is not there: caps count who is eligible here."""
        if found.status != "failed" or not self.missing or self.category.rule == "standard":
            return found
        return replace(found, status="unclear", detail=f"{found.detail}; {_no_list(self.missing)}")

    def _waiting(self) -> list[str]:
        """Teams that could have a place and do not, nor lost it or wait for a decision."""
        return [
            team for team in sorted(self.claims)
            if team not in self.inside and self.claims[team][0] != OUT and team not in self.lost
            and self.remarks.get(team) not in {"tied", "lost_coin_toss"}]

    def _ineligible(self) -> Iterator[str]:
        for row in self.breaking:
            if row.team not in self.eligible:
                yield f"{row.team} breaks without being eligible"
            if row.remark is not None:
                yield f"{row.team} breaks and is {row.remark}"
        for team, remark in self.remarks.items():
            if remark == "ineligible" and team in self.eligible and not (
                self._debated_too_little(team)
            ):
                yield f"{team} may break and is called ineligible"

    def _passed_over(self) -> Iterator[str]:
        last = self._last_claim()
        if last is None:
            return
        for team in self._waiting():
            if self.claims[team] < last:
                yield f"{team} has a better claim than a team which breaks"

    def _last_claim(self) -> Claim | None:
        """Return the worst claim of those that break by right."""
        return max((
            self.claims[team] for team in self.inside
            if team in self.claims and self.claims[team][0] != OUT), default=None)

    def _caps(self) -> Iterator[str]:
        for team in sorted(self.claims):
            wave = self.claims[team][0]
            if wave == OUT and team in self.inside:
                yield f"{team} breaks above the cap"
            if wave == 0 and self.remarks.get(team) == "capped":
                yield f"{team} is called capped, and no cap holds it back"

    def _debated(self) -> Iterator[str]:
        least = self.records.settings.break_min_rounds
        for team in sorted(self.inside):
            if self._debated_too_little(team):
                yield f"{team} breaks with {self.records.held.get(team, 0)} of {least} debates"

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
        if count > size and (size <= 0 or len(self._tail()) > 1):
            wrong = [f"{count} teams break for {size} places"]
        return self._open(verdict(name, scope, wrong))

    def _tail(self) -> set[Claim]:
        """Return the claims by which the last place and all beyond it were given."""
        none: Claim = (OUT, ())
        claims = sorted(self.claims.get(row.team, none) for row in self.breaking)
        return set(claims[max(self.category.size - 1, 0):])

    def _ranks(self) -> Iterator[str]:
        """Level teams that wait keep their places; whoever stands below a group that came in
        whole stands so many places higher as there are teams too many."""
        tied = [self.keys[team] for team, remark in self.remarks.items() if remark == "tied"]
        free = max(0, self.category.size - len(self.breaking))
        excess = max(0, len(self.breaking) - self.category.size)
        grown = {key for _wave, key in self._tail()} if excess else set()
        for row in self.breaking:
            own = self.keys[row.team]
            better = sum(self.keys[other] < own for other in self.inside)
            if tied and tied[0] < own:
                better += free
            if any(key < own for key in grown):
                better -= excess
            if row.break_rank != better + 1:
                yield f"{row.team} has break rank {row.break_rank}, {better} are better"

    def _silent_ties(self) -> Iterator[str]:
        taken = {self.claims[team] for team in self.inside if team in self.claims}
        for team in self._waiting():
            if self.claims[team] in taken:
                yield f"{team} is level with a breaking team and is left out in silence"
        undecided = {team for team, remark in self.remarks.items() if remark == "tied"}
        if not undecided:
            return
        claims = {self.claims.get(team) for team in undecided}
        level = {
            team for team, claim in self.claims.items() if claim in claims} - self.lost
        if len(claims) > 1 or None in claims:
            yield f"{', '.join(sorted(undecided))} are called tied and are not level"
        elif level != undecided:
            yield f"{', '.join(sorted(level - undecided))} are level with those called tied"
        elif len(self.breaking) + len(undecided) <= self.category.size:
            yield f"{', '.join(sorted(undecided))} are called tied and all have a place"

    def _reserves(self) -> Iterator[str]:
        """Check that no team without a remark stands before a reserve."""
        for team, remark in self.remarks.items():
            if remark != "reserve":
                continue
            if team in self.claims and self.claims[team][0] != 0:
                yield f"{team} is in reserve and capped"
            for other in self._waiting():
                before = self.claims[other][0] == 0 and self.keys[other] < self.keys[team]
                if before and self.remarks.get(other) is None:
                    yield f"{other} stands before {team}, which is in reserve"


def _breaks_once(
    archive: Archive, lists: Sequence[BreakList], records: _Records
) -> Check:
    name = "a team breaks once"
    wrong = [
        f"{team} breaks twice"
        for slug, teams in records.breaking.items() for team in sorted(teams)
        if records.breaks_rather(team, slug)]
    open_above: set[str] = set()
    for made in lists:
        missing = records.missing(archive, made.category)
        for row in made.rows:
            if row.remark != "different_break" or records.breaks_rather(row.team, made.category):
                continue
            if missing:
                open_above.update(missing)
            else:
                wrong.append(f"{row.team} breaks nowhere above {made.category}")
    if open_above and not wrong:
        return Check(name, ALL_BREAKS, "unclear", _no_list(sorted(open_above)))
    return verdict(name, ALL_BREAKS, wrong)


def _no_list(missing: Collection[str]) -> str:
    return f"there is no break of {', '.join(missing)}"
