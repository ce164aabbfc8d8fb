"""Finds the preset and the settings that a DebateXML file was made under."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from tabapp.core.errors import UserError
from tabapp.domain.formats import Settings, differences, resolve
from tabapp.exchange.debatexml_parts import Reading, children, refs
from tabapp.exchange.findings import Findings

PRESETS = {
    "bp": "bp", "australs": "australs", "aus-easters": "easters", "nz-easters": "nz-easters",
    "joynt": "joynt", "wsdc": "wsdc", "uadc": "uadc", "asians": "ap", "apda": "apda", "cp": "cp",
}
"""Styles of DebateXML that have a preset here."""

# Of two teams, by substantive speakers and whether there are replies.
_BY_LOOK = {
    (3, True): "australs", (3, False): "easters", (2, True): "nz-easters", (2, False): "cp",
}


@dataclass(frozen=True, slots=True)
class Format:
    """What the debates of a file are read as."""

    preset: str
    overrides: Mapping[str, Any]
    settings: Settings


def read_format(root: Element, reading: Reading) -> Format:
    """Take the preset from the style, or guess it from the debates with a warning.

    What the file shows beyond doubt goes over the preset: whether judges handed in ballots of
    their own and, where the preset is a guess, speakers, replies and the range of marks.
    """
    style = root.get("style", "").strip().lower()
    overrides = _ballot_settings(root)
    preset = PRESETS.get(style)
    if preset is None:
        preset, more = _guess(root)
        overrides |= more
        reading.found.warn(
            "tournament", "debatexml_style_guessed", style=style or "none", preset=preset
        )
    try:
        return Format(preset, differences(preset, overrides), resolve(preset, overrides))
    except UserError:
        # check_archive names what is wrong with them; the file is read on as the preset says.
        return Format(preset, overrides, resolve(preset, {}))


def _sides(root: Element, elimination: bool | None = None) -> Iterator[Element]:
    quiet = Reading(Findings())
    for round_ in children(root, "round"):
        if elimination in {None, quiet.flag(round_, "elimination", "")}:
            for debate in children(round_, "debate"):
                yield from children(debate, "side")


def _ballot_settings(root: Element) -> dict[str, Any]:
    """Say for each stage whether judges voted, where the file shows it."""
    found: dict[str, Any] = {}
    for elimination, name in (
        (False, "ballots_per_debate_prelim"), (True, "ballots_per_debate_elim"),
    ):
        ballots = [children(side, "ballot") for side in _sides(root, elimination)]
        if any(len(of_side) > 1 for of_side in ballots):
            found[name] = "per-adj"
        elif any(len(refs(one, "adjudicators")) > 1 for of_side in ballots for one in of_side):
            found[name] = "per-debate"
    return found


def _guess(root: Element) -> tuple[str, dict[str, Any]]:
    rooms = Counter(
        len(children(debate, "side"))
        for round_ in children(root, "round") for debate in children(round_, "debate")
    )
    del rooms[0], rooms[1]
    four = bool(rooms) and max(rooms, key=lambda size: (rooms[size], size)) == 4
    quiet = Reading(Findings())
    spoken = Counter[int]()
    marks: dict[bool, list[float]] = {False: [], True: []}
    kept, minority = 0, 0
    for side in _sides(root):
        replies = 0
        for speech in children(side, "speech"):
            reply = quiet.flag(speech, "reply", "")
            replies += reply
            for ballot in children(speech, "ballot"):
                mark = quiet.number(ballot.text, "", "")
                if mark is not None:
                    marks[reply].append(mark)
        spoken[len(children(side, "speech")) - replies] += 1
        for ballot in children(side, "ballot"):
            dissents = quiet.flag(ballot, "minority", "")
            minority += dissents
            kept += dissents and not quiet.flag(ballot, "ignored", "")
    del spoken[0]
    has_replies = bool(marks[True])
    speakers = max(spoken, key=lambda count: (spoken[count], count), default=2 if four else 3)
    preset = "bp" if four else _BY_LOOK.get((speakers, has_replies), "australs")
    overrides: dict[str, Any] = {
        "substantive_speakers": speakers, "reply_scores_enabled": has_replies,
    }
    if minority:
        overrides["margin_includes_dissenters"] = kept > 0
    usual = resolve(preset, {})
    if marks[False]:
        overrides["score_min"] = min(usual.score_min, *marks[False])
        overrides["score_max"] = max(usual.score_max, *marks[False])
    if marks[True]:
        overrides["reply_score_min"] = min(usual.reply_score_min, *marks[True])
        overrides["reply_score_max"] = max(usual.reply_score_max, *marks[True])
    return preset, overrides
