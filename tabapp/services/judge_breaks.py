"""Which judges break: their scores and their work, a suggested cut, and the flag itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.domain.standings import adjudicator_standings
from tabapp.store.breaking_judges import JudgeFlags, read_judge_flags
from tabapp.store.judge_reads import read_adjudicators
from tabapp.store.schema import adjudicator
from tabapp.store.tournaments import list_rounds
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class JudgeLine:
    """A judge in order of score. ``judged`` counts rounds with a vote, ``trained`` those without.

    ``can_break`` is false for whoever withdrew or is always a trainee: they are listed and no
    suggestion takes them. ``breaking`` is the flag.
    """

    judge: str
    name: str
    rank: int
    score: float
    judged: int
    chaired: int
    trained: int
    feedback_count: int
    breaking: bool
    can_break: bool


@dataclass(frozen=True, slots=True)
class JudgeBreak:
    """All judges, the best first, and where a break of some number would be cut.

    ``suggested`` are the ids of those clearly in, ``level`` of those that share ``places`` left
    among them because their scores are equal: a person chooses.
    """

    lines: tuple[JudgeLine, ...]
    suggested: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    places: int = 0

    @property
    def breaking(self) -> tuple[JudgeLine, ...]:
        """The judges that carry the flag."""
        return tuple(one for one in self.lines if one.breaking)


def read_judges(unit: ReadUnit, tournament_id: int, count: int = 0) -> JudgeBreak:
    """Read the judges by score, with the cut after the first ``count`` of them.

    The score is that of the judges' table: base score and feedback by the weight of the last round
    that was drawn.
    """
    played = [one for one in list_rounds(unit, tournament_id) if one.status != "none"]
    flags = read_judge_flags(unit, tournament_id)
    judges = {one.id: one for one in read_adjudicators(unit, tournament_id)}
    table = adjudicator_standings(
        tuple(judges.values()), feedback_weight=played[-1].feedback_weight if played else 0.0)
    lines = []
    for row in table.rows:
        one, flag = judges[row.id], flags[row.id]
        score = row.values["score"]
        lines.append(JudgeLine(
            judge=row.id, name=row.name, rank=row.rank or 0,
            score=float(score) if isinstance(score, int | float) else 0.0,
            judged=one.chaired + one.panelled, chaired=one.chaired, trained=one.trained,
            feedback_count=one.feedback_count, breaking=flag.breaking, can_break=flag.can_break))
    return _cut(tuple(lines), count)


def _cut(lines: tuple[JudgeLine, ...], count: int) -> JudgeBreak:
    able = [one for one in lines if one.can_break]
    inside, outside = able[:max(count, 0)], able[max(count, 0):]
    if not inside or not outside or inside[-1].rank != outside[0].rank:
        return JudgeBreak(lines, tuple(one.judge for one in inside))
    at_line = inside[-1].rank
    clear = tuple(one.judge for one in inside if one.rank < at_line)
    return JudgeBreak(
        lines, clear, tuple(one.judge for one in able if one.rank == at_line),
        count - len(clear))


def set_breaking(
    unit: WriteUnit, tournament_id: int, judges: Collection[str], *, breaking: bool = True
) -> int:
    """Set the flag of judges, or clear it; return how many changed."""
    flags = read_judge_flags(unit, tournament_id)
    for ref in sorted(set(judges) - flags.keys()):
        raise UserError("record_unknown", kind="judge", ref=ref)
    return _write(unit, flags, dict.fromkeys(judges, breaking))


def break_best(unit: WriteUnit, tournament_id: int, count: int) -> int:
    """Let the best ``count`` judges break and nobody else; return how many flags changed.

    Refused where equal scores straddle the line (``break_judges_level``), and where there are not
    so many judges (``break_judge_count``).
    """
    found = read_judges(unit, tournament_id, count)
    able = sum(one.can_break for one in found.lines)
    if not 0 <= count <= able:
        raise UserError("break_judge_count", count=count, judges=able)
    if found.level:
        names = {one.judge: one.name for one in found.lines}
        raise UserError(
            "break_judges_level", places=found.places,
            names=", ".join(names[ref] for ref in found.level))
    flags = read_judge_flags(unit, tournament_id)
    unit.describe(new=f"the best {count}")
    return _write(unit, flags, {ref: ref in found.suggested for ref in flags})


def _write(unit: WriteUnit, flags: dict[str, JudgeFlags], wanted: dict[str, bool]) -> int:
    changes = {
        flags[ref].id: {"breaking": value} for ref, value in wanted.items()
        if flags[ref].breaking != value}
    if changes:
        unit.update(adjudicator, changes)
    return len(changes)
