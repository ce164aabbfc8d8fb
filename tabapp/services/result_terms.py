"""Any number of a table explained: the rows it is made from, what it is, whether it ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tabapp.core.messages import word
from tabapp.domain.ordinals import ordinal
from tabapp.domain.standings.explained import (
    adjudicator_terms,
    base_key,
    rank_step,
    round_terms,
    speaker_terms,
    team_terms,
)
from tabapp.domain.standings.terms import Terms
from tabapp.services.result_term_rows import (
    Grid,
    Heading,
    Naming,
    TermLine,
    figure,
    grid_of,
)
from tabapp.services.results import ColumnInfo, ResultLine, ResultsTable, metrics_of
from tabapp.store.result_term_reads import TeamDebate, debates_of_team
from tabapp.store.unit import ReadUnit

RANK = "rank"
_THINGS = {
    "teams": "teams", "speakers": "speakers", "replies": "replies", "adjudicators": "judges"}
_ORDER = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TIMES = {1: "once", 2: "twice"}
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands beside a number. ``ballot`` is the row id of the debate that it leads to."""

    subject: str
    column: str
    title: str
    sentence: str
    grid: Grid
    remark: str
    ballot: int | None = None

    def as_text(self) -> str:
        """Return it for the clipboard: tabs and lines."""
        rows = [tuple(one.title for one in self.grid.headings)]
        rows += [one.cells for one in self.grid.lines]
        if self.grid.total is not None:
            rows.append(self.grid.total.cells)
        lines = ["\t".join(row).replace("\u2212", "-") for row in rows if row]
        return "\n".join([self.title, self.sentence, *lines, self.remark]).strip() + "\n"


def explain(
    unit: ReadUnit, table: ResultsTable, subject: str, column: str
) -> Explanation | None:
    """Explain a cell of a table: ``rank``, the key of a column, or a round such as ``R2``.

    From what the table was made of, not from what is stored by now; only what became of the
    ballots is read. None for a cell that there is not, or not any more.
    """
    line = next((one for one in table.lines if one.id == subject), None)
    if line is None:
        return None
    naming = _naming(unit, table, subject)
    if column == RANK:
        return _rank(table, line)
    if column in table.rounds:
        return _round(table, line, int(column[1:]), naming)
    info = next((one for one in table.columns if one.key == column), None)
    if info is None:
        return None
    if table.request.kind == "adjudicators":
        return _judge(table, line, info)
    return _number(table, line, info, naming)


def _team_of(table: ResultsTable, subject: str) -> str:
    """Return whose debates a row is about: the team, or the team of a speaker."""
    if table.request.kind == "teams":
        return subject
    data = table.source.data
    at = next((one.team for one in data.speakers if one.id == subject), -1)
    return data.teams[at].id if at >= 0 else ""


def _naming(unit: ReadUnit, table: ResultsTable, subject: str) -> Naming:
    owner, data = table.source.owner, table.source.data
    sides = [one.value for one in owner.settings.sides]
    team = _team_of(table, subject)
    debates = debates_of_team(unit, owner.id, team) if team else {}
    return Naming(
        {one.id: one.name for one in data.teams}, dict(table.choices.rounds), sides,
        table.side_names, debates)


def _terms(table: ResultsTable, subject: str, key: str) -> Terms:
    request, found = table.request, table.standings
    if request.kind == "teams":
        general = request.category in table.source.general
        return team_terms(
            table.source.data, subject, key,
            metrics=[base_key(one) for one in found.metrics],
            extra=[base_key(one) for one in found.extra], until=request.until,
            category=None if general else request.category)
    return speaker_terms(
        table.source.data, subject, key, metrics=found.metrics, until=request.until,
        replies=request.kind == "replies")


def _number(
    table: ResultsTable, line: ResultLine, info: ColumnInfo, naming: Naming
) -> Explanation:
    terms = _terms(table, line.id, info.key)
    kind = table.request.kind
    metric = metrics_of("teams" if kind == "teams" else "speakers")[base_key(info.key)]
    value = line.values[info.key]
    remark = [_use(table, terms)]
    if terms.per == "meeting":
        remark.insert(0, _pair(terms, naming))
    elif terms.per not in ("peer", "part"):
        remark.append(_ballots(table, line, naming))
    title = word("terms_title", {
        "name": line.name, "metric": metric.name[:1].lower() + metric.name[1:],
        "value": figure(value, info.decimals)})
    grid = grid_of(terms, naming, info.title, info.decimals, replies=kind == "replies")
    return Explanation(
        line.id, info.key, title, _sentence(metric.definition), grid, " ".join(remark),
        _ballot(grid.lines))


def _sentence(definition: str) -> str:
    return definition[:1].upper() + definition[1:].rstrip(".") + "."


def _ballot(lines: Sequence[TermLine]) -> int | None:
    """Return the ballot that Enter opens: that of the last round."""
    return next((one.debate for one in reversed(lines) if one.debate is not None), None)


def _use(table: ResultsTable, terms: Terms) -> str:
    things = _THINGS[table.request.kind]
    ranking = len(table.standings.metrics)
    if terms.place is None:
        return word("terms_shown", {})
    if ranking == 1:
        return word("terms_only", {"things": things})
    return word("terms_place", {
        "place": _ORDER[terms.place] if terms.place < len(_ORDER) else ordinal(terms.place + 1),
        "count": in_words(ranking), "things": things})


def in_words(number: int) -> str:
    """Return a small number in words."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _counted(number: int, one: str, many: str) -> str:
    return f"{in_words(number)} {one if number == 1 else many}"


def _ballots(table: ResultsTable, line: ResultLine, naming: Naming) -> str:
    """Say how many ballots are behind the numbers of a row, and whether a round was missed."""
    data, until = table.source.data, table.request.until
    counted = {
        seq for seq, _name in table.choices.rounds if until is None or seq <= until}
    held = {
        one.seq for i, one in enumerate(data.rounds)
        if one.seq in counted and bool((data.team_confirmed & (data.team_round == i)).any())}
    own = [one for seq, one in naming.debates.items() if seq in counted]
    due: list[TeamDebate] = [one for one in own if one.status != "postponed"]
    done = [one for one in due if one.confirmed]
    if not done:
        return word("terms_ballots_none", {"name": line.name})
    missed = len(held - {one.seq for one in due})
    facts: dict[str, object] = {
        "ballots": _counted(len(due), "ballot", "ballots"),
        "missed": _counted(missed, "round missed", "rounds missed") if missed
        else "no round missed",
    }
    if len(done) < len(due):
        said = word("terms_ballots_some", facts | {"confirmed": in_words(len(done))})
    else:
        checked = " and checked" if all(one.checked for one in due) else ""
        said = word("terms_ballots_all", facts | {"checked": checked})
    return said[:1].upper() + said[1:]


def _pair(terms: Terms, naming: Naming) -> str:
    names = [naming.teams.get(one, one) for one in terms.level]
    if not names:
        return word("terms_level_alone", {})
    if len(names) > 1:
        return word("terms_level_many", {"count": len(names), "names": _few(names)})
    if not terms.terms:
        return word("terms_pair_never", {"other": names[0]})
    return word("terms_pair", {
        "other": names[0], "times": _TIMES.get(len(terms.terms), f"{len(terms.terms)} times")})


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown


def _rank(table: ResultsTable, line: ResultLine) -> Explanation:
    found = table.standings
    titles = {one.key: one for one in table.columns}
    ranking = [titles[key] for key in found.metrics]
    sentence = word("terms_rank_sentence", {
        "metrics": ", ".join(one.title.lower() for one in ranking)})
    rank = "–" if line.rank is None else f"{line.rank}=" if line.tied else str(line.rank)
    title = word("terms_rank_title", {"name": line.name, "rank": rank})
    if line.rank is None:
        return Explanation(
            line.id, RANK, title, sentence, Grid((), ()), word("terms_rank_none", {}))
    step = rank_step(found, line.id)
    names = {one.id: one.name for one in table.lines}
    above = next((one for one in table.lines if one.id == step.above), None)
    remark = word("terms_rank_first", {}) if above is None else word("terms_rank_step", {
        "above": above.name, "metric": titles[step.key].title.lower(),
        "own": figure(step.own, titles[step.key].decimals),
        "other": figure(step.other, titles[step.key].decimals)})
    if step.tied:
        remark += " " + word(
            "terms_rank_shared", {"names": _few([names[one] for one in step.tied])})
    return Explanation(
        line.id, RANK, title, sentence, _compared(ranking, line, above, step.key), remark)


def _compared(
    ranking: Sequence[ColumnInfo], line: ResultLine, above: ResultLine | None, decided: str
) -> Grid:
    """Set the metrics that rank beside those of the row above; the deciding one is strong."""
    headings = [Heading("Metric"), Heading(line.name, "number")]
    if above is not None:
        headings.append(Heading(above.name, "number"))
    rows = [line] if above is None else [line, above]
    lines = tuple(
        TermLine(
            (one.title, *(figure(row.values[one.key], one.decimals) for row in rows)),
            strong=one.key == decided)
        for one in ranking)
    return Grid(tuple(headings), lines)


def _round(
    table: ResultsTable, line: ResultLine, seq: int, naming: Naming
) -> Explanation | None:
    name = naming.rounds.get(seq, f"R{seq}")
    title = word("terms_round_title", {"name": line.name, "round": name})
    own = naming.debates.get(seq)
    try:
        terms = round_terms(table.source.data, _team_of(table, line.id), seq)
    except KeyError:
        sentence = word("terms_round_nothing", {"name": line.name, "round": name})
        note = word("terms_round_postponed", {}) if own and own.status == "postponed" else ""
        return Explanation(
            line.id, f"R{seq}", title, sentence, Grid((), ()), note, own.id if own else None)
    mark = line.rounds[table.rounds.index(f"R{seq}")]
    if mark is None:
        sentence = word("terms_round_nothing", {"name": line.name, "round": name})
    elif mark.score is None:
        sentence = ""
    else:
        sentence = word("terms_round_sentence", {
            "name": line.name, "score": figure(mark.score)})
    grid = grid_of(terms, naming, "")
    return Explanation(line.id, f"R{seq}", title, sentence, grid, "", _ballot(grid.lines))


def _judge(table: ResultsTable, line: ResultLine, info: ColumnInfo) -> Explanation:
    value = line.values[info.key]
    title = word("terms_title", {
        "name": line.name, "metric": info.title.lower(), "value": figure(value, info.decimals)})
    sentence = _sentence(info.meaning)
    judge = next(one for one in table.source.adjudicators if one.id == line.id)
    if info.key != "score":
        return Explanation(
            line.id, info.key, title, sentence, Grid((), ()), word("terms_judge_shown", {}))
    terms = adjudicator_terms(judge, value, table.source.feedback_weight)
    grid = grid_of(terms, Naming({}, {}, (), table.side_names, {}), info.title)
    return Explanation(line.id, info.key, title, sentence, grid, _use(table, terms))
