"""The board of judges of one round: who sits where, who clashes, and what a move makes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from tabapp.core.messages import word
from tabapp.domain.allocation.costs import Options
from tabapp.domain.types import Role, Side, id_key

LEAST_IMPORTANCE, MOST_IMPORTANCE = -2, 2


@dataclass(frozen=True, slots=True)
class BoardTeam:
    """A team in its debate."""

    id: str
    name: str
    side: Side


@dataclass(frozen=True, slots=True)
class TeamClash:
    """Why a judge may not judge a team. ``code``: clash_personal, clash_own or clash_shared."""

    code: str
    institution: str = ""


@dataclass(frozen=True, slots=True)
class BoardJudge:
    """A judge of the round. ``teams_met``, ``judges_met``: whom, and in which round the last time.

    ``score`` combines base score and feedback; ``q`` is it on a scale from 0 to 5. ``elsewhere``
    names another round of the same time that the judge sits in.
    """

    id: str
    name: str
    score: float = 0.0
    q: float = 0.0
    may_vote: bool = True
    available: bool = True
    elsewhere: str = ""
    institution: str | None = None
    team_clashes: Mapping[str, TeamClash] = field(default_factory=dict)
    judge_clashes: frozenset[str] = frozenset()
    teams_met: Mapping[str, str] = field(default_factory=dict)
    judges_met: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on the board: the debate by its archive id, and the role there."""

    debate: str
    role: Role


@dataclass(frozen=True, slots=True)
class Tie:
    """A clash or a meeting of a judge with a team or a judge (``about``) of its debate.

    ``reason`` is why somebody allowed the clash; "" where nobody has.
    """

    judge: str
    about: str
    text: str
    with_team: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BoardDebate:
    """A debate with its panel, chair first, then the strongest panellists, then trainees.

    ``places`` is how many voting judges it is due by the policy of panel sizes. ``reasons`` holds
    why clashes were allowed, by judge and whom it clashes with.
    """

    id: str
    row_id: int
    label: str
    room_rank: int
    bracket: float | None
    importance: int
    teams: tuple[BoardTeam, ...]
    seats: tuple[tuple[str, Role], ...] = ()
    room: str = ""
    places: int = 1
    has_result: bool = False
    reasons: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of_role(self, role: Role) -> tuple[str, ...]:
        """Return the judges of a role, in the order of the board."""
        return tuple(judge for judge, own in self.seats if own is role)

    @property
    def chair(self) -> str | None:
        """Return the chair."""
        return next(iter(self.of_role(Role.CHAIR)), None)

    @property
    def members(self) -> tuple[str, ...]:
        """Return everybody on the panel."""
        return tuple(judge for judge, _role in self.seats)


@dataclass(frozen=True)
class Board:
    """All debates of a round that want judges, and all judges of the tournament."""

    round_id: int
    seq: int
    name: str
    status: str
    debates: tuple[BoardDebate, ...]
    judges: Mapping[str, BoardJudge]
    options: Options

    @cached_property
    def debate(self) -> Mapping[str, BoardDebate]:
        """Return the debates by archive id."""
        return {one.id: one for one in self.debates}

    @cached_property
    def seats(self) -> Mapping[str, Seat]:
        """Return where each seated judge sits; the first place of one who sits in two."""
        found: dict[str, Seat] = {}
        for debate in self.debates:
            for judge, role in debate.seats:
                found.setdefault(judge, Seat(debate.id, role))
        return found

    @cached_property
    def pool(self) -> tuple[BoardJudge, ...]:
        """Return the available judges without a place: who may vote first, then by score."""
        free = [
            one for one in self.judges.values()
            if one.available and not one.elsewhere and one.id not in self.seats
        ]
        return tuple(sorted(free, key=lambda j: (not j.may_vote, -j.score, id_key(j.id))))

    @property
    def is_empty(self) -> bool:
        """Tell whether no judge has a place."""
        return not self.seats

    @property
    def has_results(self) -> bool:
        """Tell whether a debate has been decided."""
        return any(one.has_result for one in self.debates)


def in_order(
    board_judges: Mapping[str, BoardJudge], seats: Iterable[tuple[str, Role]]
) -> tuple[tuple[str, Role], ...]:
    """Return seats as they stand on the board: by role, then score."""
    roles = list(Role)
    return tuple(sorted(seats, key=lambda seat: (
        roles.index(seat[1]), -board_judges[seat[0]].score, id_key(seat[0]))))


def clashes(
    board: Board, judge: str, debate: BoardDebate, beside: Iterable[str]
) -> tuple[Tie, ...]:
    """Return with whom a judge clashes in a debate and on a panel of others (``beside``)."""
    who = board.judges[judge]
    found = []
    for team in debate.teams:
        clash = who.team_clashes.get(team.id)
        if clash is not None:
            text = word(clash.code, {"team": team.name, "institution": clash.institution})
            found.append(_tie(debate, judge, team.id, text, with_team=True))
    for other in beside:
        if other in who.judge_clashes:
            text = word("clash_judge", {"name": board.judges[other].name})
            found.append(_tie(debate, judge, other, text, with_team=False))
    return tuple(found)


def _tie(
    debate: BoardDebate, judge: str, about: str, text: str, *, with_team: bool
) -> Tie:
    reason = debate.reasons.get((judge, about), "")
    if not with_team:  # either of the two may have been the one who was seated
        reason = reason or debate.reasons.get((about, judge), "")
    return Tie(judge, about, text, with_team, reason)


def meetings(
    board: Board, judge: str, debate: BoardDebate, beside: Iterable[str]
) -> tuple[Tie, ...]:
    """Return whom of a debate and of a panel of others a judge has met before."""
    who = board.judges[judge]
    found = [
        Tie(judge, team.id, word(
            "met_team", {"team": team.name, "round": who.teams_met[team.id]}))
        for team in debate.teams if team.id in who.teams_met
    ]
    found += [
        Tie(judge, other, word(
            "met_judge", {"name": board.judges[other].name, "round": who.judges_met[other]}),
            with_team=False)
        for other in beside if other in who.judges_met
    ]
    return tuple(found)


def clashes_here(board: Board, judge: str, debate: BoardDebate) -> tuple[Tie, ...]:
    """Return the clashes of a judge where it sits."""
    return clashes(board, judge, debate, _others(debate, judge))


def meetings_here(board: Board, judge: str, debate: BoardDebate) -> tuple[Tie, ...]:
    """Return the meetings of a judge where it sits."""
    return meetings(board, judge, debate, _others(debate, judge))


def _others(debate: BoardDebate, judge: str) -> tuple[str, ...]:
    return tuple(other for other in debate.members if other != judge)


# --- moves -------------------------------------------------------------------------------------


def exchanged(board: Board, one: str, other: str) -> dict[str, Seat | None]:
    """Return the new places of two judges who take each other's; None is the pool."""
    return {one: board.seats.get(other), other: board.seats.get(one)}


def after_move(
    board: Board, judge: str, target: Seat, instead_of: str | None = None
) -> dict[str, Seat | None]:
    """Return the new places of everybody whom a move concerns; None is the pool.

    Whoever had the place (the chair, where a chair is seated) takes the one that the judge came
    from, or goes to the pool with it: so panels keep their size, and an odd one stays odd.
    """
    if target.role is Role.CHAIR:
        instead_of = board.debate[target.debate].chair
    if instead_of == judge or board.seats.get(judge) == target:
        return {}
    if instead_of is not None and board.seats.get(instead_of) == target:
        return exchanged(board, judge, instead_of)
    return {judge: target}


def moved(board: Board, places: Mapping[str, Seat | None]) -> dict[str, BoardDebate]:
    """Return the debates that change when judges get new ``places``, as they are then."""
    old = (board.seats.get(judge) for judge in places)
    touched = {seat.debate for seat in (*old, *places.values()) if seat is not None}
    found = {}
    for ref in touched:
        debate = board.debate[ref]
        seats = [seat for seat in debate.seats if seat[0] not in places]
        seats += [
            (judge, seat.role) for judge, seat in places.items()
            if seat is not None and seat.debate == ref
        ]
        found[ref] = replace(debate, seats=in_order(board.judges, seats))
    return found


def new_clashes(board: Board, places: Mapping[str, Seat | None]) -> dict[str, tuple[Tie, ...]]:
    """Return debate -> the clashes of moved judges in their new places that have no reason yet."""
    found: dict[str, tuple[Tie, ...]] = {}
    for ref, debate in moved(board, places).items():
        ties = [
            tie for judge, seat in places.items()
            if seat is not None and seat.debate == ref
            for tie in clashes_here(board, judge, debate) if not tie.reason
        ]
        if ties:
            found[ref] = tuple(ties)
    return found


# --- what is wrong -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at. ``level`` problem or attention; a note is not worth a stop."""

    level: str
    text: str
    debate: str
    judge: str | None = None


def findings(board: Board) -> tuple[Finding, ...]:
    """List what is wrong with the panels, room by room; nothing for a board without judges."""
    if board.is_empty:
        return ()
    times = Counter(judge for debate in board.debates for judge in debate.members)
    return tuple(one for debate in board.debates for one in _of_debate(board, debate, times))


def _of_debate(
    board: Board, debate: BoardDebate, times: Mapping[str, int]
) -> Iterator[Finding]:
    facts = {"debate": debate.label}
    if not debate.seats:
        yield Finding("problem", word("board_no_judges", facts), debate.id)
        return
    if debate.chair is None:
        yield Finding("problem", word("board_no_chair", facts), debate.id)
    for judge, role in debate.seats:
        yield from _of_seat(board, debate, judge, role, times)
    voting = sum(role is not Role.TRAINEE for _judge, role in debate.seats)
    if voting and voting % 2 == 0:
        each = board.options.per_adj
        code = "board_even_panel" if each else "board_even_consensus"
        text = word(code, facts | {"count": voting})
        yield Finding("attention" if each else "note", text, debate.id)


def _of_seat(
    board: Board, debate: BoardDebate, judge: str, role: Role, times: Mapping[str, int]
) -> Iterator[Finding]:
    who = board.judges[judge]
    facts = {"debate": debate.label, "name": who.name}
    for tie in clashes_here(board, judge, debate):
        if not tie.reason:
            yield Finding(
                "problem", word("board_clash", facts | {"clash": tie.text}), debate.id, judge)
    if times[judge] > 1:
        yield Finding("problem", word("board_judge_twice", facts), debate.id, judge)
    if not who.available:
        yield Finding("attention", word("board_judge_absent", facts), debate.id, judge)
    if role is not Role.TRAINEE and not who.may_vote:
        yield Finding("attention", word("board_trainee_votes", facts), debate.id, judge)
