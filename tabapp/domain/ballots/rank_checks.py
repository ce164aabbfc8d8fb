"""Check the ranks that a sheet gives the speeches of its room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tabapp.core.errors import Problem
from tabapp.domain.archive import Speech
from tabapp.domain.ballots.paper import DECIMALS, Paper
from tabapp.domain.ballots.values import DebateContext
from tabapp.domain.formats import Settings
from tabapp.domain.types import Side


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A speech with its rank, and how problems call it."""

    rank: int
    side: Side
    speech: Speech


def check_speech_ranks(
    paper: Paper, debate: DebateContext, settings: Settings
) -> Iterator[Problem]:
    """Yield what is wrong with the ranks: each from 1 to the number of speeches, each once.

    Ranked are the substantive speeches of all sides that stood, ghosts included; with
    ``high-points`` no speech stands above one with a higher mark, while equal marks stand in any
    order (Tabbycat, form of consensus ballots). A sheet that ranks nothing is only a warning: it
    keeps no result from being counted.
    """
    given = [
        (side, speech) for side in paper.standing for speech in paper.speeches[side]
    ]
    ranked = [
        _Ranked(one.rank, side, one) for side, one in given
        if one.rank is not None and one.position <= settings.substantive_speakers
    ]  # fmt: skip
    if settings.speaker_ranks == "none":
        if any(one.rank is not None for _side, one in given):
            yield Problem.of("warning", debate.id, "speech_ranks_not_asked", debate=debate.id)
        return
    if len(paper.standing) < 2:
        return  # nobody was there to be ranked against
    if not ranked:
        yield Problem.of("warning", debate.id, "speech_ranks_missing", debate=debate.id)
        return
    last = len(paper.standing) * settings.substantive_speakers
    for side, one in given:
        where = debate.speech(side, one.position)
        facts = {"debate": debate.id, "side": side.value, "position": one.position}
        if one.position > settings.substantive_speakers:
            if one.rank is not None:
                yield Problem.of("error", where, "reply_ranked", **facts)
        elif one.rank is None:
            yield Problem.of("error", where, "speech_rank_missing", **facts, last=last)
        elif not 1 <= one.rank <= last:
            yield Problem.of(
                "error", where, "speech_rank_out_of_range", **facts, rank=one.rank, last=last)
    ranked.sort(key=lambda one: (one.rank, -_mark(one)))
    yield from _check_order(ranked, debate, settings)


def _check_order(
    ranked: Sequence[_Ranked], debate: DebateContext, settings: Settings
) -> Iterator[Problem]:
    """Yield where two speeches share a rank, or the better rank has the lower mark."""
    for one, next_ in pairwise(ranked):
        where = debate.speech(next_.side, next_.speech.position)
        facts = {
            "debate": debate.id, "side": next_.side.value, "position": next_.speech.position,
            "rank": next_.rank, "other": one.side.value, "other_position": one.speech.position,
        }  # fmt: skip
        if one.rank == next_.rank:
            yield Problem.of("error", where, "speech_rank_twice", **facts)
        elif settings.speaker_ranks == "high-points" and _stands_above(one, next_):
            yield Problem.of(
                "error", where, "speech_rank_against_score", **facts,
                score=f"{_mark(next_):g}", less=f"{_mark(one):g}", better=one.rank)


def _stands_above(one: _Ranked, other: _Ranked) -> bool:
    """Whether a speech with a better rank is known to have the lower mark."""
    known = one.speech.score is not None and other.speech.score is not None
    return known and _mark(one) < _mark(other)


def _mark(one: _Ranked) -> float:
    return round(one.speech.score or 0.0, DECIMALS)
