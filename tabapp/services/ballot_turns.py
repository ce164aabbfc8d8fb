"""What one key does to a sheet: speakers, iron persons and ticks."""

from __future__ import annotations

from tabapp.services.ballot_fields import SheetForm
from tabapp.services.ballot_typed import Typed, blank


def swap_speakers(form: SheetForm, typed: Typed, key: str) -> None:
    """Let the speaker of ``key`` change places with the one of the next substantive speech."""
    here, there = _pair(form, key)
    for kept in (typed.speakers, typed.substitutes):
        one, other = kept.pop(here, None), kept.pop(there, None)
        if other is not None:
            kept[here] = other
        if one is not None:
            kept[there] = one


def turn_iron_person(form: SheetForm, typed: Typed, key: str) -> None:
    """Let the speaker of ``key`` speak twice, the second speech as the ghost.

    Once more makes the first speech the ghost, a third time the usual order comes back.
    """
    first, second = sorted(_pair(form, key), key=lambda one: int(one.rpartition(".")[2]))
    if first == second:
        return
    twice = typed.speakers.get(first) == typed.speakers.get(second) and first in typed.speakers
    ghosts = [one for one in typed.ghosts if one not in (first, second)]
    if twice and second in typed.ghosts:
        typed.ghosts = [*ghosts, first]
    elif twice:
        usual = blank(form).speakers
        typed.ghosts = ghosts
        for one in (first, second):
            typed.substitutes.pop(one, None)
            typed.speakers.pop(one, None)
            if one in usual:
                typed.speakers[one] = usual[one]
    elif key in typed.speakers:
        typed.ghosts = [*ghosts, second]
        speaker, stands_for = typed.speakers[key], typed.substitutes.get(key)
        for one in (first, second):
            typed.speakers[one] = speaker
            if stands_for is not None:
                typed.substitutes[one] = stands_for
            else:
                typed.substitutes.pop(one, None)


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
    """Return a speech and the next substantive one of its side, from the first after the last.

    Of a reply that is the first speech, of the only speech of a side itself.
    """
    side, _, text = key.rpartition(".")
    position = int(text)
    following = position % form.settings.substantive_speakers + 1
    return key, f"{side}.{following}"
