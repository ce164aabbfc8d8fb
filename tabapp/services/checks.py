"""The independent checker over everything that a tournament has stored."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tabapp.domain import records
from tabapp.domain.archive import Archive, BreakTeam, Round
from tabapp.domain.audit.breaks import audit_break
from tabapp.domain.audit.draws import audit_draw
from tabapp.domain.audit.results import audit_results, audit_standings
from tabapp.domain.breaks import BreakList, BreakRow, Lots
from tabapp.domain.draw import fingerprint
from tabapp.domain.formats import Settings
from tabapp.domain.types import (
    Check,
    DrawnDebate,
    DrawSnapshot,
    DrawType,
    ResultData,
    Side,
    id_key,
)
from tabapp.exchange import check_archive
from tabapp.services import standings
from tabapp.store.archive_out import read_archive
from tabapp.store.result_reads import stored_results
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import ReadUnit

HARD = frozenset({"every team once", "nobody else", "rooms of four", "byes"})


@dataclass(frozen=True, slots=True)
class CheckInput:
    """All that is stored of a tournament, read at one moment; the checks themselves take longer."""

    owner: TournamentRow
    archive: Archive
    stored: Mapping[str, Mapping[str, tuple[float | None, float | None]]]
    tables: standings.StandingsInput


def read_input(unit: ReadUnit, owner: TournamentRow) -> CheckInput:
    """Read everything that is checked."""
    return CheckInput(
        owner=owner, archive=read_archive(unit, owner.id),
        stored=stored_results(unit, owner.id), tables=standings.read_input(unit, owner),
    )


def check_tournament(found: CheckInput) -> tuple[Check, ...]:
    """Check the records, each round's draw, all results, both tables and every break."""
    archive, settings = found.archive, found.owner.settings
    checks = [*_check_records(archive)]
    for round_ in archive.rounds:
        if round_.stage == "preliminary" and round_.debates:
            checks += _check_round(round_, settings, found.tables.data)
    checks += audit_results(archive, found.stored, settings)
    for kind in ("teams", "speakers"):
        checks += audit_standings(archive, standings.compute(found.tables, kind), settings)
    lists = _break_lists(archive)
    if lists:
        remarks = {
            one.category: {row.team: row.remark for row in one.teams if row.remark}
            for one in archive.breaks
        }
        checks += audit_break(archive, lists, settings, remarks=remarks)
    return tuple(checks)


def _check_records(archive: Archive) -> Iterator[Check]:
    errors = [one for one in check_archive(archive) if one.level == "error"]
    for one in errors:
        yield Check("records", one.where, "failed", one.message)
    if not errors:
        yield Check("records", "tournament", "passed")


def _check_round(round_: Round, settings: Settings, data: ResultData) -> Iterator[Check]:
    """Audit one draw on what was known before it.

    A draw that was not made here, or whose input was changed afterwards, can break the rules of
    brackets without a fault of the program: such findings are unclear, not failed.
    """
    debates = [_drawn(round_, number) for number in range(len(round_.debates))]
    teams = {team for one in debates for team in one.teams}
    snapshot = records.draw_snapshot(
        data, settings, round_seq=round_.seq, draw_type=DrawType(round_.draw_type),
        present=teams,
        allocated={team: Side(side) for team, side in round_.side_allocations.items()},
    )
    reason = _unclear_because(round_, snapshot)
    scope = f"round {round_.seq}"
    for one in audit_draw(snapshot, debates):
        status, detail = one.status, one.detail
        if status == "failed" and reason and one.name not in HARD:
            status, detail = "unclear", f"{detail} ({reason})"
        yield Check(one.name, scope, status, detail)


def _unclear_because(round_: Round, snapshot: DrawSnapshot) -> str:
    record = round_.draw_record or {}
    certificate = record.get("certificate")
    if not isinstance(certificate, dict):
        return "this draw carries no certificate of tabapp"
    if record.get("edits"):
        return "this draw was edited by hand, as its certificate declares"
    if certificate.get("input_sha256") != fingerprint(snapshot):
        return "results, people or settings were changed after this draw"
    return ""


def _drawn(round_: Round, number: int) -> DrawnDebate:
    debate = round_.debates[number]
    order = list(Side)
    return DrawnDebate(
        bracket=debate.bracket if debate.bracket is not None else 0.0,
        room_rank=debate.room_rank,
        sides=tuple(sorted(
            ((Side(side.side), side.team) for side in debate.sides),
            key=lambda pair: order.index(pair[0]),
        )),
        flags=tuple(debate.flags),
        team_flags={side.team: tuple(side.flags) for side in debate.sides if side.flags},
    )


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
                BreakRow(row.team, row.rank, row.break_rank, row.remark)
                for row in sorted(one.teams, key=place)
            ),
            lots=Lots(one.lots.seed, tuple(one.lots.order)) if one.lots else None,
            reasons={},
        )
        for one in archive.breaks
    ]


def as_json(one: Check) -> dict[str, str]:
    """Return one row of ``checks`` in ``headless.md``."""
    return {"name": one.name, "scope": one.scope, "status": one.status, "detail": one.detail}
