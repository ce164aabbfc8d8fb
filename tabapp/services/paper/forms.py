"""The feedback forms of a round: one for everybody who is expected to rate a judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.feedback_paths import Path, judge_paths, team_paths
from tabapp.domain.side_names import side_title
from tabapp.domain.types import Side, Stage
from tabapp.exchange.paper import Answer, Code, Form, Scale
from tabapp.exchange.paper.values import AnswerKind
from tabapp.services.paper.sheet_words import return_words
from tabapp.services.paper.sheets import Ground, in_order, read_ground
from tabapp.services.rounds import title_of
from tabapp.store.paper_reads import (
    PaperDebate,
    PaperPerson,
    PaperQuestion,
    PaperTeam,
    read_paper_debates,
    read_questions,
)
from tabapp.store.unit import ReadUnit

_KINDS: Mapping[str, AnswerKind] = {
    "bc": "checkbox", "bs": "yes/no", "i": "integer", "is": "scale", "f": "number", "t": "text",
    "tl": "long text", "ss": "one", "ms": "many",
}
"""The nine types by the letters that Tabbycat gives them; anything else is a line to write on."""
_SCALE = Scale(1, 10, 1)


@dataclass(frozen=True, slots=True)
class _Names:
    """How the people of one debate are called, and what they have on paper."""

    judges: Mapping[str, PaperPerson]
    teams: Mapping[str, tuple[Side, PaperTeam]]


def read_forms(
    unit: ReadUnit, round_id: int, rooms: Sequence[int] | None = None, *,
    open_codes: bool = False,
) -> list[Form]:
    """Return the feedback forms of a round, or of some of its debates, by room.

    ``open_codes``: where no code is given yet a frame shows its place.
    ``UserError`` ``paper_no_draw``, ``paper_no_feedback`` with the reason.
    """
    ground = read_ground(unit, round_id, open_codes=open_codes)
    name, settings = title_of(ground.round), ground.settings
    debates = [
        one for one in read_paper_debates(unit, ground.owner.id, round_id) if len(one.sides) > 1]
    if not debates:
        raise UserError("paper_no_draw", round=name)
    if ground.round.stage == Stage.ELIMINATION:
        _refuse(name, "paper_no_feedback_stage")
    if settings.feedback_paths == "no-adjs" and settings.feedback_from_teams == "no-one":
        _refuse(name, "paper_no_feedback_wanted")
    questions = read_questions(unit, ground.owner.id)
    wanted = None if rooms is None else set(rooms)
    found = [
        form for debate in in_order(debates) if wanted is None or debate.id in wanted
        for form in _of_debate(ground, debate, questions)]
    if not found:
        _refuse(name, "paper_no_feedback_judges")
    return found


def _refuse(name: str, why: str) -> None:
    raise UserError("paper_no_feedback", round=name, why=word(why, {}))


def _of_debate(
    ground: Ground, debate: PaperDebate, questions: Sequence[PaperQuestion]
) -> Iterator[Form]:
    panel = [(role, str(judge.id)) for role, judge in debate.panel]
    names = _Names(
        {str(judge.id): judge for _role, judge in debate.panel},
        {str(team.id): (side, team) for side, team in debate.sides})
    paths = [
        *team_paths(list(names.teams), panel, ground.settings, silent=ground.round.silent),
        *judge_paths(panel, ground.settings)]
    roles = {judge: role.value for role, judge in panel}
    for path in paths:
        targets = [names.judges[one] for one in path.targets]
        yield Form(
            tournament=ground.owner.name, room=debate.room or f"Debate {debate.ref}",
            when=ground.when, source=_source(ground, path, names, roles),
            targets=tuple(
                f"{ground.person(judge)} ({roles[one]})"
                for one, judge in zip(path.targets, targets, strict=True)),
            intro=ground.settings.feedback_introduction.strip(),
            answers=_answers(ground, questions, from_team=path.from_team),
            bring=return_words(ground.settings.feedback_return_location, "form"),
            codes=_codes(ground, debate, targets))


def _source(ground: Ground, path: Path, names: _Names, roles: Mapping[str, str]) -> str:
    if not path.from_team:
        return f"{ground.person(names.judges[path.source])} ({roles[path.source]})"
    side, team = names.teams[path.source]
    return f"{ground.team(team)} ({side_title(side, ground.settings.side_names)})"


def _codes(
    ground: Ground, debate: PaperDebate, targets: Sequence[PaperPerson]
) -> tuple[Code, ...]:
    """Return the codes of the debate and, where it is clear who is meant, of the judge."""
    found = [(debate.barcode, "debate")]
    if len(targets) == 1:
        found.append((targets[0].barcode, "judge"))
    codes = (ground.code(code, title) for code, title in found)
    return tuple(one for one in codes if one is not None)


def _answers(
    ground: Ground, questions: Sequence[PaperQuestion], *, from_team: bool
) -> tuple[Answer, ...]:
    settings = ground.settings
    score = Answer(
        "Score of the judge", "number", required=True,
        scale=Scale(settings.adj_min_score, settings.adj_max_score, 0))
    return (score, *(
        _answer(one) for one in questions
        if (one.from_teams if from_team else one.from_adjudicators)))


def _answer(question: PaperQuestion) -> Answer:
    kind = _KINDS.get(question.type, "text")
    low, high = question.min_value, question.max_value
    scale = None
    if kind in ("integer", "scale", "number") and low is not None and high is not None:
        scale = Scale(low, high, 0 if kind == "number" else 1)
    elif kind == "scale":
        scale = _SCALE
    return Answer(question.text, kind, question.required, scale, question.choices)
