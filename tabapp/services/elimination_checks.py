"""Hold the stored draws of elimination rounds against the break and the ballots before them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tabapp.domain.archive import Archive, Debate, Round
from tabapp.domain.draw import PreviousRoom
from tabapp.domain.formats import Settings
from tabapp.domain.types import Check, DrawnDebate, Side
from tabapp.services.elimination_case import HARD, EliminationCase, audit
from tabapp.services.elimination_shape import PAIR, ROOM

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
        sides_confirmed=debate.sides_confirmed,
    )


Points = Mapping[str, Mapping[str, tuple[float | None, float | None]]]
"""Debate -> team -> its points and its score, as they are stored."""


def check_elimination(
    archive: Archive, round_: Round, settings: Settings, stored: Points
) -> Iterator[Check]:
    """Audit one elimination draw on the break and the results before it.

    Who won a room of two is read from the ``stored`` points, which are audited on their own. As
    with other rounds, a draw that was not made here, or whose input was changed afterwards,
    can stand elsewhere in the bracket without a fault of the program.
    """
    scope = f"round {round_.seq}"
    if settings.teams_in_debate not in (PAIR, ROOM):
        yield Check("elimination", scope, "skipped", "only rooms of two and of four are checked")
        return
    case = _case(archive, round_, settings.teams_in_debate, stored)
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


def _case(
    archive: Archive, round_: Round, sides: int, stored: Points
) -> EliminationCase:
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
        category=category.slug, size=category.size, break_ranks=ranks, sides=sides,
        previous=None if last is None else tuple(
            _room(debate, sides, stored) for debate in last.debates))


def _room(debate: Debate, sides: int, stored: Points) -> PreviousRoom:
    advancing = _advancing(debate)
    if sides == PAIR:
        found = stored.get(debate.id, {})
        advancing = [team for team, (points, _score) in found.items() if points == 1.0]
    return PreviousRoom(debate.room_rank, drawn_debate(debate).teams, tuple(advancing))


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
