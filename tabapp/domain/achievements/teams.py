"""Awards of teams. Swing teams are given none; byes and walk-overs win and lose nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from tabapp.domain.achievements.award import Award, Earned, Fact
from tabapp.domain.achievements.board import (
    LEAST_ROUNDS,
    Board,
    best,
    first_true,
    number,
    runs,
)

ROLL = 3
"""Wins in a row that are one."""
UPSET_SHARE, LEAST_UPSET = 8, 4
"""A giant is an eighth of the field ahead, and not less than so many places."""


def _earned(
    key: str, board: Board, team: int, columns: tuple[int, ...], **facts: Fact
) -> Earned:
    """Return an award that was earned in the last of ``columns``."""
    seq = board.seqs[columns[-1]]
    return Earned(
        key, board.data.teams[team].id, seq, board.seqs_to(columns[-1]), {"round": seq, **facts})


def first_win(board: Board) -> Iterator[Earned]:
    """Won a debate, in the first round in which it did."""
    for team, column in first_true(board.won, board.prize_team):
        yield _earned("first_win", board, team, (column,))


def on_a_roll(board: Board) -> Iterator[Earned]:
    """Won three debates in three rounds that follow each other; a bye between them ends it."""
    for team, column in first_true(runs(board.won, ROLL), board.prize_team):
        columns = tuple(range(column, column + ROLL))
        yield _earned("on_a_roll", board, team, columns, since=board.seqs[column])


def undefeated(board: Board) -> Iterator[Earned]:
    """Won each of its debates from the first round on, three at least.

    A bye is passed over, a round without a debate ends it. It grows with each further win, and
    stays what it was when the team is beaten: that it did not grow then tells of that defeat, so
    it rests on it too.
    """
    unbeaten = np.logical_and.accumulate(board.won | board.rested, axis=1) & board.won
    wins = unbeaten.sum(axis=1)
    beaten = board.place > 1
    for team in np.flatnonzero((wins >= ROLL) & board.prize_team).tolist():
        columns = tuple(np.flatnonzero(unbeaten[team]).tolist())
        found = _earned("undefeated", board, team, columns, wins=len(columns))
        ends = np.flatnonzero(beaten[team, columns[-1] + 1:])
        if len(ends):
            last = columns[-1] + 1 + int(ends[0])
            found = replace(found, rounds=board.seqs_to(last))
        yield found


def every_side_won(board: Board) -> Iterator[Earned]:
    """Won a debate from each side of the format: four positions, or both benches."""
    sides = board.facts.sides
    if not board.columns:
        return
    last = np.zeros(len(board.data.teams), dtype=np.int64)
    everywhere = board.prize_team.copy()
    firsts = []
    for side in range(sides):
        here = board.won & (board.side == side)
        firsts.append(here.argmax(axis=1))
        everywhere &= here.any(axis=1)
        last = np.maximum(last, firsts[-1])
    for team in np.flatnonzero(everywhere).tolist():
        columns = tuple(sorted(int(first[team]) for first in firsts))
        yield _earned("every_side_won", board, team, columns, sides=sides)


def bounced_back(board: Board) -> Iterator[Earned]:
    """Came last in its room, and won its debate in the very next round."""
    lost = board.place == board.facts.sides
    for team, column in first_true(lost[:, :-1] & board.won[:, 1:], board.prize_team):
        yield _earned("bounced_back", board, team, (column, column + 1))


def giant_killer(board: Board) -> Iterator[Earned]:
    """Finished above a team that led the tab, from far below it.

    Before the round, with all rounds before it completed, the other team was first (shared or
    not), and the own place was an eighth of the field below that, four places at least.
    """
    data, rows = board.data, board.team_rows
    gap = max(LEAST_UPSET, -(-len(data.teams) // UPSET_SHARE))
    column_of_row = board.column(data.team_round[rows])
    given: set[int] = set()
    for column in range(1, min(board.done + 1, len(board.columns))):
        ranks = board.ranks(column - 1)
        here = rows[column_of_row == column]
        team, debate, place = data.team_team[here], data.team_debate[here], board.places[here]
        leads = ranks[team] == 1
        beaten = np.full(len(board.facts.debates), -1, dtype=np.int64)
        lowest = np.zeros(len(board.facts.debates))
        for at in np.flatnonzero(leads).tolist():
            if place[at] > lowest[debate[at]]:
                lowest[debate[at]], beaten[debate[at]] = place[at], team[at]
        upset = (place < lowest[debate]) & (ranks[team] > gap) & board.prize_team[team]
        for at in np.flatnonzero(upset).tolist():
            winner, giant = int(team[at]), int(beaten[debate[at]])
            if winner not in given:
                given.add(winner)
                yield _earned(
                    "giant_killer", board, winner, tuple(range(column + 1)),
                    opponent=data.teams[giant].id, place=int(ranks[winner]))


def comeback(board: Board) -> Iterator[Earned]:
    """Was last on the tab after a round, and first after a later one; shared places count."""
    last_after: dict[int, int] = {}
    given: set[int] = set()
    for column in range(board.done):
        ranks = board.ranks(column)
        worst = int(ranks.max(initial=1))
        if worst == 1:
            continue  # everybody is level: nobody is first or last
        for team in np.flatnonzero((ranks == 1) & board.prize_team).tolist():
            if team in last_after and team not in given:
                given.add(team)
                yield _earned(
                    "comeback", board, team, tuple(range(column + 1)),
                    since=board.seqs[last_after[team]])
        for team in np.flatnonzero(ranks == worst).tolist():
            last_after.setdefault(team, column)


def climbed_most(board: Board) -> Iterator[Earned]:
    """Gained more places on the tab than others, from the first preliminary round to the last.

    Teams that debated in the first round; given when the preliminary rounds are completed.
    """
    if not board.is_settled:
        return
    last = len(board.columns) - 1
    gained = (board.ranks(0) - board.ranks(last)).astype(np.float64)
    there = ~np.isnan(board.place[:, 0]) & board.prize_team
    top, teams = best(gained, there)
    for team in teams if top > 0 else []:
        yield _earned(
            "climbed_most", board, team, tuple(range(last + 1)), places=int(top),
            start=int(board.ranks(0)[team]), end=int(board.ranks(last)[team]))


def photo_finish(board: Board) -> Iterator[Earned]:
    """Won a debate by no more than the smallest step between two marks, or on a tie of totals."""
    close = (board.lead >= 0) & (board.lead <= board.facts.step + 1e-6)
    for team, column in first_true(close, board.prize_team):
        yield _earned(
            "photo_finish", board, team, (column,), margin=number(board.lead[team, column]))


def widest_win(board: Board) -> Iterator[Earned]:
    """Won by more marks over the second team of the room than anybody else.

    Given when the preliminary rounds are completed.
    """
    if not board.is_settled:
        return
    widest = np.fmax.reduce(board.lead, axis=1)
    top, teams = best(widest, board.prize_team)
    for team in teams if top > 0 else []:
        column = int(np.flatnonzero(board.lead[team] == top)[0])
        found = _earned("widest_win", board, team, (column,), margin=number(top))
        yield Earned(found.key, found.subject, found.round_seq, tuple(board.seqs), found.facts)


def top_of_the_tab(board: Board) -> Iterator[Earned]:
    """Was first on the tab when the preliminary rounds were completed; a shared place counts."""
    if not board.is_settled:
        return
    last = len(board.columns) - 1
    ranks = board.ranks(last)
    if int(ranks.max(initial=1)) > 1:
        for team in np.flatnonzero((ranks == 1) & board.prize_team).tolist():
            yield _earned("top_of_the_tab", board, team, tuple(range(last + 1)))


def champion(board: Board) -> Iterator[Earned]:
    """Won the final of a break category: the only debate of its last elimination round."""
    data = board.data
    for debate in board.finals:
        for row in np.flatnonzero(
            (data.team_debate == debate) & (data.team_win == 1)
            & board.prize_team[data.team_team]
        ).tolist():
            seq = data.rounds[int(data.team_round[row])].seq
            yield Earned(
                "champion", data.teams[int(data.team_team[row])].id, seq, (seq,), {"round": seq})


def team_complete(board: Board) -> Iterator[Earned]:
    """Has registered as many speakers as a debate needs."""
    facts = board.facts
    complete = (facts.team_sizes >= facts.line_up) & board.prize_team
    for team in np.flatnonzero(complete).tolist():
        yield Earned(
            "team_complete", board.data.teams[team].id,
            facts={"speakers": int(facts.team_sizes[team])})


AWARDS = (
    Award("first_win", "teams", "First win", "Win a debate.", "Won a debate in {round}.",
          "flag", "common", "results", first_win),
    Award("on_a_roll", "teams", "On a roll", f"Win {ROLL} debates in {ROLL} rounds running.",
          "Won every debate from {since} to {round}.",
          "arrow-right", "uncommon", "results", on_a_roll),
    Award("undefeated", "teams", "Undefeated",
          f"Win every debate from the first round on, {ROLL} at least.",
          "Won all of {wins} debates up to {round}.",
          "shield-check", "rare", "results", undefeated),
    Award("every_side_won", "teams", "From every side", "Win from each side of the room.",
          "Won from all {sides} sides by {round}.",
          "layout-dashboard", "rare", "results", every_side_won),
    Award("bounced_back", "teams", "Bounced back",
          "Come last in a room and win in the next round.",
          "Came last in its room, and won in {round}, the round after.",
          "rotate-ccw", "uncommon", "results", bounced_back),
    Award("giant_killer", "teams", "Giant killer",
          f"Finish above a leader of the tab from far below: an eighth of the field, "
          f"{LEAST_UPSET} places at least.",
          "Finished above {opponent}, first on the tab, from place {place} in {round}.",
          "swords", "rare", "team_tab", giant_killer),
    Award("comeback", "teams", "From last to first",
          "Be last on the tab after one round, and first after a later one.",
          "Was last after {since}, and first after {round}.",
          "arrow-up", "legendary", "team_tab", comeback),
    Award("climbed_most", "teams", "Climbed most",
          f"Gain the most places from the first preliminary round to the last of {LEAST_ROUNDS} "
          f"or more.",
          "Climbed {places} places, from {start} to {end}.",
          "arrow-big-up", "rare", "team_tab", climbed_most),
    Award("photo_finish", "teams", "Photo finish",
          "Win a debate by one step of the marks, or on equal totals.",
          "Won by {margin} in {round}.",
          "timer", "uncommon", "speaker_tab", photo_finish),
    Award("widest_win", "teams", "Widest win",
          "Win by more marks over the second of the room than anybody in the tournament.",
          "Won by {margin} in {round}.",
          "columns-3", "rare", "speaker_tab", widest_win),
    Award("top_of_the_tab", "teams", "Top of the tab",
          "Be first on the tab after the last preliminary round.", "First after {round}.",
          "list-ordered", "legendary", "team_tab", top_of_the_tab),
    Award("champion", "teams", "Champions", "Win the final of a break category.",
          "Won {round}.", "award", "legendary", "results", champion),
    Award("team_complete", "teams", "Team complete",
          "Register as many speakers as a debate needs.", "All {speakers} speakers are registered.",
          "users", "common", "participants", team_complete, part="people"),
)
