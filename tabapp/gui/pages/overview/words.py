"""The state of a tournament in words: the next step, alerts, activity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tabapp.gui.messages import tr
from tabapp.services.activity import Entry
from tabapp.services.overview import Alert, Overview, StepKey

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: as the page's title, as its heading, as a line, its button, its place."""

    title: str
    heading: str
    verb: str
    place: str
    icon: str = ""


def in_words(n: int) -> str:
    """Return a small number as a word, a large one in figures."""
    return tr(_NUMBERS[n]) if 0 <= n < len(_NUMBERS) else f"{n:,}"


def step_of(key: StepKey, found: Overview) -> Step:
    """Return a step in words."""
    round_ = found.current.name if found.current else ""
    facts = {one.key: one for one in found.current.stages} if found.current else {}
    out = found.current.ballots_out if found.current else 0
    if key == "draw" and found.current is not None and found.current.status == "draft":
        return Step(
            tr("The draw of {round} is a draft", round=round_),
            tr("Confirm the draw of {round}", round=round_), tr("Look at the draw"),
            "rounds/draw", "swords")
    if key == "judges" and facts and facts["judges"].status == "problem":
        return Step(
            tr("{round} has panels to look at", round=round_),
            tr("Look at the panels of {round}", round=round_), tr("Open the panels"),
            "rounds/judges", "gavel")
    ballots = tr("{n} ballot", n=in_words(out)) if out == 1 else tr("{n} ballots", n=in_words(out))
    return {
        "people": Step(
            tr("No teams yet"), tr("Add teams, speakers and judges"), tr("Open people"),
            "people", "users"),
        "rounds": Step(
            tr("No rounds yet"), tr("Set the rounds up"), tr("Open settings"), "settings",
            "settings"),
        "availability": Step(
            tr("{round} waits for who is here", round=round_), tr("Say who is here"),
            tr("Open availability"), "rounds/availability", "users"),
        "draw": Step(
            tr("{round} can be drawn", round=round_), tr("Draw {round}", round=round_),
            tr("Open the draw"), "rounds/draw", "swords"),
        "judges": Step(
            tr("{round} waits for its judges", round=round_), tr("Seat the judges"),
            tr("Open the panels"), "rounds/judges", "gavel"),
        "rooms": Step(
            tr("{round} waits for its rooms", round=round_), tr("Place the debates in rooms"),
            tr("Open the rooms"), "rounds/rooms", "door-open"),
        "release": Step(
            tr("{round} can be released", round=round_), tr("Release {round}", round=round_),
            tr("Open the release"), "rounds/release", "projector"),
        "ballots": Step(
            tr("{round} waits for {ballots}", round=round_, ballots=ballots),
            tr("Enter {ballots}", ballots=ballots), tr("Open the ballots"), "ballots",
            "clipboard-pen"),
        "complete": Step(
            tr("{round} can be completed", round=round_), tr("Complete {round}", round=round_),
            tr("Open the round"), "rounds/complete", "check"),
        "break": Step(
            tr("The break can be made"), tr("Make the break"), tr("Open the break"), "breaks",
            "git-fork"),
        "finished": Step(
            tr("All rounds are completed"), tr("Look at the results"), tr("Open the results"),
            "results", "list-ordered"),
    }[key]


def sentence_of_step(key: StepKey, found: Overview) -> str:
    """Return the fact that goes with the step, such as what keeps it back."""
    if key == "people":
        return tr("Type them, or paste them from a spreadsheet.")
    if key == "break":
        return tr("Every preliminary round is completed.")
    if key == "finished":
        return tr("Nothing waits for you here.")
    if key == "draw" and found.current is not None and found.current.status == "none":
        key = "availability"
    if key == "ballots":
        return _ballots_so_far(found)
    stages = found.current.stages if found.current else ()
    fact = next((one.fact for one in stages if one.key == key), "")
    return f"{fact[:1].upper()}{fact[1:]}." if fact else ""


def _ballots_so_far(found: Overview) -> str:
    waits = [one.waits_for for one in found.rooms]
    said = tr(
        "{n} of {m} confirmed", n=waits.count("nothing"),
        m=len(waits) - waits.count("later"))
    to_check = waits.count("check")
    return f"{said}, {tr('{n} to check', n=to_check)}." if to_check else f"{said}."


def alert_in_words(alert: Alert) -> tuple[str, str]:
    """Return the sentence of an alert and the word that leads to it."""
    if alert.key == "stage":
        stage = tr(alert.subject.capitalize())
        return f"{stage}: {alert.detail}", tr("Look")
    if alert.key == "motion":
        return tr("{round} has no motion yet", round=alert.subject), tr("Add motion")
    if alert.key == "run":
        what = tr("failed") if alert.detail == "failed" else tr("was cut off")
        return f"{alert.subject} {what}", tr("Look")
    return _counted(alert)


def _counted(alert: Alert) -> tuple[str, str]:
    n = in_words(alert.count).capitalize()
    if alert.key == "suggestions":
        words = tr("{n} suggestion waits", n=n) if alert.count == 1 else tr(
            "{n} suggestions wait", n=n)
        return tr("{suggestions} for an answer", suggestions=words), tr("Look")
    if alert.key == "idle_judges":
        if alert.count == 1:
            return tr("{name} is here and sits on no panel", name=alert.subject), tr("Seat")
        return tr("{n} judges are here and sit on no panel", n=n), tr("Seat them")
    if alert.count == 1:
        return tr("The ballot of {room} waits for a check", room=alert.subject), tr("Check")
    return tr("{n} ballots wait for a check", n=n), tr("Check them")


def since(at: datetime | None, now: datetime) -> str:
    """Return how long ago something was, roughly."""
    if at is None:
        return ""
    minutes = int((now - at).total_seconds() // 60)
    if minutes < 60:
        return tr("{n} min", n=max(0, minutes))
    return tr("{n} h", n=minutes // 60)


def entry_in_words(entry: Entry) -> str:
    """Return what was done, without who did it."""
    if entry.of_job:
        return entry.subject
    if entry.verb in ("undo", "redo") and entry.subject:
        return f'{past(entry.verb)} "{entry.subject}"'
    return f"{past(entry.verb)} {entry.subject}".strip()


_PAST = {
    "bring": "brought", "draw": "drew", "drop": "dropped", "keep": "kept", "make": "made",
    "put": "put", "redo": "redid", "remake": "remade", "run": "ran", "set": "set",
    "split": "split", "swap": "swapped", "take": "took", "undo": "undid", "withdraw": "withdrew",
    "write": "wrote",
}  # fmt: skip


def past(verb: str) -> str:
    """Return what somebody did, from the verb phrase that the journal keeps.

    >>> past("enter the ballot of"), past("withdraw"), past("remove"), past("copy")
    ('entered the ballot of', 'withdrew', 'removed', 'copied')
    """
    first, gap, rest = verb.partition(" ")
    if not first.isalpha() or not first.islower() or first.endswith("ed"):
        return verb
    if first in _PAST:
        done = _PAST[first]
    elif first.endswith("e"):
        done = first + "d"
    elif first.endswith("y") and first[-2:-1] not in "aeiou":
        done = first[:-1] + "ied"
    else:
        done = first + "ed"
    return f"{done}{gap}{rest}"


def state_of_entry(entry: Entry) -> str:
    """Return that an action was taken back, or "" for one that stands."""
    if not entry.is_undone:
        return ""
    at = f"{entry.undone_at.astimezone():%H:%M}" if entry.undone_at else ""
    return tr("undone {time} by {name}", time=at, name=entry.undone_by).replace("  ", " ")

