"""Scores and ranks of judges, with feedback weighed in (rules.md, section 11)."""

from __future__ import annotations

from tests.reference.exact import Doc, exact, key_of, mean, ranks_of

SEATS = {"chair": "chaired", "panellist": "panelled", "trainee": "trained"}


def figures(doc: Doc, feedback_weight: float) -> dict[str, Doc]:
    """Return judge to score, base score, mean feedback, and how often it was given."""
    found = {}
    for judge in doc["adjudicators"]:
        given = [
            exact(one["score"]) for one in doc.get("feedback") or []
            if one["target"] == judge["id"] and one.get("score") is not None
            and one.get("confirmed", True) and not one.get("ignored")
            and not is_by_trainee(doc, one)
        ]  # fmt: skip
        base, told = exact(judge.get("base_score") or 0), mean(given)
        share = exact(feedback_weight) if given else 0
        assert base is not None
        assert share is not None
        found[judge["id"]] = {
            "score": (1 - share) * base + share * (told or 0),
            "base_score": base, "feedback": told, "feedback_count": len(given),
        }  # fmt: skip
    return found


def is_by_trainee(doc: Doc, feedback: Doc) -> bool:
    """Tell whether a judge wrote the feedback that sat in the debate as a trainee."""
    source = feedback.get("source_adjudicator")
    return source is not None and any(
        debate["id"] == feedback.get("debate") and member["role"] == "trainee"
        for rnd in doc["rounds"] for debate in rnd.get("debates") or []
        for member in debate.get("panel") or [] if member["adjudicator"] == source
    )  # fmt: skip


def seats(doc: Doc) -> dict[str, Doc]:
    """Return judge to how often it had a seat as chair, panellist and trainee, in any round."""
    found = {judge["id"]: dict.fromkeys(SEATS.values(), 0) for judge in doc["adjudicators"]}
    for rnd in doc["rounds"]:
        for debate in rnd.get("debates") or []:
            for member in debate.get("panel") or []:
                found[member["adjudicator"]][SEATS[member["role"]]] += 1
    return found


def ranks(found: dict[str, Doc]) -> dict[str, int]:
    """Return judge to rank by score."""
    keys = {judge: [key_of("score", row["score"])] for judge, row in found.items()}
    return ranks_of(list(found), keys)
