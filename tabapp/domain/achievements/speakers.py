"""Awards of speakers. Marks are those of substantive speeches in preliminary rounds.

A second speech by the same person in one debate counts with no mark, as on the tab.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tabapp.domain.achievements.award import Award, Earned, Fact
from tabapp.domain.achievements.board import (
    DECIMALS,
    LEAST_ROUNDS,
    Board,
    best,
    first_true,
    number,
    runs,
)
from tabapp.domain.types import BoolArray, id_key

LADDER = 4
"""Marks that have to rise one after the other."""
ROUND_NUMBER = 100
"""The speech of a tournament that is celebrated."""


def _earned(
    key: str, board: Board, speaker: int, columns: tuple[int, ...], **facts: Fact
) -> Earned:
    seq = board.seqs[columns[-1]]
    return Earned(
        key, board.data.speakers[speaker].id, seq, board.seqs_to(columns[-1]),
        {"round": seq, **facts})


def _highest(board: Board, key: str, rows: BoolArray) -> Iterator[Earned]:
    """Find everyone with the highest mark among rows of speeches, and where it was given."""
    if not board.is_settled:
        return
    data = board.data
    scores = np.round(data.speech_score, DECIMALS)
    top, found = best(scores, rows)
    seen: set[int] = set()
    for row in sorted(found, key=lambda row: int(data.speech_round[row])):
        speaker = int(data.speech_speaker[row])
        if speaker not in seen:
            seen.add(speaker)
            seq = data.rounds[int(data.speech_round[row])].seq
            yield Earned(
                key, data.speakers[speaker].id, seq, tuple(board.seqs),
                {"round": seq, "score": number(top)})


def highest_speech(board: Board) -> Iterator[Earned]:
    """Gave the speech with the highest mark of all preliminary rounds, once they are completed."""
    yield from _highest(board, "highest_speech", board.marked_rows)


def best_reply(board: Board) -> Iterator[Earned]:
    """Gave the reply with the highest mark of all preliminary rounds, once they are completed."""
    data = board.data
    yield from _highest(
        board, "best_reply",
        (board.column(data.speech_round) >= 0) & data.speech_reply & ~data.speech_ghost)


def steady_hand(board: Board) -> Iterator[Earned]:
    """Had the smallest standard deviation of marks among those with a mark in every round.

    The population's deviation, over all preliminary rounds, three at least, once completed.
    """
    if not board.is_settled:
        return
    everywhere: BoolArray = np.isfinite(board.marks.sum(axis=1))
    spread = np.full(len(everywhere), np.nan)
    if everywhere.any():
        spread[everywhere] = -np.round(board.marks[everywhere].std(axis=1), DECIMALS)
    top, speakers = best(spread, everywhere)
    for speaker in speakers:
        yield _earned(
            "steady_hand", board, speaker, tuple(range(len(board.columns))),
            deviation=number(abs(top)))


def iron_person(board: Board) -> Iterator[Earned]:
    """Gave more than one substantive speech for the team in one debate."""
    data, rows = board.data, np.flatnonzero(board.speech_rows)
    debate, speaker = data.speech_debate[rows], data.speech_speaker[rows]
    width = max(1, len(data.speakers))
    found, counts = np.unique(debate * width + speaker, return_counts=True)
    first: dict[int, tuple[int, int]] = {}
    for code, speeches in zip(found[counts > 1].tolist(), counts[counts > 1].tolist(), strict=True):
        number_, who = divmod(code, width)
        column = int(board.column(board.round_of_debate[[number_]])[0])
        if who not in first or column < first[who][0]:
            first[who] = column, speeches
    for who, (column, speeches) in sorted(first.items()):
        yield _earned("iron_person", board, who, (column,), speeches=speeches)


def hundredth_speech(board: Board) -> Iterator[Earned]:
    """Gave the hundredth substantive speech of the tournament.

    Counted by round, then by debate in order of ids, then in speaking order. Given when that
    round, and all rounds before it, are completed.
    """
    data = board.data
    rows = np.flatnonzero(board.speech_rows)
    column = board.column(data.speech_round[rows])
    counts = np.bincount(column, minlength=len(board.columns)) if len(rows) else np.zeros(0, int)
    sums = np.cumsum(counts)
    at = int(np.searchsorted(sums, ROUND_NUMBER))
    if at >= len(sums) or at >= board.done:
        return
    stood = np.flatnonzero(board.column(data.team_round) == at)
    sides = {
        (debate, team): side for debate, team, side in zip(
            data.team_debate[stood].tolist(), data.team_team[stood].tolist(),
            data.team_side[stood].tolist(), strict=True)
    }

    def place(row: int) -> tuple[object, ...]:
        debate, team = int(data.speech_debate[row]), int(data.speech_team[row])
        bench, half = divmod(sides.get((debate, team), 0), 2)
        return id_key(board.facts.debates[debate]), bench, int(data.speech_position[row]), half

    inside = sorted(rows[column == at].tolist(), key=place)
    row = inside[ROUND_NUMBER - 1 - (int(sums[at - 1]) if at else 0)]
    yield _earned("hundredth_speech", board, int(data.speech_speaker[row]), (at,))


def rising(board: Board) -> Iterator[Earned]:
    """Had a higher mark than the time before in three rounds running: four marks that rise."""
    if len(board.columns) < LADDER:
        return
    higher = np.diff(board.marks, axis=1) > 0
    for speaker, column in first_true(runs(higher, LADDER - 1)):
        columns = tuple(range(column, column + LADDER))
        yield _earned(
            "rising", board, speaker, columns,
            low=number(board.marks[speaker, column]),
            high=number(board.marks[speaker, columns[-1]]))


def best_of_the_room(board: Board) -> Iterator[Earned]:
    """Had the highest mark of a debate in which two teams or more were marked."""
    data, rows = board.data, np.flatnonzero(board.marked_rows)
    debate, team = data.speech_debate[rows], data.speech_team[rows]
    scores = np.round(data.speech_score[rows], DECIMALS)
    top = np.full(len(board.facts.debates), -np.inf)
    np.maximum.at(top, debate, scores)
    width = max(1, len(data.teams))
    marked = np.bincount(
        np.unique(debate * width + team) // width, minlength=len(board.facts.debates))
    winners = rows[(scores == top[debate]) & (marked[debate] > 1)]
    grid = np.zeros((len(data.speakers), len(board.columns)), dtype=np.bool_)
    grid[data.speech_speaker[winners], board.column(data.speech_round[winners])] = True
    for speaker, column in first_true(grid):
        yield _earned(
            "best_of_the_room", board, speaker, (column,),
            score=number(board.marks[speaker, column]))


def ever_present(board: Board) -> Iterator[Earned]:
    """Gave a substantive speech in every preliminary round, three at least, once completed."""
    if board.is_settled:
        for speaker in np.flatnonzero(board.spoke.all(axis=1)).tolist():
            columns = tuple(range(len(board.columns)))
            yield _earned("ever_present", board, speaker, columns, rounds=len(columns))


def profile_complete(board: Board) -> Iterator[Earned]:
    """All that the settings ask of a speaker is there."""
    for speaker in np.flatnonzero(board.facts.speaker_complete).tolist():
        yield Earned("profile_complete", board.data.speakers[speaker].id)


AWARDS = (
    Award("highest_speech", "speakers", "Highest speech",
          "Give the speech with the highest mark of all preliminary rounds.",
          "{score} in {round}, the highest of the tournament.",
          "message-square-quote", "legendary", "speaker_tab", highest_speech),
    Award("best_reply", "speakers", "Best reply",
          "Give the reply with the highest mark of all preliminary rounds.",
          "{score} for the reply in {round}, the highest of the tournament.",
          "corner-down-left", "legendary", "speaker_tab", best_reply),
    Award("steady_hand", "speakers", "Steady hand",
          f"Have the most even marks of all who spoke in every round, {LEAST_ROUNDS} at least.",
          "A standard deviation of {deviation} over all rounds.",
          "minus", "legendary", "speaker_tab", steady_hand),
    Award("iron_person", "speakers", "Iron person",
          "Give more than one speech for the team in a debate.",
          "Gave {speeches} speeches in one debate of {round}.",
          "heart-pulse", "uncommon", "results", iron_person),
    Award("hundredth_speech", "speakers", "Hundredth speech",
          f"Give speech number {ROUND_NUMBER} of the tournament.",
          f"Gave speech number {ROUND_NUMBER} of the tournament, in {{round}}.",
          "circle-dot", "rare", "results", hundredth_speech),
    Award("rising", "speakers", "Rising",
          f"Have {LADDER} marks in {LADDER} rounds running, each higher than the one before.",
          "From {low} to {high} without a step back, by {round}.",
          "chevron-up", "rare", "speaker_tab", rising),
    Award("best_of_the_room", "speakers", "Best of the room",
          "Have the highest mark of a debate.", "{score} in {round}, the highest of the room.",
          "circle-user", "common", "speaker_tab", best_of_the_room),
    Award("ever_present", "speakers", "Ever present",
          f"Speak in every preliminary round, {LEAST_ROUNDS} at least.",
          "Spoke in all of {rounds} rounds.",
          "calendar-clock", "common", "results", ever_present),
    Award("profile_complete", "speakers", "Nothing left to ask",
          "Give the tab room all that it asks of a speaker.", "The record is complete.",
          "circle-check", "common", "never", profile_complete, part="people"),
)
