"""Hold the stored draws of elimination rounds against the break and the ballots before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabapp.domain.archive import Archive, Debate, Round
from tabapp.domain.draw import PreviousRoom
from tabapp.domain.formats import Settings
from tabapp.domain.types import Check, DrawnDebate, Side
from tabapp.services.elimination_case import HARD, EliminationCase, audit

_ORDER = list(Side)


def drawn_debate(debate: Debate) -> DrawnDebate:
    """Return a debate of a document as its draw made it."""
    return DrawnDebate(
        bracket=debate.bracket if debate.bracket is not None else 0.0,
        room_rank=debate.room_rank,
        sides=tuple(sorted(
            ((Side(side.side), side.team) for side in debate.sides),
            key=lambda pair: _ORDER.index(pair[0]),
        )),
        flags=tuple(debate.flags),
        team_flags={side.team: tuple(side.flags) for side in debate.sides if side.flags},
    )


def check_elimination(archive: Archive, round_: Round, settings: Settings) -> Iterator[Check]:
    """Audit one elimination draw on the break and the results before it.

    As with other rounds, a draw that was not made here, or whose input was changed afterwards,
    can stand elsewhere in the bracket without a fault of the program.
    """
    scope = f"round {round_.seq}"
    if not settings.is_bp:
        yield Check("elimination", scope, "skipped", "only rooms of four teams are checked")
        return
    case = _case(archive, round_)
    reason = unclear_because(
        round_, case.seal(), "the break or results before were changed after this draw")
    for one in audit(case, [drawn_debate(debate) for debate in round_.debates]):
        status, detail = one.status, one.detail
        if status == "failed" and reason and one.name not in HARD:
            status, detail = "unclear", f"{detail} ({reason})"
        yield Check(one.name, scope, status, detail)


def unclear_because(round_: Round, seal: str, changed: str) -> str:
    """Return why a draw may differ from what its input asks for now, "" where nothing excuses it.

    ``seal`` is the fingerprint of that input, ``changed`` what it means if the certificate has
    another one.
    """
    record = round_.draw_record or {}
    certificate = record.get("certificate")
    if not isinstance(certificate, dict):
        return "this draw carries no certificate of tabapp"
    if record.get("edits"):
        return "this draw was edited by hand, as its certificate declares"
    return changed if certificate.get("input_sha256") != seal else ""


def _case(archive: Archive, round_: Round) -> EliminationCase:
    category = next(
        one for one in archive.break_categories if one.slug == round_.break_category)
    ranks = {
        row.team: row.break_rank
        for made in archive.breaks if made.category == category.slug
        for row in made.teams if row.break_rank is not None
    }
    before = [
        one for one in archive.rounds
        if one.stage == "elimination" and one.break_category == category.slug
        and one.seq < round_.seq
    ]
    last = max(before, key=lambda one: one.seq, default=None)
    return EliminationCase(
        category=category.slug, size=category.size, break_ranks=ranks,
        previous=None if last is None else tuple(_room(debate) for debate in last.debates))


def _room(debate: Debate) -> PreviousRoom:
    return PreviousRoom(
        debate.room_rank, drawn_debate(debate).teams, tuple(_advancing(debate)))


def _advancing(debate: Debate) -> Sequence[str]:
    """Return who goes on by the confirmed ballot: the ticked ones, or all that did not forfeit."""
    ballot = next((one for one in debate.ballots if one.status == "confirmed"), None)
    if ballot is None or debate.status == "postponed":
        return []
    ticked = {side for sheet in ballot.sheets[:1] for side in sheet.winners or ()}
    stood = [side for side in debate.sides if side.side not in ballot.forfeit]
    won = [side.team for side in stood if side.side in ticked]
    if won or not ballot.forfeit or len(stood) > 2:
        return won
    return [side.team for side in stood]
