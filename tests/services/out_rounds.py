"""A tab room in the elimination rounds: draws by the job, results by ballots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tabapp.domain.archive import (
    Archive,
    Ballot,
    BreakCategory,
    Debate,
    DebateSide,
    Round,
    Sheet,
    SideSheet,
    Speaker,
    Speech,
    Team,
    Tournament,
)
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.types import Check
from tabapp.services import break_edits, checks, elimination, exchange, standings
from tabapp.services.ballots import Entry, enter_ballots
from tabapp.services.elimination import Bracket
from tabapp.services.workspace import Workspace
from tabapp.store.break_rows import StoredBreak, read_breaks
from tabapp.store.draw_rows import DebateRow, read_debates
from tabapp.store.tournaments import RoundRow, TournamentRow, list_rounds

Choose = Callable[[Sequence[str]], Sequence[str]]
"""Which teams of a room go on."""


def played(size: int, teams: int = 0, seed: int = 3) -> Archive:
    """Make a tournament whose preliminary rounds are over and whose open break has this size."""
    return generate_tournament(
        preset="bp", teams=teams or max(16, size + 8), rounds=3, seed=seed, break_size=size)


def pairs(size: int, teams: int = 0, extra: Sequence[BreakCategory] = ()) -> Archive:
    """Make a tournament of two teams a room with one round, after which every team is apart.

    Teams are numbered as they stand: T1 is the best. ``extra`` categories have all teams too.
    """
    count = teams or size + size % 2 + 4
    categories = [
        BreakCategory(
            id="BC1", name="Open", slug="open", seq=1, size=size, priority=100, general=True),
        *extra]
    half = count // 2
    return Archive(
        tournament=Tournament(name="Pairs", slug="pairs", preset="apda"),
        break_categories=categories,
        teams=[
            Team(id=f"T{n}", name=f"Team {n:02}",
                 break_categories=[one.id for one in categories])
            for n in range(1, count + 1)],
        speakers=[
            Speaker(id=f"S{2 * n - turn}", name=f"Speaker {2 * n - turn}", team=f"T{n}")
            for n in range(1, count + 1) for turn in (1, 0)],
        rounds=[Round(
            seq=1, name="Round 1", abbreviation="R1", draw_type="random", status="confirmed",
            completed=True, debates=[_pair(n, n + half, n) for n in range(1, half + 1)])],
    )


def _pair(winner: int, loser: int, number: int) -> Debate:
    sheet = Sheet(winners=["aff"], sides=[
        SideSheet(side=side, speeches=[
            Speech(position=turn, speaker=f"S{2 * team - 2 + turn}", score=(total + 2 - turn) // 2)
            for turn in (1, 2)])
        for side, team, total in (("aff", winner, 81 - number), ("neg", loser, 65 - number))])
    return Debate(
        id=f"D{number}", room_rank=number, status="confirmed",
        sides=[DebateSide(side="aff", team=f"T{winner}"), DebateSide(side="neg", team=f"T{loser}")],
        ballots=[Ballot(version=1, status="confirmed", sheets=[sheet])])


def best(room: OutRounds) -> Choose:
    """Return a choice of the better seeds, best first."""
    seeds = room.seeds()
    return lambda teams: sorted(teams, key=lambda team: (seeds[team], team))


class OutRounds:
    """The open break of a tournament on a real file, from the break to the final."""

    def __init__(self, work: Workspace, archive: Archive, category: str = "open") -> None:
        self.work = work
        self.category = category
        self.owner: TournamentRow = work.tournament(
            exchange.add(work.database, archive, now=work.clock.now(), actor="Ann"))

    # What people do

    def make_break(self, **options: Any) -> dict[str, Any]:
        value: Any = self.work.run(
            "break.generate", tournament=self.owner.id, tournament_id=self.owner.id,
            **{"ties": "lot", "seed": 1, **options}).value
        return next(one for one in value["categories"] if one["slug"] == self.category)

    def edit(self, change: Callable[[Any, int, str], Any], verb: str = "decide") -> Any:
        """Run a service on a write unit; it is given the unit, the tournament and the category."""
        with self.work.database.write(
            actor="Ann", verb=verb, subject="break", tournament=self.owner.id
        ) as unit:
            return change(unit, self.owner.id, self.category)

    def create_rounds(self) -> list[int]:
        made: list[int] = self.edit(elimination.create_rounds, "create")
        return made

    def remark(self, team: str, remark: str, words: str = "") -> break_edits.Remade:
        made: break_edits.Remade = self.edit(
            lambda unit, owner, slug: break_edits.set_remark(
                unit, owner, slug, team, remark, words))
        return made

    def draw(self, round_id: int, seed: int = 1, **options: Any) -> list[DebateRow]:
        self.work.run(
            "draw.generate", tournament=self.owner.id, round_id=round_id, seed=seed,
            confirm=True, **options)
        return self.debates(round_id)

    def decide(self, round_id: int, choose: Choose, only: int | None = None) -> None:
        """Confirm ballots on which the chosen teams go on, for all rooms or the first few."""
        entries = []
        for room in self.debates(round_id)[:only]:
            chosen = set(choose(room.drawn.teams))
            entries.append(Entry(self.seq(round_id), room.ref, Ballot(sheets=[Sheet(winners=[
                side.value for side, team in room.drawn.sides if team in chosen])])))
        with self.work.database.write(
            actor="Ann", verb="confirm", subject="ballots", tournament=self.owner.id
        ) as unit:
            enter_ballots(unit, self.owner, entries)

    def play(self, choose: Choose, seed: int = 1) -> list[list[DebateRow]]:
        """Make the rounds and play them all; return the debates of each."""
        ids = self.create_rounds()
        found = []
        for round_id in ids:
            found.append(self.draw(round_id, seed))
            count = 1 if round_id == ids[-1] or self.owner.settings.teams_in_debate == 2 else 2
            self.decide(round_id, lambda teams, count=count: choose(teams)[:count])
        return found

    # What is stored

    def rounds(self) -> list[RoundRow]:
        with self.work.database.read() as unit:
            return [one for one in list_rounds(unit, self.owner.id) if one.category]

    def seq(self, round_id: int) -> int:
        return next(one.seq for one in self.rounds() if one.id == round_id)

    def debates(self, round_id: int) -> list[DebateRow]:
        with self.work.database.read() as unit:
            return read_debates(unit, round_id)

    def stored(self) -> StoredBreak:
        with self.work.database.read() as unit:
            return read_breaks(unit, self.owner.id)[self.category]

    def seeds(self) -> dict[str, int]:
        return self.stored().ranks

    def bracket(self) -> Bracket:
        with self.work.database.read() as unit:
            return elimination.read_bracket(unit, self.owner.id, self.category)

    def champion(self) -> str | None:
        with self.work.database.read() as unit:
            return elimination.champion(unit, self.owner.id, self.category)

    def table(self) -> dict[str, Any]:
        """Return the team and speaker tables as JSON."""
        with self.work.database.read() as unit:
            found = standings.read_input(unit, self.owner)
        return {
            kind: standings.as_json(standings.compute(found, kind)) for kind in standings.KINDS}

    def checks(self) -> list[Check]:
        with self.work.database.read() as unit:
            found = checks.read_input(unit, self.owner)
        return list(checks.check_tournament(found))

    def failures(self) -> list[Check]:
        return [one for one in self.checks() if one.status == "failed"]

    def undo(self) -> None:
        self.work.database.undo(self.owner.id, actor="Ann")

    def document(self) -> Archive:
        with self.work.database.read() as unit:
            return exchange.read(unit, self.owner)
