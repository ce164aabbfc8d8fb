"""The rows of an explanation as a small table: headings, cells as they are shown, the ballot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tabapp.domain.ordinals import ordinal
from tabapp.domain.side_names import side_short
from tabapp.domain.standings.recipes import SPEAKER_RECIPES, TEAM_RECIPES
from tabapp.domain.standings.terms import DebateFacts, Speech, Term, Terms, Why
from tabapp.domain.types import Side, Value
from tabapp.services.result_marks import place_of
from tabapp.store.result_term_reads import TeamDebate

Look = Literal["text", "number", "side", "note"]
_MOST_SPEAKERS = 4
"""With more speakers than this their scores stand in one column."""
_MINUS = "\u2212"
_WHY: Mapping[Why, str] = {
    "unconfirmed": "no confirmed ballot",
    "not_drawn": "not in the draw",
    "bye": "bye",
    "averaged": "credited with the mean of the other rounds",
    "ghost": "second speech, not counted",
    "blank": "nothing to count",
    "highest": "highest, left out",
    "lowest": "lowest, left out",
    "forfeit": "forfeit",
    "postponed": "postponed",
}
_OF_ROWS = {"speech": "Score", "meeting": "Points", "peer": ""}
_AMOUNTS = {
    "speaks_sum": "Team", "speaks_avg": "Team", "speaks_stddev": "Team", "margin_sum": "Margin",
    "margin_avg": "Margin", "draw_strength": "Points", "draw_strength_speaks": "Speaks",
    "draw_strength_rank": "Rank", "srank": "Rank", "count": "Speeches",
}
"""What an amount is called where that is not the title of the column."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its title and how its cells look; a side is a chip, a note is small."""

    title: str
    look: Look = "text"


@dataclass(frozen=True, slots=True)
class TermLine:
    """One row as it is shown. ``debate`` is the row id of the ballot behind it, if any."""

    cells: tuple[str, ...]
    counts: bool = True
    debate: int | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Headings, rows and the row of totals, which may be missing."""

    headings: tuple[Heading, ...]
    lines: tuple[TermLine, ...]
    total: TermLine | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """What names stand for: teams by id, rounds by number, sides by setting, own debates."""

    teams: Mapping[str, str]
    rounds: Mapping[int, str]
    sides: Sequence[str]
    side_names: str
    debates: Mapping[int, TeamDebate]

    @property
    def four(self) -> bool:
        """Tell whether four teams debate in a room."""
        return len(self.sides) == 4

    def side(self, number: int | None) -> str:
        """Return the letters of a side's chip, "" for a bye."""
        if number is None or number < 0:
            return ""
        return side_short(Side(self.sides[number]), self.side_names)

    def debate_of(self, term: Term) -> int | None:
        """Return the ballot behind a row."""
        found = self.debates.get(term.round) if term.round is not None else None
        return found.id if found is not None and (term.side is None or term.side >= 0) else None


def figure(value: Value, decimals: int | None = None) -> str:
    """Return a number as it is shown: no more decimals than it has, two at most."""
    if value is None or isinstance(value, str):
        return value or "–"
    if decimals is None:
        decimals = places([value])
    return f"{value:.{decimals}f}".replace("-", _MINUS)


def places(values: Sequence[Value]) -> int:
    """Return how many decimals show a column: none, one for halves, else two."""
    numbers = [float(one) for one in values if isinstance(one, int | float)]
    for decimals, step in ((0, 1), (1, 2)):
        if all(abs(step * one - round(step * one)) < 1e-9 for one in numbers):
            return decimals
    return 2


def grid_of(
    terms: Terms, naming: Naming, title: str, decimals: int | None = None, *, replies: bool = False
) -> Grid:
    """Lay the rows of a cell out; ``title`` and ``decimals`` are those of its column."""
    amounts = _amount_column(terms, _AMOUNTS.get(terms.key, _OF_ROWS.get(terms.per, title)),
                             decimals)
    made: dict[str, Callable[[], Grid]] = {
        "debate": lambda: _debates(terms, naming, amounts),
        "meeting": lambda: _debates(terms, naming, amounts),
        "speech": lambda: _speeches(terms, naming, amounts, replies=replies),
        "opponent": lambda: _opponents(terms, naming, amounts),
        "peer": lambda: _peers(terms, naming, amounts),
        "part": lambda: _parts(terms, title),
        "team": lambda: _room(terms, naming),
    }
    return made[terms.per]()


def _notes(term: Term, naming: Naming) -> str:
    """Return what is special about a row; a forfeit and a postponement are known by its debate."""
    found = naming.debates.get(term.round) if term.round is not None else None
    why: list[Why] = list(term.why)
    if found is not None and found.status == "postponed":
        why = ["postponed"]
    if found is not None and found.forfeit:
        why = ["forfeit", *(one for one in why if one != "blank")]
    return ", ".join(_WHY[one] for one in why)


@dataclass(frozen=True, slots=True)
class _Column:
    heading: Heading
    cells: list[str]
    total: str = ""


def _round_column(terms: Sequence[Term], naming: Naming, total: str = "") -> _Column:
    cells = [naming.rounds.get(one.round or 0, str(one.round)) for one in terms]
    return _Column(Heading("Round"), cells, total)


def _side_column(terms: Sequence[Term], naming: Naming) -> _Column:
    title = "Position" if naming.four else "Side"
    return _Column(Heading(title, "side"), [naming.side(one.side) for one in terms])


def _amount_column(terms: Terms, title: str, decimals: int | None) -> _Column:
    shown = [one.amount for one in terms.terms]
    cells = [figure(one, places(shown)) for one in shown]
    total = figure(terms.value, decimals)
    return _Column(Heading(title, "number"), cells, total)


def _laid(
    columns: Sequence[_Column], terms: Sequence[Term], naming: Naming, *, with_total: bool = True,
) -> Grid:
    """Put columns together, those without anything left out, with the notes at the end."""
    notes = [_notes(one, naming) for one in terms]
    kept = [one for one in columns if any(one.cells) or one.total]
    if any(notes):
        kept.insert(max(0, len(kept) - 1), _Column(Heading("", "note"), notes))
    lines = tuple(
        TermLine(
            tuple(column.cells[at] for column in kept), counts=term.counts,
            debate=naming.debate_of(term))
        for at, term in enumerate(terms))
    total = TermLine(tuple(one.total for one in kept), strong=True) if with_total else None
    return Grid(tuple(one.heading for one in kept), lines, total)


def _debates(terms: Terms, naming: Naming, amounts: _Column) -> Grid:
    rows = terms.terms
    key = "wbw" if terms.per == "meeting" else terms.key
    recipe = TEAM_RECIPES.get(key) or SPEAKER_RECIPES[key]
    columns = [_round_column(rows, naming, _together(terms)), _side_column(rows, naming)]
    for one in recipe.shows:
        columns += _SHOWN[one](rows, naming)
    columns.append(amounts)
    return _laid(columns, rows, naming)


def _together(terms: Terms) -> str:
    return {"mean": "Mean", "spread": "Deviation", "place": "Rank"}.get(terms.fold, "Total")


def _facts(rows: Sequence[Term]) -> list[DebateFacts | None]:
    return [one.debated for one in rows]


def _speakers(rows: Sequence[Term], _naming: Naming) -> list[_Column]:
    """Return a column for each speaker and one for the reply, a ghost speech in brackets."""
    by_name: dict[tuple[str, str], str] = {}
    for facts in _facts(rows):
        for one in facts.speeches if facts else ():
            by_name.setdefault(("", "Reply") if one.reply else (one.speaker, one.name),
                               "Reply" if one.reply else surname(one.name))
    if len(by_name) > _MOST_SPEAKERS + 1:
        spoken = [list(facts.speeches) if facts else [] for facts in _facts(rows)]
        return [_spoken("Speeches", spoken)]
    columns = []
    for (speaker, _name), title in by_name.items():
        own = [
            [one for one in (facts.speeches if facts else ())
             if (one.reply if not speaker else one.speaker == speaker and not one.reply)]
            for facts in _facts(rows)]
        columns.append(_spoken(title, own, with_total=True))
    return columns


def _spoken(
    title: str, rows: Sequence[Sequence[Speech]], *, with_total: bool = False
) -> _Column:
    """Return a column of scores with as many decimals each, a ghost speech in brackets."""
    known = [one.score for row in rows for one in row if one.score is not None]
    decimals = places(known)
    cells = [
        " + ".join(
            f"({figure(one.score, decimals)})" if one.ghost else figure(one.score, decimals)
            for one in row)
        for row in rows]
    total = figure(sum(known), decimals) if known and with_total else ""
    return _Column(Heading(title, "number"), cells, total)


def surname(name: str) -> str:
    """Return the last part of a name, which is enough among the speakers of one team."""
    return name.rpartition(" ")[2] or name


def _place(rows: Sequence[Term], naming: Naming) -> list[_Column]:
    title = "Place" if naming.four else "Result"
    return [_Column(
        Heading(title), [_place_words(one, naming.four) for one in _facts(rows)])]


def _place_words(facts: DebateFacts | None, four: bool) -> str:
    if facts is None:
        return ""
    win = None if facts.win is None else float(facts.win)
    place = place_of(facts.points, win, four=four)
    if place is None:
        return ""
    return ordinal(place) if four else ("won", "lost")[place - 1]


def _weight(rows: Sequence[Term], _naming: Naming) -> list[_Column]:
    """Return points and weight, unless every round weighs one."""
    if all(one is None or one.weight == 1 for one in _facts(rows)):
        return []
    return [
        _Column(Heading("Points", "number"), [
            figure(one.points) if one else "" for one in _facts(rows)]),
        _Column(Heading("Weight", "number"), [
            f"× {one.weight}" if one else "" for one in _facts(rows)]),
    ]


def _against(rows: Sequence[Term], naming: Naming) -> list[_Column]:
    return [_Column(Heading("Against"), [
        ", ".join(naming.teams.get(team, team) for team in one.opponents) if one else ""
        for one in _facts(rows)])]


def _votes(rows: Sequence[Term], _naming: Naming) -> list[_Column]:
    return [_Column(Heading("Votes"), [
        f"{figure(one.votes_given)} of {figure(one.votes_possible)}"
        if one and one.votes_possible else "" for one in _facts(rows)])]


_SHOWN: Mapping[str, Callable[[Sequence[Term], Naming], list[_Column]]] = {
    "speakers": _speakers, "place": _place, "weight": _weight, "opponents": _against,
    "votes": _votes,
}


def _speeches(terms: Terms, naming: Naming, amounts: _Column, *, replies: bool) -> Grid:
    rows, spoken = terms.terms, [one.speech for one in terms.terms]
    columns = [_round_column(rows, naming, _together(terms)), _side_column(rows, naming)]
    if len({one.speaker for one in spoken if one}) > 1 and terms.key in TEAM_RECIPES:
        columns.append(_Column(Heading("Speaker"), [one.name if one else "" for one in spoken]))
    if not replies:
        columns.append(_Column(
            Heading("Speech"), [ordinal(one.position) if one else "" for one in spoken]))
    columns.append(amounts)
    return _laid(columns, rows, naming)


def _opponents(terms: Terms, naming: Naming, amounts: _Column) -> Grid:
    rows = terms.terms
    columns = [
        _round_column(rows, naming, _together(terms)), _side_column(rows, naming),
        _Column(Heading("Opponent"), [naming.teams.get(one.about, one.about) for one in rows]),
        amounts]
    return _laid(columns, rows, naming)


def _peers(terms: Terms, naming: Naming, amounts: _Column) -> Grid:
    rows = terms.terms
    columns = [_Column(
        Heading("Stands better"), [naming.teams.get(one.about, one.about) for one in rows],
        _together(terms)), amounts]
    return _laid(columns, rows, naming)


def _parts(terms: Terms, title: str) -> Grid:
    words = {"base_score": "Base score, by its weight", "feedback": "Feedback, by its weight"}
    decimals = max(2, places([one.amount for one in terms.terms]))
    return Grid(
        (Heading("Part"), Heading(title, "number")),
        tuple(
            TermLine((words[one.about], figure(one.amount, decimals))) for one in terms.terms),
        TermLine(("Total", figure(terms.value, decimals)), strong=True))


def _room(terms: Terms, naming: Naming) -> Grid:
    rows = terms.terms
    names = [naming.teams.get(one.about, one.about) for one in rows]
    scores = [one.amount for one in rows]
    decimals = places(scores)
    columns = [
        _side_column(rows, naming), _Column(Heading("Team"), names),
        *_place(rows, naming),
        _spoken("Speeches", [one.speeches if one else () for one in _facts(rows)]),
        _Column(Heading("Score", "number"), [figure(one, decimals) for one in scores])]
    laid = _laid(columns, rows, naming, with_total=False)
    return Grid(laid.headings, tuple(
        TermLine(line.cells, debate=line.debate, strong=term.counts)
        for line, term in zip(laid.lines, rows, strict=True)))
