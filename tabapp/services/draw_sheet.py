"""The draw of a round as it is shown and edited: rooms with names, prices, flags, certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from tabapp.core.messages import word
from tabapp.core.revisions import Revision
from tabapp.domain.draw import fingerprint, quality_of
from tabapp.domain.draw.swaps import (
    Judging,
    SwapBook,
)
from tabapp.domain.draw.two_team.values import same_institution, times_met
from tabapp.domain.records import draw_snapshot
from tabapp.domain.side_names import two_side_names
from tabapp.domain.standings import needs_speeches
from tabapp.domain.types import PULLUP, DrawQuality, DrawType, Role, Side, Stage
from tabapp.services.elimination import is_outdated
from tabapp.services.rounds import title_of
from tabapp.store import topics
from tabapp.store.availability import present_teams, side_allocations
from tabapp.store.draw_rows import DebateRow, draw_record, read_debates, round_progress
from tabapp.store.result_reads import read_results
from tabapp.store.sheet_rows import (
    Names,
    RoomPaper,
    allowed_clashes,
    clashing_pairs,
    papers_of_round,
    read_names,
    standing_of_draw,
    winners_of_round,
)
from tabapp.store.tournaments import RoundRow, TournamentRow, get_round
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class SheetTeam:
    """A team in a room. ``points`` are those with which it was drawn."""

    id: str
    name: str
    side: Side
    points: float
    pulled_up: bool
    advances: bool = False
    """It goes on from an elimination debate."""


@dataclass(frozen=True, slots=True)
class SheetRoom:
    """A room of the draw. ``number`` is its place in ``DrawSheet.rooms``."""

    id: int
    ref: str
    number: int
    rank: int
    bracket: float
    name: str
    """Name of its room, or ``Debate 3`` while it has none."""
    placed: bool
    teams: tuple[SheetTeam, ...]
    chair: str | None
    judges: int
    flags: tuple[str, ...]
    why: tuple[str, ...]
    status: str
    ballots: int

    @property
    def is_bye(self) -> bool:
        """Tell whether its team rests."""
        return any(team.side is Side.BYE for team in self.teams)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What proves a draw. Empty texts where nothing is known, as of an imported draw."""

    seed: int | None
    input_sha256: str
    engine: str
    passed: int
    failed: tuple[str, ...]
    unclear: tuple[str, ...]
    edits: tuple[Mapping[str, Any], ...]
    remarks: tuple[str, ...] = ()
    """Sentences such as that it is not one of WUDC."""
    ignored: tuple[str, ...] = ()
    """Debates, by archive id, whose results were missing and not waited for."""


@dataclass(frozen=True, slots=True)
class DrawSheet:
    """A draw with everything that its page shows; empty ``rooms`` where nothing is drawn."""

    owner: TournamentRow
    round: RoundRow
    rooms: tuple[SheetRoom, ...]
    book: SwapBook | None
    quality: DrawQuality
    certificate: Certificate
    input_changed: bool
    """Results, people or settings are others than when it was drawn."""
    revision: Revision
    standing: str = ""
    """What a question about deleting the draw was asked upon; see ``rounds.check_seen``."""
    teams_here: int = 0
    waits_for: tuple[str, int] | None = None
    """Of a round that is not drawn: the first earlier one with missing ballots, and how many."""

    @property
    def title(self) -> str:
        """Name of the round."""
        return title_of(self.round)

    @property
    def is_elimination(self) -> bool:
        """Tell whether winners advance instead of collecting points."""
        return self.round.stage == Stage.ELIMINATION

    @property
    def ballots(self) -> int:
        """How many ballots hang on the draw."""
        return sum(room.ballots for room in self.rooms)

    @property
    def panels(self) -> int:
        """How many rooms have judges."""
        return sum(room.judges > 0 for room in self.rooms)

    def room(self, debate_id: int) -> SheetRoom | None:
        """Return a room by the row id of its debate."""
        return next((one for one in self.rooms if one.id == debate_id), None)


def read_sheet(unit: ReadUnit, round_id: int) -> DrawSheet:
    """Read the draw of a round."""
    owner, round_ = get_round(unit, round_id)
    record = draw_record(unit, round_id) or {}
    debates = read_debates(unit, round_id)
    revision = unit.revision(
        owner.id, topics.RESULTS, topics.PEOPLE, topics.SETTINGS, topics.ROUNDS, topics.DRAWS)
    certificate = _certificate(round_, record)
    if not debates:
        return DrawSheet(
            owner, round_, (), None, DrawQuality(), certificate, False, revision,
            teams_here=len(present_teams(unit, owner.id, round_id)),
            waits_for=_waits_for(unit, owner, round_))
    book = _book(unit, owner, round_, debates)
    papers = papers_of_round(unit, round_id)
    names = read_names(unit, owner.id)
    eliminating = round_.stage == Stage.ELIMINATION
    winners = winners_of_round(unit, round_id) if eliminating else frozenset()
    changed = (
        round_.status in ("draft", "confirmed") and bool(certificate.input_sha256)
        and (is_outdated(unit, owner, round_) if eliminating else
             book.priced and not certificate.edits
             and certificate.input_sha256 != fingerprint(book.snapshot)))
    return DrawSheet(
        owner=owner, round=round_,
        rooms=tuple(
            _room(number, one, book, (names, winners), papers.get(one.id))
            for number, one in enumerate(debates)),
        book=book,
        quality=_quality(
            debates, book, record, seed=certificate.seed,
            is_as_drawn=not changed and not certificate.edits),
        certificate=certificate, input_changed=changed, revision=revision,
        standing=standing_of_draw(unit, round_id),
    )


def _quality(
    debates: Sequence[DebateRow], book: SwapBook, record: Mapping[str, Any], *,
    seed: int | None, is_as_drawn: bool,
) -> DrawQuality:
    """Measure a draw; the optimum of a matching takes long, so that the one it had is kept."""
    if not book.priced:
        return DrawQuality()
    known = record.get("quality")
    kept = known.get("pairing_cost_optimum") if isinstance(known, dict) else None
    optimum = float(kept) if is_as_drawn and isinstance(kept, int | float) else None
    return quality_of(
        [one.drawn for one in debates], book.snapshot, optimum=optimum if book.by_pairs else None,
        seed=seed or 0)


def _waits_for(
    unit: ReadUnit, owner: TournamentRow, round_: RoundRow
) -> tuple[str, int] | None:
    return next((
        (one.name or f"Round {one.seq}", len(one.missing))
        for one in round_progress(unit, owner.id)
        if one.seq < round_.seq and one.stage == Stage.PRELIMINARY and one.missing), None)


def _book(
    unit: ReadUnit, owner: TournamentRow, round_: RoundRow, debates: Sequence[DebateRow]
) -> SwapBook:
    snapshot = draw_snapshot(
        read_results(
            unit, owner, speeches=needs_speeches(owner.settings.team_standings_precedence)),
        owner.settings, round_seq=round_.seq, draw_type=DrawType(round_.draw_type),
        present={team for one in debates for team in one.drawn.teams},
        allocated={t: Side(s) for t, s in side_allocations(unit, round_.id).items()})
    panels = {
        number: one.panel for number, one in enumerate(debates) if one.panel}
    clashes = clashing_pairs(unit, round_.id) if panels else frozenset()
    names = read_names(unit, owner.id).judges if clashes else {}
    allowed = allowed_clashes(unit, round_.id) if clashes else frozenset()
    return SwapBook(
        [one.drawn for one in debates], snapshot,
        Judging(
            {number: tuple((judge, names.get(judge, judge)) for judge, _role in panel)
             for number, panel in panels.items()},
            clashes,
            frozenset(
                (number, judge, team) for number, one in enumerate(debates)
                for debate_id, judge, team in allowed if debate_id == one.id),
        ),
        side_names=two_side_names(owner.settings.side_names, short=True),
        seed=round_.draw_seed or 0,
    )


def _room(
    number: int, one: DebateRow, book: SwapBook, known: tuple[Names, frozenset[str]],
    paper: RoomPaper | None,
) -> SheetRoom:
    names, winners = known
    chair = next((judge for judge, role in one.panel if role is Role.CHAIR), None)
    return SheetRoom(
        id=one.id, ref=one.ref, number=number, rank=one.drawn.room_rank,
        bracket=one.drawn.bracket,
        name=names.venues.get(one.venue or "", "") or f"Debate {one.drawn.room_rank}",
        placed=one.venue is not None,
        teams=tuple(
            SheetTeam(
                id=team, name=names.teams.get(team, team), side=side, points=book.points(team),
                pulled_up=PULLUP in one.drawn.team_flags.get(team, ()),
                advances=team in winners)
            for side, team in one.drawn.sides
        ),
        chair=names.judges.get(chair or "", chair), judges=len(one.panel),
        flags=book.flags_of(number), why=one.why, status=one.status,
        ballots=(paper.confirmed + paper.entries) if paper else 0,
    )


def _certificate(round_: RoundRow, record: Mapping[str, Any]) -> Certificate:
    """Read a stored record; an imported round may carry anything there."""
    certificate = record.get("certificate")
    known = certificate if isinstance(certificate, dict) else {}
    audit = record.get("audit")
    checks = [one for one in audit if isinstance(one, dict)] if isinstance(audit, list) else []
    edits, remarks, ignored = record.get("edits"), known.get("remarks"), known.get("ignored")

    def told(status: str) -> tuple[str, ...]:
        return tuple(
            ": ".join(filter(None, (str(one.get("name", "")), str(one.get("detail", "")))))
            for one in checks if one.get("status") == status)

    return Certificate(
        seed=round_.draw_seed, input_sha256=str(known.get("input_sha256", "")),
        engine=str(known.get("engine", "")), passed=len(told("passed")),
        failed=told("failed"), unclear=told("unclear"),
        edits=tuple(one for one in edits if isinstance(one, dict))
        if isinstance(edits, list) else (),
        remarks=tuple(map(str, remarks)) if isinstance(remarks, list) else (),
        ignored=tuple(map(str, ignored)) if isinstance(ignored, list) else (),
    )


_OF_TWO = (
    "pair_all_on", "pair_met", "pair_strangers", "pair_institution", "pair_institutions")
_OF_FOUR = (
    "room_all_on", "room_met", "room_strangers", "room_institution", "room_institutions")


def summary_of(sheet: DrawSheet, room: SheetRoom) -> str:
    """Return what there is to say of a room in a few short sentences."""
    book = sheet.book
    if book is None or room.is_bye or sheet.is_elimination:
        return ""
    here = [book.teams[team.id] for team in room.teams if team.id in book.teams]
    pairs = list(combinations(here, 2))
    met = sum(times_met(one, other) > 0 for one, other in pairs)
    shared = sum(same_institution(one, other) for one, other in pairs)
    pulled = [team.name for team in room.teams if team.pulled_up]
    same, met_before, strangers, own, apart = _OF_TWO if len(here) == 2 else _OF_FOUR
    said = []
    if sheet.round.draw_type == DrawType.POWER:
        points = sorted({team.points for team in room.teams}, reverse=True)
        facts = {
            "points": _listed([f"{one:g}" for one in points]), "bracket": f"{room.bracket:g}"}
        said.append(word(same if len(points) == 1 else "room_on", facts))
        said.append(word(
            "room_pulled" if pulled else "room_nobody_pulled", {"teams": ", ".join(pulled)}))
    elif sheet.round.draw_type == DrawType.RANDOM:
        said.append(word("room_by_lot", {}))
    said.append(word(met_before if met else strangers, {"count": met}))
    said.append(word(own if shared else apart, {"count": shared}))
    return " ".join(said)


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
