"""What the second implementation reads from an archive as plain JSON, settings in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.reference.exact import Doc

DEFAULTS = {
    "teams_in_debate": 2, "substantive_speakers": 3, "winners_in_ballots": "none",
    "margin_includes_dissenters": False, "teamscore_includes_ghosts": True,
    "forfeit_winner_speaks": "average", "bye_team_results": "none", "bye_speaks": "none",
    "break_easters_strict": False,
}  # fmt: skip
"""For documents that leave a setting out (rules.md and features.md, section 4)."""

BP_DEFAULTS = {"teams_in_debate": 4, "substantive_speakers": 2}


def setting(doc: Doc, name: str) -> Any:
    """Return a setting in force."""
    value = (doc["tournament"].get("settings") or {}).get(name)
    if value is not None:
        return value
    if doc["tournament"].get("preset") == "bp" and name in BP_DEFAULTS:
        return BP_DEFAULTS[name]
    return DEFAULTS[name]


def confirmed_ballot(debate: Doc) -> Doc | None:
    """Return the one ballot that counts."""
    for ballot in debate.get("ballots") or []:
        if ballot.get("status", "confirmed") == "confirmed":
            found: Doc = ballot
            return found
    return None


def is_bye(debate: Doc) -> bool:
    """Tell whether a team stands alone."""
    return len(debate["sides"]) == 1


def preliminary(doc: Doc, until: int | None = None) -> Iterator[tuple[Doc, Doc]]:
    """Yield (round, debate) for each debate that was drawn and not postponed.

    Drawn: the draw was confirmed or released, or the debate has a result.
    """
    for rnd in doc["rounds"]:
        if rnd.get("stage", "preliminary") != "preliminary":
            continue
        if until is not None and rnd["seq"] > until:
            continue
        for debate in rnd.get("debates") or []:
            if debate.get("status") == "postponed":
                continue
            if rnd.get("status") in ("confirmed", "released") or confirmed_ballot(debate):
                yield rnd, debate


def weight(rnd: Doc) -> int:
    """Return how often a round's points count."""
    value = rnd.get("weight")
    return 1 if value is None else value


def team_ids(doc: Doc) -> list[str]:
    """Return all teams."""
    return [team["id"] for team in doc["teams"]]


def teams_in(debate: Doc) -> list[str]:
    """Return the teams of a debate."""
    return [entry["team"] for entry in debate["sides"]]


def slugs_of(doc: Doc, kind: str, row: Doc, field: str) -> list[str]:
    """Return the categories of a team or speaker by slug; a file names them by id."""
    names = {one["id"]: one["slug"] for one in doc.get(kind) or []}
    return [names[ref] for ref in row.get(field) or []]
