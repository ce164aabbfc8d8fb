"""What one file of a tournament has that another lacks, and what can be taken over whole.

What is missing here is taken. What is different is taken only if that is asked for. What is only
here always stays. A round is taken as a whole: where one of its rooms cannot be, none is.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tabapp.core.errors import Problem
from tabapp.domain.archive import Archive, Debate, Round
from tabapp.domain.recovery_compare import Difference, compare, order
from tabapp.domain.recovery_pieces import (
    PEOPLE,
    ROUND_PARTS,
    Key,
    Piece,
    Table,
    merge_round,
    plain,
    take_apart,
)
from tabapp.domain.recovery_references import Reference, references, strangers
from tabapp.domain.slots import slots


@dataclass(frozen=True, slots=True)
class Plan:
    """What a recovery does: the differences, what stands in its way, and what comes of it.

    ``merged`` is the document here with what is taken; ``left`` are the rounds that stay as they
    are because of ``conflicts``.
    """

    differences: tuple[Difference, ...]
    conflicts: tuple[Problem, ...]
    merged: Archive
    taken: int
    left: frozenset[int]


def plan(here: Archive, there: Archive, *, take_different: bool = False) -> Plan:
    """Decide what is taken over from ``there``, another file of one tournament; both canonical.

    Nothing is taken that would put a team or a judge into two rooms at one time, or that refers
    to a record which is somebody else here.
    """
    mine, theirs = take_apart(here), take_apart(there)
    found = compare(mine, theirs)
    maker = _Maker(here, there, mine, theirs, found, take_different)
    maker.registration()
    for seq in sorted({seq for seq, _table in found if seq is not None}):
        maker.round(seq)
    maker.loose_feedback()
    for table in (*mine.values(), *theirs.values()):
        table.clear()  # as one whole they would hold the interpreter while they are freed
    return Plan(
        tuple(found[where] for where in sorted(found, key=order)), tuple(maker.conflicts),
        maker.merged(), maker.taken, frozenset(maker.left))


class _Maker:
    """Takes over one piece after the other as long as the whole stays consistent."""

    def __init__(
        self, here: Archive, there: Archive, mine: Mapping[Key, Table],
        theirs: Mapping[Key, Table], found: Mapping[Key, Difference], take_different: bool,
    ) -> None:
        self.here, self.there, self.mine, self.theirs = here, there, mine, theirs
        self.found = found
        self.take_different = take_different
        self.conflicts: list[Problem] = []
        self.left: set[int] = set()
        self.taken = 0
        self.lists: dict[str, list[Any]] = {}
        self.rounds = {one.seq: one for one in here.rounds}
        self.feedback = {one.id: one for one in here.feedback}
        self.tournament = here.tournament
        self.strangers = strangers(here, there)
        self.known: set[Reference] = {
            (name, one.id) for name in PEOPLE for one in getattr(here, name)}
        self.known |= {("slugs", one.slug) for one in here.break_categories}
        self.known |= {("debates", one.id) for r in here.rounds for one in r.debates}

    def wanted(self, seq: int | None, table: str) -> list[Piece]:
        """Return the pieces of a table that are to be taken."""
        one = self.found.get((seq, table))
        keys = one.wanted(self.take_different) if one else []
        return [self.theirs[seq, table][key] for key in keys]

    def refuse(self, where: str, code: str, **facts: object) -> None:
        """Note what cannot be taken."""
        self.conflicts.append(Problem.of("warning", where, code, **facts))

    def missing_reference(self, piece: Piece, also: Iterable[Reference] = ()) -> Reference | None:
        """Return what a piece refers to and what is not here, or is somebody else here."""
        known = self.known.union(also) if also else self.known
        return next((
            one for one in references(piece.table, piece.value)
            if one not in known or one in self.strangers), None)

    # what belongs to no round

    def registration(self) -> None:
        """Take people, rooms, motions and breaks; what refers to a refused one is refused too."""
        for name in PEOPLE:
            chosen = [piece.key for piece in self.wanted(None, name) if self._may_take(piece)]
            self._take_list(name, chosen, lambda one: one.id)
        if self.wanted(None, "tournament"):
            own = self.here.tournament
            self.tournament = self.there.tournament.model_copy(
                update={"slug": own.slug, "criteria": own.criteria})
            self.taken += 1
        criteria = self._taken(
            self.here.tournament.criteria, self.there.tournament.criteria,
            [piece.key for piece in self.wanted(None, "criteria")], lambda one: one.id)
        self.tournament = self.tournament.model_copy(update={"criteria": criteria})
        for name in ("venue_constraints", "achievements", "breaks"):
            good = [
                piece for piece in self.wanted(None, name) if self._holds(piece, piece.key)]
            self._take_values(name, good)

    def _may_take(self, piece: Piece) -> bool:
        one = (piece.table, piece.key)
        label = f"{piece.key} ({piece.value.get('name') or piece.value.get('reference')})"
        if one in self.strangers:
            self.refuse(label, "recover_stranger", what=label)
            return False
        same_kind = {one for one in references(piece.table, piece.value) if one[0] == piece.table}
        if not self._holds(piece, label, same_kind - self.strangers):
            return False
        slug = ("slugs", piece.value.get("slug"))
        if piece.table == "break_categories" and one not in self.known and slug in self.known:
            self.refuse(label, "recover_slug_twice", what=label, slug=slug[1])
            return False
        self.known.add(one)
        if piece.table == "break_categories":
            self.known.add(("slugs", piece.value["slug"]))
        return True

    def _holds(self, piece: Piece, label: str, also: Iterable[Reference] = ()) -> bool:
        lacking = self.missing_reference(piece, also)
        if lacking is not None:
            self.refuse(label, "recover_reference", what=label, other=lacking[1])
        return lacking is None

    def _take_list(self, name: str, chosen: list[str], key: Any) -> None:
        self.lists[name] = self._taken(
            getattr(self.here, name), getattr(self.there, name), chosen, key)

    def _taken(self, mine: list[Any], theirs: list[Any], chosen: list[str], key: Any) -> list[Any]:
        """Return the list here with the chosen ones of there in the place of theirs, or after."""
        self.taken += len(chosen)
        new = {key(one): one for one in theirs if key(one) in set(chosen)}
        return [new.pop(key(one), one) for one in mine] + list(new.values())

    def _take_values(self, name: str, chosen: list[Piece]) -> None:
        """Take parts without an id, which are known by their values."""
        if not chosen:
            return
        self.taken += len(chosen)
        mine = self.mine.get((None, name), {})
        replaced = {_text(mine[piece.key].value) for piece in chosen if piece.key in mine}
        wanted = {_text(piece.value) for piece in chosen}
        self.lists[name] = [
            one for one in getattr(self.here, name) if _text(plain(one)) not in replaced
        ] + [one for one in getattr(self.there, name) if _text(plain(one)) in wanted]

    # rounds

    def round(self, seq: int) -> None:
        """Take what is wanted of a round, or nothing of it where something stands in the way."""
        pieces = [piece for table in ROUND_PARTS for piece in self.wanted(seq, table)]
        if not pieces:
            return
        chosen = {(piece.table, piece.key) for piece in pieces}
        there = next((one for one in self.there.rounds if one.seq == seq), None)
        mine = self.rounds.get(seq)
        merged = None if there is None else merge_round(mine, there, chosen)
        before = len(self.conflicts)
        name = there.name if there is not None and there.name else f"Round {seq}"
        coming = {("debates", key) for table, key in chosen if table == "debates"}
        for piece in pieces:
            self._holds(piece, f"{name}: {piece.key or piece.table}", coming)
        if merged is not None:
            self._check_round(name, mine, merged, chosen)
        for piece in pieces:
            own = self.feedback.get(piece.key) if piece.table == "feedback" else None
            if own is not None and own.round != seq:
                self.refuse(name, "recover_id_taken", what=piece.key, round=own.round)
        if len(self.conflicts) > before:
            self.left.add(seq)
            return
        if merged is not None:
            self.rounds[seq] = merged
            self.known |= {("debates", one.id) for one in merged.debates}
        theirs = {one.id: one for one in self.there.feedback}
        for table, key in chosen:
            if table == "feedback":
                self.feedback[key] = theirs[key]
        self.taken += len(pieces)

    def loose_feedback(self) -> None:
        """Take feedback that names no round."""
        theirs = {one.id: one for one in self.there.feedback}
        for piece in self.wanted(None, "feedback"):
            if self._holds(piece, piece.key):
                self.feedback[piece.key] = theirs[piece.key]
                self.taken += 1

    def _check_round(
        self, name: str, mine: Round | None, merged: Round, chosen: set[tuple[str, str]]
    ) -> None:
        """Note who would stand twice, rooms that another round has, and ballots without a room."""
        others = {
            one.id: round_.seq for round_ in self.rounds.values() if round_.seq != merged.seq
            for one in round_.debates}
        for one in merged.debates:
            if one.id in others:
                self.refuse(name, "recover_id_taken", what=one.id, round=others[one.id])
            if sum(ballot.status == "confirmed" for ballot in one.ballots) > 1:
                self.refuse(name, "recover_two_ballots", round=name, debate=one.id)
        for one in mine.debates if mine is not None else ():
            moved = next(other for other in merged.debates if other.id == one.id)
            own = {ballot.version for ballot in one.ballots}
            replaced = {
                ballot.version for ballot in moved.ballots if ("ballots", one.id) in chosen}
            if _seats(one) != _seats(moved) and own - replaced:
                self.refuse(name, "recover_ballots_of_others", round=name, debate=one.id)
        together = self._beside(merged)
        for kind, ids in (("team", _teams(together)), ("judge", _judges(together))):
            for who, count in Counter(ids).items():
                if count > 1:
                    self.refuse(name, "recover_stands_twice", round=name, kind=kind, who=who)

    def _beside(self, merged: Round) -> list[Round]:
        """Return the round with those that run at the same time."""
        rounds = sorted(
            [one for one in self.rounds.values() if one.seq != merged.seq] + [merged],
            key=lambda one: one.seq)
        groups: dict[int, list[Round]] = defaultdict(list)
        for one, slot in zip(rounds, slots(rounds), strict=True):
            groups[slot].append(one)
        return next(group for group in groups.values() if merged in group)

    def merged(self) -> Archive:
        """Return the document here with all that was taken."""
        return self.here.model_copy(update={
            **self.lists, "tournament": self.tournament,
            "rounds": [self.rounds[seq] for seq in sorted(self.rounds)],
            "feedback": list(self.feedback.values()),
        })


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _seats(debate: Debate) -> set[tuple[str, str]]:
    return {(one.side, one.team) for one in debate.sides}


def _teams(rounds: Iterable[Round]) -> Iterator[str]:
    return (one.team for round_ in rounds for debate in round_.debates for one in debate.sides)


def _judges(rounds: Iterable[Round]) -> Iterator[str]:
    return (
        one.adjudicator for round_ in rounds for debate in round_.debates for one in debate.panel)
