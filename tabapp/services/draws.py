"""Drawing a round: what it needs, the draw with its audit and reasons, and storing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from tabapp.core.errors import UserError
from tabapp.domain.audit.draws import audit_draw
from tabapp.domain.draw import explain, generate
from tabapp.domain.records import draw_snapshot
from tabapp.domain.side_names import two_side_names
from tabapp.domain.standings import needs_speeches
from tabapp.domain.types import (
    TWO_SIDES,
    Check,
    Draw,
    DrawType,
    Side,
    Stage,
    Tick,
    no_tick,
)
from tabapp.services import elimination_draws, sides
from tabapp.services.drawn import AuditFailed, DrawInput, DrawnRound
from tabapp.services.rounds import title_of
from tabapp.store import topics
from tabapp.store.availability import present_teams, side_allocations
from tabapp.store.draw_rows import (
    NewDebate,
    RoundProgress,
    delete_draw,
    draw_record,
    number_debates,
    read_debates,
    round_progress,
    store_debates,
    update_round,
)
from tabapp.store.refs import Refs
from tabapp.store.result_reads import read_results
from tabapp.store.tournaments import RoundRow, get_round
from tabapp.store.unit import ReadUnit, WriteUnit

__all__ = [
    "AuditFailed", "DrawInput", "DrawnRound", "draw_round", "numbered",
    "read_input", "same_draw", "store_draw", "stored_draw", "topics_read",
]


def topics_read(seq: int) -> tuple[str, ...]:
    """Return the topics whose change makes a draw of this round out of date."""
    return (
        topics.RESULTS, topics.PEOPLE, topics.SETTINGS, topics.ROUNDS, topics.DRAWS,
        topics.availability_of(seq),
    )


def read_input(unit: ReadUnit, round_id: int, *, ignore_missing: bool = False) -> DrawInput:
    """Read what the draw of a round needs; refuse what cannot be drawn now.

    Refused: a round whose rooms are put together by hand, an earlier round that was not drawn or
    whose results are missing (unless ``ignore_missing``), and for an elimination round a break or
    a round before without a bracket.
    """
    owner, round_ = get_round(unit, round_id)
    if round_.draw_type == DrawType.MANUAL:
        raise UserError("draw_by_hand", round=title_of(round_))
    progress = round_progress(unit, owner.id)
    if not ignore_missing:
        _check_earlier_rounds(progress, round_)
    precedence = owner.settings.team_standings_precedence
    data = read_results(unit, owner, speeches=needs_speeches(precedence))
    if round_.stage == Stage.ELIMINATION:
        return elimination_draws.read_input(unit, owner, round_, data, progress)
    snapshot = draw_snapshot(
        data, owner.settings, round_seq=round_.seq,
        draw_type=DrawType(round_.draw_type), present=present_teams(unit, owner.id, round_.id),
        allocated={t: Side(s) for t, s in side_allocations(unit, round_.id).items()},
    )
    return DrawInput(
        owner=owner, round=round_, snapshot=snapshot,
        revision=unit.revision(owner.id, *topics_read(round_.seq)),
        drawn=any(one.debates for one in progress if one.seq == round_.seq),
        ignored=tuple(
            debate for one in progress
            if one.seq < round_.seq and one.stage == Stage.PRELIMINARY for debate in one.missing),
    )


def _check_earlier_rounds(progress: Sequence[RoundProgress], round_: RoundRow) -> None:
    for earlier in progress:
        if earlier.seq >= round_.seq or earlier.stage == Stage.ELIMINATION:
            continue
        name = earlier.name or f"Round {earlier.seq}"
        if not earlier.debates:
            raise UserError("earlier_round_not_drawn", earlier=name, round=round_.seq)
        if earlier.missing:
            shown = ", ".join(earlier.missing[:8])
            raise UserError(
                "results_missing", earlier=name, count=len(earlier.missing), round=round_.seq,
                debates=f"{shown} and others" if len(earlier.missing) > 8 else shown,
            )


def draw_round(found: DrawInput, *, seed: int, tick: Tick = no_tick) -> DrawnRound:
    """Draw, check and explain a round; raise ``AuditFailed`` rather than return a faulty draw.

    The debates have no archive ids yet; see ``numbered``.
    """
    if found.elimination is not None:
        return elimination_draws.draw_round(found, found.elimination, seed=seed)
    draw = generate(found.snapshot, seed=seed, tick=tick)
    audit = audit_draw(found.snapshot, draw.debates, seed=seed)
    failed = [one for one in audit if one.status == "failed"]
    if failed:
        raise AuditFailed(failed)
    return _finish(found, draw, audit)


def _finish(
    found: DrawInput, draw: Draw, audit: tuple[Check, ...]
) -> DrawnRound:
    quality, settings = draw.quality, found.owner.settings
    certificate = {
        "input_sha256": found.seal(), "engine": draw.engine, "seed": draw.seed,
        "cost": quality.pairing_cost if settings.sides == TWO_SIDES else quality.position_cost,
    }
    if found.ignored:
        certificate["ignored"] = list(found.ignored)
    if draw.remarks:
        certificate["remarks"] = list(draw.remarks)
    reasons = explain(draw, found.snapshot, side_names=two_side_names(settings.side_names))
    return DrawnRound(
        seq=found.round.seq, seed=draw.seed,
        rule={"draw_type": found.round.draw_type, **found.snapshot.options},
        debates=tuple(
            NewDebate(ref="", drawn=drawn, why=why)
            for drawn, why in zip(draw.debates, reasons, strict=True)
        ),
        quality=asdict(quality), audit=audit, certificate=certificate,
    )


def numbered(unit: ReadUnit, found: DrawInput, drawn: DrawnRound) -> DrawnRound:
    """Give the debates the archive ids under which they will be stored."""
    refs = number_debates(
        unit, found.owner.id, found.round.id, [one.drawn for one in drawn.debates], drawn.seed)
    return replace(drawn, debates=tuple(
        replace(one, ref=ref) for one, ref in zip(drawn.debates, refs, strict=True)))


def store_draw(
    unit: WriteUnit, found: DrawInput, drawn: DrawnRound, *, confirm: bool = False
) -> DrawnRound:
    """Store a draw in place of the round's present one, which the caller has allowed."""
    drawn = numbered(unit, found, drawn)
    delete_draw(unit, found.round.id)
    if confirm:
        drawn = replace(drawn, debates=sides.confirmed(drawn.debates))
    store_debates(
        unit, found.owner.id, found.round, drawn.debates, Refs.load(unit, found.owner.id, "team"))
    update_round(
        unit, found.round.id, status="confirmed" if confirm else "draft", completed=False,
        draw_seed=drawn.seed, draw_record=drawn.record(),
    )
    return drawn


def same_draw(found: DrawInput, record: Mapping[str, Any] | None, seed: int) -> bool:
    """Tell whether the stored draw came, unedited, from this very input, rule and seed."""
    if record is None or record.get("edits"):
        return False
    certificate = _mapping(record, "certificate")
    return bool(
        certificate.get("seed") == seed
        and certificate.get("input_sha256") == found.seal()
    )


def stored_draw(unit: ReadUnit, round_id: int) -> DrawnRound:
    """Return the draw that a round has, with the certificate that was stored with it."""
    _owner, round_ = get_round(unit, round_id)
    record = draw_record(unit, round_id) or {}
    return DrawnRound(
        seq=round_.seq, seed=round_.draw_seed or 0, rule=_mapping(record, "rule"),
        debates=tuple(
            NewDebate(ref=one.ref, drawn=one.drawn, why=one.why)
            for one in read_debates(unit, round_id)
        ),
        quality=_mapping(record, "quality"), audit=_stored_audit(record, round_.seq),
        certificate=_mapping(record, "certificate"),
    )


def _mapping(record: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return a part of a record; an imported round may carry anything there."""
    found = record.get(name)
    return found if isinstance(found, dict) else {}


def _stored_audit(record: Mapping[str, Any], seq: int) -> tuple[Check, ...]:
    found = record.get("audit")
    rows = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    return tuple(
        Check(str(one.get("name")), f"round {seq}", one["status"], str(one.get("detail", "")))
        for one in rows if one.get("status") in ("passed", "failed", "skipped", "unclear")
    )
