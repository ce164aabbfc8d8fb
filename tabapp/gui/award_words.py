"""What is said of awards: the four families, and what keeps one from the hall."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.gui.messages import count, tr
from tabapp.services.award_waits import AwardWaits, Lack, Wait

FAMILIES = {
    "teams": "Teams", "speakers": "Speakers", "adjudicators": "Judges",
    "tournament": "Tournament",
}
"""What the families of awards are called, in their order."""
_RELEASES = {
    "team_tab_released": "the team tab", "speaker_tab_released": "the speaker tab",
    "public_participants": "the list of participants", "public_results": "results",
}
"""What each of these settings publishes."""


def joined(words: Sequence[str]) -> str:
    """Return several names in a sentence: "Round 4, Round 5 and Round 6"."""
    if len(words) < 2:
        return "".join(words)
    return tr("{some} and {last}", some=", ".join(words[:-1]), last=words[-1])


def wait_words(wait: Wait) -> str:
    """Return what some awards wait for: "2 awards wait for the release of Round 5's results."."""
    n = len(wait.keys)
    awards = tr("{awards} waits", awards=count(n, "award", "awards")) if n == 1 else tr(
        "{awards} wait", awards=count(n, "award", "awards"))
    rounds = joined(wait.rounds)
    if wait.need == "all_results_released":
        return tr(
            "{awards} for the release of {rounds}'s results.", awards=awards, rounds=rounds)
    if wait.need == "completed":
        ends = tr("the end of {rounds}", rounds=rounds)
        return tr("{awards} for {ends}.", awards=awards, ends=ends)
    if wait.need == "check":
        return tr("{awards} for a check of what earned them: check all now.", awards=awards)
    return tr(
        "{awards} until {what} can be read by everybody.", awards=awards,
        what=tr(_RELEASES[wait.need]))


def waits_words(waits: AwardWaits, most: int = 2) -> str:
    """Return all that awards wait for, the ``most`` pressing in full; "" where none waits."""
    found = waits.together()
    shown = [wait_words(one) for one in found[:most]]
    if len(found) > most:
        shown.append(tr("{n} more reasons.", n=len(found) - most) if len(found) - most > 1 else tr(
            "One more reason."))
    return " ".join(shown)


def note_words(waits: AwardWaits, key: str, winners: int) -> str:
    """Return why an award of so many winners is not public, and until when; "" where it is."""
    lacks = waits.lacks.get(key, ())
    if not lacks:
        return ""
    if any(one.need == "never" for one in lacks):
        return tr("Never public: this is between the person and the tab room.")
    parts = [_until(one) for one in lacks]
    some = waits.waiting.get(key, winners)
    if some < winners:
        return tr(
            "{n} of {m} are not public until {parts}.", n=some, m=winners, parts=joined(parts))
    return tr("Not public until {parts}.", parts=joined(parts))


def _until(lack: Lack) -> str:
    rounds = joined(lack.rounds)
    if lack.need == "all_results_released":
        return tr("the results of {rounds} are released", rounds=rounds)
    if lack.need == "completed":
        return tr("{rounds} is completed", rounds=rounds) if len(lack.rounds) == 1 else tr(
            "{rounds} are completed", rounds=rounds)
    if lack.need == "check":
        return tr("a check tells on which rounds it rests")
    if lack.need == "public_results":
        return tr("results are published")
    return tr("{what} is public", what=tr(_RELEASES[lack.need]))
