"""The balance of motions, sides and positions of a tournament, as pages and files show it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tabapp.domain.fairness import (
    Balance,
    DebateRecord,
    SideTest,
    SpeechRecord,
    balance_of,
    veto_test,
)
from tabapp.domain.formats import Settings
from tabapp.domain.side_names import side_short
from tabapp.domain.types import TWO_SIDES, Side, Stage
from tabapp.services.rounds import title_of
from tabapp.store import fairness_reads
from tabapp.store.fairness_reads import SideResult, Veto
from tabapp.store.motion_rows import MotionRow, list_motions
from tabapp.store.tournaments import RoundRow, get_tournament, list_rounds
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class RoundBalance:
    """A round with results, and what its debates say."""

    id: int
    seq: int
    name: str
    short: str
    silent: bool
    elimination: bool
    balance: Balance


@dataclass(frozen=True, slots=True)
class MotionBalance:
    """A motion, the rounds in which it is set, and what its debates say.

    ``vetoes`` counts by side, in speaking order; ``veto_test`` is of two sides only.
    """

    id: int
    ref: str
    title: str
    text: str
    rounds: tuple[str, ...]
    balance: Balance
    vetoes: tuple[int, ...]
    veto_test: SideTest


@dataclass(frozen=True, slots=True)
class FairnessView:
    """The balance of a tournament. ``whole`` is of all preliminary rounds that are counted.

    ``sides`` is empty for a format without fixed sides. ``unnamed`` debates count for their round
    and for no motion: several motions were set and the ballot names none. ``forfeits`` debates
    were not debated by all sides.
    """

    sides: tuple[Side, ...]
    side_names: str
    motions_recorded: bool
    vetoes_recorded: bool
    whole: Balance
    outrounds: Balance
    rounds: tuple[RoundBalance, ...]
    motions: tuple[MotionBalance, ...]
    unnamed: int
    forfeits: int
    silent: tuple[str, ...]

    @property
    def is_four(self) -> bool:
        """Tell whether rooms have four teams."""
        return len(self.sides) > len(TWO_SIDES)

    @property
    def shorts(self) -> tuple[str, ...]:
        """What the sides are called on their chips."""
        return tuple(side_short(side, self.side_names) for side in self.sides)


def read_fairness(
    unit: ReadUnit, tournament_id: int, until: int | None = None
) -> FairnessView:
    """Count all confirmed debates up to the round ``until``, silent ones too, as standings do.

    For the tab room: what follows from silent rounds is in it. Byes, postponed debates and those
    in which a side forfeited are left out. A ballot that names no motion debated the only one of
    its round.
    """
    owner = get_tournament(unit, tournament_id)
    rounds = {
        one.id: one for one in list_rounds(unit, tournament_id)
        if until is None or one.seq <= until}
    motions = list_motions(unit, tournament_id)
    book = _Book(owner.settings, rounds, _only_motions(motions))
    book.read_debates(fairness_reads.side_results(unit, tournament_id))
    book.read_marks(fairness_reads.mark_sums(unit, tournament_id))
    given = [one for one in fairness_reads.vetoes(unit, tournament_id)
             if one.round_id in rounds and one.debate_id in book.counted]
    by_round = [book.of_round(one) for one in rounds.values()]
    played = tuple(one for one in by_round if one.balance.debates)
    return FairnessView(
        sides=owner.settings.sides, side_names=owner.settings.side_names,
        motions_recorded=owner.settings.enable_motions,
        vetoes_recorded=owner.settings.motion_vetoes_enabled,
        whole=book.balance(elimination=False), outrounds=book.balance(elimination=True),
        rounds=played,
        motions=tuple(book.of_motion(one, given) for one in motions),
        unnamed=sum(one.motion is None for one in book.debates), forfeits=book.forfeits,
        silent=tuple(one.name for one in played if one.silent),
    )


def _only_motions(motions: Sequence[MotionRow]) -> dict[int, int]:
    """Return round -> its motion for rounds that have one."""
    found: dict[int, list[int]] = defaultdict(list)
    for one in motions:
        for round_id in one.rounds:
            found[round_id].append(one.id)
    return {round_id: ids[0] for round_id, ids in found.items() if len(ids) == 1}


class _Book:
    """The debates that count, with the motion of each."""

    def __init__(
        self, settings: Settings, rounds: Mapping[int, RoundRow], only: Mapping[int, int]
    ) -> None:
        self._sides, self._names = settings.sides, settings.side_names
        self._rounds, self._only = rounds, only
        self._place = {side.value: n for n, side in enumerate(settings.sides)}
        self.debates: list[DebateRecord] = []
        self.speeches: list[SpeechRecord] = []
        self.counted: set[int] = set()
        self.forfeits = 0

    def read_debates(self, results: Sequence[SideResult]) -> None:
        """Take in the debates that all sides debated and that were decided."""
        by_debate: dict[int, list[SideResult]] = defaultdict(list)
        for one in results:
            if one.round_id in self._rounds and one.side in self._place:
                by_debate[one.debate_id].append(one)
        for debate_id, rows in by_debate.items():
            if any(one.forfeit for one in rows):
                self.forfeits += 1
                continue
            points = self._points(rows)
            if points is not None:
                self.counted.add(debate_id)
                round_id = rows[0].round_id
                self.debates.append(DebateRecord(
                    round_id, self._is_elimination(round_id),
                    self._motion(round_id, rows[0].motion_id), points))

    def _is_elimination(self, round_id: int) -> bool:
        return self._rounds[round_id].stage == Stage.ELIMINATION

    def _motion(self, round_id: int, named: int | None) -> int | None:
        return named if named is not None else self._only.get(round_id)

    def _points(self, rows: Sequence[SideResult]) -> tuple[int, ...] | None:
        """Return what each side made, None where a side is missing or nothing was decided."""
        by_points = len(self._sides) > len(TWO_SIDES) and not self._is_elimination(
            rows[0].round_id)
        made = {
            self._place[one.side]: one.points if by_points else one.win for one in rows}
        known = [made.get(n) for n in range(len(self._sides))]
        found = tuple(int(one) for one in known if one is not None)
        return found if len(found) == len(self._sides) and any(found) else None

    def read_marks(self, sums: Sequence[fairness_reads.MarkSum]) -> None:
        """Take in the marks of speeches."""
        self.speeches = [
            SpeechRecord(
                one.round_id, self._is_elimination(one.round_id),
                self._motion(one.round_id, one.motion_id), self._place[one.side], one.position,
                one.reply, one.number, one.total)
            for one in sums if one.round_id in self._rounds and one.side in self._place
        ]

    def balance(self, *, elimination: bool) -> Balance:
        """Return the balance of one stage."""
        return balance_of(
            len(self._sides), (one for one in self.debates if one.elimination is elimination),
            (one for one in self.speeches if one.elimination is elimination))

    def of_round(self, round_: RoundRow) -> RoundBalance:
        """Return the balance of a round."""
        elimination = self._is_elimination(round_.id)
        name = title_of(round_)
        return RoundBalance(
            round_.id, round_.seq, name, self._round_short(round_.id),
            round_.silent, elimination, balance_of(
                len(self._sides), (one for one in self.debates if one.round_id == round_.id),
                (one for one in self.speeches if one.round_id == round_.id)))

    def of_motion(self, motion: MotionRow, given: Sequence[Veto]) -> MotionBalance:
        """Return the balance of a motion."""
        against = Counter(
            self._place[one.side] for one in given
            if one.motion_id == motion.id and one.side in self._place)
        counts = tuple(against[n] for n in range(len(self._sides)))
        two = self._sides == TWO_SIDES
        return MotionBalance(
            motion.id, motion.ref, motion.title, motion.text,
            tuple(self._round_short(one) for one in motion.rounds if one in self._rounds),
            balance_of(
                len(self._sides), (one for one in self.debates if one.motion == motion.id),
                (one for one in self.speeches if one.motion == motion.id)),
            counts, veto_test(*counts) if two else veto_test(0, 0))

    def _round_short(self, round_id: int) -> str:
        one = self._rounds[round_id]
        return title_of(one) if self._is_elimination(round_id) else f"R{one.seq}"
