"""A document in which every part is there, every key is filled and every part has unknown keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tabapp.domain import archive as doc
from tabapp.domain.simulation import generate_tournament

UNKNOWN: dict[str, Any] = {
    "zz_unknown": {"a": [1, 2.5, None, "é", {"b": True}]}, "self": "s", "extra": {"q": 1},
    "class": "c",
}
KEPT_AS_THEY_ARE = {"status", "remark", "substitute_for", "active", "subject"}
"""Fields whose blank or false value means something to the rules."""


def parts_of(value: object) -> Iterator[doc.Part]:
    """Yield every part of a document, outer ones first."""
    if isinstance(value, doc.Part):
        yield value
        for name in type(value).model_fields:
            yield from parts_of(getattr(value, name))
    elif isinstance(value, list):
        for one in value:
            yield from parts_of(one)


def full_document() -> doc.Archive:
    """Return a played tournament with everything that a document can hold."""
    archive = generate_tournament(
        preset="bp", teams=16, rounds=3, seed=11, chaos=1.0, break_size=4)
    _add_rare_parts(archive)
    for part in parts_of(archive):
        _fill(part)
        for key, value in UNKNOWN.items():
            setattr(part, key, value)
    return archive


def _fill(part: doc.Part) -> None:
    """Give a value to each blank text, each false flag and each zero that may have one."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in KEPT_AS_THEY_ARE:
            continue
        if value == "" and isinstance(value, str):
            setattr(part, name, f"some {name}")
        elif name in (
            "anonymous", "trainee", "independent", "adj_core", "breaking", "required", "withdrawn",
            "consent", "categories_answered", "conflicts_declared",
        ):
            setattr(part, name, True)
        elif name in ("capacity", "min_value", "max_value", "bracket_min", "bracket_max"):
            setattr(part, name, 3)


def _add_rare_parts(archive: doc.Archive) -> None:
    team, other = archive.teams[0], archive.teams[1]
    judge, second = archive.adjudicators[:2]
    round_ = archive.rounds[0]
    debate = round_.debates[0]
    archive.tournament.settings = {"score_min": 40, "unknown_setting": {"k": [1]}}
    archive.tournament.active = False
    archive.tournament.criteria = [
        doc.Criterion(id="C1", name="content", weight=2.5, min=1, max=5, step=0.5)]
    team.seed, team.break_preferences = 2.5, list(team.break_categories)
    team.institution_conflicts, team.team_conflicts = [archive.institutions[1].id], [other.id]
    judge.base_score_history = [
        doc.BaseScore(round=1, score=2.5), doc.BaseScore(round=None, score=None)]
    judge.adjudicator_conflicts = [second.id]
    archive.questions = [
        doc.Question(id="Q1", name="agree", type="bc", choices=["b", "a"]),
        doc.Question(id="Q2", name="why", type="tl"),
    ]
    debate.overrides = [
        doc.Override(adjudicator=judge.id, team=team.id, reason="r", by="me"),
        doc.Override(adjudicator=judge.id, other=second.id, reason="r", by="me"),
    ]
    debate.importance, debate.flags = 2, ["z", "a"]
    round_.kind, round_.starts_at = "prepared", "2026-01-01T10:00"
    round_.expected_end = "2026-01-01T12:00"
    round_.deadlines = {"timeout_minutes": 30, "paused": True, "unknown": [1]}
    round_.draw_record = {"rule": {"x": 1.0}, "quality": [1.5, None]}
    round_.side_allocations = {team.id: "og"}
    round_.absent_venues = [archive.venues[-1].id]
    round_.preformed_panels = [doc.PreformedPanel(
        room_rank=1, importance=1, liveness=4,
        panel=[doc.PanelMember(adjudicator=judge.id, role="chair")])]
    archive.breaks = [doc.Break(
        category=archive.break_categories[0].slug,
        lots=doc.Lots(seed=2**55, order=[other.id, team.id]),
        teams=[
            doc.BreakTeam(team=other.id, rank=1, break_rank=1, reason="because"),
            doc.BreakTeam(team=team.id, rank=1, remark="lost_coin_toss"),
        ],
    )]
    archive.feedback = [
        doc.Feedback(id="F1", round=1, debate=debate.id, target=judge.id, source_team=team.id,
                     score=4.5, confirmed=False, ignored=True, answers={"Q1": [1, "a"]}),
        doc.Feedback(id="F2", target=judge.id, source_adjudicator=second.id,
                     answers={"Q1": {"deep": 1}, "Q2": False}),
    ]
    archive.achievements = [
        doc.Achievement(key="first_win", subject=team.id, round=1, awarded_at="2026-01-01"),
        doc.Achievement(key="again", subject="S1"),
        doc.Achievement(key="tournament_finished", subject=""),
    ]
    archive.activity = [
        doc.Activity(at="yesterday", actor="me", what="did a thing", old="o", new="n"),
        doc.Activity(at="2026-01-01T00:00:00Z", actor="me", what="another", new=""),
    ]
