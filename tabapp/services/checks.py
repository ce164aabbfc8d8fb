"""The independent checker over everything that a tournament has stored."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from tabapp.domain import records
from tabapp.domain.archive import Archive, Break, BreakTeam, Round
from tabapp.domain.audit.breaks import ALL_BREAKS, audit_break
from tabapp.domain.audit.draw_ground import GROUND
from tabapp.domain.audit.draws import audit_draw
from tabapp.domain.audit.results import audit_results, audit_standings
from tabapp.domain.breaks import (
    ELIGIBLE,
    BreakCategory,
    BreakList,
    BreakRow,
    Lots,
    Remark,
    rounds_debated,
)
from tabapp.domain.draw import fingerprint
from tabapp.domain.formats import Settings
from tabapp.domain.types import (
    Check,
    DrawSnapshot,
    DrawType,
    ResultData,
    Side,
    id_key,
)
from tabapp.exchange import check_archive
from tabapp.services import standings
from tabapp.services.break_seal import changed_since, seal
from tabapp.services.elimination_checks import (
    check_elimination,
    drawn_debate,
    unclear_because,
)
from tabapp.store.archive_out import read_archive
from tabapp.store.break_rows import (
    ASIDE,
    BY_HAND,
    LET_IN,
    MADE_FROM,
    forfeited_rounds,
    read_categories,
)
from tabapp.store.result_reads import stored_results
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class CheckInput:
    """All that is stored of a tournament, read at one moment; the checks themselves take longer."""

    owner: TournamentRow
    archive: Archive
    stored: Mapping[str, Mapping[str, tuple[float | None, float | None]]]
    tables: standings.StandingsInput
    categories: Sequence[BreakCategory]
    forfeits: Mapping[str, int]


def read_input(unit: ReadUnit, owner: TournamentRow) -> CheckInput:
    """Read everything that is checked."""
    return CheckInput(
        owner=owner, archive=read_archive(unit, owner.id),
        stored=stored_results(unit, owner.id), tables=standings.read_input(unit, owner),
        categories=tuple(read_categories(unit, owner.id)),
        forfeits=forfeited_rounds(unit, owner.id),
    )


def check_tournament(found: CheckInput) -> tuple[Check, ...]:
    """Check the records, each round's draw, all results, both tables and every break."""
    archive, settings = found.archive, found.owner.settings
    checks = [*_check_records(archive)]
    for round_ in archive.rounds:
        if round_.debates:
            checks += (
                _check_round(round_, settings, found.tables.data, _present(archive, round_))
                if round_.stage == "preliminary"
                else check_elimination(archive, round_, settings, found.stored)
            )
    checks += audit_results(archive, found.stored, settings)
    for kind in ("teams", "speakers"):
        checks += audit_standings(archive, standings.compute(found.tables, kind), settings)
    return (*checks, *_check_breaks(found))


def _check_breaks(found: CheckInput) -> Iterator[Check]:
    """Audit the breaks; where something was changed since, a finding is unclear, not failed."""
    archive, settings = found.archive, found.owner.settings
    lists = _break_lists(archive)
    if not lists:
        return
    remarks = {
        one.category: {
            row.team: said for row in one.teams if (said := _said(row, one)) is not None}
        for one in archive.breaks
    }
    now = seal(
        found.tables.data, found.categories, {one.id for one in archive.teams if one.withdrawn},
        settings, rounds_debated(found.tables.data, found.forfeits))
    reasons = {
        one.category: reason for one in archive.breaks
        if (reason := changed_since((one.model_extra or {}).get(MADE_FROM), now[one.category]))}
    for one in audit_break(archive, lists, settings, remarks=remarks):
        reason = reasons.get(one.scope, "")
        if one.scope == ALL_BREAKS:
            reason = "; ".join(sorted(set(reasons.values())))
        if one.status == "failed" and reason:
            yield Check(one.name, one.scope, "unclear", f"{one.detail} ({reason})")
        else:
            yield one


def _check_records(archive: Archive) -> Iterator[Check]:
    errors = [one for one in check_archive(archive) if one.level == "error"]
    for one in errors:
        yield Check("records", one.where, "failed", one.message)
    if not errors:
        yield Check("records", "tournament", "passed")


def _check_round(
    round_: Round, settings: Settings, data: ResultData, present: AbstractSet[str]
) -> Iterator[Check]:
    """Audit one draw on what was known before it; ``present`` are who could be drawn.

    A draw that was not made here, or whose input was changed afterwards, can break the rules of
    brackets without a fault of the program: such findings are unclear, not failed.
    """
    debates = [drawn_debate(one) for one in round_.debates]
    drawn = {team for one in debates for team in one.teams}
    snapshot = _snapshot(round_, settings, data, drawn)
    if present - drawn:
        whole = _snapshot(round_, settings, data, present | drawn)
        if not _unclear_because(round_, whole):  # it was drawn with them, so they are missing
            snapshot = whole
    reason = _unclear_because(round_, snapshot)
    scope = f"round {round_.seq}"
    by_ballot = settings.draw_side_allocations == "manual-ballot"
    for one in audit_draw(snapshot, debates, seed=round_.draw_seed):
        status, detail = one.status, one.detail
        if one.name == "sides" and by_ballot and any(room.sides_confirmed for room in debates):
            status, detail = "skipped", "the rooms have decided their sides"
        elif one.name == "sides" and by_ballot and status == "failed":
            status, detail = "unclear", f"{detail} (the rooms decide their sides)"
        elif status == "failed" and reason and one.name not in GROUND:
            status, detail = "unclear", f"{detail} ({reason})"
        yield Check(one.name, scope, status, detail)


def _present(archive: Archive, round_: Round) -> set[str]:
    here = {one.id for one in archive.teams if not one.withdrawn}
    return here.difference(round_.absent_teams)


def _snapshot(
    round_: Round, settings: Settings, data: ResultData, teams: AbstractSet[str]
) -> DrawSnapshot:
    return records.draw_snapshot(
        data, settings, round_seq=round_.seq, draw_type=DrawType(round_.draw_type),
        present=teams,
        allocated={team: Side(side) for team, side in round_.side_allocations.items()},
    )


def _unclear_because(round_: Round, snapshot: DrawSnapshot) -> str:
    return unclear_because(
        round_, fingerprint(snapshot), "results, people or settings were changed after this draw")


def _break_lists(archive: Archive) -> list[BreakList]:
    """Rebuild the lists in standings order: by rank, then by name, unknown ranks last."""
    categories = {one.slug: one for one in archive.break_categories}
    names = {team.id: team.name for team in archive.teams}

    def place(row: BreakTeam) -> tuple[object, ...]:
        rank = math.inf if row.rank is None else row.rank
        return rank, names[row.team], id_key(row.team)

    return [
        BreakList(
            category=one.category, rule=categories[one.category].rule,
            size=categories[one.category].size,
            rows=tuple(
                BreakRow(row.team, row.rank, row.break_rank, _claimed(row, one))
                for row in sorted(one.teams, key=place)
            ),
            lots=Lots(one.lots.seed, tuple(one.lots.order)) if one.lots else None,
            reasons={}, aside=_aside(one),
        )
        for one in archive.breaks
    ]


def _aside(made: Break) -> frozenset[str]:
    """Return the teams whose preferences were left aside, by a key that any file may hold."""
    named = (made.model_extra or {}).get(ASIDE)
    return frozenset(map(str, named)) if isinstance(named, list) else frozenset()


def _claimed(row: BreakTeam, made: Break) -> str | None:
    """Return what a row claims of its team.

    A person may keep a team out for any reason, and a break that was made elsewhere may know of
    some; only where the program says so must a cap apply, a condition fail, or there be another
    break in which the team stands.
    """
    by_hand = (row.model_extra or {}).get(BY_HAND) is True
    elsewhere = MADE_FROM not in (made.model_extra or {})
    found = {Remark.CAPPED, Remark.INELIGIBLE}
    if by_hand and row.remark in {*found, Remark.DIFFERENT_BREAK}:
        return Remark.WITHDRAWN
    return Remark.WITHDRAWN if elsewhere and row.remark in found else row.remark


def _said(row: BreakTeam, made: Break) -> str | None:
    """Return what a person decided about a team, or what stands of it."""
    return ELIGIBLE if (row.model_extra or {}).get(LET_IN) is True else _claimed(row, made)


def as_json(one: Check) -> dict[str, str]:
    """Return one row of ``checks`` in ``headless.md``."""
    return {"name": one.name, "scope": one.scope, "status": one.status, "detail": one.detail}
