"""What one key does to a sheet: speakers, iron persons and ticks."""

from __future__ import annotations

from tabapp.services.ballot_fields import SheetForm, position_of, side_of
from tabapp.services.ballot_typed import Typed, blank, mark_of

_TWICE = 2


def has_pair(form: SheetForm, key: str) -> bool:
    """Tell whether a speech has another one beside it, to swap with or to be given twice.

    A reply has none, and the only speech of a side neither.
    """
    return 1 < form.settings.substantive_speakers >= position_of(key)


def swap_speakers(form: SheetForm, typed: Typed, key: str) -> None:
    """Let the speaker of ``key`` change places with the one of the next substantive speech.

    Nothing happens at a speech without one (``has_pair``).
    """
    if not has_pair(form, key):
        return
    here, there = _pair(form, key)
    for kept in (typed.speakers, typed.substitutes):
        one, other = kept.pop(here, None), kept.pop(there, None)
        if other is not None:
            kept[here] = other
        if one is not None:
            kept[there] = one


def turn_iron_person(form: SheetForm, typed: Typed, key: str) -> None:
    """Let the speaker of ``key`` speak twice, the speech with the lower mark as the ghost.

    The ghost follows the marks as they are typed; of equal marks, or while one is missing, it is
    the later speech (rules.md, section 0). Once more makes the other speech the ghost, whatever
    its mark; a third time the usual order comes back. Nothing happens at a speech without another
    one (``has_pair``).
    """
    if not has_pair(form, key):
        return
    pair = first, second = _in_order(_pair(form, key))
    twice = typed.speakers.get(first) == typed.speakers.get(second) and first in typed.speakers
    ghosts = [one for one in typed.ghosts if one not in pair]
    now = next((one for one in typed.ghosts if one in pair), None)
    usual = _lower(form, typed, pair)
    if twice and now == usual:
        typed.ghosts = [*ghosts, first if now == second else second]
        _follow_no_more(typed, pair)
    elif twice and now is not None:
        _take_turns_back(form, typed, pair)
        typed.ghosts = ghosts
    elif key in typed.speakers:
        speaker, stands_for = typed.speakers[key], typed.substitutes.get(key)
        for one in pair:
            typed.speakers[one] = speaker
            if stands_for is not None:
                typed.substitutes[one] = stands_for
            else:
                typed.substitutes.pop(one, None)
        typed.ghosts = [*ghosts, usual]
        typed.ghosts_by_mark = [*typed.ghosts_by_mark, usual]


def follow_marks(form: SheetForm, typed: Typed) -> None:
    """Let each ghost that nobody chose be the speech with the lower mark."""
    for ghost in list(typed.ghosts_by_mark):
        same = [
            one for one in form.keys if side_of(one) == side_of(ghost) and has_pair(form, one)
            and typed.speakers.get(one) == typed.speakers.get(ghost)]
        if ghost not in typed.ghosts or ghost not in same or len(same) != _TWICE:
            typed.ghosts_by_mark.remove(ghost)
            continue
        lower = _lower(form, typed, (same[0], same[1]))
        typed.ghosts[typed.ghosts.index(ghost)] = lower
        typed.ghosts_by_mark[typed.ghosts_by_mark.index(ghost)] = lower


def _lower(form: SheetForm, typed: Typed, pair: tuple[str, str]) -> str:
    """Return the speech with the lower mark, the later one where neither has it."""
    first, second = (mark_of(form, typed, key) for key in pair)
    return pair[0] if first is not None and second is not None and first < second else pair[1]


def _follow_no_more(typed: Typed, pair: tuple[str, str]) -> None:
    typed.ghosts_by_mark = [one for one in typed.ghosts_by_mark if one not in pair]


def _take_turns_back(form: SheetForm, typed: Typed, pair: tuple[str, str]) -> None:
    """Let the speeches of a pair be given in the usual order again."""
    usual = blank(form).speakers
    _follow_no_more(typed, pair)
    for one in pair:
        typed.substitutes.pop(one, None)
        typed.speakers.pop(one, None)
        if one in usual:
            typed.speakers[one] = usual[one]


def choose_speaker(form: SheetForm, typed: Typed, key: str, ref: str) -> None:
    """Let somebody of the team give a speech; what made it a ghost or a substitute's goes."""
    typed.speakers[key] = ref
    typed.substitutes.pop(key, None)
    side = key.partition(".")[0]
    for ghost in [one for one in typed.ghosts if one.startswith(f"{side}.")]:
        same = [one for one in form.keys if one.startswith(f"{side}.") and one != ghost and (
            typed.speakers.get(one) == typed.speakers.get(ghost))]
        if not same:
            typed.ghosts.remove(ghost)
    follow_marks(form, typed)


def turn_winner(form: SheetForm, typed: Typed, side: str, on: bool) -> None:
    """Tick a side or not; where only one can win the tick moves."""
    kept = [] if on and form.context.advancing == 1 else [
        one for one in typed.winners if one != side]
    chosen = [*kept, side] if on else kept
    typed.winners = [seat.side.value for seat in form.seats if seat.side.value in chosen]


def veto(typed: Typed, side: str, motion: str | None) -> None:
    """Let a side veto a motion, or none."""
    typed.vetoes.pop(side, None)
    if motion:
        typed.vetoes[side] = motion


def _pair(form: SheetForm, key: str) -> tuple[str, str]:
    """Return a substantive speech and the next one of its side, from the first after the last."""
    following = position_of(key) % form.settings.substantive_speakers + 1
    return key, f"{side_of(key)}.{following}"


def _in_order(pair: tuple[str, str]) -> tuple[str, str]:
    one, other = pair
    return (one, other) if position_of(one) < position_of(other) else (other, one)
